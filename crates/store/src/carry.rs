//! What a new shape of the tables needs and no SQL can make: hashes, ciphers, what lies in JSON.
//!
//! **Invariant:** done before the step that needs it, in chunks. Each is committed together with how far it came, so that a
//! kill costs one chunk, and no row is carried twice. The step that needs the rows takes away how far it came.

mod files;
mod hashed;

use sqlx::{Any, AnyPool, AssertSqlSafe, any::AnyRow, query::Query};

use crate::{
    Result,
    address::DatabaseAddress,
    insert::{Rows, Value},
    keys::InstallationKey,
    prepare::progress::Progress,
    tx,
};

/// All that is to be carried over, one table after the other.
pub(crate) async fn carry(
    address: &DatabaseAddress,
    pool: &AnyPool,
    keys: &InstallationKey,
) -> Result<()> {
    let hashed = hashed::tables(pool, keys).await?;
    let files = [files::of_messages(), files::of_revisions()];
    for table in hashed.into_iter().chain(files) {
        table.carry(address, pool).await?;
    }
    Ok(())
}

/// What becomes of one row.
type Each<'k> = dyn Fn(&AnyRow, &mut Rows) -> Result<()> + Send + Sync + 'k;

/// A table, of which each row goes somewhere else.
pub(crate) struct Carried<'k> {
    pub(crate) table: &'static str,
    /// The columns of its primary key, with commas.
    pub(crate) key: &'static str,
    /// Which rows, in SQL.
    pub(crate) which: &'static str,
    pub(crate) row: Box<Each<'k>>,
}

/// Large enough that a commit costs little, small enough for long texts.
const CHUNK: usize = 1000;

impl Carried<'_> {
    async fn carry(&self, address: &DatabaseAddress, pool: &AnyPool) -> Result<()> {
        let mut connection = pool.acquire().await?;
        let last = self.last(&mut connection).await?;
        let count = format!("select count(*) from {} {}", self.table, self.behind(&last));
        let count = bound(sqlx::query(AssertSqlSafe(count)), last);
        let total: i64 = sqlx::Row::get(&count.fetch_one(&mut *connection).await?, 0);
        drop(connection);
        let mut progress = Progress::begin(self.table, total);
        loop {
            let rows = self.chunk(address, pool).await?;
            progress.came(rows);
            if rows < CHUNK {
                break;
            }
        }
        progress.end();
        Ok(())
    }

    /// How many rows it had.
    async fn chunk(&self, address: &DatabaseAddress, pool: &AnyPool) -> Result<usize> {
        let mut tx = pool.begin_with(address.begin()).await?;
        let last = self.last(&mut tx).await?;
        let (behind, key) = (self.behind(&last), self.key);
        let next = format!(
            "select * from {} {behind} order by {key} limit {CHUNK}",
            self.table
        );
        let next = bound(sqlx::query(AssertSqlSafe(next)), last);
        let rows = next.fetch_all(&mut *tx).await?;
        let mut made = Rows::default();
        for row in &rows {
            (self.row)(row, &mut made)?;
        }
        made.insert(&mut tx).await?;
        if let Some(row) = rows.last() {
            let key: Vec<_> = self.key.split(", ").map(|it| Value::of(row, it)).collect();
            let key = serde_json::to_string(&key)?;
            tx::set(&mut tx, "", &self.cursor(), &key).await?;
        }
        tx.commit().await?;
        Ok(rows.len())
    }

    /// The setting that says how far it came.
    fn cursor(&self) -> String {
        format!("carried:{}", self.table)
    }

    async fn last(&self, connection: &mut sqlx::AnyConnection) -> Result<Option<Vec<Value>>> {
        let last = tx::setting(connection, "", &self.cursor()).await?;
        Ok(last.map(|it| serde_json::from_str(&it)).transpose()?)
    }

    fn behind(&self, last: &Option<Vec<Value>>) -> String {
        let behind = last.as_ref().map(|key| {
            let places = tx::placeholders(1, key.len());
            format!(" and ({}) > {places}", self.key)
        });
        format!("where {}{}", self.which, behind.unwrap_or_default())
    }
}

fn bound<'q>(
    query: Query<'q, Any, sqlx::any::AnyArguments>,
    values: Option<Vec<Value>>,
) -> Query<'q, Any, sqlx::any::AnyArguments> {
    values
        .into_iter()
        .flatten()
        .fold(query, |query, value| value.bind(query))
}
