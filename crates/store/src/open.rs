//! Opening a database: the right settings, the lock, the checks, the migrations.

use std::sync::{
    Arc, Mutex, RwLock,
    atomic::{AtomicI64, Ordering},
};

use conversation::Timestamp;
use sqlx::{AnyPool, Executor, any::AnyPoolOptions, migrate::MigrateError};

use crate::{
    Directory, Error, Result, Tx,
    lock::{self, Lock},
    migrations,
    writer::{Database, Writer},
};

/// What a process wants of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Relays: there is one for each database.
    Bridge,
    /// Reads and changes rooms beside a running bridge.
    Visitor,
}

#[derive(Clone)]
pub struct Store {
    pub(crate) pool: AnyPool,
    writer: Writer,
    directory: Arc<RwLock<Arc<Directory>>>,
    epoch: i64,
    url: Arc<str>,
    lock: Arc<Mutex<Option<Lock>>>,
}

impl Store {
    /// `url` is `sqlite:PATH` or `postgres://…`.
    pub async fn open(url: &str, role: Role, now: Timestamp) -> Result<Store> {
        sqlx::any::install_default_drivers();
        let sqlite = sqlite_path(url);
        let file_lock = match (&sqlite, role) {
            (Some(path), Role::Bridge) => Some(lock::file(&shown(url), path)?),
            _ => None,
        };
        let pool = connect(url, sqlite.is_some()).await?;
        check(url, &pool, sqlite.is_some()).await?;
        migrate(url, &pool).await?;
        let lock = match (file_lock, role) {
            (None, Role::Bridge) => Some(lock::advisory(&shown(url), &pool).await?),
            (taken, _) => taken,
        };
        Store::over(pool, url, lock, now).await
    }

    async fn over(pool: AnyPool, url: &str, lock: Option<Lock>, now: Timestamp) -> Result<Store> {
        let next_seq = Arc::new(AtomicI64::new(1 + last_seq(&pool).await?));
        let begin = if sqlite_path(url).is_some() {
            "begin immediate"
        } else {
            "begin"
        };
        let writer = Writer::start(Database {
            pool: pool.clone(),
            begin,
            next_seq,
        });
        let is_bridge = lock.is_some();
        let mut store = Store {
            pool,
            writer,
            directory: Arc::default(),
            epoch: 0,
            url: shown(url).into(),
            lock: Arc::new(Mutex::new(lock)),
        };
        if is_bridge {
            store.epoch = store.write(move |tx| Box::pin(tx.new_epoch(now))).await?;
        }
        store.refresh_directory().await?;
        Ok(store)
    }

    /// Runs `work` in a transaction that other callers' work may share. `Ok` means committed and
    /// synced. `work` may run twice, if a neighbour in the same transaction failed.
    pub async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> futures::future::BoxFuture<'t, Result<T>> + Send + 'static,
    {
        self.writer.write(work).await
    }

    /// The channels and rooms as of the last refresh.
    pub fn directory(&self) -> Arc<Directory> {
        self.directory
            .read()
            .expect("no panic under this lock")
            .clone()
    }

    /// Takes over what another process may have changed. Cheap if nothing was.
    pub async fn refresh_directory(&self) -> Result<bool> {
        let known = self.directory().revision();
        if known.is_some() && Directory::current_revision(&self.pool).await? == known {
            return Ok(false);
        }
        let fresh = Arc::new(Directory::load(&self.pool).await?);
        *self.directory.write().expect("no panic under this lock") = fresh;
        Ok(true)
    }

    /// Counts the starts of a bridge on this database.
    pub fn epoch(&self) -> i64 {
        self.epoch
    }

    /// Without a password.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends the connections and lets go of the lock; writes under way are finished first.
    pub async fn close(&self) {
        self.writer.stop().await;
        drop(self.lock.lock().expect("no panic under this lock").take());
        self.pool.close().await;
    }
}

