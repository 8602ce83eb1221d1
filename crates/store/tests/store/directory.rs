//! The directory that holds rooms and links in memory, and what others change in them.

use store::Role;

use crate::support::{Database, World, at};

crate::on_both_engines!(
    a_change_by_another_process_is_seen,
    nothing_but_what_changed_is_read_again,
    what_another_process_changed_is_seen_where_an_event_is_taken_in,
    a_change_that_fails_leaves_nothing_behind,
);

/// The channels that were read again since the last look.
pub(crate) fn changed(world: &World) -> Vec<String> {
    let changed = world.store.changed_channels().unwrap_or_default();
    let mut names: Vec<_> = changed.iter().map(|it| it.now.name().to_string()).collect();
    names.sort();
    names
}

async fn nothing_but_what_changed_is_read_again(database: &Database) {
    let world = World::new(database).await;
    world.add_room("riverside", "other").await.unwrap();
    world.link("riverside", "other", "chat:o").await.unwrap();
    world
        .link("hillside", "general", "chat:h")
        .await
        .unwrap_err();
    world.add_room("hillside", "general").await.unwrap();
    world.link("hillside", "general", "chat:h").await.unwrap();
    let visitor = World::on(database.open(Role::Visitor).await.unwrap());
    let before = world.store.directory();
    changed(&world);
    visitor.rename_room("other", "another").await.unwrap();
    assert!(world.store.refresh_directory().await.unwrap());
    assert_eq!(changed(&world), ["chat:o"]);
    visitor.unlink("chat:a").await.unwrap();
    visitor.link("hillside", "general", "chat:a").await.unwrap();
    visitor.lets_pass("another", Some(3)).await.unwrap();
    assert!(world.store.refresh_directory().await.unwrap());
    assert_eq!(changed(&world), ["chat:a", "chat:a", "chat:o"]);
    assert_eq!(world.entry("chat:a").room_name.as_deref(), Some("general"));
    assert_eq!(
        world
            .store
            .directory()
            .room_of(&world.entry("chat:h"))
            .len(),
        2
    );
    assert_eq!(
        world
            .store
            .directory()
            .room_of(&world.entry("chat:b"))
            .len(),
        2
    );
    let then = before.find(&at("chat:a")).unwrap();
    assert_eq!(
        before.room_of(then).len(),
        3,
        "what somebody looks at stays as it was"
    );
}

/// By an event that comes before the next look.
async fn what_another_process_changed_is_seen_where_an_event_is_taken_in(database: &Database) {
    let world = World::new(database).await;
    let visitor = World::on(database.open(Role::Visitor).await.unwrap());
    visitor.add_room("hillside", "general").await.unwrap();
    visitor.unlink("chat:a").await.unwrap();
    visitor.link("hillside", "general", "chat:a").await.unwrap();
    visitor
        .link("hillside", "general", "chat:new")
        .await
        .unwrap();
    for (channel, community) in [
        ("chat:a", "hillside"),
        ("chat:new", "hillside"),
        ("chat:b", "riverside"),
    ] {
        let expected = world.community(community).await;
        let channel = at(channel);
        let found = world.store.write(move |tx| {
            let channel = channel.clone();
            Box::pin(async move {
                let directory = tx.directory().rooms_at(&channel, None).await?;
                Ok(directory.find(&channel).map(|it| it.community.clone()))
            })
        });
        assert_eq!(found.await.unwrap(), Some(expected));
    }
    assert!(
        world.store.directory().is_linked(&at("chat:new")),
        "all see what one saw"
    );
    assert!(!world.store.refresh_directory().await.unwrap());
}

async fn a_change_by_another_process_is_seen(database: &Database) {
    let world = World::new(database).await;
    let visitor = World::on(database.open(Role::Visitor).await.unwrap());
    assert!(
        !world.store.refresh_directory().await.unwrap(),
        "nothing changed yet"
    );
    visitor
        .link("riverside", "general", "chat:c")
        .await
        .unwrap();
    assert!(world.store.directory().find(&at("chat:c")).is_none());
    assert!(world.store.refresh_directory().await.unwrap());
    let entry = world.entry("chat:c");
    let directory = world.store.directory();
    assert_eq!(directory.room_of(&entry).len(), 4);
    let entry = directory.by_id(&entry.channel.id).unwrap();
    assert_eq!(entry.room_name.as_deref(), Some("general"));
}

async fn a_change_that_fails_leaves_nothing_behind(database: &Database) {
    let world = World::new(database).await;
    let refused = world
        .store
        .write(|tx| {
            Box::pin(async move {
                let community = tx.communities().add("nowhere", crate::support::NOW).await?;
                tx.rooms(&community)
                    .link("no room", &at("chat:z"), crate::support::NOW)
                    .await
            })
        })
        .await;
    assert!(refused.is_err());
    assert_eq!(
        database.look("select name from community").await,
        "riverside"
    );
}
