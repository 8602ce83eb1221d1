//! A list of many: what a death of the bridge, or one of the members, does to the others.

use std::collections::HashSet;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use sandbox::mail::MailFaults;
use sandbox::rig::{percentile_ms, tally};

use crate::kills;
use crate::support::Town;
use crate::support::numbers::{Numbers, in_mailbox, number};

/// As the rig sets it.
const CONNECTIONS: usize = 8;

fn members(count: usize) -> Vec<String> {
    (0..count)
        .map(|it| format!("m{it}@people.example"))
        .collect()
}

async fn town_of(members: &[String]) -> Town {
    let addresses: Vec<&str> = members.iter().map(String::as_str).collect();
    let town = Town::open(1, &addresses).await;
    for (number, address) in members.iter().enumerate() {
        town.rig
            .mail
            .add_person(&format!("Member {number}"), address);
    }
    town
}

fn have_all(town: &Town, members: &[String], said: usize) -> bool {
    let is_complete = |it: &String| {
        in_mailbox(town, it)
            .into_iter()
            .collect::<HashSet<_>>()
            .len()
            == said
    };
    town.rig.mail.received() >= (members.len() * said) as u64 && members.iter().all(is_complete)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_death_in_a_list_of_a_hundred_repeats_what_was_on_its_way_and_nothing_else() {
    let deaths = kills(100);
    let members = members(100);
    let town = town_of(&members).await;
    town.rig.mail.set_faults(MailFaults {
        latency_ms: 1,
        ..MailFaults::default()
    });
    let mut said = Numbers::default();
    for death in 0..deaths {
        town.start();
        said.say(&town);
        let enough = town.rig.mail.received() + 1 + (death as u64 * 37) % 98;
        town.until("somebody has it", || town.rig.mail.received() >= enough)
            .await;
        town.kill();
    }
    town.begin().await;
    town.until("all have all", || have_all(&town, &members, said.said()))
        .await;
    town.end();
    let expected: Vec<usize> = (0..said.said()).collect();
    let tallies: Vec<_> = members
        .iter()
        .map(|it| tally(&expected, &in_mailbox(&town, it)))
        .collect();
    assert!(
        tallies
            .iter()
            .all(|it| (it.lost, it.out_of_order) == (0, 0))
    );
    let repeats: u64 = tallies.iter().map(|it| it.duplicated).sum();
    println!("{deaths} deaths in a list of 100: {repeats} mails came twice");
    assert!(repeats <= (deaths * CONNECTIONS) as u64, "{repeats}");
}

/// How long 99 of 100 mails of those members took, in milliseconds, at a post a second.
async fn p99_of(members: &[String], full: Option<&str>) -> f64 {
    const POSTS: usize = 15;
    let town = town_of(members).await;
    town.begin().await;
    town.rig.mail.set_faults(MailFaults {
        greylisted: full.map(str::to_owned).into_iter().collect(),
        ..MailFaults::default()
    });
    let others: Vec<String> = members
        .iter()
        .filter(|it| Some(it.as_str()) != full)
        .cloned()
        .collect();
    let (mut said, mut said_at) = (Numbers::default(), Vec::new());
    let mut beat = tokio::time::interval(Duration::from_secs(1));
    for _ in 0..POSTS {
        beat.tick().await;
        said_at.push(now_ms());
        said.say(&town);
    }
    town.until("the others have all", || have_all(&town, &others, POSTS))
        .await;
    let times = others.iter().flat_map(|it| town.rig.mail.log_of(it));
    let took = times.map(|it| it.received_at_ms - said_at[number(&it.first_line)]);
    let mut took: Vec<_> = took
        .map(|it| Duration::from_millis(u64::try_from(it).unwrap_or(0)))
        .collect();
    took.sort_unstable();
    if let Some(full) = full {
        assert_eq!(in_mailbox(&town, full), Vec::<usize>::new());
        town.rig.mail.set_faults(MailFaults::default());
        town.until("the last has all", || {
            in_mailbox(&town, full).len() == POSTS
        })
        .await;
        assert!(
            in_mailbox(&town, full).is_sorted(),
            "{:?}",
            in_mailbox(&town, full)
        );
    }
    town.end();
    percentile_ms(&took, 99)
}

fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_full_mailbox_of_a_hundred_slows_nobody_and_has_all_in_order_once_it_is_well() {
    let members = members(100);
    // What else this machine does slows one of the two, and not three times the same one.
    for look in 1..=3 {
        let without = p99_of(&members, None).await;
        let with = p99_of(&members, Some(&members[41])).await;
        println!("p99 of a list of 100: {without} ms, with one full mailbox {with} ms");
        if with <= (without * 1.5).max(without + 50.0) {
            return;
        }
        assert!(look < 3, "{with} against {without}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_post_to_five_thousand_costs_little_memory() {
    let members = members(5_000);
    let town = town_of(&members).await;
    town.begin().await;
    let mut said = Numbers::default();
    let to_first = members[..1].to_vec();
    said.say(&town);
    town.until("it begins", || !in_mailbox(&town, &to_first[0]).is_empty())
        .await;
    let before = town.peak_memory_mib();
    town.until("all have it", || town.rig.mail.received() >= 5_000)
        .await;
    said.say(&town);
    town.until("all have both", || town.rig.mail.received() >= 10_000)
        .await;
    let grown = town.peak_memory_mib() - before;
    println!("a post to 5,000: {grown} MiB more than {before} MiB");
    assert!(grown < 64, "{grown} MiB");
    town.end();
}
