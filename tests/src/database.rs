//! The database of one town: SQLite, or Postgres where `CAUSEWAY_TEST_STORE=postgres` says so.

use std::process::Command;

use tempfile::TempDir;

pub(crate) struct Database {
    pub(crate) url: String,
    /// Holds the SQLite file and the cache of files; gone with the town.
    pub(crate) dir: TempDir,
}

impl Database {
    pub(crate) async fn new() -> Database {
        let dir = tempfile::tempdir().expect("a folder");
        let url = match std::env::var("CAUSEWAY_TEST_STORE").as_deref() {
            Ok("postgres") => fresh_postgres(),
            _ => format!("sqlite:{}", dir.path().join("town.db").display()),
        };
        Database { url, dir }
    }
}

fn fresh_postgres() -> String {
    let admin = std::env::var("CAUSEWAY_TEST_POSTGRES_URL")
        .expect("CAUSEWAY_TEST_POSTGRES_URL says where a Postgres for tests runs");
    let name = format!("town_{}", uuid::Uuid::new_v4().simple());
    let made = Command::new("psql")
        .args([
            &admin,
            "--quiet",
            "--command",
            &format!("create database {name}"),
        ])
        .status()
        .expect("psql runs");
    assert!(made.success(), "a database of the town's own");
    let (server, _) = admin.rsplit_once('/').expect("a URL with a database in it");
    format!("{server}/{name}")
}
