//! Rooms and links.

use conversation::Link;

use crate::support::{Database, World, at};

crate::on_both_engines!(
    a_room_and_its_channels_are_listed,
    making_a_room_or_a_link_twice_changes_nothing,
    a_channel_stands_in_one_room,
    a_channel_that_left_one_community_can_join_another,
    a_channel_can_come_back_to_its_room,
    a_channel_is_found_by_its_inner_name,
    a_room_that_is_not_there_is_named_in_the_refusal,
    what_waits_for_a_channel_goes_nowhere_once_it_is_unlinked,
    a_suspended_link_stays_in_its_room,
    an_unlinked_channel_cannot_be_suspended_or_opened,
    what_waits_for_a_moved_channel_goes_along_and_what_stood_there_stays,
    a_channel_that_moves_onto_a_linked_one_leaves_its_room,
    a_channel_that_moves_onto_an_unlinked_one_keeps_its_link,
    a_room_keeps_all_but_its_name,
    a_room_that_goes_takes_nothing_along_that_was_said,
);

async fn a_room_and_its_channels_are_listed(database: &Database) {
    let world = World::new(database).await;
    world.add_room("riverside", "garden").await.unwrap();
    crate::assert_text!(world.rooms().await, @r"
    riverside/garden:
    riverside/general: chat:a chat:b mail:list
    ");
}

async fn making_a_room_or_a_link_twice_changes_nothing(database: &Database) {
    let world = World::new(database).await;
    let before = world.rooms().await;
    world.add_room("riverside", "general").await.unwrap();
    world.link("riverside", "general", "chat:a").await.unwrap();
    assert_eq!(world.rooms().await, before);
}

async fn a_channel_stands_in_one_room(database: &Database) {
    let world = World::new(database).await;
    world.add_room("riverside", "garden").await.unwrap();
    world.add_room("hillside", "general").await.unwrap();
    let here = world
        .link("riverside", "garden", "chat:a")
        .await
        .unwrap_err();
    crate::assert_text!(here, @"chat:a stands in the room `general` already, and a channel stands in one room. Unlink it there first: `causeway room unlink chat:a`");
    let there = world
        .link("hillside", "general", "chat:a")
        .await
        .unwrap_err();
    crate::assert_text!(there, @"chat:a stands in a room of another community already, and a channel stands in one room. Unlink it there first: `causeway room unlink chat:a`");
}

async fn a_channel_is_found_by_its_inner_name(database: &Database) {
    let world = World::new(database).await;
    let before = world.rooms().await;
    let inner = world.entry("chat:a").inner_name().to_string();
    world.unlink(&inner).await.unwrap();
    crate::assert_text!(world.rooms().await, @"riverside/general: chat:b mail:list");
    world.link("riverside", "general", &inner).await.unwrap();
    assert_eq!(world.rooms().await, before);
}

async fn a_channel_that_left_one_community_can_join_another(database: &Database) {
    let world = World::new(database).await;
    world.add_room("hillside", "general").await.unwrap();
    world.unlink("chat:a").await.unwrap();
    world.link("hillside", "general", "chat:a").await.unwrap();
    crate::assert_text!(world.rooms().await, @r"
    hillside/general: chat:a
    riverside/general: chat:b mail:list
    ");
    assert_eq!(
        world.entry("chat:a").community,
        world.community("hillside").await
    );
    world.unlink_from("hillside", "chat:a").await.unwrap();
    world.link("riverside", "general", "chat:a").await.unwrap();
    assert_eq!(
        world.entry("chat:a").community,
        world.community("riverside").await
    );
}

async fn a_channel_can_come_back_to_its_room(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Before").await;
    world.delivers("chat:b", "b1").await;
    world.unlink("chat:b").await.unwrap();
    world.posts("chat:a", "Ana", "2", "Meanwhile").await;
    world.link("riverside", "general", "chat:b").await.unwrap();
    world
        .replies("chat:a", "Bo", ("3", "1"), "To what stands there")
        .await;
    let work = world.work("chat:b").await;
    assert_eq!(
        work.context.reply.unwrap().to,
        "b1".into(),
        "what was said before is still known"
    );
}

async fn a_room_that_is_not_there_is_named_in_the_refusal(database: &Database) {
    let world = World::new(database).await;
    let error = world
        .link("riverside", "gardn", "chat:c")
        .await
        .unwrap_err();
    crate::assert_text!(error, @"there is no room named `gardn`");
    let error = world.unlink("chat:c").await.unwrap_err();
    crate::assert_text!(error, @"there is no linked channel named `chat:c`");
}

async fn what_waits_for_a_channel_goes_nowhere_once_it_is_unlinked(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "one").await;
    world.posts("chat:a", "Ana", "2", "two").await;
    let under_way = world.work("chat:b").await;
    world.unlink("chat:b").await.unwrap();
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "one" chat:a -> chat:b: sending x1
    post Ana "one" chat:a -> mail:list: to_do x0
    post Ana "two" chat:a -> chat:b: suppressed x0 (unlinked)
    post Ana "two" chat:a -> mail:list: to_do x0
    "#);
    let again = store::Progress::Again {
        at: world.now,
        reason: "busy".to_owned(),
        done: None,
        count: store::Count::Counted,
    };
    world.finishes(&under_way, &[], again).await;
    world.link("riverside", "general", "chat:b").await.unwrap();
    assert!(matches!(world.claim("chat:b").await, store::Claim::Idle));
}

async fn set_link(world: &World, channel: &str, link: Link) {
    let entry = world.entry(channel);
    world
        .store
        .write(move |tx| {
            let entry = entry.clone();
            Box::pin(async move { tx.channel(&entry).set_link(link).await })
        })
        .await
        .unwrap();
    world.store.refresh_directory().await.unwrap();
}

async fn a_suspended_link_stays_in_its_room(database: &Database) {
    let world = World::new(database).await;
    set_link(&world, "chat:b", Link::Suspended).await;
    crate::assert_text!(world.rooms().await, @"riverside/general: chat:a chat:b (Suspended) mail:list");
    set_link(&world, "chat:b", Link::Active).await;
    assert_eq!(world.entry("chat:b").channel.link, Link::Active);
}

async fn an_unlinked_channel_cannot_be_suspended_or_opened(database: &Database) {
    let world = World::new(database).await;
    world.unlink("chat:b").await.unwrap();
    for link in [Link::Suspended, Link::Active] {
        set_link(&world, "chat:b", link).await;
        assert_eq!(world.entry("chat:b").channel.link, Link::Unlinked);
    }
}

async fn what_waits_for_a_moved_channel_goes_along_and_what_stood_there_stays(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Before").await;
    world.delivers("chat:b", "5").await;
    world.posts("chat:a", "Ana", "2", "Waiting").await;
    world.moves("chat:b", "chat:new").await;
    assert_eq!(world.entry("chat:b").channel.link, Link::Unlinked);
    let first = world.delivers("chat:new", "1").await;
    assert_eq!(first.said.subject, "Waiting");
    // The new place counts from 1 again: its 5 is not the old one's.
    world.posts("chat:new", "Bo", "5", "After").await;
    assert_eq!(world.delivers("chat:a", "3").await.said.subject, "After");
}

async fn a_channel_that_moves_onto_a_linked_one_leaves_its_room(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("mail:list", "Ana", "1", "Before").await;
    world.moves("chat:b", "chat:a").await;
    crate::assert_text!(world.rooms().await, @"riverside/general: chat:a mail:list");
    assert_eq!(world.entry("chat:a").channel.link, Link::Active);
    assert_eq!(world.entry("chat:b").channel.link, Link::Unlinked);
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "Before" mail:list -> chat:a: to_do x0
    post Ana "Before" mail:list -> chat:b: suppressed x0 (unlinked)
    "#);
}

async fn a_channel_that_moves_onto_an_unlinked_one_keeps_its_link(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Waiting").await;
    world
        .link("riverside", "general", "chat:old-link")
        .await
        .unwrap();
    world.unlink("chat:old-link").await.unwrap();
    world.moves("chat:b", "chat:old-link").await;
    crate::assert_text!(world.rooms().await, @"riverside/general: chat:a mail:list chat:old-link");
    let first = world.delivers("chat:old-link", "1").await;
    assert_eq!(first.said.subject, "Waiting");
}

async fn a_room_keeps_all_but_its_name(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Before").await;
    let room = world.entry("chat:a").channel.room;
    world.add_room("riverside", "garden").await.unwrap();
    let clash = world.rename_room("general", "garden").await.unwrap_err();
    crate::assert_text!(clash, @"there is a room named `garden` already: choose another name, or remove or rename that one first");
    let unknown = world.rename_room("cellar", "attic").await.unwrap_err();
    crate::assert_text!(unknown, @"there is no room named `cellar`");
    world.rename_room("general", "general").await.unwrap();
    world.rename_room("general", "summer").await.unwrap();
    crate::assert_text!(world.rooms().await, @r"
    riverside/garden:
    riverside/summer: chat:a chat:b mail:list
    ");
    let entry = world.entry("chat:a");
    assert_eq!(
        (entry.channel.room, entry.room_name.as_deref()),
        (room, Some("summer"))
    );
    assert_eq!(world.delivers("chat:b", "b1").await.said.subject, "Before");
}

async fn a_room_that_goes_takes_nothing_along_that_was_said(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Before").await;
    world.delivers("chat:b", "b1").await;
    world.posts("chat:a", "Ana", "2", "Waiting").await;
    let refused = world.remove_room("general", false).await.unwrap_err();
    crate::assert_text!(refused, @"channels still take part in the room `general`: chat:a, chat:b, mail:list. 3 messages wait there and would not be sent any more. Unlink them first, or remove the room with `--unlink`");
    let removed = world.remove_room("general", true).await.unwrap();
    assert_eq!(removed.channels, ["chat:a", "chat:b", "mail:list"].map(at));
    assert_eq!(removed.waited, 3);
    assert_eq!(world.rooms().await, "");
    crate::assert_text!(world.deliveries().await, @r#"
    post Ana "Before" chat:a -> chat:b: sent x1
    post Ana "Before" chat:a -> mail:list: suppressed x0 (unlinked)
    post Ana "Waiting" chat:a -> chat:b: suppressed x0 (unlinked)
    post Ana "Waiting" chat:a -> mail:list: suppressed x0 (unlinked)
    "#);
    // The name is free, and what stood in the channels is still known.
    world.add_room("riverside", "general").await.unwrap();
    for channel in ["chat:a", "chat:b"] {
        world.link("riverside", "general", channel).await.unwrap();
    }
    world.replies("chat:a", "Bo", ("3", "1"), "Later").await;
    let reply = world.work("chat:b").await.context.reply;
    assert_eq!(reply.unwrap().to, "b1".into());
}
