//! What people ask of the bridge: buttons that they press, and the way back to them.

use conversation::{Arg, Timestamp, WayBack};
use serde_json::json;
use store::{Choice, Claim, Request, Say, SeenBy, Surface, To};

use crate::support::{Database, World, phrase};

crate::on_both_engines!(
    what_bears_no_button_of_ours_is_none,
    a_way_back_lasts_as_long_as_it_is_open_and_is_not_to_be_read,
);

fn say(world: &World, key: &str, to: To) -> Say {
    let home = world.entry("chat:a");
    let community = Arg::Community(home.community.clone());
    Say {
        to,
        buttons: vec![Choice {
            label: phrase("community-name").with("community", community),
            act: json!("help"),
            for_identity: None,
        }],
        until: Some(Timestamp(world.now.0 + 1)),
        ..Say::to(home, key.to_owned(), phrase("help"), Vec::new())
    }
}

async fn what_bears_no_button_of_ours_is_none(database: &Database) {
    let world = World::new(database).await;
    let now = world.now;
    let a = world.entry("chat:a").channel.id;
    let words = say(&world, "once", To::Channels(vec![a]));
    let twice = words.clone();
    let said = world.store.write(move |tx| {
        let words = twice.clone();
        Box::pin(async move {
            Ok((
                tx.own_words().say(&words, now).await?,
                tx.own_words().say(&words, now).await?,
            ))
        })
    });
    let (said, again) = said.await.unwrap();
    assert!(said.is_some() && again.is_none());
    let work = world.work("chat:a").await;
    assert_eq!(work.own.seen_by, SeenBy::All);
    let button = work.own.word.as_ref().unwrap().buttons[0].id.clone();
    assert!(button.len() <= 64, "{button}");
    let (short, id) = button.split_once('.').unwrap();
    let (here, there) = (words.home, world.entry("chat:b"));
    let bears = [
        (button.clone(), true),
        (id.to_owned(), false),
        (format!("{short}."), false),
        (format!(".{id}"), false),
        (format!("{short}.{id}."), false),
        (format!("other.{id}"), false),
        (String::new(), false),
        ("\0.\0".to_owned(), false),
        ("x".repeat(10_000), false),
    ];
    let found = world.store.write(move |tx| {
        let (bears, here, there) = (bears.clone(), here.clone(), there.clone());
        let pressed = button.clone();
        Box::pin(async move {
            for (pressed, is_ours) in bears {
                let found = tx.requests().button(&here, &pressed).await?;
                assert_eq!(found.is_some(), is_ours, "{pressed}");
                assert!(
                    tx.requests().button(&there, &pressed).await?.is_none(),
                    "{pressed}"
                );
            }
            let button = tx.requests().button(&here, &pressed).await?.unwrap();
            assert!(!button.is_done);
            tx.requests().note_pressed(&button, None, now).await?;
            let again = tx.requests().button(&here, &pressed).await?.unwrap();
            let instead = phrase("help");
            let mut words = tx.own_words();
            let closed = words.close(&here, &button.message, Some(&instead), now);
            let changed = closed.await?;
            assert!(changed.len() == 1 && changed[0] == here.channel.id);
            let closed = words.close(&here, &button.message, None, now);
            assert!(closed.await?.is_empty());
            Ok(again.is_done)
        })
    });
    assert!(found.await.unwrap());
}

async fn a_way_back_lasts_as_long_as_it_is_open_and_is_not_to_be_read(database: &Database) {
    let world = World::new(database).await;
    let now = world.now;
    let way_back = WayBack {
        token: "canary".to_owned(),
        until: Timestamp(now.0 + 1),
    };
    let entry = world.entry("chat:a");
    let (home, way) = (entry.clone(), way_back.clone());
    let request = world.store.write(move |tx| {
        let (home, way) = (home.clone(), way.clone());
        Box::pin(async move {
            let identity = tx.speakers(&home).identity_of("nobody").await?;
            let request = Request {
                entry: &home,
                identity: identity.as_ref(),
                surface: Surface::Command,
                act: &json!("help"),
                way_back: &way,
            };
            tx.requests().note(&request, now).await
        })
    });
    let words = say(&world, "answer", To::Asker(request.await.unwrap()));
    let said = world.store.write(move |tx| {
        let words = words.clone();
        Box::pin(async move { tx.own_words().say(&words, now).await })
    });
    said.await.unwrap().unwrap();
    // The channel's own queue knows nothing of it.
    let idle = world.try_claim(entry.clone()).await.unwrap();
    assert!(matches!(idle, Claim::Idle), "{idle:?}");
    let look = world.at_the_answer(now).await;
    match world.look(entry.clone(), look).await.unwrap() {
        Claim::Work(work) => assert_eq!(work.own.seen_by, SeenBy::Asker(way_back)),
        other => panic!("{other:?}"),
    }
    if let Some(file) = world.store.file() {
        for file in [file.to_owned(), file.with_extension("db-wal")] {
            let bytes = std::fs::read(file).unwrap_or_default();
            assert!(!bytes.windows(6).any(|it| it == b"canary"));
        }
    }
    let later = Timestamp(now.0 + 2);
    let forgotten = world
        .store
        .write(move |tx| Box::pin(async move { tx.installation().forget_old(later).await }));
    assert_eq!(forgotten.await.unwrap().rows, 1);
    let look = world.at_the_answer(later).await;
    match world.look(entry, look).await.unwrap() {
        Claim::Work(work) => assert_eq!(work.own.seen_by, SeenBy::Nobody),
        other => panic!("{other:?}"),
    }
}
