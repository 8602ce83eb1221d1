//! A store that is not ours, or not as we left it: refused at the start, noticed while we run on it, and always with what
//! to do about it.

use std::{fs, path::PathBuf};

use conversation::Event;
use store::{At, Error, Role, Store};

use crate::support::{Database, NOW, World, on_postgres, on_sqlite, posted};

crate::on_both_engines!(
    a_database_that_lacks_what_was_made_in_it_is_refused,
    a_table_that_is_dropped_under_a_bridge_stops_it,
    an_empty_database_beside_files_is_refused,
);

async fn refusal(database: &Database) -> String {
    let store = database.open(Role::Bridge).await;
    let said = store.unwrap_err().to_string();
    said.split_once(". ")
        .unwrap()
        .0
        .replace(&shown(database), "<URL>")
}

fn shown(database: &Database) -> String {
    match database.url.rsplit_once('@') {
        Some((_, place)) => format!("postgres://{place}"),
        None => database.url.clone(),
    }
}

fn beside(database: &Database, end: &str) -> PathBuf {
    PathBuf::from(format!("{}{end}", database.file().display()))
}

async fn a_database_that_lacks_what_was_made_in_it_is_refused(database: &Database) {
    database.bridge().await.close().await;
    database.execute("drop index message_channel").await;
    crate::assert_text!(refusal(database).await, @"the database <URL> has lost the index message_channel (`CREATE INDEX message_channel on message (channel_id, said_at, community_id)` makes it again), which Causeway made in it");
    database
        .execute("alter table engagement drop column length")
        .await;
    crate::assert_text!(refusal(database).await, @"the database <URL> has lost the column engagement.length, which Causeway made in it");
    database.execute("drop table copy").await;
    crate::assert_text!(refusal(database).await, @"the database <URL> has lost the table copy, which Causeway made in it");
}

async fn a_table_that_is_dropped_under_a_bridge_stops_it(database: &Database) {
    let mut world = World::new(database).await;
    world.posts("chat:a", "Ana", "1", "one").await;
    database.execute("drop table copy").await;
    let event = world.event("chat:a", "Ana", Event::Posted(posted("2", &[], "two")));
    let refused = world.take_in(event).await.unwrap_err();
    assert!(
        matches!(refused, Error::Incomplete { .. }) && !refused.is_permanent(),
        "{refused}"
    );
    assert_eq!(world.store.lost().await.to_string(), refused.to_string());
}

async fn an_empty_database_beside_files_is_refused(database: &Database) {
    let files = tempfile::tempdir().unwrap();
    let at = At {
        files: Some(files.path()),
        ..database.at()
    };
    let open = async |role| Store::open(at, role, NOW).await;
    fs::write(files.path().join("notes.txt"), "not one of ours").unwrap();
    let refused = open(Role::Visitor).await.unwrap_err();
    assert!(matches!(refused, Error::Missing { .. }), "{refused}");
    fs::write(files.path().join("a5".repeat(32)), "a picture").unwrap();
    let refused = open(Role::Bridge).await.unwrap_err();
    assert!(matches!(refused, Error::Emptied { .. }), "{refused}");
    assert!(
        refused.to_string().contains("move that folder away"),
        "{refused}"
    );
    database.bridge().await.close().await;
    open(Role::Bridge).await.unwrap().close().await;
}

#[tokio::test]
async fn a_file_that_was_lost_or_emptied_is_not_begun_anew_beside_its_files() {
    let files = tempfile::tempdir().unwrap();
    fs::write(files.path().join("a5".repeat(32)), "a picture").unwrap();
    on_sqlite(async |database: &Database| {
        let at = At {
            files: Some(files.path()),
            ..database.at()
        };
        let open = async || Store::open(at, Role::Bridge, NOW).await;
        let refused = open().await.unwrap_err();
        assert!(matches!(refused, Error::Emptied { .. }), "{refused}");
        assert!(!database.file().exists(), "it leaves things as they are");
        fs::write(database.file(), "").unwrap();
        let refused = open().await.unwrap_err();
        assert!(matches!(refused, Error::Emptied { .. }), "{refused}");
        assert_eq!(fs::metadata(database.file()).unwrap().len(), 0);
    })
    .await;
}

