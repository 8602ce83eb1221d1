//! Every mailbox as a mail program shows it, ready for the page and for snapshots in tests.

use std::collections::HashMap;
use std::sync::Arc;

use super::faults::MailFaults;
use super::lanes::Transit;
use super::mailbox::{Folder, MailId, Mailbox, key};
use super::parsed::File;
use super::threads::threads;
use super::world::{Kept, Mail, Owned};
use crate::kit::Shelved;

/// A page shows no more of a mailbox: under load there may be hundreds of thousands.
const NEWEST: usize = 300;

view! {
    pub struct MailView(boxes: Vec<Snapshot>, broken: MailFaults) {
        pub mailboxes: Vec<MailboxView> = boxes.into_iter().map(Snapshot::view).collect(),
        pub faults: MailFaults = broken,
    }
}

view! {
    pub struct MailboxView(owner: Mailbox, held: usize, shown: &[Shown]) {
        let parsed = shown.iter().map(|it| it.kept.parsed()).collect::<Vec<_>>();
        pub name: String = owner.name,
        pub address: String = owner.address,
        /// The one with the newest mail first.
        pub threads: Vec<ThreadView> = threads(&parsed).iter().map(|it| ThreadView::of(it, shown)).collect(),
        /// How many mails lie in it, those too that are too old to be listed.
        pub total: usize = held,
    }
}

view! {
    pub struct ThreadView(places: &[(usize, usize)], shown: &[Shown]) {
        let seen = places.iter().map(|(place, depth)| SeenMail::of(&shown[*place], *depth)).collect::<Vec<_>>();
        pub subject: String = seen.first().map(|it| it.subject.clone()).unwrap_or_default(),
        pub newest_at_ms: i64 = seen.iter().map(|it| it.date_ms).max().unwrap_or(0),
        /// A parent before its answers.
        pub mails: Vec<SeenMail> = seen,
    }
}

view! {
    pub struct SeenMail(shown: &Shown, below: usize) {
        let kept = &shown.kept;
        let parsed = kept.parsed();
        let files = parsed.attachments.iter().enumerate();
        pub id: MailId = kept.id,
        pub message_id: Option<String> = parsed.message_id.clone(),
        /// 0 for the root of the thread.
        pub depth: usize = below,
        pub folder: Folder = kept.folder,
        pub from_name: String = parsed.from_name.clone(),
        pub from_address: String = parsed.from_address.clone(),
        pub to: String = parsed.to.clone(),
        pub subject: String = parsed.subject.clone(),
        pub date_ms: i64 = parsed.date_ms,
        pub received_at_ms: i64 = kept.at_ms,
        pub text: String = parsed.text.clone(),
        pub has_html: bool = parsed.has_html,
        pub attachments: Vec<AttachmentView> = files.map(|(at, it)| AttachmentView::of(kept.id, at, it)).collect(),
        /// How often a mail with this id came again. The page shows one and says so; a mailbox keeps each.
        pub duplicates: usize = shown.arrived.saturating_sub(1),
        /// Where an answer goes; that to one's own mail goes where that mail went.
        pub reply_to: String = match kept.folder {
            Folder::Sent => parsed.to_address.clone(),
            Folder::Inbox | Folder::Bounce => parsed.reply_address(),
        },
        /// Of sent mail that was not simply taken.
        pub transit: Option<Transit> = shown.transit.clone(),
    }
}

view! {
    pub struct AttachmentView(mail: MailId, index: usize, file: &File) {
        pub name: String = file.name.clone(),
        pub mime: String = file.mime.clone(),
        /// In bytes.
        pub size: usize = file.size,
        /// A path on the page's own server.
        pub url: String = format!("/files/mail/{mail}/{index}"),
    }
}

impl Mail {
    /// Every mailbox as its owner's mail program would show it.
    pub fn view(&self) -> MailView {
        // Mails are read outside of the lock, so that a page never slows the mail down.
        let (boxes, faults) = self.look(|world| {
            let snapshot = |it: &Owned| Snapshot::of(it, &world.transit);
            let boxes = world.boxes.iter().map(snapshot).collect();
            (boxes, world.faults.clone())
        });
        MailView::of(boxes, faults)
    }

    /// One person's mailbox, or what goes through an address that is nobody's own; with its kind.
    pub fn view_mailbox(&self, address: &str) -> Option<(&'static str, MailboxView)> {
        let (kind, found) = self.look(|world| {
            let mut shared = world.shared.iter();
            let shared = shared.find(|it| key(&it.own.owner.address) == key(address));
            let shared = shared.map(|it| (it.kind, &it.own));
            let own = || world.of(address).map(|it| ("mailbox", it));
            let (kind, found) = shared.or_else(own)?;
            Some((kind, Snapshot::of(found, &world.transit)))
        })?;
        Some((kind, found.view()))
    }

    /// Lists and the like first, then everybody's mailbox.
    pub fn shelf(&self) -> Vec<Shelved> {
        self.look(|world| {
            let shared = world.shared.iter().map(|it| (it.kind, &it.own));
            let own = world.boxes.iter().map(|it| ("mailbox", it));
            let shelved = |(kind, it): (&'static str, &Owned)| {
                let place = ("email", &it.owner.address);
                Shelved::of(place, kind, &it.owner.name, it.mails.len())
            };
            shared.chain(own).map(shelved).collect()
        })
    }

    /// Name and address of everybody who has a mailbox.
    pub fn people(&self) -> Vec<(String, String)> {
        self.look(|world| {
            let owners = world.boxes.iter().map(|it| &it.owner);
            owners
                .map(|it| (it.name.clone(), it.address.clone()))
                .collect()
        })
    }
}

pub(crate) struct Snapshot {
    owner: Mailbox,
    total: usize,
    mails: Vec<(Arc<Kept>, Option<Transit>)>,
}

pub(crate) struct Shown {
    kept: Arc<Kept>,
    transit: Option<Transit>,
    /// How many of them came from outside.
    arrived: usize,
}

impl Snapshot {
    fn of(owned: &Owned, transit: &HashMap<MailId, Transit>) -> Snapshot {
        let newest = owned.mails.len().saturating_sub(NEWEST);
        let mails = owned.mails[newest..].iter();
        let mails = mails.map(|it| (it.clone(), transit.get(&it.id).cloned()));
        Snapshot {
            owner: owned.owner.clone(),
            total: owned.mails.len(),
            mails: mails.collect(),
        }
    }

    fn view(self) -> MailboxView {
        MailboxView::of(self.owner, self.total, &collapse(self.mails))
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
