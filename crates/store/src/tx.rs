//! One transaction; gone without a trace unless committed. What it can do stands in `parts`.

use std::{collections::BTreeSet, sync::Arc};

use conversation::{ChannelId, CommunityId, EventKey};
use sqlx::{AnyConnection, Executor, Row, any::AnyRow};

use crate::{
    Answer, Directory, Error, Result,
    directory::Change,
    first_names::AllFirstNames,
    foreseen::{Foreseen, Foresight},
    insert::Value,
    keys::{CommunityKey, InstallationKey},
    migrations::Engine,
    spoken::Spoken,
    text,
    together::{Kind, Together},
    writer::{Attempts, Database, Spare},
};

mod mark;
pub mod parts;

pub use mark::Mark;

pub struct Tx {
    /// None once it is over. Where it ends in no known way, nobody knows what state the connection is in, and it goes.
    inner: Option<AnyConnection>,
    spare: Spare,
    pub(crate) together: Together,
    /// Bytes of people's words among them.
    waiting: usize,
    pub(crate) foreseen: Foreseen,
    /// As it stands within this transaction, or did when it was last looked at.
    directory: Arc<Directory>,
    /// What it learned of.
    changes: Vec<Change>,
    has_told: bool,
    has_set_clock: bool,
    direct_changed: Vec<ChannelId>,
    answers: Vec<Answer>,
    pub(crate) attempts: Attempts,
    /// Channels for which something was left to be sent at once.
    pub(crate) left_for: BTreeSet<ChannelId>,
    /// Unless it holds a text so long that nobody else should hold it meanwhile.
    pub(crate) goes_on: bool,
    first_names: Arc<AllFirstNames>,
    keys: Arc<InstallationKey>,
}

impl Tx {
    pub(crate) async fn begin(database: &Database, foresight: Foresight) -> Result<Tx> {
        let spare = &database.connections;
        let fence = database.fence.get().copied();
        if let Some(used) = spare.take() {
            match Tx::over(used, database).begun(&foresight, fence).await {
                Ok(tx) => return Ok(tx),
                Err(Error::Sql(error)) if may_have_been_cut(&error) => {
                    tracing::debug!(%error, "a connection was cut while it was idle");
                }
                Err(error) => return Err(error),
            }
        }
        Tx::over(spare.fresh().await?, database)
            .begun(&foresight, fence)
            .await
    }

    /// With what is foreseen.
    async fn begun(mut self, foresight: &Foresight, fence: Option<i64>) -> Result<Tx> {
        let mut all = foresight.questions()?;
        match fence {
            Some(ours) => self.begin_unless_taken_over(ours).await?,
            None => all.insert(0, Spoken::plainly(self.spare.begin())),
        }
        let rows = self.say(all).await?;
        self.foreseen.learn(foresight.clone(), rows);
        Ok(self)
    }

    /// Whoever would take over is held off until this transaction is over. In one go: a server takes several statements at once if
    /// they have no arguments.
    async fn begin_unless_taken_over(&mut self, ours: i64) -> Result<()> {
        let begin = sqlx::raw_sql(
            "begin; select value from setting where community_id = '' and name = 'epoch' for share",
        );
        let current = begin.fetch_all(self.written()).await?;
        let current = current
            .first()
            .map(|it| it.get::<String, _>("value").parse::<i64>());
        match current == Some(Ok(ours)) {
            true => Ok(()),
            false => Err(Error::TakenOver),
        }
    }

