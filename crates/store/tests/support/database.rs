//! Databases that come with a test and go with it.

use std::{
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
};

use futures::FutureExt;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, Row};
use store::{At, Result, Role, Store};
use tempfile::TempDir;

use super::NOW;

const POSTGRES: &str = "CAUSEWAY_TEST_POSTGRES_URL";

pub(crate) struct Database {
    pub(crate) url: String,
    pub(crate) key_file: PathBuf,
    place: Place,
}

/// With a folder for what lies beside it.
enum Place {
    Folder(#[allow(dead_code)] TempDir),
    Server(#[allow(dead_code)] TempDir),
}

pub(crate) async fn on_sqlite(test: impl AsyncFnOnce(&Database)) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("causeway.db");
    let database = Database {
        url: format!("sqlite:{}", file.display()),
        key_file: format!("{}.key", file.display()).into(),
        place: Place::Folder(folder),
    };
    test(&database).await;
}

pub(crate) async fn on_postgres(test: impl AsyncFnOnce(&Database)) {
    let Ok(admin) = std::env::var(POSTGRES) else {
        eprintln!("skipped: {POSTGRES} is not set");
        return;
    };
    let name = format!("causeway_test_{}", uuid::Uuid::new_v4().simple());
    command(
        &admin,
        &format!("create database {name} template template0"),
    )
    .await;
    let (server, _) = admin.rsplit_once('/').unwrap();
    let folder = tempfile::tempdir().unwrap();
    let database = Database {
        url: format!("{server}/{name}"),
        key_file: folder.path().join("key"),
        place: Place::Server(folder),
    };
    let outcome = AssertUnwindSafe(test(&database)).catch_unwind().await;
    command(&admin, &format!("drop database {name} with (force)")).await;
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

async fn command(url: &str, sql: &str) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await.unwrap();
    connection
        .execute(AssertSqlSafe(sql.to_owned()))
        .await
        .unwrap();
    connection.close().await.unwrap();
}

impl Database {
    pub(crate) async fn open(&self, role: Role) -> Result<Store> {
        Store::open(self.at(), role, NOW).await
    }

    /// Beside SQLite the key file has its place; for a server one is named.
    pub(crate) fn at(&self) -> At<'_> {
        let key_file = match &self.place {
            Place::Folder(_) => None,
            Place::Server(_) => Some(self.key_file.as_path()),
        };
        At {
            key_file,
            ..At::from(&self.url)
        }
    }

    /// As a bridge that dies: nothing is closed, only let go of.
    pub(crate) async fn bridge(&self) -> Store {
        self.open(Role::Bridge).await.unwrap()
    }

    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.place, Place::Folder(_))
    }

    pub(crate) fn file(&self) -> PathBuf {
        PathBuf::from(self.url.strip_prefix("sqlite:").unwrap())
    }

    /// A connection past the store.
    pub(crate) async fn connection(&self) -> AnyConnection {
        sqlx::any::install_default_drivers();
        let url = match self.place {
            Place::Folder(_) => format!("sqlite://{}?mode=rwc", self.file().display()),
            Place::Server(_) => self.url.clone(),
        };
        AnyConnection::connect(&url).await.unwrap()
    }

    pub(crate) async fn execute(&self, sql: &str) {
        let mut connection = self.connection().await;
        connection
            .execute(AssertSqlSafe(sql.to_owned()))
            .await
            .unwrap();
        connection.close().await.unwrap();
    }

    /// What a query finds, a line for each row, `|` between the columns.
    pub(crate) async fn look(&self, sql: &str) -> String {
        let mut connection = self.connection().await;
        let rows = sqlx::query(AssertSqlSafe(sql.to_owned()))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        connection.close().await.unwrap();
        let cell = |row: &sqlx::any::AnyRow, n| match row.try_get::<Option<String>, _>(n) {
            Ok(text) => text.unwrap_or_else(|| "-".to_owned()),
            Err(_) => row.get::<i64, _>(n).to_string(),
        };
        let line = |row: &sqlx::any::AnyRow| {
            let cells: Vec<_> = (0..row.len()).map(|n| cell(row, n)).collect();
            cells.join("|")
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
