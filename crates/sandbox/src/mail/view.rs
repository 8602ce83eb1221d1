//! Every mailbox as a mail program shows it, ready for the page and for snapshots in tests.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;

use super::faults::MailFaults;
use super::mailbox::{Folder, MailId};
use super::parsed::Parsed;
use super::threads::threads;
use super::transit::Transit;
use super::world::{Kept, Owned, World};

/// A page shows no more of a mailbox: under load there may be hundreds of thousands.
const NEWEST: usize = 300;

#[derive(Debug, Serialize)]
pub struct MailView {
    pub mailboxes: Vec<MailboxView>,
    pub faults: MailFaults,
}

#[derive(Debug, Serialize)]
pub struct MailboxView {
    pub name: String,
    pub address: String,
    /// The one with the newest mail first.
    pub threads: Vec<ThreadView>,
    /// How many mails lie in it, those too that are too old to be listed.
    pub total: usize,
}

#[derive(Debug, Serialize)]
pub struct ThreadView {
    pub subject: String,
    pub newest_at_ms: i64,
    /// A parent before its answers.
    pub mails: Vec<SeenMail>,
}

#[derive(Debug, Serialize)]
pub struct SeenMail {
    pub id: MailId,
    pub message_id: Option<String>,
    /// 0 for the root of the thread.
    pub depth: usize,
    pub folder: Folder,
    pub from_name: String,
    pub from_address: String,
    pub to: String,
    pub subject: String,
    pub date_ms: i64,
    pub received_at_ms: i64,
    pub text: String,
    pub has_html: bool,
    pub attachments: Vec<AttachmentView>,
    /// How often a mail with this id came again. The page shows one and says so; a mailbox keeps each.
    pub duplicates: usize,
    /// Where an answer goes.
    pub reply_to: String,
    /// Of sent mail that was not simply taken.
    pub transit: Option<Transit>,
}

#[derive(Debug, Serialize)]
pub struct AttachmentView {
    pub name: String,
    pub mime: String,
    /// In bytes.
    pub size: usize,
    /// A path on the page's own server.
    pub url: String,
}

pub(super) fn view(world: &World) -> MailView {
    // Mails are read outside of the lock, so that a page never slows the mail down.
    let boxes: Vec<Snapshot> = {
        let state = world.state();
        let snapshot = |it: &Owned| Snapshot::of(it, &state.transit);
        state.boxes.iter().map(snapshot).collect()
    };
    MailView {
        mailboxes: boxes.into_iter().map(Snapshot::view).collect(),
        faults: world.faults.borrow().clone(),
    }
}

struct Snapshot {
    name: String,
    address: String,
    total: usize,
    mails: Vec<(Arc<Kept>, Option<Transit>)>,
}

struct Shown {
    kept: Arc<Kept>,
    transit: Option<Transit>,
    /// How many of them came from outside.
    arrived: usize,
}

impl Snapshot {
    fn of(owned: &Owned, transit: &HashMap<MailId, Transit>) -> Snapshot {
        let newest = owned.mails.len().saturating_sub(NEWEST);
        let mails = owned.mails[newest..].iter();
        Snapshot {
            name: owned.owner.name.clone(),
            address: owned.owner.address.clone(),
            total: owned.mails.len(),
            mails: mails
                .map(|it| (it.clone(), transit.get(&it.id).cloned()))
                .collect(),
        }
    }

    fn view(self) -> MailboxView {
        let shown = collapse(self.mails);
        let parsed: Vec<&Parsed> = shown.iter().map(|it| it.kept.parsed()).collect();
        let threads = threads(&parsed);
        MailboxView {
            name: self.name,
            address: self.address,
            total: self.total,
            threads: threads.iter().map(|it| thread(it, &shown)).collect(),
        }
    }
}

/// The same Message-ID twice takes one place in a thread, and is counted there.
fn collapse(mails: Vec<(Arc<Kept>, Option<Transit>)>) -> Vec<Shown> {
    let mut shown: Vec<Shown> = Vec::with_capacity(mails.len());
    let mut places: HashMap<String, usize> = HashMap::new();
    for (kept, transit) in mails {
        let arrived = usize::from(kept.folder == Folder::Inbox);
        let next = shown.len();
        let id = kept.parsed().message_id.clone();
        let place = id.map_or(next, |id| *places.entry(id).or_insert(next));
        match shown.get_mut(place) {
            Some(earlier) => earlier.arrived += arrived,
            None => shown.push(Shown {
                kept,
                transit,
                arrived,
            }),
        }
    }
    shown
}

fn thread(places: &[(usize, usize)], shown: &[Shown]) -> ThreadView {
    let mails: Vec<SeenMail> = places
        .iter()
        .map(|(place, depth)| shown[*place].view(*depth))
        .collect();
    let subject = mails.first().map(|it| it.subject.clone());
    ThreadView {
        subject: subject.unwrap_or_default(),
        newest_at_ms: mails.iter().map(|it| it.date_ms).max().unwrap_or(0),
        mails,
    }
}

impl Shown {
    fn view(&self, depth: usize) -> SeenMail {
        let parsed = self.kept.parsed();
        SeenMail {
            id: self.kept.id,
            message_id: parsed.message_id.clone(),
            depth,
            folder: self.kept.folder,
            from_name: parsed.from_name.clone(),
            from_address: parsed.from_address.clone(),
            to: parsed.to.clone(),
            subject: parsed.subject.clone(),
            date_ms: parsed.date_ms,
            received_at_ms: self.kept.at_ms,
            text: parsed.text.clone(),
            has_html: parsed.has_html,
            attachments: attachments(self.kept.id, parsed),
            duplicates: self.arrived.saturating_sub(1),
            reply_to: self.reply_to(),
            transit: self.transit.clone(),
        }
    }

    /// An answer to one's own mail goes where that mail went.
    fn reply_to(&self) -> String {
        match self.kept.folder {
            Folder::Sent => self.kept.parsed().to_address.clone(),
            Folder::Inbox | Folder::Bounce => self.kept.parsed().reply_address(),
        }
    }
}

fn attachments(id: MailId, parsed: &Parsed) -> Vec<AttachmentView> {
    let files = parsed.attachments.iter().enumerate();
    files
        .map(|(index, file)| AttachmentView {
            name: file.name.clone(),
            mime: file.mime.clone(),
            size: file.size,
            url: format!("/files/mail/{id}/{index}"),
        })
        .collect()
}
