//! What the store refuses to open, and what it says then.

use std::{fs, path::Path};

use sqlx::{AssertSqlSafe, Connection};
use store::{At, Role, Store};

use crate::support::{Database, NOW, World, on_postgres, on_sqlite};

crate::on_both_engines!(
    a_database_of_a_newer_version_is_refused,
    a_migration_that_is_not_the_one_that_was_applied_is_refused,
);

async fn refused(url: &str, role: Role) -> String {
    let nowhere = Path::new("/nowhere/key");
    let key_file = (!url.starts_with("sqlite:")).then_some(nowhere);
    let at = At {
        key_file,
        ..At::from(url)
    };
    Store::open(at, role, NOW).await.unwrap_err().to_string()
}

/// The refusal, with the address taken out.
async fn refusal(database: &Database) -> String {
    refusal_of(database, Role::Bridge).await
}

async fn refusal_of(database: &Database, role: Role) -> String {
    let refused = database.open(role).await.unwrap_err();
    refused.to_string().replace(&shown(database), "<URL>")
}

fn shown(database: &Database) -> String {
    match database.url.rsplit_once('@') {
        Some((_, place)) => format!("postgres://{place}"),
        None => database.url.clone(),
    }
}

async fn a_database_of_a_newer_version_is_refused(database: &Database) {
    database.bridge().await.close().await;
    database
        .execute(
            "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
             select 9001, 'of tomorrow', success, checksum, 0 from _sqlx_migrations where version = 1",
        )
        .await;
    let refusal = refusal(database).await;
    assert_eq!(refusal_of(database, Role::Visitor).await, refusal);
    crate::assert_text!(refusal, @"the database <URL> was made by a newer version of Causeway (migration 9001 is unknown here). Install that version again, or restore the backup that was made before the upgrade");
}

async fn a_migration_that_is_not_the_one_that_was_applied_is_refused(database: &Database) {
    database.bridge().await.close().await;
    let other = if database.is_sqlite() {
        "x'00'"
    } else {
        "'\\x00'"
    };
    database
        .execute(&format!(
            "update _sqlx_migrations set checksum = {other} where version = 1"
        ))
        .await;
    let refusal = refusal(database).await;
    assert_eq!(refusal_of(database, Role::Visitor).await, refusal);
    crate::assert_text!(refusal, @"the database <URL> was shaped by another migration 1 than the one that this Causeway knows. Use the Causeway that made it, or restore a backup that was made by this one");
}

