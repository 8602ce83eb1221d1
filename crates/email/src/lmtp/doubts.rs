//! How often somebody hears that nothing of their mail was understood, or that nothing proves it.
//!
//! **Invariant:** each address at most so many times a day, so that neither a machine that answers whatever it gets nor
//! whoever writes in somebody's name makes us write to them without end.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use conversation::{RemoteId, Timestamp};

const MOST: u32 = 10;
const WITHIN: Duration = Duration::from_secs(24 * 60 * 60);
/// Then those of whom a day is over are forgotten, and then all.
const MOST_PEOPLE: usize = 10_000;

/// Since when, and how many times.
#[derive(Debug, Default)]
pub(crate) struct Doubts(Mutex<HashMap<RemoteId, (Timestamp, u32)>>);

impl Doubts {
    /// And they hear it now.
    pub(super) fn may_hear(&self, who: &RemoteId, now: Timestamp) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= MOST_PEOPLE && !told.contains_key(who) {
            told.retain(|_, (since, _)| now.since(*since) < WITHIN);
            if told.len() >= MOST_PEOPLE {
                told.clear();
            }
        }
        let (since, times) = told.entry(who.clone()).or_insert((now, 0));
        if now.since(*since) >= WITHIN {
            (*since, *times) = (now, 0);
        }
        *times = times.saturating_add(1);
        *times <= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_hears_it_ten_times_a_day() {
        let doubts = Doubts::default();
        let (ana, bo) = (RemoteId::from("ana@x.org"), RemoteId::from("bo@y.org"));
        let at = |hour: i64| Timestamp(hour * 3_600_000);
        let heard = |who, hour| (0..1000).filter(|_| doubts.may_hear(who, at(hour))).count();
        assert_eq!((heard(&ana, 0), heard(&bo, 1)), (10, 10));
        assert_eq!((heard(&ana, 23), heard(&ana, 24)), (0, 10));
        for number in 0..MOST_PEOPLE {
            assert!(doubts.may_hear(&RemoteId(number.to_string()), at(30)));
        }
        let known = doubts.0.lock().unwrap().len();
        assert!(known <= MOST_PEOPLE, "{known}");
    }
}
