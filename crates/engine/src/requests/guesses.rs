//! Codes that were wrong.
//!
//! **Invariant:** after a few wrong ones of one account, or many of a community, none is tried for an hour, right or wrong. A
//! guess counts once, however often its transaction is done again.

use std::{
    collections::{HashMap, VecDeque},
    sync::Mutex,
    time::Duration,
};

use conversation::{CommunityId, EventKey, Timestamp};
use store::CodeKind;

const WITHIN: Duration = Duration::from_secs(3600);
const MOST_OF_ONE: usize = 5;
/// Then those whose hour is over are forgotten, and then all but what the communities count.
const MOST_PEOPLE: usize = 10_000;

/// In memory: nobody starts the program anew for a guess.
#[derive(Debug, Default)]
pub(super) struct Guesses(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    of_one: HashMap<(CommunityId, String), Wrong>,
    of_all: HashMap<(CommunityId, bool), Wrong>,
}

type Wrong = VecDeque<(EventKey, Timestamp)>;

impl Guesses {
    /// Whether a code that they say is tried.
    pub(super) fn may(
        &self,
        (kind, community): (CodeKind, &CommunityId),
        who: &str,
        (request, now): (&EventKey, Timestamp),
    ) -> bool {
        let known = self.0.lock().expect("no panic under this lock");
        let count = |wrong: Option<&Wrong>| {
            let others = wrong.into_iter().flatten();
            others
                .filter(|it| now.since(it.1) < WITHIN && it.0 != *request)
                .count()
        };
        let of_one = known.of_one.get(&(community.clone(), who.to_owned()));
        let of_all = known.of_all.get(&(community.clone(), is_owners(kind)));
        count(of_one) < MOST_OF_ONE && count(of_all) < most_of_all(kind)
    }

    /// Whether it was the last that is tried of all.
    pub(super) fn note_wrong(
        &self,
        (kind, community): (CodeKind, &CommunityId),
        who: &str,
        (request, now): (&EventKey, Timestamp),
    ) -> bool {
        let mut known = self.0.lock().expect("no panic under this lock");
        if known.of_one.len() >= MOST_PEOPLE {
            (known.of_one).retain(|_, it| it.back().is_some_and(|it| now.since(it.1) < WITHIN));
            if known.of_one.len() >= MOST_PEOPLE {
                known.of_one.clear();
            }
        }
        let of_one = (community.clone(), who.to_owned());
        let of_one = known.of_one.entry(of_one).or_default();
        count_once(of_one, request, now);
        let of_all = (community.clone(), is_owners(kind));
        let of_all = known.of_all.entry(of_all).or_default();
        count_once(of_all, request, now);
        of_all.len() >= most_of_all(kind)
    }
}

fn count_once(wrong: &mut Wrong, request: &EventKey, now: Timestamp) {
    wrong.retain(|it| now.since(it.1) < WITHIN);
    if !wrong.iter().any(|it| it.0 == *request) {
        wrong.push_back((request.clone(), now));
    }
}

fn is_owners(kind: CodeKind) -> bool {
    kind == CodeKind::Owner
}

fn most_of_all(kind: CodeKind) -> usize {
    match kind {
        CodeKind::Owner => 50,
        CodeKind::Connect => 20,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(guesses: &Guesses, kind: CodeKind, who: &str, number: i64, at: i64) -> bool {
        let request = EventKey(format!("{who}-{number}"));
        let community = CommunityId("c1".to_owned());
        let when = (&request, Timestamp(at));
        let may = guesses.may((kind, &community), who, when);
        if may {
            guesses.note_wrong((kind, &community), who, when);
            let again = guesses.may((kind, &community), who, when);
            guesses.note_wrong((kind, &community), who, when);
            assert!(again, "done again");
        }
        may
    }

    #[test]
    fn after_five_wrong_codes_of_one_account_none_is_tried_for_an_hour() {
        let guesses = Guesses::default();
        let try_one = |number, at| tried(&guesses, CodeKind::Connect, "ana", number, at);
        assert!((0..5).all(|number| try_one(number, number)));
        assert!(!try_one(5, 3_599_999));
        assert!(try_one(6, 3_600_000));
        assert!(tried(&guesses, CodeKind::Connect, "bo", 0, 0));
    }

    #[test]
    fn many_accounts_have_no_more_tries_than_all() {
        for (kind, most) in [(CodeKind::Connect, 20), (CodeKind::Owner, 50)] {
            let guesses = Guesses::default();
            let tries = (0..10_000).filter(|it| tried(&guesses, kind, &it.to_string(), 0, 0));
            assert_eq!(tries.count(), most);
        }
    }
}
