//! An open database, and what all of its users share.

use std::{
    path::Path,
    sync::{Arc, Mutex, OnceLock, RwLock},
    time::Duration,
};

use blobs::Health;
use conversation::{EventKey, Timestamp};
use sqlx::AnyPool;
use tokio::sync::{
    Notify,
    mpsc::{UnboundedReceiver, unbounded_channel},
    watch,
};

use crate::{
    Answer, Changed, Directory, Error, Pause, Result,
    address::DatabaseAddress,
    connect,
    directory::SharedDirectory,
    file::Opened,
    key_file::KeyFile,
    keys::InstallationKey,
    lock::Lock,
    prepare::{migrate, prepare},
    shape,
    writer::{Database, Follows, Spare, Writer},
};

/// The setting that counts the starts of a bridge.
pub(crate) const EPOCH: &str = "epoch";

/// On a server; the longest there is forgets the events of a day.
const LONGEST_TRANSACTION: Duration = Duration::from_secs(60);

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
    pub(crate) keys: Arc<InstallationKey>,
    pub(crate) writer: Writer,
    /// The connection over which it is looked for changes.
    looks: Spare,
    pub(crate) directory: SharedDirectory,
    pub(crate) pauses: Arc<RwLock<Arc<[Pause]>>>,
    epoch: i64,
    address: Arc<DatabaseAddress>,
    opened: Opened,
    health: Arc<Health>,
    /// Notices began or are over.
    told: Arc<Notify>,
    /// Something falls due that did not, or earlier.
    clock: Arc<Notify>,
    answers: Arc<Mutex<Option<UnboundedReceiver<Answer>>>>,
    follows: Arc<OnceLock<Arc<dyn Follows>>>,
    /// Why it is not ours any more.
    lost: Arc<watch::Sender<Option<Error>>>,
    lock: Arc<Mutex<Option<Lock>>>,
}

/// Where a database is, and what belongs to it.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: &'a str,
    /// `PATH.key` where none is named; of Postgres one must be.
    pub key_file: Option<&'a Path>,
    /// The folder in which a bridge keeps its files: a database on which none ever ran is refused beside files of one
    /// that did.
    pub files: Option<&'a Path>,
}

impl<'a> From<&'a str> for At<'a> {
    fn from(url: &'a str) -> At<'a> {
        let (key_file, files) = (None, None);
        At {
            url,
            key_file,
            files,
        }
    }
}

impl<'a> From<&'a String> for At<'a> {
    fn from(url: &'a String) -> At<'a> {
        url.as_str().into()
    }
}

impl Store {
    pub async fn open(at: impl Into<At<'_>>, role: Role, now: Timestamp) -> Result<Store> {
        let at = at.into();
        sqlx::any::install_default_drivers();
        let address = DatabaseAddress::of(at.url)?;
        let key_file = KeyFile::of(&address, at.key_file)?;
        let lock = prepare(&address, role, at.files).await?;
        let opened = Opened::now(&address)?;
        let pool = connect::pool(&address).await?;
        let keys = Arc::new(migrate(&address, &pool, &key_file, role).await?);
        shape::check(&address, &pool).await?;
        let shown = address.shown.clone();
        let store = Store::over((pool, keys), (Arc::new(address), opened), lock, now).await;
        store.map_err(|error| error.at(&shown))
    }

    async fn over(
        (pool, keys): (AnyPool, Arc<InstallationKey>),
        (address, opened): (Arc<DatabaseAddress>, Opened),
        lock: Option<Lock>,
        now: Timestamp,
    ) -> Result<Store> {
        let is_file = address.file.is_some();
        let is_bridge = lock.is_some();
        let fence = Arc::new(OnceLock::new());
        let directory = SharedDirectory::default();
        let (told, clock) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (to_answer, answers) = unbounded_channel();
        let follows: Arc<OnceLock<Arc<dyn Follows>>> = Arc::default();
        let writer = Writer::start(Database {
            connections: Spare::of(address.clone()),
            directory: directory.clone(),
            keys: keys.clone(),
            fence: fence.clone(),
            opened: opened.clone(),
            told: told.clone(),
            clock: clock.clone(),
            answers: to_answer,
            follows: follows.clone(),
            longest: (!is_file).then_some(LONGEST_TRANSACTION),
        });
        let mut store = Store {
            pool,
            keys,
            writer,
            looks: Spare::of(address.clone()),
            directory,
            pauses: Arc::new(RwLock::new(Arc::default())),
            epoch: 0,
            address,
            opened,
            health: Arc::default(),
            told,
            clock,
            answers: Arc::new(Mutex::new(Some(answers))),
            follows,
            lost: Arc::new(watch::Sender::new(None)),
            lock: Arc::new(Mutex::new(lock)),
        };
        if is_bridge {
            store.epoch = store
                .write(move |tx| Box::pin(async move { tx.installation().new_epoch(now).await }))
                .await?;
            store.look_back(now, false).await?;
            if !is_file {
                // The lock goes with its connection, and then only the epoch tells who is the newer.
                let _ = fence.set(store.epoch);
            }
        }
        if is_bridge {
            store.refresh_directory().await?;
        }
        Ok(store)
    }

    /// By which the store knows an event.
    pub fn event_hash(&self, key: &EventKey) -> String {
        self.keys.event_hash(&key.0)
    }

