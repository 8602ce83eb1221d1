//! Queries of pressed buttons that were answered, or will be.

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Telegram's documents name no limit. After a quarter of a minute it says of a query that it is too old.
pub(crate) const ANSWERED_WITHIN: Duration = Duration::from_secs(15);
/// Those of a process before this one wait for nobody here.
const MOST: usize = 1024;

/// Those that were answered, and whose spinner was not looked at yet.
#[derive(Debug, Default)]
pub(crate) struct Queries(Mutex<HashSet<String>>);

impl Queries {
    pub(crate) fn answered(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn note(&self, query: &str) {
        let mut answered = self.answered();
        if answered.len() >= MOST {
            answered.clear();
        }
        answered.insert(query.to_owned());
    }
}
