//! "Ok" means on disk.

use std::fs;

use store::{At, Role, Store};

use crate::support::{Database, NOW, World, on_sqlite};

crate::on_both_engines!(what_was_accepted_is_there_after_the_process_died);

async fn what_was_accepted_is_there_after_the_process_died(database: &Database) {
    let mut world = World::new(database).await;
    let message = world.posts("chat:a", "Ana", "1", "Still here").await;
    // Not closed: only let go of, as by a kill.
    drop(world);
    let world = World::on(database.bridge().await);
    let work = world.work("chat:b").await;
    assert_eq!(work.message, message);
}

#[tokio::test]
async fn the_files_of_sqlite_hold_what_was_accepted_while_it_still_runs() {
    on_sqlite(async |database: &Database| {
        let mut world = World::new(database).await;
        let message = world.posts("chat:a", "Ana", "1", "Still here").await;
        let elsewhere = tempfile::tempdir().unwrap();
        let copy = elsewhere.path().join("copy.db");
        fs::copy(database.file(), &copy).unwrap();
        let log = |file: &std::path::Path| format!("{}-wal", file.display());
        fs::copy(log(&database.file()), log(&copy)).unwrap();
        // Kept apart from the copy, and named where it is.
        let key_file = Some(database.key_file.as_path());
        let url = format!("sqlite:{}", copy.display());
        let at = At {
            key_file,
            ..At::from(&url)
        };
        let restored = World::on(Store::open(at, Role::Bridge, NOW).await.unwrap());
        assert_eq!(restored.work("chat:b").await.message, message);
    })
    .await;
}

/// A message with one copy: each row and each place in an index that it leaves.
#[tokio::test]
async fn a_message_takes_no_more_room_than_promised() {
    const MESSAGES: u64 = 1000;
    const PROMISED: u64 = 1800;
    on_sqlite(async |database: &Database| {
        let mut world = World::new(database).await;
        world.unlink("mail:list").await.unwrap();
        let empty = world.store.size().await.unwrap();
        for n in 0..MESSAGES {
            let who = format!("member-{}", n % 20);
            let (id, copy) = (format!("{}", 48_000 + n), format!("13024{:013}", n));
            let words = "Good morning! Who can take two people from the airport on Thursday?";
            world.posts("chat:a", &who, &id, words).await;
            world.delivers("chat:b", &copy).await;
            world.later(std::time::Duration::from_secs(90));
        }
        world.store.close().await;
        let full = fs::metadata(database.file()).unwrap().len();
        let each = (full - empty) / MESSAGES;
        assert!(each <= PROMISED, "{each} bytes a message with one copy");
    })
    .await;
}
