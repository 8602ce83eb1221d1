//! What was heard and is not kept: a count for each channel and kind, and nothing of what is said to the bot alone.

use std::time::Duration;

use conversation::{ChannelRef, EventKey, Platform, Timestamp};
use store::Unkept;

use crate::support::{Database, NOW, World};

crate::on_both_engines!(
    channels_that_were_heard_are_told_with_their_newest_name,
    whoever_speaks_to_the_bot_alone_is_a_count,
    of_ten_thousand_chats_the_newest_stay,
    a_key_is_known_again_and_stands_nowhere,
    what_older_versions_kept_of_that_kind_goes_at_the_first_start,
);

async fn heard(world: &World, (channel, kind): (&str, &'static str), name: &str, at: Timestamp) {
    let channel: ChannelRef = channel.parse().unwrap();
    let name = (!name.is_empty()).then(|| name.to_owned());
    let counted = world.store.write(move |tx| {
        let (channel, name) = (channel.clone(), name.clone());
        Box::pin(async move {
            let what = Unkept {
                platform: &channel.platform,
                channel: Some(&channel).filter(|it| it.id.as_str() != "alone"),
                name,
                kind,
            };
            tx.events().count_unkept(&what, at).await
        })
    });
    counted.await.unwrap();
}

async fn lines(world: &World) -> String {
    let heard = world.store.heard_channels().await.unwrap();
    let line = |it: &store::HeardChannel| {
        let after = it.last_at_ms - NOW.0;
        format!("{} {:?} {} +{after}", it.channel, it.name, it.events)
    };
    heard.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn later(ms: u64) -> Timestamp {
    NOW.plus(Duration::from_millis(ms))
}

async fn channels_that_were_heard_are_told_with_their_newest_name(database: &Database) {
    let world = World::new(database).await;
    heard(&world, ("chat:x", "posted"), "The garden", later(1)).await;
    heard(&world, ("chat:x", "posted"), "", later(2)).await;
    heard(
        &world,
        ("chat:y", "posted"),
        "\u{202e}neddih\u{7}\n\u{1b}[31m",
        later(3),
    )
    .await;
    heard(&world, ("chat:x", "edited"), "The new garden", later(4)).await;
    heard(&world, ("chat:z", "posted"), "\u{200b}", later(5)).await;
    crate::assert_text!(lines(&world).await, @r#"
    chat:z None 1 +5
    chat:x Some("The new garden") 3 +4
    chat:y Some("neddih, 31m") 1 +3
    "#);
    world.link("riverside", "general", "chat:x").await.unwrap();
    assert!(!lines(&world).await.contains("chat:x"));
    world.unlink("chat:x").await.unwrap();
    assert!(
        !lines(&world).await.contains("chat:x"),
        "until it is heard again"
    );
}

async fn whoever_speaks_to_the_bot_alone_is_a_count(database: &Database) {
    let world = World::new(database).await;
    for at in 0..3 {
        heard(&world, ("chat:alone", "posted"), "", later(at)).await;
    }
    assert_eq!(lines(&world).await, "");
    let row = database
        .look("select platform, remote_id, kind, name, n from unkept")
        .await;
    assert_eq!(row, "chat||posted||3");
}

async fn of_ten_thousand_chats_the_newest_stay(database: &Database) {
    let world = World::new(database).await;
    let counted = world.store.write(|tx| {
        Box::pin(async move {
            for number in 0..10_000 {
                let channel = ChannelRef::new("chat", format!("{number}"));
                let what = Unkept {
                    platform: &channel.platform,
                    channel: Some(&channel),
                    name: None,
                    kind: "posted",
                };
                tx.events().count_unkept(&what, later(number)).await?;
            }
            Ok(())
        })
    });
    counted.await.unwrap();
    let heard = world.store.heard_channels().await.unwrap();
    assert_eq!(
        (heard.len(), heard[0].channel.as_str()),
        (2000, "chat:9999")
    );
    assert_eq!(heard[1999].channel, "chat:8000");
}

async fn a_key_is_known_again_and_stands_nowhere(database: &Database) {
    let world = World::new(database).await;
    for is_first in [true, false] {
        let done = world.store.write(|tx| {
            Box::pin(async move {
                let (platform, key) = (Platform::from("chat"), EventKey::from("post:4711:1"));
                tx.events()
                    .first_stopped((&platform, &key), "unknown-channel", NOW)
                    .await
            })
        });
        assert_eq!(done.await.unwrap(), is_first);
    }
    let keys = database.look("select key_hash from event").await;
    assert_eq!((keys.len(), keys.contains("4711")), (32, false));
}

/// With the rows of the version before.
async fn what_older_versions_kept_of_that_kind_goes_at_the_first_start(database: &Database) {
    crate::migrations::up_to(database, 4).await;
    for (id, key, reason) in [
        ("1", "post:4711:1", "unknown-channel"),
        ("2", "raw/1", "channel-not-told"),
        ("3", "m7:elided", "elided-text"),
        ("4", "m8:elided", "elided-text"),
    ] {
        let sql = format!(
            "insert into set_aside (community_id, id, platform, key, reason, at, body)
             values ('', '{id}', 'chat', '{key}', '{reason}', {}, '')",
            NOW.0
        );
        database.execute(&sql).await;
    }
    let events = "insert into event (community_id, platform, key, verdict, taken_at) values
        ('c1', 'chat', 'm7', 'unlinked', 1), ('c1', 'chat', 'm8', 'take', 1), ('', 'chat', 'post:4711:1', 'unknown-channel', 1)";
    database.execute(events).await;
    database.bridge().await.close().await;
    // What is left is named by no key any more.
    let kept = "select id, key from set_aside where platform = 'chat' and body = ''";
    assert_eq!(database.look(kept).await, "4|");
    assert_eq!(
        database
            .look("select count(*) from event where community_id = ''")
            .await,
        "0"
    );
}