    fn over(connection: AnyConnection, database: &Database) -> Tx {
        Tx {
            inner: Some(connection),
            spare: database.connections.clone(),
            together: Together::default(),
            waiting: 0,
            foreseen: Foreseen::default(),
            directory: database.directory.newest(),
            changes: Vec::new(),
            has_told: false,
            has_set_clock: false,
            direct_changed: Vec::new(),
            answers: Vec::new(),
            attempts: Attempts::default(),
            left_for: BTreeSet::new(),
            goes_on: true,
            first_names: database.directory.first_names(),
            keys: database.keys.clone(),
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        self.spare.engine()
    }

    pub(crate) fn first_names(&self) -> &AllFirstNames {
        &self.first_names
    }

    /// What stands in the key file.
    pub(crate) fn keys(&self) -> &InstallationKey {
        &self.keys
    }

    pub(crate) fn shared_keys(&self) -> Arc<InstallationKey> {
        self.keys.clone()
    }

    pub(crate) async fn community_key(&mut self, community: &CommunityId) -> Result<CommunityKey> {
        let keys = self.shared_keys();
        keys.of(self.reading().await?, community).await
    }

    /// Under which an event is known: its own key may hold the id of an account.
    pub(crate) fn event_hash(&self, key: &EventKey) -> String {
        self.keys.event_hash(&key.0)
    }

    pub(crate) fn known_directory(&self) -> Arc<Directory> {
        self.directory.clone()
    }

    pub(crate) fn learn(&mut self, change: Change) {
        Arc::make_mut(&mut self.directory).apply(&change);
        self.changes.push(change);
    }

    pub(crate) fn changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    pub(crate) async fn commit(mut self) -> Result<()> {
        match self.try_commit().await {
            Ok(()) => {
                self.spare.keep(self.inner.take());
                Ok(())
            }
            Err(error) => {
                self.abandon().await;
                Err(error)
            }
        }
    }

    async fn try_commit(&mut self) -> Result<()> {
        self.say(vec![Spoken::plainly("commit")]).await.map(drop)
    }

    /// SQLite may have ended the transaction by itself, as on a full disk, and a server may be gone:
    /// then nobody knows what state the connection is in, and it must not go back to the pool.
    pub(crate) async fn abandon(mut self) {
        match self.written().execute("rollback").await {
            Ok(_) => self.spare.keep(self.inner.take()),
            Err(error) => tracing::debug!(%error, "a connection is given up"),
        }
    }

    /// Row by row: what waits is written first, and what was foreseen holds no longer.
    pub(crate) async fn connection(&mut self) -> Result<&mut AnyConnection> {
        self.foreseen = Foreseen::default();
        self.reading().await
    }

    /// As `connection`, for whatever changes nothing.
    pub(crate) async fn reading(&mut self) -> Result<&mut AnyConnection> {
        self.say(Vec::new()).await?;
        Ok(self.written())
    }

    /// Behind what waits to be written: in one go, where the engine takes several texts at once.
    pub(crate) async fn say(&mut self, what: Vec<Spoken>) -> Result<Vec<AnyRow>> {
        let engine = self.engine();
        let waiting = self.together.take()?;
        self.waiting = 0;
        let mut all: Vec<_> = waiting.into_iter().chain(what).collect();
        if engine == Engine::Sqlite {
            all = all.into_iter().reduce(Spoken::then).into_iter().collect();
        }
        let mut found = Vec::new();
        for spoken in all {
            found.extend(spoken.said_to(self.written(), engine).await?);
        }
        Ok(found)
    }

    /// So many bytes more wait: not without end.
    pub(crate) async fn takes(&mut self, bytes: usize) -> Result<()> {
        const MOST_WAITING: usize = 1_000_000;
        self.waiting += bytes;
        match self.waiting > MOST_WAITING {
            true => self.reading().await.map(drop),
            false => Ok(()),
        }
    }

    pub(crate) fn put(&mut self, kind: Kind, row: Vec<Value>) {
        self.together.put(kind, row);
    }

    fn written(&mut self) -> &mut AnyConnection {
        self.inner.as_mut().expect("nobody asks once it is over")
    }

    /// So many notices were made or taken away.
    pub(crate) fn told(&mut self, rows: u64) -> bool {
        self.has_told |= rows > 0;
        rows > 0
    }

    pub(crate) fn has_told(&self) -> bool {
        self.has_told
    }

    /// So many rows fall due at a new time.
    pub(crate) fn clock_was_set(&mut self, rows: u64) {
        self.has_set_clock |= rows > 0;
    }

    pub(crate) fn has_set_clock(&self) -> bool {
        self.has_set_clock
    }

    /// A private chat is another one once this is committed.
    pub(crate) fn direct_changed(&mut self, id: ChannelId) {
        self.direct_changed.push(id);
    }

    pub(crate) fn changed_directs(&mut self) -> Vec<ChannelId> {
        std::mem::take(&mut self.direct_changed)
    }

    /// Somebody alone is to hear or see something else.
    pub(crate) fn is_to_answer(&mut self, answer: Answer) {
        self.answers.push(answer);
    }

    pub(crate) fn take_answers(&mut self) -> Vec<Answer> {
        std::mem::take(&mut self.answers)
    }

    /// Settings of the whole installation stand under the empty community.
    pub async fn setting(&mut self, community: &str, name: &str) -> Result<Option<String>> {
        setting(self.reading().await?, community, name).await
    }

    pub async fn set(&mut self, community: &str, name: &str, value: &str) -> Result<()> {
        set(self.connection().await?, community, name, value).await
    }
}

pub(crate) async fn setting(
    connection: &mut AnyConnection,
    community: &str,
    name: &str,
) -> Result<Option<String>> {
    Ok(
        sqlx::query_scalar("select value from setting where community_id = $1 and name = $2")
            .bind(community)
            .bind(name)
            .fetch_optional(connection)
            .await?,
    )
}

pub(crate) async fn set(
    connection: &mut AnyConnection,
    community: &str,
    name: &str,
    value: &str,
) -> Result<()> {
    sqlx::query(
        "insert into setting (community_id, name, value) values ($1, $2, $3)
         on conflict (community_id, name) do update set value = excluded.value",
    )
    .bind(community)
    .bind(name)
    .bind(text::clean(value))
    .execute(connection)
    .await?;
    Ok(())
}

fn may_have_been_cut(error: &sqlx::Error) -> bool {
    // Of a server that ended it, the last word is an error of its own.
    let is_servers = |it: &str| it.starts_with("57P") || it.starts_with("08");
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => true,
        sqlx::Error::Database(said) => said.code().is_some_and(|it| is_servers(&it)),
        _ => false,
    }
}

/// `($1, $2), ($3, $4)` for as many rows of as many columns.
pub(crate) fn placeholders(rows: usize, columns: usize) -> String {
    let row = |r: usize| {
        let places: Vec<_> = (1..=columns)
            .map(|c| format!("${}", r * columns + c))
            .collect();
        format!("({})", places.join(", "))
    };
    (0..rows).map(row).collect::<Vec<_>>().join(", ")
}
