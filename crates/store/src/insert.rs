//! Rows for several tables, collected and then inserted many at a time.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sqlx::{Any, AnyConnection, AssertSqlSafe, Row, any::AnyArguments, any::AnyRow, query::Query};

use crate::{Result, tx::placeholders};

/// In one statement. SQLite looks for the name of each place (`$1`) from the first one on: what a statement costs grows with the
/// square of its places.
const TOGETHER: usize = 100;

/// What a column holds.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    Number(Option<i64>),
    Text(Option<String>),
}

impl Value {
    pub(crate) fn of(row: &AnyRow, column: &str) -> Value {
        match row.try_get(column) {
            Ok(number) => Value::Number(Some(number)),
            Err(_) => Value::Text(row.get(column)),
        }
    }

    pub(crate) fn bind(self, query: Query<'_, Any, AnyArguments>) -> Query<'_, Any, AnyArguments> {
        match self {
            Value::Number(number) => query.bind(number),
            Value::Text(text) => query.bind(text),
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Number(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Value {
        Value::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(Some(text.to_owned()))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(Some(text.clone()))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Value {
        Value::Text(text.map(str::to_owned))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(Some(text))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Value {
        Value::Text(text)
    }
}

/// By where they go, as `insert into` says it: the table and its columns.
#[derive(Default)]
pub(crate) struct Rows(BTreeMap<&'static str, Vec<Vec<Value>>>);

impl Rows {
    pub(crate) fn put(&mut self, into: &'static str, row: impl Into<Vec<Value>>) {
        self.0.entry(into).or_default().push(row.into());
    }

    pub(crate) async fn insert(self, connection: &mut AnyConnection) -> Result<()> {
        for (into, mut rows) in self.0 {
            while !rows.is_empty() {
                let rest = rows.split_off(rows.len().min(TOGETHER));
                let places = placeholders(rows.len(), rows[0].len());
                let sql = AssertSqlSafe(format!("insert into {into} values {places}"));
                let values = rows.into_iter().flatten();
                let query = values.fold(sqlx::query(sql), |query, value| value.bind(query));
                query.execute(&mut *connection).await?;
                rows = rest;
            }
        }
        Ok(())
    }
}
