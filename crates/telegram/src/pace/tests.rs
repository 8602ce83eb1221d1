#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use insta::assert_snapshot;
use proptest::prelude::*;

use super::*;

const GROUP: ChatAddress = ChatAddress {
    chat: -100,
    topic: None,
};
const PERSON: ChatAddress = ChatAddress {
    chat: 100,
    topic: None,
};

fn telegrams_limits() -> Pacer {
    Pacer::new(Pace {
        per_bot_per_s: 30,
        per_chat_per_s: 1,
        per_group_per_min: 20,
    })
}

fn unlimited() -> Pacer {
    Pacer::new(Pace {
        per_bot_per_s: 0,
        per_chat_per_s: 0,
        per_group_per_min: 0,
    })
}

/// The moments at which messages pass that are all wanted at once, in milliseconds.
fn passes(pacer: &Pacer, place: ChatAddress, cost: Cost, count: usize) -> Vec<u128> {
    let start = Instant::now();
    let mut now = start;
    let mut passed = Vec::new();
    while passed.len() < count {
        match pacer.take(place, cost, now) {
            Ok(()) => passed.push((now - start).as_millis()),
            Err(wait) => now += wait,
        }
    }
    passed
}

#[test]
fn a_person_gets_a_short_burst_and_then_one_message_a_second() {
    let passed = passes(&telegrams_limits(), PERSON, Cost::Messages(1), 7);
    assert_snapshot!(format!("{passed:?}"), @"[0, 0, 0, 3000, 3000, 3000, 6000]");
}

#[test]
fn a_group_gets_twenty_in_any_minute() {
    let passed = passes(&telegrams_limits(), GROUP, Cost::Messages(1), 24);
    assert_snapshot!(format!("{passed:?}"), @"[0, 0, 0, 3000, 3000, 3000, 6000, 6000, 6000, 9000, 9000, 9000, 12000, 12000, 12000, 15000, 15000, 15000, 18000, 18000, 60000, 60000, 60000, 63000]");
}

#[test]
fn an_album_counts_as_its_parts_and_passes_even_if_it_is_longer_than_the_burst() {
    let passed = passes(&telegrams_limits(), GROUP, Cost::Messages(10), 4);
    assert_snapshot!(format!("{passed:?}"), @"[0, 3000, 60000, 63000]");
}

#[test]
fn all_chats_together_get_thirty_a_second() {
    let pacer = telegrams_limits();
    let now = Instant::now();
    let person = |chat| ChatAddress { chat, topic: None };
    for chat in 1..=30 {
        pacer.take(person(chat), Cost::Messages(1), now).unwrap();
    }
    let wait = pacer.take(person(31), Cost::Messages(1), now);
    assert_eq!(wait, Err(SECOND));
    let wait = pacer.take(person(32), Cost::Call, now);
    assert_eq!(wait.map_err(|it| it.as_millis()), Err(1033));
    pacer.take(person(31), Cost::Call, now + SECOND).unwrap();
}

/// Who comes when, and how often somebody was sent away, if all come back when they are told to.
#[test]
fn a_crowd_comes_back_one_after_the_other() {
    let pacer = telegrams_limits();
    let start = Instant::now();
    let mut waiting: BTreeSet<(Instant, i64)> = (1..=300).map(|chat| (start, chat)).collect();
    let mut refusals = 0;
    let mut last = start;
    while let Some((now, chat)) = waiting.pop_first() {
        let place = ChatAddress { chat, topic: None };
        match pacer.take(place, Cost::Messages(1), now) {
            Ok(()) => last = now,
            Err(wait) => {
                refusals += 1;
                waiting.insert((now + wait, chat));
            }
        }
    }
    assert_eq!(refusals, 270, "each but the first thirty waits once");
    assert!(last - start <= SECOND * 10, "{:?}", last - start);
}

#[test]
fn reactions_and_deletes_do_not_count_for_the_chat() {
    let passed = passes(&telegrams_limits(), PERSON, Cost::Call, 20);
    assert_eq!(passed, [0; 20]);
}

#[test]
fn zero_is_no_limit() {
    let passed = passes(&unlimited(), GROUP, Cost::Messages(1), 1000);
    assert_eq!(passed, [0; 1000]);
}

#[test]
fn a_blocked_chat_is_left_alone_until_the_end_and_no_other_is() {
    let pacer = unlimited();
    let now = Instant::now();
    pacer.block(GROUP, Duration::from_secs(60), now);
    pacer.block(GROUP, Duration::from_secs(5), now);
    for cost in [Cost::Messages(1), Cost::Call] {
        let wait = pacer.take(GROUP, cost, now + SECOND);
        assert_eq!(wait, Err(Duration::from_secs(59)));
    }
    pacer.take(PERSON, Cost::Call, now + SECOND).unwrap();
    pacer.take(GROUP, Cost::Call, now + MINUTE).unwrap();
}

#[test]
fn an_absurd_wait_is_not_believed_for_ever() {
    let pacer = unlimited();
    let now = Instant::now();
    pacer.block(GROUP, Duration::MAX, now);
    assert_eq!(pacer.take(GROUP, Cost::Call, now), Err(LONGEST_BLOCK));
}

#[test]
fn quiet_chats_are_forgotten() {
    let pacer = telegrams_limits();
    let start = Instant::now();
    for chat in 1..=20_000_i64 {
        let now = start + SECOND * u32::try_from(chat).unwrap();
        let place = ChatAddress { chat, topic: None };
        pacer.take(place, Cost::Messages(1), now).unwrap();
    }
    assert!(pacer.state.lock().chats.len() <= MANY_CHATS + 1);
}

proptest! {
    #[test]
    fn no_window_ever_holds_more_than_its_limit(pauses in prop::collection::vec(0_u64..4000, 1..200)) {
        let pacer = telegrams_limits();
        let mut now = Instant::now();
        let mut passed: Vec<Instant> = Vec::new();
        for pause in pauses {
            now += Duration::from_millis(pause);
            match pacer.take(GROUP, Cost::Messages(1), now) {
                Ok(()) => passed.push(now),
                Err(wait) => prop_assert!(pacer.take(GROUP, Cost::Messages(1), now + wait / 2).is_err()),
            }
        }
        for end in &passed {
            let within = |window| passed.iter().filter(|at| *at <= end && *end - **at < window).count();
            prop_assert!(within(MINUTE) <= 20);
            prop_assert!(within(SECOND * 3) <= 3);
        }
    }
}
