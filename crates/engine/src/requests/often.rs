//! How often one person asks.
//!
//! **Invariant:** whoever asks more often than anybody needs to is told once from when on they are heard again, and until then
//! nothing is done for them. A request counts once, however often its transaction is done again.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
    time::Duration,
};

use conversation::{Arg, EventKey, Phrase, Timestamp};
use words::ASKED_TOO_OFTEN;

use super::{Standing, guesses::Guesses};

/// Of whoever asks for themselves.
const MOST: usize = 20;
/// Of staff, who may have a whole town to set up.
const MOST_OF_STAFF: usize = 200;
const WITHIN: Duration = Duration::from_secs(600);
const MINUTE_MS: u64 = 60_000;
/// Then those who did not ask lately are forgotten, and then all.
const MOST_PEOPLE: usize = 10_000;

/// What people asked lately, by a hash of whoever did.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    people: Mutex<HashMap<String, Lately>>,
    pub(super) guesses: Guesses,
}

#[derive(Debug, Default)]
struct Lately {
    asked: VecDeque<(EventKey, Timestamp)>,
    /// By the answer to which request they were told, and what.
    told: Option<(EventKey, Timestamp)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Free,
    /// The first that is too much.
    Told(Timestamp),
    Silent,
}

impl Turn {
    /// In whole minutes, and never too early.
    pub(super) fn phrase(self) -> Option<Phrase> {
        let Turn::Told(again) = self else {
            return None;
        };
        let again = again.plus(Duration::from_millis(MINUTE_MS - 1));
        Some(Phrase::of(ASKED_TOO_OFTEN).with("again", Arg::Clock(again)))
    }
}

impl Asked {
    pub(super) fn turn(
        &self,
        (who, standing): (&str, Standing),
        request: &EventKey,
        now: Timestamp,
    ) -> Turn {
        let most = match standing.is_staff() {
            true => MOST_OF_STAFF,
            false => MOST,
        };
        let mut people = self.people.lock().expect("no panic under this lock");
        if people.len() >= MOST_PEOPLE && !people.contains_key(who) {
            people.retain(|_, it| it.is_late(now));
            if people.len() >= MOST_PEOPLE {
                people.clear();
            }
        }
        let lately = people.entry(who.to_owned()).or_default();
        lately.turn(request, most, now)
    }
}

impl Lately {
    fn is_late(&self, now: Timestamp) -> bool {
        self.asked.back().is_some_and(|it| now.since(it.1) < WITHIN)
    }

    fn turn(&mut self, request: &EventKey, most: usize, now: Timestamp) -> Turn {
        while self
            .asked
            .front()
            .is_some_and(|it| now.since(it.1) >= WITHIN)
        {
            self.asked.pop_front();
        }
        if self.asked.iter().any(|it| it.0 == *request) {
            return Turn::Free;
        }
        match &self.told {
            Some((by, again)) if by == request => Turn::Told(*again),
            Some((_, again)) if *again > now => Turn::Silent,
            _ if self.asked.len() < most => {
                self.asked.push_back((request.clone(), now));
                Turn::Free
            }
            _ => {
                let again = self.asked[0].1.plus(WITHIN);
                self.told = Some((request.clone(), again));
                Turn::Told(again)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_too_often_is_told_once_until_they_are_heard_again() {
        let asked = Asked::default();
        let at = |second: i64| Timestamp(second * 1000);
        let turn = |who: &str, number: i64, second: i64| {
            let request = EventKey(format!("request-{number}"));
            let once = asked.turn((who, Standing::default()), &request, at(second));
            assert_eq!(
                asked.turn((who, Standing::default()), &request, at(second)),
                once,
                "done again"
            );
            once
        };
        for number in 0..20 {
            assert_eq!(turn("ana", number, number), Turn::Free, "{number}");
        }
        assert_eq!(turn("ana", 20, 30), Turn::Told(at(600)));
        assert_eq!(turn("ana", 21, 31), Turn::Silent);
        assert_eq!(turn("bo", 22, 31), Turn::Free);
        assert_eq!(turn("ana", 23, 599), Turn::Silent);
        assert_eq!(turn("ana", 24, 600), Turn::Free);
        assert_eq!(turn("ana", 25, 600), Turn::Told(at(601)));
        assert_eq!(turn("ana", 26, 630), Turn::Free);
    }

    #[test]
    fn no_more_people_are_known_than_there_is_room_for() {
        let asked = Asked::default();
        for number in 0..MOST_PEOPLE + 10 {
            let request = EventKey(number.to_string());
            let who = (&*number.to_string(), Standing::default());
            let turn = asked.turn(who, &request, Timestamp(0));
            assert_eq!(turn, Turn::Free);
        }
        let known = asked.people.lock().expect("no panic under this lock").len();
        assert!(known <= MOST_PEOPLE, "{known}");
    }
}
