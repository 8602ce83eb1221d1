//! Two connections take turns, and one may be a little behind the other: what they bring waits for a moment.
//! **Invariant:** nothing overtakes what is held here; it goes on in the order that Slack gave it.

use std::time::{Duration, Instant};

use crate::id;
use crate::inbound::event_of;
use crate::queue::Payload;

/// One connection is not farther behind the other than this.
const BEHIND: Duration = Duration::from_millis(500);
/// More does not wait.
const MOST: usize = 4096;

#[derive(Default)]
pub(super) struct Turns {
    /// In the order in which they came.
    held: Vec<Held>,
}

struct Held {
    came: Instant,
    happened: i64,
    payload: Payload,
}

impl Turns {
    /// What goes on now: all that neither comes in turns nor follows what does.
    pub(super) fn hold(&mut self, payload: Payload, now: Instant) -> Option<Payload> {
        if !payload.takes_turns && self.held.is_empty() {
            return Some(payload);
        }
        let before = self.held.last().map_or(0, |it| it.happened);
        self.held.push(Held {
            came: now,
            happened: happened(&payload).unwrap_or(before),
            payload,
        });
        None
    }

    pub(super) fn next_at(&self) -> Option<Instant> {
        let is_full = self.held.len() >= MOST;
        let oldest = self.held.first()?.came;
        Some(if is_full { oldest } else { oldest + BEHIND })
    }

    /// All that was waited for long enough, and what happened before it.
    pub(super) fn due(&mut self, now: Instant) -> Vec<Payload> {
        let is_full = self.held.len() >= MOST;
        let waited = self.held.iter();
        let waited = waited.filter(|it| it.came + BEHIND <= now || is_full);
        let until = waited.map(|it| it.happened).max();
        self.take(|it| Some(it.happened) <= until)
    }

    pub(super) fn all(&mut self) -> Vec<Payload> {
        self.take(|_| true)
    }

    fn take(&mut self, which: impl Fn(&Held) -> bool) -> Vec<Payload> {
        let mut taken: Vec<Held> = self.held.extract_if(.., |it| which(it)).collect();
        taken.sort_by_key(|it| it.happened);
        taken.into_iter().map(|it| it.payload).collect()
    }
}

/// In microseconds, as Slack tells it.
fn happened(payload: &Payload) -> Option<i64> {
    id::micros(event_of(&payload.payload)["event_ts"].as_str()?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    fn payload(ts: &str, takes_turns: bool) -> Payload {
        Payload {
            payload: json!({ "type": "event_callback", "event": { "event_ts": ts } }),
            answer: Box::new(|_| ()),
            takes_turns,
        }
    }

    fn times(payloads: &[Payload]) -> Vec<&str> {
        let times = payloads.iter().map(|it| &it.payload["event"]["event_ts"]);
        times.map(|it| it.as_str().unwrap()).collect()
    }

    #[test]
    fn what_comes_in_turns_waits_and_goes_on_as_it_happened() {
        let mut turns = Turns::default();
        let now = Instant::now();
        assert!(turns.hold(payload("1.000001", false), now).is_some());
        assert!(turns.hold(payload("4.000000", true), now).is_none());
        assert!(turns.hold(payload("3.000000", true), now).is_none());
        assert!(turns.due(now).is_empty());
        let later = now + BEHIND / 2;
        // The other connection is gone by now.
        assert!(turns.hold(payload("5.000000", false), later).is_none());
        assert!(turns.hold(payload("2.000000", true), later).is_none());
        let due = turns.due(now + BEHIND);
        assert_eq!(times(&due), ["2.000000", "3.000000", "4.000000"]);
        assert_eq!(turns.next_at(), Some(later + BEHIND));
        assert_eq!(times(&turns.all()), ["5.000000"]);
        assert_eq!(turns.next_at(), None);
    }
}
