//! Which messages of ours stand for which part, as long as this process lives: two equal messages of one author are
//! told apart by it.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use conversation::{Outbound, Receipt, RemoteId};

const MOST: usize = 4096;

#[derive(Debug, Default)]
pub(crate) struct Sent(Mutex<VecDeque<(RemoteId, String)>>);

impl Sent {
    pub(crate) fn note(&self, receipt: &Receipt, outbound: &Outbound) {
        let mut sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for id in &receipt.remote_ids {
            sent.push_back((id.clone(), outbound.key.clone()));
        }
        let surplus = sent.len().saturating_sub(MOST);
        sent.drain(..surplus);
    }

    /// It stands for another part.
    pub(crate) fn is_of_another(&self, id: &RemoteId, outbound: &Outbound) -> bool {
        let sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.iter()
            .any(|(known, key)| known == id && *key != outbound.key)
    }
}
