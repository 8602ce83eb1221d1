//! Mailboxes and what lies in them, and what people do with them.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use bytes::Bytes;

use super::faults::MailFaults;
use super::lanes::{Lanes, Transit};
use super::mailbox::{Folder, MailId, Mailbox, key};
use super::parsed::{self, Logged, Parsed};
use super::shared::Shared;
use crate::kit::{self, Stand, now_ms};

/// A handle: all clones are one mail world.
pub type Mail = Stand<World>;

/// A mail as it lies in a mailbox.
pub(crate) struct Kept {
    pub(crate) id: MailId,
    pub(crate) folder: Folder,
    pub(crate) raw: Bytes,
    pub(crate) at_ms: i64,
    parsed: OnceLock<Parsed>,
    logged: OnceLock<Logged>,
}

impl Kept {
    pub(crate) fn parsed(&self) -> &Parsed {
        self.parsed
            .get_or_init(|| Parsed::read(&self.raw, self.at_ms))
    }

    fn logged(&self) -> &Logged {
        self.logged
            .get_or_init(|| Logged::read(&self.raw, self.at_ms))
    }
}

pub(crate) struct Owned {
    pub(crate) owner: Mailbox,
    /// By rising id.
    pub(crate) mails: Vec<Arc<Kept>>,
    /// Those of `mails` that came from outside.
    received: Vec<Arc<Kept>>,
}

#[derive(Default)]
pub struct World {
    pub(crate) boxes: Vec<Owned>,
    by_address: HashMap<String, usize>,
    pub(crate) shared: Vec<Shared>,
    /// What became of sent mail that was not simply taken.
    pub(crate) transit: HashMap<MailId, Transit>,
    pub(crate) faults: MailFaults,
    pub(crate) lanes: Lanes,
    last_id: u64,
    received: u64,
}

impl kit::State for World {}

impl Default for Mail {
    fn default() -> Mail {
        Mail::new()
    }
}

impl Mail {
    pub fn new() -> Mail {
        Stand::of(World::default())
    }

    /// Adds a person, or changes the name of one that is here already.
    pub fn add_person(&self, name: &str, address: &str) {
        self.add_mailbox(Mailbox::new(name, address));
    }

    pub fn add_mailbox(&self, mailbox: Mailbox) {
        self.change(|world| world.add(mailbox));
    }

    /// The addresses of everybody, in the order in which they came.
    pub fn addresses(&self) -> Vec<String> {
        self.look(|world| {
            let boxes = world.boxes.iter();
            boxes.map(|it| it.owner.address.clone()).collect()
        })
    }

    pub fn faults(&self) -> MailFaults {
        self.look(|world| world.faults.clone())
    }

    pub fn set_faults(&self, faults: MailFaults) {
        self.change(|world| world.faults = faults);
    }

    /// How many mails were taken in for all people together.
    pub fn received(&self) -> u64 {
        self.look(|world| world.received)
    }

    /// What `address` received, oldest first, their own sent mail and bounces left out.
    pub fn log_of(&self, address: &str) -> Vec<Logged> {
        self.log_since(address, 0)
    }

    /// The same without the first `skip` entries: cheap to ask again and again.
    pub fn log_since(&self, address: &str, skip: usize) -> Vec<Logged> {
        let mails = self.received_by(address, skip);
        mails.iter().map(|mail| mail.logged().clone()).collect()
    }

    /// The bytes of what `address` received, oldest first.
    pub fn raw_of(&self, address: &str) -> Vec<Bytes> {
        let mails = self.received_by(address, 0);
        mails.iter().map(|mail| mail.raw.clone()).collect()
    }

    fn received_by(&self, address: &str, skip: usize) -> Vec<Arc<Kept>> {
        self.look(|world| {
            let received = world.of(address).and_then(|it| it.received.get(skip..));
            received.unwrap_or_default().to_vec()
        })
    }

    pub(crate) fn find(&self, id: MailId) -> Option<Arc<Kept>> {
        self.look(|world| world.boxes.iter().find_map(|it| it.mail(id)))
    }

    pub fn source(&self, id: MailId) -> Option<Bytes> {
        Some(self.find(id)?.raw.clone())
    }

    /// The HTML form of the words, where the mail has one; it may hold anything at all.
    pub fn html(&self, id: MailId) -> Option<String> {
        parsed::html_of(&self.find(id)?.raw)
    }

    /// The name, media type and bytes of one attachment.
    pub fn attachment(&self, id: MailId, index: usize) -> Option<(String, String, Vec<u8>)> {
        parsed::attachment(&self.find(id)?.raw, index)
    }

    /// Where an answer to this mail goes: the list that it came over, or its author.
    pub fn reply_address(&self, id: MailId) -> Option<String> {
        Some(self.find(id)?.parsed().reply_address())
    }
}

impl World {
    fn add(&mut self, mailbox: Mailbox) {
        let address = key(&mailbox.address);
        match self.by_address.get(&address) {
            Some(index) => self.boxes[*index].owner = mailbox,
            None => {
                self.by_address.insert(address, self.boxes.len());
                self.boxes.push(Owned::of(mailbox));
            }
        }
    }

    pub(crate) fn of(&self, address: &str) -> Option<&Owned> {
        self.boxes.get(*self.by_address.get(&key(address))?)
    }

    /// Puts the mail where it belongs; an address that nobody has keeps nothing.
    pub(crate) fn keep(&mut self, address: &str, folder: Folder, raw: Bytes) -> Option<MailId> {
        let owned = &mut self.boxes[*self.by_address.get(&key(address))?];
        self.last_id += 1;
        let kept = Arc::new(Kept {
            id: MailId(self.last_id),
            folder,
            raw,
            at_ms: now_ms(),
            parsed: OnceLock::new(),
            logged: OnceLock::new(),
        });
        owned.mails.push(kept.clone());
        if folder == Folder::Inbox {
            owned.received.push(kept.clone());
            self.received += 1;
        }
        self.overhear(&kept);
        Some(MailId(self.last_id))
    }
}

impl Owned {
    pub(crate) fn of(owner: Mailbox) -> Owned {
        Owned {
            owner,
            mails: Vec::new(),
            received: Vec::new(),
        }
    }

    pub(crate) fn mail(&self, id: MailId) -> Option<Arc<Kept>> {
        let found = self.mails.binary_search_by_key(&id, |it| it.id).ok()?;
        self.mails.get(found).cloned()
    }
}