fn sqlite_path(url: &str) -> Option<String> {
    let rest = url.strip_prefix("sqlite:")?;
    let path = rest.strip_prefix("//").unwrap_or(rest);
    Some(path.split('?').next().unwrap_or(path).to_owned())
}

/// An address as it may stand in a log: without user and password.
fn shown(url: &str) -> String {
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) if !url.starts_with("sqlite") => {
            format!("{scheme}://{place}")
        }
        _ => url.to_owned(),
    }
}

async fn connect(url: &str, is_sqlite: bool) -> Result<AnyPool> {
    let address = match sqlite_path(url) {
        Some(path) => format!("sqlite://{path}?mode=rwc"),
        None => url.to_owned(),
    };
    AnyPoolOptions::new()
        .max_connections(6)
        .after_connect(move |connection, _| {
            Box::pin(async move {
                if is_sqlite {
                    // FULL: a commit is on disk before it is answered.
                    for pragma in [
                        "pragma busy_timeout = 10000",
                        "pragma journal_mode = wal",
                        "pragma synchronous = full",
                        "pragma foreign_keys = on",
                    ] {
                        connection.execute(pragma).await?;
                    }
                }
                Ok(())
            })
        })
        .connect(&address)
        .await
        .map_err(|error| cannot_open(url, &error))
}

async fn check(url: &str, pool: &AnyPool, is_sqlite: bool) -> Result<()> {
    if !is_sqlite {
        return Ok(());
    }
    let verdict: String = sqlx::query_scalar("pragma quick_check(1)")
        .fetch_one(pool)
        .await
        .map_err(|error| cannot_open(url, &error))?;
    if verdict != "ok" {
        return Err(Error::Damaged {
            url: shown(url),
            detail: verdict,
        });
    }
    Ok(())
}

async fn migrate(url: &str, pool: &AnyPool) -> Result<()> {
    migrations::migrator()
        .run(pool)
        .await
        .map_err(|error| match error {
            MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
                Error::Newer {
                    url: shown(url),
                    version,
                }
            }
            MigrateError::VersionMismatch(version) => Error::Damaged {
                url: shown(url),
                detail: format!("migration {version} is not the one that was applied"),
            },
            other => Error::CannotOpen {
                url: shown(url),
                detail: other.to_string(),
            },
        })
}

/// SQLite says NOTADB (26) or CORRUPT (11) of a file that it cannot read.
fn cannot_open(url: &str, error: &sqlx::Error) -> Error {
    let code = error
        .as_database_error()
        .and_then(|it| it.code())
        .unwrap_or_default();
    let (url, detail) = (shown(url), error.to_string());
    match code.as_ref() {
        "11" | "26" | "267" | "523" | "779" => Error::Damaged { url, detail },
        _ => Error::CannotOpen { url, detail },
    }
}

async fn last_seq(pool: &AnyPool) -> Result<i64> {
    let last: Option<i64> = sqlx::query_scalar("select max(seq) from delivery")
        .fetch_one(pool)
        .await?;
    Ok(last.unwrap_or(0))
}

impl Tx {
    /// What an earlier process left half done is in doubt from now on.
    async fn new_epoch(&mut self, now: Timestamp) -> Result<i64> {
        let last = self.setting("", "epoch").await?;
        let epoch = 1 + last.and_then(|it| it.parse::<i64>().ok()).unwrap_or(0);
        self.set("", "epoch", &epoch.to_string()).await?;
        sqlx::query(
            "update delivery set state = 'uncertain', next_attempt_at = $1, reason = 'the bridge stopped while it was sent'
             where state = 'sending' and epoch < $2",
        )
        .bind(now.0)
        .bind(epoch)
        .execute(self.connection())
        .await?;
        Ok(epoch)
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("url", &self.url).finish()
    }
}

pub(crate) fn take(counter: &AtomicI64, how_many: usize) -> i64 {
    counter.fetch_add(i64::try_from(how_many).unwrap_or(0), Ordering::Relaxed)
}
