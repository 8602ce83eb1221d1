//! Rows that wait within a transaction for whatever is said next to the database, and go along with it, at the latest with the
//! commit: one hand-over to SQLite, whose driver has a thread of its own, and one round trip to Postgres.
//!
//! **Invariant:** none of them reads what another one writes, for on Postgres they all see what stood there before. Only the
//! places in the order of deliveries that are taken among them are read by name (`{taken}`). Whoever asks the database
//! anything meanwhile finds them written.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::{AnyConnection, Arguments, AssertSqlSafe, any::AnyArguments};

use crate::{Result, foreseen::CopyAt, insert::Value, migrations::Engine};

mod texts;

pub(crate) use texts::Kind;

/// Stands for rows in a text.
pub(crate) const ROWS: &str = "{rows}";

/// A row of mixed values.
macro_rules! row {
    ($($value:expr),* $(,)?) => { vec![$($crate::insert::Value::from($value)),*] };
}
pub(crate) use row;

/// What waits.
#[derive(Default)]
pub(crate) struct Together {
    rows: BTreeMap<Kind, Vec<Vec<Value>>>,
    /// With the community in whose order they take places.
    deliveries: Vec<(String, Vec<Value>)>,
    /// One statement may not change the same row twice.
    copies: BTreeSet<CopyAt>,
}

impl Together {
    pub(crate) fn put(&mut self, kind: Kind, row: Vec<Value>) {
        self.rows.entry(kind).or_default().push(row);
    }

    /// What a platform's id stands for stays as it is.
    pub(crate) fn put_copy(&mut self, at: CopyAt, row: Vec<Value>) {
        if self.copies.insert(at) {
            self.put(Kind::Copy, row);
        }
    }

    /// A delivery, behind those that were put before it.
    pub(crate) fn put_in_order(&mut self, community: &str, row: Vec<Value>) {
        self.deliveries.push((community.to_owned(), row));
    }

    /// A delivery's place is told from the end of those that are taken.
    fn take_places(&mut self) {
        let mut taken = BTreeMap::<String, i64>::new();
        let mut deliveries = std::mem::take(&mut self.deliveries);
        for (community, row) in deliveries.iter_mut().rev() {
            let from_the_end = taken.entry(community.clone()).or_default();
            *from_the_end += 1;
            row.push(Value::from(*from_the_end));
        }
        for (community, places) in taken {
            self.put(Kind::Places, row![community, places]);
        }
        for (_, row) in deliveries {
            self.put(Kind::Delivery, row);
        }
    }

    /// With the end of the transaction, if that is wished for and the engine takes several statements at once. Says whether it
    /// was.
    pub(crate) async fn write(
        &mut self,
        connection: &mut AnyConnection,
        engine: Engine,
        commits: bool,
    ) -> Result<bool> {
        self.take_places();
        let rows = std::mem::take(&mut self.rows);
        self.copies.clear();
        if rows.is_empty() {
            return Ok(false);
        }
        let commits = commits && engine == Engine::Sqlite;
        let kinds: Vec<Kind> = rows.keys().copied().collect();
        let mut values = AnyArguments::default();
        for rows in rows.values() {
            let added = values.add(serde_json::to_string(rows)?);
            added.expect("a text can be bound");
        }
        let sql = AssertSqlSafe(engine.together(&kinds, commits));
        sqlx::query_with(sql, values).execute(connection).await?;
        Ok(commits)
    }
}

impl Engine {
    fn together(self, kinds: &[Kind], commits: bool) -> String {
        let texts: Vec<String> = kinds.iter().map(|it| self.with_rows(it.text())).collect();
        match self {
            Engine::Sqlite => {
                let end = if commits { "; commit" } else { "" };
                texts.join("; ").replace("{taken}", "partition") + end
            }
            Engine::Postgres => numbered(&as_one(kinds, &texts).replace("{taken}", "taken")),
        }
    }

    /// A list of rows, bound as JSON, as `r.value`.
    pub(crate) fn with_rows(self, sql: &str) -> String {
        sql.replace(
            "{rows}",
            match self {
                Engine::Sqlite => "json_each(?) as r",
                Engine::Postgres => "json_array_elements(?::json) as r(value)",
            },
        )
    }
}

/// All but the last as parts of the last.
fn as_one(kinds: &[Kind], texts: &[String]) -> String {
    let Some((last, others)) = texts.split_last() else {
        return String::new();
    };
    let part = |(kind, sql): (&Kind, &String)| match kind {
        Kind::Places => format!("taken as ({sql})"),
        other => format!("part_{} as ({sql})", *other as u8),
    };
    let parts: Vec<_> = kinds.iter().zip(others).map(part).collect();
    match parts.is_empty() {
        true => last.clone(),
        false => format!("with {} {last}", parts.join(", ")),
    }
}

/// `$1`, `$2` … for each `?`.
pub(crate) fn numbered(sql: &str) -> String {
    let mut pieces = sql.split('?');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for (n, piece) in pieces.enumerate() {
        text.push_str(&format!("${}{piece}", n + 1));
    }
    text
}