/// A file as a bridge leaves it, then changed by `damage`; what a bridge says of it.
async fn damaged(damage: impl Fn(&mut Vec<u8>)) -> String {
    let mut said = String::new();
    on_sqlite(async |database: &Database| {
        let mut world = World::new(database).await;
        for n in 0..200 {
            world
                .posts(
                    "chat:a",
                    "Ana",
                    &n.to_string(),
                    "Something to fill the pages with",
                )
                .await;
        }
        world.store.close().await;
        let mut bytes = fs::read(database.file()).unwrap();
        assert!(bytes.len() > 40 * 4096, "{} bytes", bytes.len());
        damage(&mut bytes);
        fs::write(database.file(), &bytes).unwrap();
        said = refusal(database).await;
        assert_eq!(
            fs::read(database.file()).unwrap(),
            bytes,
            "the file is left as it is"
        );
    })
    .await;
    said
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused() {
    let said = damaged(|bytes| *bytes = b"Dear diary, ".repeat(1000)).await;
    crate::assert_text!(said, @"the database <URL> is damaged: it is none of SQLite's, or its beginning is lost (`store.url` must name a database). Stop here, keep a copy of the file, and restore the newest backup; for SQLite `sqlite3 FILE .recover` may save what is left");
}

#[tokio::test]
async fn a_file_with_spoiled_pages_is_refused() {
    let said = damaged(|bytes| {
        for page in bytes.chunks_mut(4096).skip(20) {
            page[..64].fill(0xA5);
        }
    })
    .await;
    let (start, cure) = said.split_once(". ").unwrap();
    assert!(
        start.starts_with("the database <URL> is damaged: "),
        "{said}"
    );
    crate::assert_text!(cure, @"Stop here, keep a copy of the file, and restore the newest backup; for SQLite `sqlite3 FILE .recover` may save what is left");
}

#[tokio::test]
async fn a_file_that_was_cut_off_is_refused() {
    for keep in [100, 5000, 20 * 4096, 30 * 4096 + 77] {
        let said = damaged(|bytes| bytes.truncate(keep)).await;
        assert!(
            said.starts_with("the database <URL> is damaged: "),
            "{keep}: {said}"
        );
    }
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_named() {
    for role in [Role::Bridge, Role::Visitor] {
        crate::assert_text!(refused("sqlite:/nowhere/at/all/causeway.db", role).await, @"the database sqlite:/nowhere/at/all/causeway.db cannot be opened: its folder /nowhere/at/all: No such file or directory (os error 2). Check that the address is right and that it may be written");
    }
    crate::assert_text!(refused("sqlite:/", Role::Bridge).await, @"the database sqlite:/ cannot be opened: / is a folder, not a file. Check that the address is right and that it may be written");
}

#[tokio::test]
async fn an_address_that_means_no_file_is_refused() {
    crate::assert_text!(refused("sqlite::memory:", Role::Bridge).await, @"the database sqlite::memory: cannot be opened: a database in memory would forget everything: name a file, as in sqlite:causeway.db. Check that the address is right and that it may be written");
    crate::assert_text!(refused("sqlite:", Role::Bridge).await, @"the database sqlite: cannot be opened: a database in memory would forget everything: name a file, as in sqlite:causeway.db. Check that the address is right and that it may be written");
    crate::assert_text!(refused("mysql://localhost/causeway", Role::Bridge).await, @r#"the database mysql://localhost/causeway cannot be opened: error with configuration: no driver found for URL scheme "mysql". Check that the address is right and that it may be written"#);
    crate::assert_text!(refused("causeway.db", Role::Bridge).await, @"the database causeway.db cannot be opened: error with configuration: relative URL without a base. Check that the address is right and that it may be written");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_told_at_once_and_no_password_is_shown() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let url = format!("postgres://ana:hush@127.0.0.1:{port}/causeway?password=hush");
    let said = refused(&url, Role::Bridge)
        .await
        .replace(&port.to_string(), "<PORT>");
    crate::assert_text!(said, @"the database postgres://127.0.0.1:<PORT>/causeway cannot be opened: error communicating with database: Connection refused (os error 111). Check that the address is right and that it may be written");
}

#[tokio::test]
async fn a_database_that_the_server_does_not_have_is_named() {
    on_postgres(async |database: &Database| {
        let said = refused(&format!("{}_gone", database.url), Role::Visitor).await;
        assert!(
            said.contains("_gone\" does not exist. Check that the address"),
            "{said}"
        );
    })
    .await;
}

#[tokio::test]
async fn two_names_of_one_file_are_one_database() {
    on_sqlite(async |database: &Database| {
        let _first = database.bridge().await;
        let file = database.file();
        let link = file.with_file_name("link.db");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let folder = file.parent().unwrap();
        let detour = folder
            .join("..")
            .join(folder.file_name().unwrap())
            .join("causeway.db");
        for name in [link, detour] {
            let said = refused(&format!("sqlite:{}", name.display()), Role::Bridge).await;
            assert!(
                said.starts_with("another Causeway is running on sqlite:"),
                "{said}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_file_may_have_any_name() {
    let folder = tempfile::tempdir().unwrap();
    for name in [
        "with blank.db",
        "100%.db",
        "a#b.db",
        "Ünïcode 🌻.db",
        "%41.db",
    ] {
        let file = folder.path().join(name);
        for prefix in ["sqlite:", "sqlite://"] {
            let store = Store::open(&format!("{prefix}{}", file.display()), Role::Bridge, NOW)
                .await
                .unwrap();
            store.close().await;
        }
        assert!(file.exists(), "{name}");
    }
}

#[tokio::test]
async fn a_database_that_is_locked_by_another_program_is_an_error_for_everybody_at_once() {
    on_sqlite(async |database: &Database| {
        let world = World::new(database).await;
        let mut other = database.connection().await;
        sqlx::query(AssertSqlSafe("begin exclusive"))
            .execute(&mut other)
            .await
            .unwrap();
        let started = std::time::Instant::now();
        let write = |_| world.store.write(|tx| Box::pin(tx.set("", "odd", "")));
        let writes = (0..20).map(write);
        let done = futures::future::join_all(writes).await;
        assert!(done.iter().all(|it| it.is_err()));
        assert!(started.elapsed().as_secs() < 15, "one wait for all");
        crate::assert_text!(done[5].as_ref().unwrap_err(), @"the store failed: error returned from database: (code: 5) database is locked");
        sqlx::query("rollback").execute(&mut other).await.unwrap();
        other.close().await.unwrap();
        world.add_room("riverside", "garden").await.unwrap();
    })
    .await;
}
