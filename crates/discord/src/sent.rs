//! Which messages of ours stand for which part, as long as this process lives: two equal messages of one author are
//! told apart by it.

use calls::Recent;
use conversation::{Outbound, Receipt, RemoteId};
use parking_lot::Mutex;

const MOST: usize = 4096;

#[derive(Debug, Default)]
pub(crate) struct Sent(Mutex<Recent<RemoteId, String, MOST>>);

impl Sent {
    pub(crate) fn note(&self, receipt: &Receipt, outbound: &Outbound) {
        let mut sent = self.0.lock();
        for id in &receipt.remote_ids {
            sent.put(id.clone(), outbound.key.clone());
        }
    }

    /// It stands for another part.
    pub(crate) fn is_of_another(&self, id: &RemoteId, outbound: &Outbound) -> bool {
        let sent = self.0.lock();
        sent.get(id).is_some_and(|key| *key != outbound.key)
    }
}
