//! Whoever is forgotten leaves no trace of who they were, and nobody waits long for it.

use std::time::{Duration, Instant};

use conversation::{CommunityId, OperationKind, PersonId, Timestamp};
use store::{Can, Due, DueKind, Phase, Piece, Progress, Store};

use super::erasing::stands_anywhere;
use crate::support::{Database, World};

crate::on_both_engines!(
    no_row_tells_who_they_were,
    a_channels_queue_never_holds_many_of_theirs,
    somebody_new_is_nobody_who_was_forgotten,
);

async fn begins(world: &World, who: &'static str) -> (CommunityId, PersonId, Due) {
    let (entry, now) = (world.entry("chat:a"), world.now);
    let of = entry.community.clone();
    let person = world.store.write(move |tx| {
        let entry = entry.clone();
        Box::pin(async move {
            let identity = tx.speakers(&entry).identity_of(who).await?.unwrap();
            let mut forgettings = tx.forgettings(&entry.community);
            let person = forgettings.person_of(&identity).await?.unwrap();
            forgettings.begin(&person, now).await?;
            Ok(person)
        })
    });
    let person = person.await.unwrap();
    let due = world.store.earliest_due(&[DueKind::TakingBack], 1).await;
    (of, person, due.unwrap().remove(0))
}

fn can() -> Can {
    Can {
        delete: vec!["chat".into()],
        react: vec!["chat".into()],
    }
}

async fn a_piece(store: &Store, due: &Due, now: Timestamp) -> Piece {
    let due = due.clone();
    let piece = store.write(move |tx| {
        let due = due.clone();
        Box::pin(async move {
            let mut forgettings = tx.forgettings(&due.community);
            let it = forgettings.one(&due.about).await?.unwrap();
            forgettings.take_back(&it, &can(), now).await
        })
    });
    piece.await.unwrap()
}

async fn is_swept(store: &Store, due: &Due, now: Timestamp) {
    let due = due.clone();
    let swept = store.write(move |tx| {
        let due = due.clone();
        Box::pin(async move {
            let mut forgettings = tx.forgettings(&due.community);
            let it = forgettings.one(&due.about).await?.unwrap();
            let it = forgettings.reached(&it, None, now).await?;
            forgettings.go_on(&it, Phase::Sweeping).await?;
            while let Some(it) = forgettings.one(&due.about).await? {
                forgettings.sweep(&it, now).await?;
            }
            tx.clock().done_until(&due, None).await
        })
    });
    swept.await.unwrap();
}

async fn no_row_tells_who_they_were(database: &Database) {
    let mut world = World::new(database).await;
    world
        .posts("chat:a", "Quetzal", "1", "My garden in Elm Street")
        .await;
    world.replies("chat:a", "Bo", ("2", "1"), "How nice").await;
    world
        .posts("chat:a", "Quetzal", "3", "Elm Street it is")
        .await;
    world
        .edits("chat:a", "Quetzal", "3", "Elm Street, yes")
        .await;
    world.reacts("chat:a", "Quetzal", "2", ("👍", "")).await;
    world.delivers("chat:b", "there").await;
    let (_, person, due) = begins(&world, "account-of-Quetzal").await;
    assert_eq!(stands_anywhere(database, "Elm Street").await, [""; 0]);
    assert_eq!(stands_anywhere(database, "Quetzal").await, [""; 0]);
    let log = "select count(*) from engagement where kind = 'posted'";
    assert_eq!(database.look(log).await, "1");
    while let Piece::More(_) = a_piece(&world.store, &due, world.now).await {}
    let deletes = "select count(*) from delivery where operation = 'delete'";
    assert_eq!(database.look(deletes).await, "1");
    is_swept(&world.store, &due, world.now).await;
    let left = format!(
        "select count(*) from message m join identity i on i.id = m.identity_id where i.person_id = '{person}'"
    );
    // Others went on in what that one began.
    assert_eq!(database.look(&left).await, "1");
    assert_eq!(database.look("select count(*) from forgetting").await, "0");
    assert_ne!(database.look("select count(*) from forgotten").await, "0");
}

/// However much it is: what others say in the same channel waits for few of them, and in the store for a moment.
async fn a_channels_queue_never_holds_many_of_theirs(database: &Database) {
    const MESSAGES: usize = 600;
    let mut world = World::new(database).await;
    for number in 0..MESSAGES {
        let id = format!("m{number}");
        world.posts("chat:a", "Ana", &id, "Something").await;
        world.delivers("chat:b", &format!("b{number}")).await;
    }
    let (_, _, due) = begins(&world, "account-of-Ana").await;
    let (mut slowest, mut taken_back) = (Duration::ZERO, 0);
    loop {
        let began = Instant::now();
        let piece = a_piece(&world.store, &due, world.now).await;
        slowest = slowest.max(began.elapsed());
        let open = "select count(*) from delivery where operation = 'delete' and state = 'to_do'";
        let open: usize = database.look(open).await.parse().unwrap();
        assert!(open <= 100, "{open} wait in one channel");
        if open == 0 && matches!(piece, Piece::Waits(0)) {
            break;
        }
        for _ in 0..open {
            let work = world.work("chat:b").await;
            assert_eq!(work.operation, OperationKind::Delete);
            let at = world.now;
            world
                .finishes(&work, &[], Progress::Sent { revision: 0, at })
                .await;
            taken_back += 1;
        }
    }
    assert_eq!(taken_back, MESSAGES);
    assert!(slowest < Duration::from_secs(2), "{slowest:?}");
}

async fn somebody_new_is_nobody_who_was_forgotten(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "Before").await;
    let (community, person, due) = begins(&world, "account-of-Ana").await;
    world.posts("chat:a", "Ana", "2", "Again").await;
    while let Piece::More(_) = a_piece(&world.store, &due, world.now).await {}
    is_swept(&world.store, &due, world.now).await;
    let people = world.store.people("riverside", 10).await.unwrap();
    let accounts = people.iter().flat_map(|it| &it.accounts);
    let names: Vec<_> = accounts.map(|it| it.name.as_str()).collect();
    assert!(names.contains(&"Ana"));
    let of_old = world.store.accounts_of(&community, &person).await.unwrap();
    assert!(of_old.iter().all(|it| it.names.is_empty()));
    assert_eq!(database.look("select count(*) from body").await, "1");
}