#[tokio::test]
async fn what_lies_beside_a_file_and_is_not_of_it_is_not_written_over_it() {
    on_sqlite(async |database: &Database| {
        database.bridge().await.close().await;
        fs::write(beside(database, "-journal"), "of another").unwrap();
        crate::assert_text!(refusal(database).await, @"beside the database <URL> lies a -journal file of another database, and SQLite would write it over the database");
        fs::remove_file(beside(database, "-journal")).unwrap();
        let log = [[0x37, 0x7f, 6, 0x82], 3_007_000_u32.to_be_bytes(), 8192_u32.to_be_bytes()].concat();
        fs::write(beside(database, "-wal"), log).unwrap();
        crate::assert_text!(refusal(database).await, @"beside the database <URL> lies a -wal file of another database, and SQLite would write it over the database");
        fs::write(database.file(), "").unwrap();
        crate::assert_text!(refusal(database).await, @"the database <URL> is damaged: it is empty, and the newest of it lies in the -wal file beside it");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_ends_in_the_middle_of_a_page_is_refused() {
    on_sqlite(async |database: &Database| {
        database.bridge().await.close().await;
        let mut bytes = fs::read(database.file()).unwrap();
        bytes.extend([0; 77]);
        fs::write(database.file(), bytes).unwrap();
        crate::assert_text!(refusal(database).await, @"the database <URL> is damaged: it ends in the middle of a page");
    })
    .await;
}

#[tokio::test]
async fn a_file_of_another_program_is_left_alone() {
    on_sqlite(async |database: &Database| {
        database.execute("create table bookmarks (url text)").await;
        crate::assert_text!(refusal(database).await, @"the database <URL> belongs to another program: it holds a table bookmarks that Causeway did not make");
        database.execute("pragma application_id = 252006674").await;
        crate::assert_text!(refusal(database).await, @"the database <URL> belongs to another program: its header has that program's mark");
    })
    .await;
}

#[tokio::test]
async fn tables_of_another_program_may_lie_beside_ours_on_a_server() {
    on_postgres(async |database: &Database| {
        database.execute("create table bookmarks (url text)").await;
        database.bridge().await.close().await;
    })
    .await;
    on_postgres(async |database: &Database| {
        database.execute("create table message (url text)").await;
        crate::assert_text!(refusal(database).await, @"the database <URL> belongs to another program: it holds a table message that Causeway did not make");
    })
    .await;
}

/// A file that is taken away in one way or another; the bridge on it says yes to nothing more.
async fn taken_away(take: impl AsyncFn(&Database)) {
    on_sqlite(async |database: &Database| {
        let mut world = World::new(database).await;
        world.posts("chat:a", "Ana", "1", "one").await;
        take(database).await;
        let event = world.event("chat:a", "Ana", Event::Posted(posted("2", &[], "two")));
        let refused = world.take_in(event).await.unwrap_err();
        assert!(matches!(refused, Error::Gone { .. }), "{refused}");
        let cure = "Put it back or restore the newest backup, then start again";
        assert!(refused.to_string().ends_with(cure), "{refused}");
        assert_eq!(world.store.lost().await.to_string(), refused.to_string());
    })
    .await;
}

#[tokio::test]
async fn a_file_that_is_deleted_or_replaced_under_a_bridge_stops_it() {
    taken_away(async |database| fs::remove_file(database.file()).unwrap()).await;
    taken_away(async |database| fs::remove_file(beside(database, "-wal")).unwrap()).await;
    taken_away(async |database| {
        let backup = beside(database, ".backup");
        fs::copy(database.file(), &backup).unwrap();
        fs::rename(&backup, database.file()).unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_bridge_without_work_notices_that_its_file_is_gone() {
    on_sqlite(async |database: &Database| {
        let world = World::new(database).await;
        fs::remove_file(database.file()).unwrap();
        world.store.refresh_directory().await.unwrap_err();
        assert!(matches!(world.store.lost().await, Error::Gone { .. }));
    })
    .await;
}

#[tokio::test]
async fn damage_far_from_the_newest_is_found_beside_the_work() {
    on_sqlite(async |database: &Database| {
        let mut world = World::new(database).await;
        for n in 0..200 {
            let text = "Something to fill the pages with";
            world.posts("chat:a", "Ana", &n.to_string(), text).await;
        }
        world.store.check_whole().await.unwrap();
        world.store.close().await;
        let mut bytes = fs::read(database.file()).unwrap();
        let is_full_of_words = |page: &[u8]| {
            [10, 13].contains(&page[0]) && page.windows(9).any(|it| it == b"Something")
        };
        let page = bytes.chunks_mut(4096).find(|page| is_full_of_words(page));
        page.unwrap()[..64].fill(0xA5);
        fs::write(database.file(), bytes).unwrap();
        let store = database.bridge().await;
        let damage = store.check_whole().await.unwrap_err().to_string();
        assert!(damage.contains(" is damaged: "), "{damage}");
        assert_eq!(store.lost().await.to_string(), damage);
        let refused = store.write(|tx| Box::pin(tx.set("", "odd", ""))).await;
        assert_eq!(refused.unwrap_err().to_string(), damage);
    })
    .await;
}

#[tokio::test]
async fn a_server_that_may_not_be_written_is_refused_with_the_cure() {
    on_postgres(async |database: &Database| {
        let (_, name) = database.url.rsplit_once('/').unwrap();
        let read_only = format!("alter database {name} set default_transaction_read_only = on");
        database.execute(&read_only).await;
        crate::assert_text!(refusal(database).await, @"the database <URL> may not be written: cannot execute CREATE TABLE in a read-only transaction");
    })
    .await;
}

#[tokio::test]
async fn a_role_that_may_not_make_tables_is_refused_with_the_cure() {
    on_postgres(async |database: &Database| {
        let (_, name) = database.url.rsplit_once('/').unwrap();
        database.execute(&format!("create role {name} login")).await;
        database
            .execute("revoke create on schema public from public")
            .await;
        let (_, place) = database.url.rsplit_once('@').unwrap();
        let url = format!("postgres://{name}@{place}");
        let at = At {
            url: &url,
            ..database.at()
        };
        let refused = Store::open(at, Role::Bridge, NOW).await.unwrap_err();
        database.execute(&format!("drop role {name}")).await;
        assert!(matches!(refused, Error::ReadOnly { .. }), "{refused}");
        assert!(
            refused
                .to_string()
                .contains("permission denied for schema public"),
            "{refused}"
        );
    })
    .await;
}
