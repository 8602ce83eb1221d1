//! What staff looks at and does.

use std::time::Duration;

use conversation::{AccountRef, ChannelRef, Event, Link, Proof, RawEvent};
use store::{Look, Notice, NoticeKind, Role, Unkept};

use crate::support::{Database, World, posted};

pub(crate) async fn staff_looks_and_acts(world: &mut World, database: &Database) {
    let platform = "chat".into();
    assert!(
        !world
            .store
            .resume_points(&platform)
            .await
            .unwrap()
            .is_empty()
    );
    something_is_held(world).await;
    let store = &world.store;
    store.held("riverside", None, 10).await.unwrap();
    store.recent_deliveries(10).await.unwrap();
    store
        .stopped_deliveries("riverside", None, 10)
        .await
        .unwrap();
    store.count_held("riverside", None).await.unwrap();
    store.count_stopped("riverside", None).await.unwrap();
    store.tally().await.unwrap();
    let community = world.community("riverside").await;
    assert!(!store.names_of_rooms(&community).await.unwrap().is_empty());
    store.ids_of_held(&community, "0").await.unwrap();
    store.ids_of_stopped(&community, "0").await.unwrap();
    store.has_open_deliveries().await.unwrap();
    store.notices(10).await.unwrap();
    how_things_stand(world).await;
    one_community_is_looked_at(world).await;
    another_name(world).await;
    let now = world.now;
    let community = world.community("riverside").await;
    let entry = world.entry("chat:b");
    let written = store.write(move |tx| {
        let (community, entry) = (community.clone(), entry.clone());
        Box::pin(async move {
            let notice = Notice {
                kind: NoticeKind::ChannelFails,
                about: "chat:a".to_owned(),
                text: "something".to_owned(),
                at: now,
            };
            tx.notices(&community).tell_anew(&notice).await?;
            for answer in [None, Some("nobody's".into())] {
                let look = Look {
                    answer,
                    ..Look::default()
                };
                tx.outbox(&entry).give_up_head(&look, "unreadable").await?;
            }
            tx.held(&community).release_held("", now).await?;
            tx.held(&community).retry_stopped("", now).await?;
            tx.held(&community).drop_stopped("").await?;
            let raw = RawEvent {
                platform: "chat".into(),
                places: Vec::new(),
                key: "1".into(),
                reason: "unknown-update",
                body: Vec::new(),
            };
            tx.events().set_aside(&raw, now).await?;
            let elsewhere = ChannelRef::new("chat", "elsewhere");
            let heard = Unkept {
                platform: &elsewhere.platform,
                channel: Some(&elsewhere),
                name: None,
                kind: "posted",
            };
            tx.events()
                .first_stopped((&elsewhere.platform, &raw.key), "unknown-channel", now)
                .await?;
            tx.events().count_unkept(&heard, now).await?;
            tx.installation()
                .forget_old(now.plus(Duration::from_secs(1)))
                .await
        })
    });
    written.await.unwrap();
    let released = store.released().await.unwrap();
    let taken = store.write(move |tx| {
        let released = released.clone();
        Box::pin(async move {
            tx.held(&released[0].community)
                .take_released(&released[0].id)
                .await?;
            tx.held(&released[0].community).drop_held("").await
        })
    });
    assert_eq!(taken.await.unwrap(), 1);
    store.set_aside_counts().await.unwrap();
    store.heard_channels().await.unwrap();
    store.newest_set_aside("unknown-update").await.unwrap();
    change_rooms(world).await;
    let visitor = database.open(Role::Visitor).await.unwrap();
    visitor.refresh_directory().await.unwrap();
    visitor.rooms(None).await.unwrap();
    visitor.channels_of("riverside", "general").await.unwrap();
}

async fn how_things_stand(world: &World) {
    let store = &world.store;
    store.waiting(None).await.unwrap();
    store.stopped_since(world.now).await.unwrap();
    store.last_heard(&"chat".into()).await.unwrap();
    store.unread(None).await.unwrap();
    store.alive_at().await.unwrap();
    store.for_staff(None).await.unwrap();
    store.size().await.unwrap();
}

async fn one_community_is_looked_at(world: &World) {
    let store = &world.store;
    let community = world.community("riverside").await;
    assert_eq!(store.name_of(&community).await.unwrap(), "riverside");
    store.open_notices(Some(&community)).await.unwrap();
    assert!(store.count_people(&community).await.unwrap() > 0);
    store.staff(&community).await.unwrap();
    let lines = store.deliveries_of("riverside", "1").await.unwrap();
    assert!(!lines.is_empty());
    let looked = store.write(move |tx| {
        let community = community.clone();
        Box::pin(async move {
            let account: AccountRef = "chat:account-of-Ana".parse().expect("an account");
            let at = ChannelRef::new("chat", "b");
            let mark = tx.mark().await?;
            tx.people(&community).offices(&account).await?;
            tx.people(&community).mentions(&account).await?;
            tx.rooms(&community).seat(&at).await?;
            tx.rooms(&community).is_known(&at).await?;
            tx.communities().are_several().await?;
            let mut notices = tx.notices(&community);
            notices.is_told(NoticeKind::ChannelRests, "chat:b").await?;
            tx.rooms(&community).most_parts("general").await?;
            tx.go_back_to(mark).await
        })
    });
    looked.await.unwrap();
}

async fn another_name(world: &World) {
    let store = &world.store;
    assert_eq!(store.communities().await.unwrap(), ["riverside"]);
    for (from, to) in [("riverside", "seaside"), ("seaside", "riverside")] {
        let renamed =
            store.write(move |tx| Box::pin(async move { tx.communities().rename(from, to).await }));
        renamed.await.unwrap();
    }
    let same = store.write(|tx| {
        Box::pin(async move { tx.communities().rename("riverside", "riverside").await })
    });
    assert!(same.await.is_err());
}

async fn something_is_held(world: &mut World) {
    for id in ["h1", "h2"] {
        let mut event = world.event("chat:a", "Ana", Event::Posted(posted(id, &[], "Me")));
        event.proof = Proof::Missing;
        world.take_in(event).await.unwrap();
    }
}

async fn change_rooms(world: &World) {
    world.lets_pass("general", Some(0)).await.unwrap();
    let entry = world.entry("chat:b");
    let suspended = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move { tx.channel(&entry).set_link(Link::Suspended).await })
    });
    suspended.await.unwrap();
    world.moves("chat:b", "chat:c").await;
    world.unlink("chat:c").await.unwrap();
    world.add_room("riverside", "autumn").await.unwrap();
    world.rename_room("autumn", "winter").await.unwrap();
    world.remove_room("winter", false).await.unwrap();
    world.moves("chat:a", "chat:c").await;
    world.link("riverside", "general", "chat:a").await.unwrap();
}
