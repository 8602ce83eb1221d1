//! A history that does not come: people are heard on, and what is missing is read later, also by another bridge.

use std::time::Duration;

use sandbox::{discord, slack};
use store::{Role, Store};

use crate::pairs::Pairs;

/// The first channel of each platform is ill, the second one is well.
fn break_histories(pairs: &Pairs, are_broken: bool) {
    let mut of_slack = slack::Faults::default();
    let mut of_discord = discord::Faults::default();
    if are_broken {
        of_slack.methods = vec!["conversations.history".to_owned()];
        of_slack.never_answer = Some(slack::Broken::default());
        of_discord.routes = vec!["GET /channels/{channel_id}/messages".to_owned()];
        of_discord.server_error = Some(discord::ServerError::default());
    }
    let rig = &pairs.town.rig;
    rig.slack.set_faults(Some(&pairs.slack[0]), of_slack);
    rig.discord.set_faults(Some(pairs.discord[0]), of_discord);
}

/// Since when the channels of a platform were not heard, in milliseconds, the oldest one.
async fn unheard_since(pairs: &Pairs, platform: &str) -> i64 {
    let now = engine::system_now();
    let store = Store::open(&pairs.town.store_url(), Role::Visitor, now).await;
    let store = store.unwrap();
    let points = store.resume_points(&platform.into()).await.unwrap();
    store.close().await;
    points.iter().map(|it| it.since.0).min().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_history_that_does_not_come_stops_no_hearing_and_is_read_by_the_next_bridge() {
    let _machine = crate::MACHINE.read().await;
    let mut pairs = Pairs::open(2, 2).await;
    pairs.begin().await;
    pairs.say(1);
    pairs.all_come().await;
    assert!(pairs.town.stop().success());
    let stopped = engine::system_now().0;
    // The next start is plainly later than this stop: what is unheard counts from the stop, not from the start.
    tokio::time::sleep(Duration::from_secs(1)).await;
    pairs.say(10);
    pairs.town.rig.slack.forget_undelivered();
    break_histories(&pairs, true);
    pairs.begin().await;
    pairs.say(1);
    let start = std::time::Instant::now();
    let newest = |room| pairs.copies(room).contains(&11);
    let town = &pairs.town;
    town.until("the news come", || (0..4).all(newest)).await;
    assert!(start.elapsed() < Duration::from_secs(20));
    for room in [0, 2] {
        assert_eq!(pairs.copies(room), [0, 11]);
    }
    for room in [1, 3] {
        assert_eq!(pairs.tally(room), crate::pairs::NOBODY);
    }
    for platform in ["slack", "discord"] {
        assert!(
            unheard_since(&pairs, platform).await < stopped,
            "{platform}"
        );
    }
    pairs.kill();
    break_histories(&pairs, false);
    pairs.begin().await;
    pairs.all_come().await;
    for room in 0..4 {
        let tally = pairs.tally(room);
        assert_eq!((tally.lost, tally.duplicated), (0, 0));
    }
    pairs.town.end();
}
