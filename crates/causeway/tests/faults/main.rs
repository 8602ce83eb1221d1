//! What goes wrong around the bridge, one thing at a time: nothing is lost, nothing overtakes, and whoever is not
//! concerned notices nothing.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../support/mod.rs"]
mod support;

mod mail;

use std::time::{Duration, SystemTime};

use mail::mail_has_come;
use sandbox::rig::Tally;
use sandbox::telegram::{Broken, Faults, ServerError};
use support::numbers::Numbers;
use support::{BO, Town};
use tokio::sync::RwLock;

/// Some tests measure times, and have the machine for themselves: they take it to write, the others to read.
static MACHINE: RwLock<()> = RwLock::const_new(());

const NOBODY: Tally = Tally {
    lost: 0,
    duplicated: 0,
    out_of_order: 0,
};

/// The group whose Telegram misbehaves, and the one that must not notice. What is said comes from group 0.
const ILL: usize = 1;
const WELL: usize = 2;

fn only_posts(faults: Faults) -> Faults {
    Faults {
        methods: vec!["sendMessage".to_owned()],
        ..faults
    }
}

async fn all_have_come(town: &Town, said: &Numbers) {
    for group in 1..town.groups.len() {
        town.until("all have come to the groups", || {
            said.have_come_to_group(town, group)
        })
        .await;
    }
}

/// 99 of 100 messages took no longer than this to the group that is well, with and without the other's fault.
struct Compared {
    without: f64,
    with: f64,
}

impl Compared {
    fn is_unmoved(&self) -> bool {
        self.with <= self.without * 1.1 + 5.0
    }
}

/// Says the same in a room that is well and in one with an ill group, and proves that nothing was lost there.
async fn compared(faults: &Faults) -> Compared {
    Compared {
        without: p99_of_the_well(None).await,
        with: p99_of_the_well(Some(faults)).await,
    }
}

async fn p99_of_the_well(faults: Option<&Faults>) -> f64 {
    const WARM: usize = 10;
    let town = Town::open(3, &[]).await;
    town.begin().await;
    let mut said = Numbers::default();
    said.say_steadily(&town, WARM, 40).await;
    all_have_come(&town, &said).await;
    if let Some(faults) = faults {
        town.rig
            .telegram
            .set_faults(Some(town.groups[ILL]), faults.clone());
    }
    said.say_steadily(&town, 250, 40).await;
    all_have_come(&town, &said).await;
    town.end();
    for group in [ILL, WELL] {
        assert_eq!(said.tally_in_group(&town, group), NOBODY);
    }
    assert_eq!(town.rig.telegram.early_requests(), 0);
    said.p99_ms(&town, WELL, WARM)
}

