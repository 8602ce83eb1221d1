//! Ten thousand rooms: what one of them costs is no more for the others, and a bridge with nothing to do does nothing.

use std::time::Duration;

use tokio::time::sleep;

use crate::support::{ROOM, Town, numbers::Numbers};
use sqlx::Connection;

/// Of two channels each, in which nobody ever speaks.
const ROOMS: [&str; 2] = [
    "insert into room (community_id, id, name, created_at)
     with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000)
     select m.community_id, 'r' || i, 'room ' || i, 0 from n, community m",
    "insert into channel (community_id, id, purpose, platform, remote_id, room_id, link, created_at)
     with recursive n (i) as (select 2 union all select i + 1 from n where i < 20001)
     select m.community_id, 'c' || i, 'room', 'telegram', cast(-5000000 - i as text), 'r' || (i / 2), 'active', 0
     from n, community m",
];
const CHANGES: u32 = 10;
/// The program is not optimised here, and other tests run beside it.
const MOST_CPU: Duration = Duration::from_millis(20);
const MOST_MIB: u64 = 100;
/// Before it matters that it is more than without changes.
const MOST_MS: f64 = 150.0;
/// In a second, of all threads.
const MOST_SWITCHES: f64 = 10.0;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_room_changes_among_ten_thousand_and_nobody_else_notices() {
    let mut town = Town::open(3, &[]).await;
    town.plan.rooms[0].groups.truncate(2);
    town.begin().await;
    assert!(town.stop().success());
    for sql in ROOMS {
        town.change_store(sql).await.close().await.unwrap();
    }
    town.begin().await;
    let mut numbers = Numbers::default();
    until_quiet(&town).await;

    let switches = town.voluntary_switches();
    sleep(Duration::from_secs(4)).await;
    let switches = (town.voluntary_switches() - switches) as f64 / 4.0;
    let quiet = p99_ms(&town, &mut numbers).await;
    let ((), changed) = tokio::join!(rooms_change(&town), p99_ms(&town, &mut numbers));
    until_quiet(&town).await;
    let cpu = town.cpu_time();
    rooms_change(&town).await;
    sleep(Duration::from_secs(2)).await;
    let cpu = (town.cpu_time() - cpu) / CHANGES;
    let memory = town.peak_memory_mib();
    println!(
        "{switches} switches/s idle, {cpu:?} of CPU a change, p99 {quiet} ms, {changed} ms while rooms change, {memory} MiB"
    );
    assert!(switches <= MOST_SWITCHES && cpu < MOST_CPU && memory <= MOST_MIB);
    assert!(changed <= (quiet * 1.5).max(MOST_MS));
    town.end();
}

/// By commands, as many as `CHANGES`.
async fn rooms_change(town: &Town) {
    let third = format!("telegram:{}", town.groups[2]);
    for _ in 0..CHANGES / 2 {
        for change in [
            vec!["room", "link", ROOM, &third],
            vec!["room", "unlink", &third],
        ] {
            let changed = tokio::task::block_in_place(|| town.causeway(&change));
            assert_eq!(changed.code, 0, "{}", changed.err);
        }
    }
}

/// Until what a start has to do is done.
async fn until_quiet(town: &Town) {
    let mut before = Duration::ZERO;
    while town.cpu_time() - before > Duration::from_millis(20) {
        before = town.cpu_time();
        sleep(Duration::from_secs(1)).await;
    }
}

async fn p99_ms(town: &Town, numbers: &mut Numbers) -> f64 {
    let said = numbers.said();
    numbers.say_steadily(town, 100, 50).await;
    town.until("all arrive", || numbers.have_come_to_group(town, 1))
        .await;
    numbers.p99_ms(town, 1, said)
}
