//! Queries of pressed buttons that were answered, or will be.

use std::time::Duration;

use calls::Recent;
use parking_lot::Mutex;

/// Telegram's documents name no limit. After a quarter of a minute it says of a query that it is too old, so the spinner is
/// ended before, and words are said before that: what was answered once takes no others.
pub(crate) const ENDED_AFTER: Duration = Duration::from_secs(13);
pub(crate) const ANSWERED_WITHIN: Duration = Duration::from_secs(12);
/// Those of a process before this one wait for nobody here.
const MOST: usize = 1024;

/// Those that were answered, and whose spinner was not looked at yet.
#[derive(Debug, Default)]
pub(crate) struct Queries(Mutex<Recent<String, (), MOST>>);

impl Queries {
    pub(crate) fn note(&self, query: &str) {
        self.0.lock().put(query.to_owned(), ());
    }

    /// It could not be told.
    pub(crate) fn take_back(&self, query: &str) {
        self.0.lock().remove(&query.to_owned());
    }

    /// Whether it was answered. It is asked once.
    pub(crate) fn was_answered(&self, query: &String) -> bool {
        self.0.lock().remove(query).is_some()
    }
}
