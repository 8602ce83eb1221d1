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
