//! What chats are called, as their updates told. **Invariant:** bounded, however many chats somebody puts the bot into.

use calls::Recent;
use parking_lot::Mutex;

const REMEMBERED: usize = 10_000;

#[derive(Debug, Default)]
pub(crate) struct Titles(Mutex<Recent<i64, String, REMEMBERED>>);

impl Titles {
    pub(crate) fn learn(&self, chat: i64, title: &str) {
        self.0.lock().put(chat, title.to_owned());
    }

    pub(crate) fn of(&self, chat: i64) -> Option<String> {
        self.0.lock().get(&chat).cloned()
    }
}
