//! Ten thousand rooms: what one of them costs is no more for the others, and a bridge with nothing to do does nothing.

use std::time::Duration;

use tokio::time::sleep;

use crate::support::{ROOM, Town, numbers::Numbers};

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
const CHANGES: u32 = 20;
/// The program is not optimised here, and other tests run beside it.
const MOST_CPU: Duration = Duration::from_millis(100);
const MOST_MIB: u64 = 100;
const MOST_SWITCHES: u64 = 10;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_room_changes_among_ten_thousand_and_nobody_else_notices() {
    let mut town = Town::open(3, &[]).await;
    town.plan.rooms[0].groups.truncate(2);
    town.begin().await;
    assert!(town.stop().success());
    for sql in ROOMS {
        town.execute(sql).await;
    }
    town.begin().await;
    town.says(0, "before");
    town.sees(1, "before").await;
    until_quiet(&town).await;

    let switches = town.voluntary_switches();
    sleep(Duration::from_secs(5)).await;
    let switches = (town.voluntary_switches() - switches) / 5;
    let quiet = p99_ms(&town).await;
    let cpu = town.cpu_time();
    let quiet_cpu = {
        p99_ms(&town).await;
        town.cpu_time() - cpu
    };
    let cpu = town.cpu_time();
    let third = format!("telegram:{}", town.groups[2]);
    let changing = async {
        for _ in 0..CHANGES / 2 {
            for change in [
                vec!["room", "link", ROOM, &third],
                vec!["room", "unlink", &third],
            ] {
                tokio::task::block_in_place(|| assert_eq!(town.causeway(&change).code, 0));
            }
        }
    };
    let ((), changed) = tokio::join!(changing, p99_ms(&town));
    let cpu = (town.cpu_time() - cpu).saturating_sub(quiet_cpu) / CHANGES;
    let memory = town.peak_memory_mib();
    println!(
        "{switches} switches/s idle, {cpu:?} of CPU a change, p99 {quiet} ms, {changed} ms while rooms change, {memory} MiB"
    );
    assert!(switches <= MOST_SWITCHES && cpu < MOST_CPU && memory <= MOST_MIB);
    town.end();
}

/// Until what a start has to do is done.
async fn until_quiet(town: &Town) {
    let mut before = Duration::ZERO;
    while town.cpu_time() - before > Duration::from_millis(20) {
        before = town.cpu_time();
        sleep(Duration::from_secs(1)).await;
    }
}

async fn p99_ms(town: &Town) -> f64 {
    let mut numbers = Numbers::default();
    numbers.say_steadily(town, 100, 50).await;
    town.until("all arrive", || numbers.have_come_to_group(town, 1))
        .await;
    numbers.p99_ms(town, 1, 0)
}
