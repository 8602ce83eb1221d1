//! Which process is at it, and what becomes of what a dead one was at.

use std::time::Duration;

use conversation::Timestamp;
use store::{Error, Role};

use crate::support::{Database, World, on_postgres};

crate::on_both_engines!(
    what_a_dead_process_was_sending_is_in_doubt_at_the_next_start,
    a_visitor_leaves_alone_what_is_under_way,
    each_start_of_a_bridge_is_a_new_epoch,
    a_start_that_comes_to_nothing_is_no_bridge_at_work,
    a_second_bridge_is_refused_and_a_visitor_is_not,
    a_bridge_that_was_closed_makes_room_for_the_next,
);

async fn what_a_dead_process_was_sending_is_in_doubt_at_the_next_start(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "one").await;
    world.posts("chat:a", "Ana", "2", "two").await;
    world.work("chat:b").await;
    world.delivers("mail:list", "m1").await;
    drop(world);
    let world = World::on(database.bridge().await);
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "one" chat:a -> chat:b: uncertain x1 (the bridge stopped while it was sent)
    post Ana "one" chat:a -> mail:list: sent x1
    post Ana "two" chat:a -> chat:b: to_do x0
    post Ana "two" chat:a -> mail:list: to_do x0
    "#);
    let work = world.work("chat:b").await;
    assert!(work.attempt.in_doubt);
    assert_eq!(work.attempt.number, 2);
    assert!(!world.work("mail:list").await.attempt.in_doubt);
}

async fn a_visitor_leaves_alone_what_is_under_way(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "one").await;
    world.work("chat:b").await;
    let before = world.deliveries().await;
    let visitor = database.open(Role::Visitor).await.unwrap();
    assert_eq!(visitor.epoch(), 0);
    visitor.close().await;
    assert_eq!(world.deliveries().await, before);
}

async fn each_start_of_a_bridge_is_a_new_epoch(database: &Database) {
    for epoch in 1..=3 {
        let store = database.bridge().await;
        assert_eq!(store.epoch(), epoch);
        store.close().await;
    }
}

/// A service manager tries again and again, and monitoring must not take that for a bridge.
async fn a_start_that_comes_to_nothing_is_no_bridge_at_work(database: &Database) {
    let store = database.bridge().await;
    assert_eq!(store.alive_at().await.unwrap(), None);
    let long_ago = Timestamp(1_000);
    store.beat(long_ago).await.unwrap();
    store.close().await;
    for _ in 1..=2 {
        let store = database.bridge().await;
        assert_eq!(store.alive_at().await.unwrap(), Some(long_ago));
        store.close().await;
    }
    let store = database.bridge().await;
    let later = store.pauses()[0].ended_at.plus(Duration::from_secs(90));
    store.beat(later).await.unwrap();
    let pauses = store.pauses();
    let pauses: Vec<_> = pauses.iter().map(|it| (it.began_at, it.ended_at)).collect();
    assert_eq!(pauses, [(long_ago, later)]);
}

async fn a_second_bridge_is_refused_and_a_visitor_is_not(database: &Database) {
    let first = database.bridge().await;
    let error = database.open(Role::Bridge).await.unwrap_err();
    assert!(matches!(&error, Error::Locked { .. }), "{error}");
    let text = error.to_string().replace(first.url(), "<URL>");
    crate::assert_text!(text, @"another Causeway is running on <URL>. Stop it first, or give this one a database of its own");
    database.open(Role::Visitor).await.unwrap();
}

async fn a_bridge_that_was_closed_makes_room_for_the_next(database: &Database) {
    let first = database.bridge().await;
    let other_hand = first.clone();
    first.close().await;
    database.bridge().await.close().await;
    other_hand.close().await;
}

#[tokio::test]
async fn a_bridge_that_lost_its_lock_writes_nothing_over_the_next_one() {
    on_postgres(async |database: &Database| {
        let mut old = World::new(database).await;
        old.posts("chat:a", "Ana", "1", "one").await;
        // As when the server is started again, or the network is away for long.
        database
            .look(
                "select cast(count(pg_terminate_backend(pid)) as bigint) from pg_locks
                 where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
            )
            .await;
        let new = World::on(database.bridge().await);
        let event = conversation::Event::Joined;
        let event = old.event("chat:a", "Bo", event);
        let error = old.take_in(event).await.unwrap_err();
        assert!(matches!(error, Error::TakenOver));
        crate::assert_text!(error, @"another Causeway took over this database while this one was cut off from it: nothing more is written here. Stop this one, or stop the other and start this one again");
        assert_eq!(new.work("chat:b").await.said.subject, "one");
    })
    .await;
}

#[tokio::test]
async fn a_bridge_goes_on_after_all_its_connections_were_cut() {
    on_postgres(async |database: &Database| {
        let mut world = World::new(database).await;
        for id in ["1", "2"] {
            world.posts("chat:a", "Ana", id, "one").await;
            database
                .look(
                    "select cast(count(pg_terminate_backend(pid)) as bigint) from pg_stat_activity
                     where datname = current_database() and pid <> pg_backend_pid()",
                )
                .await;
        }
        world.delivers("chat:b", "b1").await;
        assert_eq!(world.store.tally().await.unwrap().sent, 1);
    })
    .await;
}
