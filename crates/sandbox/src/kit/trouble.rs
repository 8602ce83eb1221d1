//! What goes wrong on purpose in the same way on every platform: for a time, for a number of requests, or until it is
//! switched off.

use std::collections::VecDeque;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerError {
    pub status: u16,
    pub for_s: Option<f64>,
    pub next: Option<u64>,
}

impl Default for ServerError {
    fn default() -> ServerError {
        ServerError {
            status: 500,
            for_s: None,
            next: None,
        }
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Broken {
    /// Whether the request is carried out although its caller never learns so.
    pub accepted: bool,
    pub for_s: Option<f64>,
    pub next: Option<u64>,
}

impl ServerError {
    /// Counts the request if it is struck.
    pub(crate) fn strikes(&mut self, since: Instant, now: Instant) -> bool {
        strikes((self.for_s, &mut self.next), since, now)
    }
}

impl Broken {
    /// Whether the request is carried out, if it is struck.
    pub(crate) fn strikes(
        which: &mut Option<Broken>,
        since: Instant,
        now: Instant,
    ) -> Option<bool> {
        let it = which.as_mut()?;
        strikes((it.for_s, &mut it.next), since, now).then_some(it.accepted)
    }
}

pub(crate) fn strikes(
    (for_s, next): (Option<f64>, &mut Option<u64>),
    since: Instant,
    now: Instant,
) -> bool {
    for_s.is_none_or(|it| until(since, it, now).is_some()) && used(next)
}

/// When so many seconds are over, unless they are.
pub(crate) fn until(since: Instant, seconds: f64, now: Instant) -> Option<Instant> {
    let end = since + Duration::try_from_secs_f64(seconds).unwrap_or_default();
    (now < end).then_some(end)
}

/// As limits say it: whole seconds, one at least.
pub(crate) fn whole_seconds(remaining: Duration) -> u64 {
    remaining.as_secs_f64().ceil().max(1.0) as u64
}

/// Takes one from what is left; None lasts for ever.
fn used(next: &mut Option<u64>) -> bool {
    match next {
        None => true,
        Some(0) => false,
        Some(left) => {
            *left -= 1;
            true
        }
    }
}

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
