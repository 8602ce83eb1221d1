//! Opening a database: the right settings, the lock, the checks, the migrations.

use std::{
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use conversation::Timestamp;
use sqlx::{AnyPool, migrate::MigrateError};

use crate::{
    Directory, Error, Result, Tx,
    claim::CUT_OFF,
    connect,
    directory::SharedDirectory,
    lock::{self, Lock},
    migrations,
    place::Place,
    writer::{Database, InLine, Writer},
};

/// The setting that counts the starts of a bridge.
pub(crate) const EPOCH: &str = "epoch";

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
    directory: SharedDirectory,
    epoch: i64,
    url: Arc<str>,
    lock: Arc<Mutex<Option<Lock>>>,
}

impl Store {
    /// `url` is `sqlite:PATH` or `postgres://…`.
    pub async fn open(url: &str, role: Role, now: Timestamp) -> Result<Store> {
        sqlx::any::install_default_drivers();
        let place = Place::of(url)?;
        let lock = prepare(&place, role).await?;
        let writing = connect::pool(&place, connect::WRITERS).await?;
        migrate(&place, &writing).await?;
        let pool = connect::pool(&place, connect::READERS).await?;
        Store::over((pool, writing), &place, lock, now).await
    }

    async fn over(
        (pool, writing): (AnyPool, AnyPool),
        place: &Place,
        lock: Option<Lock>,
        now: Timestamp,
    ) -> Result<Store> {
        let is_file = place.file.is_some();
        let is_bridge = lock.is_some();
        let fence = Arc::new(OnceLock::new());
        let directory = SharedDirectory::default();
        let writer = Writer::start(Database {
            pool: writing,
            begin: if is_file { "begin immediate" } else { "begin" },
            next_seq: Arc::new(AtomicI64::new(1 + last_seq(&pool).await?)),
            directory: directory.clone(),
            fence: fence.clone(),
        });
        let mut store = Store {
            pool,
            writer,
            directory,
            epoch: 0,
            url: place.shown.as_str().into(),
            lock: Arc::new(Mutex::new(lock)),
        };
        if is_bridge {
            store.epoch = store.write(move |tx| Box::pin(tx.new_epoch(now))).await?;
            if !is_file {
                // The lock goes with its connection, and then only the epoch tells who is the newer.
                let _ = fence.set(store.epoch);
            }
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
        self.writer.write(Box::new(work)).await
    }

    /// As `write`, for work that stands in lines: if one fails for now, those behind it that were handed in meanwhile
    /// fail too, so that none overtakes it. The answers come in the same order.
    pub async fn write_in_lines<T: Send + 'static>(&self, works: Vec<InLine<T>>) -> Vec<Result<T>> {
        self.writer.write_in_lines(works).await
    }

    /// The channels and rooms as of the last refresh.
    pub fn directory(&self) -> Arc<Directory> {
        self.directory.newest()
    }

    /// Takes over what another process may have changed. Cheap if nothing was.
    pub async fn refresh_directory(&self) -> Result<bool> {
        let known = self.directory().revision();
        let mut connection = self.pool.acquire().await?;
        if known.is_some() && Directory::current_revision(&mut connection).await? == known {
            return Ok(false);
        }
        let fresh = Directory::load(&mut connection).await?;
        self.directory.learn(Arc::new(fresh));
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
        self.pool.close().await;
        let lock = self.lock.lock().expect("no panic under this lock").take();
        if let Some(lock) = lock
            && let Err(error) = lock.release().await
        {
            tracing::debug!(%error, "the lock went with its connection");
        }
    }
}

/// The lock comes before everything that changes the database.
async fn prepare(place: &Place, role: Role) -> Result<Option<Lock>> {
    if role == Role::Visitor {
        connect::first(place).await?;
        return Ok(None);
    }
    let Some(file) = &place.file else {
        let connection = connect::first(place).await?;
        return Ok(Some(lock::advisory(place, connection).await?));
    };
    let lock = lock::file(place, file)?;
    let mut connection = connect::first(place).await?;
    connect::check_file(place, &mut connection).await?;
    Ok(Some(lock))
}

/// A visitor and a bridge may find the same step undone at the same moment: whoever comes second finds it half
/// done, and done at the next look.
async fn migrate(place: &Place, pool: &AnyPool) -> Result<()> {
    const MOST_LOOKS: u32 = 20;
    const BETWEEN_LOOKS: Duration = Duration::from_millis(100);
    let mut looks = 1;
    while let Err(error) = migrations::migrator().run(pool).await {
        let may_be_done_soon = matches!(
            error,
            MigrateError::Execute(_) | MigrateError::ExecuteMigration(..)
        );
        if looks == MOST_LOOKS || !may_be_done_soon {
            return Err(cannot_migrate(place, error));
        }
        looks += 1;
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Ok(())
}

fn cannot_migrate(place: &Place, error: MigrateError) -> Error {
    let url = place.shown.clone();
    match error {
        MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
            Error::Newer { url, version }
        }
        MigrateError::VersionMismatch(version) => Error::Foreign { url, version },
        other => Error::CannotOpen {
            url,
            detail: other.to_string(),
        },
    }
}

async fn last_seq(pool: &AnyPool) -> Result<i64> {
    let last: Option<i64> = sqlx::query_scalar("select min(-seq) from delivery")
        .fetch_one(pool)
        .await?;
    Ok(-last.unwrap_or(0))
}

impl Tx {
    /// What an earlier process left half done is in doubt from now on.
    async fn new_epoch(&mut self, now: Timestamp) -> Result<i64> {
        let last = self.setting("", EPOCH).await?;
        let epoch = 1 + last.and_then(|it| it.parse::<i64>().ok()).unwrap_or(0);
        self.set("", EPOCH, &epoch.to_string()).await?;
        // The states that are open come first, word for word as in the index that finds them.
        sqlx::query(
            "update delivery set state = 'uncertain', next_attempt_at = $1, reason = $3,
               attempts = case when reason = $3 then attempts else 1 end
             where state in ('to_do', 'sending', 'uncertain') and state = 'sending' and epoch < $2",
        )
        .bind(now.0)
        .bind(epoch)
        .bind(CUT_OFF)
        .execute(self.connection())
        .await?;
        self.clear_refusals().await?;
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