    /// The channels and rooms as of the last refresh; of a visitor's store none before the first.
    pub fn directory(&self) -> Arc<Directory> {
        self.directory.newest()
    }

    /// Takes over what another process may have changed. Cheap if nothing was.
    pub async fn refresh_directory(&self) -> Result<bool> {
        let looked = async {
            self.opened.check()?;
            self.look_at_directory().await
        };
        self.in_time(looked).await
    }

    /// A server that vanished without a word is waited for as long as a transaction may take.
    pub(crate) async fn in_time<T>(&self, asked: impl Future<Output = Result<T>>) -> Result<T> {
        let answer = tokio::time::timeout(LONGEST_TRANSACTION, asked).await;
        let answer = answer.unwrap_or(Err(Error::Sql(sqlx::Error::PoolTimedOut)));
        answer.map_err(|error| self.noted(error))
    }

    /// Over a connection of its own: a pool asks before and after each use whether it is well, which is more than the look itself.
    async fn look_at_directory(&self) -> Result<bool> {
        let known = self.directory();
        if let Some(mut used) = self.looks.take()
            && let Ok(changes) = known.changes(&mut used, &self.keys).await
        {
            self.looks.keep(Some(used));
            return Ok(self.directory.learn(&changes));
        }
        // It may have been cut while it was idle.
        let mut fresh = self.looks.fresh().await?;
        let changes = known.changes(&mut fresh, &self.keys).await?;
        self.looks.keep(Some(fresh));
        Ok(self.directory.learn(&changes))
    }

    /// The channels that changed since the last time that somebody asked; none if nothing did, in no community.
    pub fn changed_channels(&self) -> Option<Vec<Changed>> {
        self.directory.take_news()
    }

    /// Waits until notices began or are over: by us, in a commit since the last look.
    pub async fn notices_change(&self) {
        self.told.notified().await;
    }

    /// Waits until something falls due that did not, or earlier: by us, in a commit since the last look.
    pub async fn clock_is_set(&self) {
        self.clock.notified().await;
    }

    /// From now on, and once for all: whoever goes on with what a transaction leaves for a channel.
    pub fn is_followed_by(&self, follows: Arc<dyn Follows>) {
        let _ = self.follows.set(follows);
    }

    /// What one person alone is to hear or see otherwise, as it is committed. For whoever asks first.
    pub fn answers(&self) -> Option<UnboundedReceiver<Answer>> {
        self.answers
            .lock()
            .expect("no panic under this lock")
            .take()
    }

    /// Counts the starts of a bridge on this database.
    pub fn epoch(&self) -> i64 {
        self.epoch
    }

    /// Of SQLite.
    pub fn file(&self) -> Option<&Path> {
        self.address.file.as_deref()
    }

    /// Without a password.
    pub fn url(&self) -> &str {
        &self.address.shown
    }

    /// Waits until the store is not ours any more, or not as we left it, and says why. Nothing is written from then on.
    pub async fn lost(&self) -> Error {
        let mut seen = self.lost.subscribe();
        match seen.wait_for(Option::is_some).await.as_deref() {
            Ok(Some(error)) => error.shared(),
            _ => Error::Closed,
        }
    }

    /// Whether the error means that; whoever waits for it is told.
    pub fn is_lost_by(&self, error: &Error) -> bool {
        if error.is_lost() {
            self.lost.send_if_modified(|known| {
                let is_news = known.is_none();
                known.get_or_insert_with(|| error.shared().at(&self.address.shown));
                is_news
            });
        }
        error.is_lost()
    }

    /// Once when nothing can be written any more, and once when it can again.
    pub(crate) fn noted_of<T>(&self, written: Result<T>) -> Result<T> {
        let written = written.map_err(|error| self.noted(error));
        match &written {
            Ok(_) if self.health.works() => {
                tracing::info!("the store takes what comes in again");
            }
            Err(error) if error.passes() && self.health.breaks() => {
                tracing::error!(%error, "the store takes nothing: what comes in is put off, and what is to go out waits");
            }
            Ok(_) | Err(_) => {}
        }
        written
    }

    fn noted(&self, error: Error) -> Error {
        let error = error.at(&self.address.shown);
        self.is_lost_by(&error);
        error
    }

    pub(crate) fn refuse_if_lost(&self) -> Result<()> {
        self.lost
            .borrow()
            .as_ref()
            .map_or(Ok(()), |error| Err(error.shared()))
    }

    /// Reads the whole file beside the work, for what the look at the start does not reach. A server sees to its own.
    pub async fn check_whole(&self) -> Result<()> {
        if self.address.file.is_none() {
            return Ok(());
        }
        let checked = connect::check_whole(&self.address).await;
        checked.map_err(|error| self.noted(error))
    }

    /// Ends the connections and lets go of the lock; writes under way are finished first.
    pub async fn close(&self) {
        self.writer.stop().await;
        self.looks.close().await;
        self.pool.close().await;
        let lock = self.lock.lock().expect("no panic under this lock").take();
        if let Some(lock) = lock
            && let Err(error) = lock.release().await
        {
            tracing::debug!(%error, "the lock went with its connection");
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("url", &self.address.shown)
            .finish()
    }
}
