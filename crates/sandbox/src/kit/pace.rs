//! A pace that is counted in a sliding window: so many within so long.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

#[derive(Default)]
pub(crate) struct Pace {
    taken: VecDeque<Instant>,
}

impl Pace {
    /// When the oldest of the newest `most` leaves the window.
    pub(crate) fn free_at(&self, (most, within): (usize, Duration)) -> Option<Instant> {
        let oldest = self.taken.len().checked_sub(most)?;
        Some(*self.taken.get(oldest)? + within)
    }

    /// Of no more than `most` is ever asked.
    pub(crate) fn note(&mut self, now: Instant, most: usize) {
        self.taken.push_back(now);
        if self.taken.len() > most {
            self.taken.pop_front();
        }
    }
}
