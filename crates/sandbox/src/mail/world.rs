//! Mailboxes and what lies in them. The lock is held for moments only and never across an await.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use bytes::Bytes;
use tokio::sync::watch;

use super::faults::MailFaults;
use super::lanes::Lanes;
use super::mailbox::{Folder, MailId, Mailbox, key};
use super::parsed::{Logged, Parsed};
use super::transit::Transit;
use crate::kit::now_ms;

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

    pub(crate) fn logged(&self) -> &Logged {
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
pub(crate) struct State {
    pub(crate) boxes: Vec<Owned>,
    by_address: HashMap<String, usize>,
    /// What became of sent mail that was not simply taken.
    pub(crate) transit: HashMap<MailId, Transit>,
}

pub(crate) struct World {
    state: Mutex<State>,
    pub(crate) faults: watch::Sender<MailFaults>,
    pub(crate) changes: watch::Sender<u64>,
    pub(crate) lanes: Lanes,
    next_id: AtomicU64,
    received: AtomicU64,
}

impl World {
    pub(super) fn new() -> Arc<World> {
        Arc::new(World {
            state: Mutex::default(),
            faults: watch::Sender::default(),
            changes: watch::Sender::default(),
            lanes: Lanes::new(),
            next_id: AtomicU64::new(1),
            received: AtomicU64::new(0),
        })
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn changed(&self) {
        self.changes.send_modify(|count| *count += 1);
    }

    pub(super) fn add(&self, mailbox: Mailbox) {
        let mut state = self.state();
        match state.index(&mailbox.address) {
            Some(index) => state.boxes[index].owner = mailbox,
            None => {
                let index = state.boxes.len();
                state.by_address.insert(key(&mailbox.address), index);
                state.boxes.push(Owned {
                    owner: mailbox,
                    mails: Vec::new(),
                    received: Vec::new(),
                });
            }
        }
        drop(state);
        self.changed();
    }

    pub(super) fn addresses(&self) -> Vec<String> {
        let state = self.state();
        let addresses = state.boxes.iter().map(|it| it.owner.address.clone());
        addresses.collect()
    }

    pub(crate) fn knows(&self, address: &str) -> bool {
        self.state().index(address).is_some()
    }

    pub(crate) fn owner(&self, address: &str) -> Option<Mailbox> {
        let state = self.state();
        let index = state.index(address)?;
        Some(state.boxes[index].owner.clone())
    }

    /// Puts the mail where it belongs; an address that nobody has keeps nothing.
    pub(crate) fn keep(&self, address: &str, folder: Folder, raw: Bytes) -> Option<MailId> {
        let mut state = self.state();
        let index = state.index(address)?;
        let id = MailId(self.next_id.fetch_add(1, Ordering::Relaxed));
        let kept = Arc::new(Kept {
            id,
            folder,
            raw,
            at_ms: now_ms(),
            parsed: OnceLock::new(),
            logged: OnceLock::new(),
        });
        let owned = &mut state.boxes[index];
        owned.mails.push(kept.clone());
        if folder == Folder::Inbox {
            owned.received.push(kept);
            self.received.fetch_add(1, Ordering::Relaxed);
        }
        drop(state);
        self.changed();
        Some(id)
    }

    pub(super) fn received(&self) -> u64 {
        self.received.load(Ordering::Relaxed)
    }

    pub(crate) fn received_by(&self, address: &str, skip: usize) -> Vec<Arc<Kept>> {
        let state = self.state();
        let Some(index) = state.index(address) else {
            return Vec::new();
        };
        let received = state.boxes[index].received.get(skip..);
        received.unwrap_or_default().to_vec()
    }

    pub(crate) fn find(&self, id: MailId) -> Option<Arc<Kept>> {
        let state = self.state();
        state.boxes.iter().find_map(|owned| owned.mail(id).cloned())
    }

    /// Only if it lies in that person's mailbox.
    pub(crate) fn find_in(&self, address: &str, id: MailId) -> Option<Arc<Kept>> {
        let state = self.state();
        let index = state.index(address)?;
        state.boxes[index].mail(id).cloned()
    }
}

impl Owned {
    fn mail(&self, id: MailId) -> Option<&Arc<Kept>> {
        let found = self.mails.binary_search_by_key(&id, |it| it.id).ok()?;
        self.mails.get(found)
    }
}

impl State {
    fn index(&self, address: &str) -> Option<usize> {
        self.by_address.get(&key(address)).copied()
    }
}
