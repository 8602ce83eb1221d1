//! Raw events that could not be used, and what need not be remembered for ever.

use std::time::Duration;

use conversation::{Event, RawEvent, Timestamp, Verdict};

use crate::support::{Database, NOW, World, posted};

crate::on_both_engines!(
    a_raw_event_comes_back_byte_for_byte,
    raw_events_are_counted_by_reason,
    only_what_is_old_is_forgotten,
);

const DAY: Duration = Duration::from_secs(24 * 3600);

async fn set_aside(world: &World, reason: &'static str, body: Vec<u8>, at: Timestamp) {
    let raw = RawEvent {
        platform: "chat".into(),
        places: Vec::new(),
        key: "42\0".into(),
        reason,
        body,
    };
    world
        .store
        .write(move |tx| {
            let raw = raw.clone();
            Box::pin(async move { tx.events().set_aside(&raw, at).await })
        })
        .await
        .unwrap();
}

async fn a_raw_event_comes_back_byte_for_byte(database: &Database) {
    let world = World::on(database.bridge().await);
    let all_bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    for body in [Vec::new(), b"{\"update_id\":1}".to_vec(), all_bytes] {
        set_aside(&world, "unknown-update", body.clone(), NOW).await;
        let newest = world
            .store
            .newest_set_aside("unknown-update")
            .await
            .unwrap();
        assert_eq!(newest, Some(body));
    }
    assert_eq!(world.store.newest_set_aside("another").await.unwrap(), None);
}

async fn raw_events_are_counted_by_reason(database: &Database) {
    let world = World::on(database.bridge().await);
    for reason in ["unknown-update", "no-boundary", "unknown-update"] {
        set_aside(&world, reason, b"raw".to_vec(), NOW).await;
    }
    let counts = world.store.set_aside_counts().await.unwrap();
    let lines: Vec<_> = counts
        .iter()
        .map(|it| format!("{} {} {}", it.platform, it.reason, it.n))
        .collect();
    crate::assert_text!(lines.join("\n"), @r"
    chat no-boundary 1
    chat unknown-update 2
    ");
}

async fn only_what_is_old_is_forgotten(database: &Database) {
    let mut world = World::new(database).await;
    let event = world.event("chat:a", "Ana", Event::Posted(posted("1", &[], "Old news")));
    world.take_in(event.clone()).await.unwrap();
    for reason in ["unknown-update", "elided-text", "of-an-older-version"] {
        set_aside(&world, reason, b"old".to_vec(), world.now).await;
    }
    for (days, forgotten) in [(6, 0), (8, 2), (13, 0), (15, 1), (29, 0), (31, 1)] {
        let now = event.at.plus(DAY * days);
        let went = world
            .store
            .write(move |tx| Box::pin(async move { tx.installation().forget_old(now).await }))
            .await
            .unwrap();
        assert_eq!(went.rows, forgotten, "after {days} days");
    }
    assert_eq!(database.look("select count(*) from message").await, "1");
    let verdict = world.take_in(event).await.unwrap().0;
    assert_eq!(
        verdict,
        Verdict::Drop("own-copy"),
        "the message itself still knows its id"
    );
}