/// A busy machine may spoil a measurement, and never makes a bad bridge good: the best of three counts.
async fn leaves_the_others_alone(what: &str, faults: Faults) {
    let _machine = MACHINE.write().await;
    for _ in 0..3 {
        let p99 = compared(&faults).await;
        println!(
            "{what}: the other's p99 {} ms, without the fault {} ms",
            p99.with, p99.without
        );
        if p99.is_unmoved() {
            return;
        }
    }
    panic!("the other group noticed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_says_429_is_not_asked_early_and_the_other_does_not_notice() {
    let faults = Faults {
        rate_limit_s: Some(5.0),
        ..Faults::default()
    };
    leaves_the_others_alone("429 for 5 s", faults).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_group_that_says_500_loses_nothing_and_the_other_does_not_notice() {
    let faults = Faults {
        server_error: Some(ServerError {
            status: 500,
            for_s: Some(3.0),
            next: None,
        }),
        ..Faults::default()
    };
    leaves_the_others_alone("500 for 3 s", faults).await;
}

/// Says enough while posts go wrong in one group, and counts what came there.
async fn tally_under(faults: Faults, count: usize) -> Tally {
    let town = Town::open(3, &[])
        .await
        .with("CAUSEWAY__TELEGRAM__REQUEST_TIMEOUT_S", "1");
    town.begin().await;
    let ill = Some(town.groups[ILL]);
    town.rig.telegram.set_faults(ill, only_posts(faults));
    let mut said = Numbers::default();
    said.say_all(&town, count);
    all_have_come(&town, &said).await;
    town.end();
    assert_eq!(said.tally_in_group(&town, WELL), NOBODY);
    said.tally_in_group(&town, ILL)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_is_cut_doubles_at_most_what_was_taken_before_the_cut() {
    let _machine = MACHINE.read().await;
    const CUTS: u64 = 3;
    let broken = |accepted| Faults {
        cut: Some(Broken {
            accepted,
            for_s: None,
            next: Some(CUTS),
        }),
        ..Faults::default()
    };
    let tally = tally_under(broken(false), 40).await;
    assert_eq!(tally, NOBODY);
    let tally = tally_under(broken(true), 40).await;
    assert_eq!((tally.lost, tally.out_of_order), (0, 0));
    assert!(tally.duplicated <= CUTS, "{tally:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_never_comes_is_given_up_within_the_timeout() {
    let _machine = MACHINE.read().await;
    const SILENCES: u64 = 2;
    let silent = |accepted| Faults {
        never_answer: Some(Broken {
            accepted,
            for_s: None,
            next: Some(SILENCES),
        }),
        ..Faults::default()
    };
    let start = SystemTime::now();
    let tally = tally_under(silent(false), 20).await;
    assert_eq!(tally, NOBODY);
    // Each of them costs a timeout of one second and a second before the next try.
    let took = start.elapsed().unwrap();
    assert!(took < Duration::from_secs(10), "{took:?}");
    let tally = tally_under(silent(true), 20).await;
    assert_eq!((tally.lost, tally.out_of_order), (0, 0));
    assert!(tally.duplicated <= SILENCES, "{tally:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_make_no_sense_or_take_their_time_lose_nothing() {
    let _machine = MACHINE.read().await;
    let garbled = Faults {
        malformed: Some(Broken {
            accepted: false,
            for_s: None,
            next: Some(2),
        }),
        ..Faults::default()
    };
    assert_eq!(tally_under(garbled, 20).await, NOBODY);
    let slow = Faults {
        latency_ms: 150,
        ..Faults::default()
    };
    assert_eq!(tally_under(slow, 20).await, NOBODY);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_poller_is_told_of_once_and_its_end_heals_everything() {
    let _machine = MACHINE.read().await;
    let town = Town::open(2, &[]).await;
    town.begin().await;
    let telegram = &town.rig.telegram;
    telegram.set_faults(
        None,
        Faults {
            conflict: true,
            ..Faults::default()
        },
    );
    // The poll that is under way ends with news; the next ones are refused.
    town.says(0, "before");
    let told = |how: &str| {
        let log = town.log();
        let lines = log.lines().filter(|it| it.contains("somebody else"));
        lines.filter(|it| it.contains(how)).count()
    };
    town.until("it is told", || told("ERROR") == 1).await;
    telegram.set_faults(None, Faults::default());
    town.says(0, "after");
    town.sees_copy(1, "before").await;
    town.sees_copy(1, "after").await;
    town.until("it is over", || told("over: ") == 1).await;
    town.end();
    assert_eq!((told("ERROR"), told("")), (1, 2), "{}", town.log());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_messages_pass_a_telegram_that_flaps() {
    const MESSAGES: usize = 1_000;
    let _machine = MACHINE.write().await;
    let town = Town::open(2, &[BO]).await;
    town.begin().await;
    let telegram = &town.rig.telegram;
    let mut said = Numbers::default();
    said.say_all(&town, MESSAGES);
    for fault in 1..=8 {
        town.until("it goes on", || {
            telegram.log_len(town.groups[1]) >= fault * MESSAGES / 10
        })
        .await;
        let status = [500, 502, 503, 504][fault % 4];
        let server_error = Some(ServerError {
            status,
            for_s: None,
            next: Some(1 + fault as u64 % 2),
        });
        telegram.set_faults(
            Some(town.groups[1]),
            Faults {
                server_error,
                ..Faults::default()
            },
        );
    }
    all_have_come(&town, &said).await;
    mail_has_come(&town, &said, &[BO]).await;
    town.end();
    assert_eq!(said.tally_in_group(&town, 1), NOBODY);
    let errors = telegram.counters().errors;
    assert!(
        errors.keys().filter(|it| **it >= 500).count() > 2,
        "{errors:?}"
    );
}
