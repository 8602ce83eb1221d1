//! Some programs give one Message-ID to different mails. The second must not pass for a repeat of the first.
//!
//! **Invariant:** bounded; what is forgotten, at a restart too, counts as a repeat again, which the core records.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
};

use conversation::EventKey;

const REMEMBERED: usize = 10_000;

#[derive(Default)]
pub(crate) struct Reuse {
    memory: Mutex<Memory>,
}

#[derive(Default)]
struct Memory {
    fingerprints: HashMap<EventKey, String>,
    order: VecDeque<EventKey>,
}

impl Reuse {
    /// Another mail was accepted under this key.
    pub(crate) fn is_taken(&self, key: &EventKey, fingerprint: &str) -> bool {
        let memory = self
            .memory
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        memory
            .fingerprints
            .get(key)
            .is_some_and(|known| known != fingerprint)
    }

    pub(crate) fn remember(&self, key: EventKey, fingerprint: String) {
        let mut memory = self
            .memory
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if memory
            .fingerprints
            .insert(key.clone(), fingerprint)
            .is_none()
        {
            memory.order.push_back(key);
        }
        if memory.order.len() > REMEMBERED
            && let Some(oldest) = memory.order.pop_front()
        {
            memory.fingerprints.remove(&oldest);
        }
    }
}
