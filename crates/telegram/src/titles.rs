//! What chats are called, as their updates told. **Invariant:** bounded, however many chats somebody puts the bot into.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

const REMEMBERED: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Titles(Mutex<HashMap<i64, String>>);

impl Titles {
    pub(crate) fn learn(&self, chat: i64, title: &str) {
        let mut known = self.lock();
        if known.len() >= REMEMBERED && !known.contains_key(&chat) {
            known.clear();
        }
        known.insert(chat, title.to_owned());
    }

    pub(crate) fn of(&self, chat: i64) -> Option<String> {
        self.lock().get(&chat).cloned()
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<i64, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
