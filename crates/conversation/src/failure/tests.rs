//! What is done after each failure, case by case.

use std::time::Duration;

use proptest::prelude::*;

use super::{Attempt, NextStep, RetryPolicy, SendError, after_failure};
use crate::{ChannelRef, Timestamp};

const SECOND: u64 = 1;
const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

const CHAT: RetryPolicy = RetryPolicy {
    life: Duration::from_secs(24 * HOUR),
    hold_back: Duration::from_secs(10 * MINUTE),
    longest_wait: Duration::from_secs(HOUR),
};

fn unavailable() -> SendError {
    SendError::Unavailable("500".to_owned())
}

fn uncertain() -> SendError {
    SendError::Uncertain("cut".to_owned())
}

fn wait(seconds: u64) -> SendError {
    SendError::RateLimited {
        wait: Duration::from_secs(seconds),
    }
}

/// The `number`th attempt, `age` seconds after the message came.
fn attempt(number: u32, age: u64) -> Attempt {
    Attempt {
        number,
        age: Duration::from_secs(age),
        now: Timestamp(1_000_000).plus(Duration::from_secs(age)),
        jitter: 0.0,
    }
}

fn next(error: &SendError, attempt: &Attempt) -> NextStep {
    after_failure(error, attempt, &CHAT)
}

fn retry_after(seconds: u64, attempt: &Attempt) -> NextStep {
    NextStep::RetryAt(attempt.now.plus(Duration::from_secs(seconds)))
}

#[test]
fn the_waits_grow_to_an_hour_and_stay_there() {
    let schedule = [
        SECOND,
        3 * SECOND,
        10 * SECOND,
        30 * SECOND,
        2 * MINUTE,
        10 * MINUTE,
        30 * MINUTE,
        HOUR,
        HOUR,
        HOUR,
    ];
    for (number, seconds) in (1..).zip(schedule) {
        let attempt = attempt(number, 5);
        assert_eq!(
            next(&unavailable(), &attempt),
            retry_after(seconds, &attempt)
        );
    }
}

#[test]
fn a_count_out_of_place_still_gets_a_wait() {
    for (number, seconds) in [(0, SECOND), (u32::MAX, HOUR)] {
        let attempt = attempt(number, 5);
        assert_eq!(
            next(&unavailable(), &attempt),
            retry_after(seconds, &attempt)
        );
    }
}

#[test]
fn the_wait_that_a_platform_asks_for_wins_and_is_capped() {
    for (number, asked, waited) in [
        (1, 40, 40),
        (1, HOUR, HOUR),
        (1, HOUR + 1, HOUR),
        (1, u64::MAX, HOUR),
        // A limit is no fault: the tenth time is as the first.
        (10, 1, 1),
    ] {
        let attempt = attempt(number, 5);
        assert_eq!(
            next(&wait(asked), &attempt),
            retry_after(waited, &attempt),
            "{asked} s"
        );
    }
}

#[test]
fn what_outlives_its_day_is_dead() {
    let day = 24 * HOUR;
    for error in [unavailable(), wait(1), uncertain()] {
        assert_eq!(next(&error, &attempt(2, day)), NextStep::Dead);
        assert_ne!(next(&error, &attempt(2, day - 1)), NextStep::Dead);
    }
}

#[test]
fn what_says_something_about_the_channel_is_heard_at_any_age() {
    let moved = ChannelRef::new("chat", "2");
    let text = String::new;
    for age in [0, 100 * HOUR] {
        let table = [
            (SendError::Refused(text()), NextStep::Dead),
            (SendError::ChannelGone(text()), NextStep::SuspendLink),
            (
                SendError::ChannelMoved(moved.clone()),
                NextStep::MoveTo(moved.clone()),
            ),
            (SendError::Unauthorised(text()), NextStep::SuspendAccount),
        ];
        for (error, step) in table {
            assert_eq!(next(&error, &attempt(1, age)), step, "{error}");
        }
    }
}

#[test]
fn a_doubt_is_looked_into_at_the_end_of_its_time_and_ever_more_rarely_then() {
    let held_back = 10 * MINUTE;
    let look = |age: u64, wait: u64| NextStep::ReconcileAt(attempt(1, age + wait).now);
    for (number, age, step) in [
        (1, 0, look(0, 1)),
        (5, 100, look(100, 2 * MINUTE)),
        (6, held_back - 30, look(held_back - 30, 30)),
        (2, held_back, look(held_back, 3)),
        (3, held_back, look(held_back, 10)),
        (9, held_back + 1, look(held_back + 1, HOUR)),
    ] {
        assert_eq!(
            next(&uncertain(), &attempt(number, age)),
            step,
            "attempt {number}"
        );
    }
}

#[test]
fn work_that_stopped_half_way_looks_at_its_cause() {
    let stopped = |cause: SendError| SendError::Interrupted {
        progress: "3 of 9".to_owned(),
        cause: Box::new(cause),
    };
    for cause in [
        unavailable(),
        wait(7),
        uncertain(),
        SendError::Refused(String::new()),
        SendError::ChannelGone(String::new()),
        SendError::Unauthorised(String::new()),
    ] {
        for attempt in [attempt(1, 0), attempt(4, HOUR), attempt(4, 30 * HOUR)] {
            let step = next(&cause, &attempt);
            assert_eq!(next(&stopped(cause.clone()), &attempt), step);
            assert_eq!(next(&stopped(stopped(cause.clone())), &attempt), step);
        }
    }
}

#[test]
fn a_clock_that_went_back_kills_nothing() {
    let mut attempt = attempt(1, 0);
    attempt.now = Timestamp(0);
    assert_eq!(next(&unavailable(), &attempt), retry_after(1, &attempt));
}

proptest! {
    #[test]
    fn jitter_moves_a_wait_by_a_fifth_at_most(number in 1u32..20, jitter in -5.0f64..5.0) {
        let calm = attempt(number, 5);
        let NextStep::RetryAt(base) = next(&unavailable(), &calm) else { unreachable!() };
        let moved = next(&unavailable(), &Attempt { jitter, ..calm });
        let NextStep::RetryAt(moved) = moved else { unreachable!() };
        let (base, moved) = (base.since(calm.now), moved.since(calm.now));
        prop_assert!(moved >= base.mul_f64(0.799) && moved <= base.mul_f64(1.2));
        prop_assert_eq!(moved > base, jitter > 0.0 && moved != base);
    }

    #[test]
    fn nobody_asks_again_before_the_platform_said(asked in 0u64..=HOUR, number in 1u32..20, jitter in -1.0f64..1.0) {
        let attempt = Attempt { jitter, ..attempt(number, 5) };
        prop_assert_eq!(next(&wait(asked), &attempt), retry_after(asked, &attempt));
    }
}

#[test]
fn who_is_put_off_is_tried_for_as_long_as_a_message_lives() {
    let put_off = SendError::PutOff("mailbox full".to_owned());
    let first = attempt(1, 5);
    assert_eq!(next(&put_off, &first), retry_after(1, &first));
    let twentieth = attempt(20, 20 * HOUR);
    assert_eq!(next(&put_off, &twentieth), retry_after(HOUR, &twentieth));
    assert_eq!(next(&put_off, &attempt(20, 24 * HOUR)), NextStep::Dead);
}
