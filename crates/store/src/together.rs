//! Rows that always go together: one hand-over to SQLite, whose driver has a thread of its own, and one round trip to Postgres.
//!
//! **Invariant:** none of the statements reads what another one writes, for on Postgres they all see what stood there before.

use sqlx::{Any, Arguments, AssertSqlSafe, Encode, Type, any::AnyArguments};

use crate::{Result, Tx, migrations::Engine};

#[derive(Default)]
pub(crate) struct Together {
    statements: Vec<String>,
    values: AnyArguments,
}

impl Together {
    /// With a `?` for each of the values that are bound behind it.
    pub(crate) fn add(&mut self, statement: impl Into<String>) -> &mut Together {
        self.statements.push(statement.into());
        self
    }

    pub(crate) fn bind<'v, T: Encode<'v, Any> + Type<Any>>(&mut self, value: T) -> &mut Together {
        let added = self.values.add(value);
        added.expect("texts and numbers can be bound");
        self
    }
}

impl Tx {
    pub(crate) async fn write_together(&mut self, rows: Together) -> Result<()> {
        if !rows.statements.is_empty() {
            let sql = AssertSqlSafe(self.engine().together(&rows.statements));
            sqlx::query_with(sql, rows.values)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }
}

impl Engine {
    fn together(self, statements: &[String]) -> String {
        match self {
            Engine::Sqlite => statements.join("; "),
            Engine::Postgres => numbered(&with(statements)),
        }
    }
}

/// All but the last as parts of the last.
fn with(statements: &[String]) -> String {
    let Some((last, others)) = statements.split_last() else {
        return String::new();
    };
    let part = |(n, sql): (usize, &String)| format!("part_{n} as ({sql})");
    let parts: Vec<_> = others.iter().enumerate().map(part).collect();
    match parts.is_empty() {
        true => last.clone(),
        false => format!("with {} {last}", parts.join(", ")),
    }
}

/// `$1`, `$2` … for each `?`.
fn numbered(sql: &str) -> String {
    let mut pieces = sql.split('?');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for (n, piece) in pieces.enumerate() {
        text.push_str(&format!("${}{piece}", n + 1));
    }
    text
}
