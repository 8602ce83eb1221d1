//! Rows that always go together: one hand-over to SQLite, whose driver has a thread of its own, and one round trip to Postgres.
//!
//! **Invariant:** none of the statements reads what another one writes, for on Postgres they all see what stood there before.
//! Only the places in the order of deliveries that are taken among them are read by name (`SEQ`).

use sqlx::{Any, Arguments, AssertSqlSafe, Encode, Type, any::AnyArguments};

use crate::{Result, Tx, migrations::Engine};

#[derive(Default)]
pub(crate) struct Together {
    statements: Vec<String>,
    values: AnyArguments,
}

/// A place in the order of a community's deliveries, of those that were taken last: for the community, and how far from the end.
pub(crate) const SEQ: &str = "(select next_seq from {taken} where community_id = ? and id = 0) - ?";

/// Nobody else takes them before this transaction is over, on whatever node.
const TAKE_SEQS: &str =
    "update partition set next_seq = next_seq + ? where community_id = ? and id = 0
 returning community_id, id, next_seq";

impl Together {
    /// As many places in the order of the community's deliveries; once for all rows that go together.
    pub(crate) fn take_seqs(&mut self, community: &str, how_many: usize) -> &mut Together {
        self.add(TAKE_SEQS)
            .bind(i64::try_from(how_many).unwrap_or(i64::MAX))
            .bind(community)
    }

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

    pub(crate) async fn write(self, tx: &mut Tx) -> Result<()> {
        if !self.statements.is_empty() {
            let sql = AssertSqlSafe(tx.engine().together(&self.statements));
            sqlx::query_with(sql, self.values)
                .execute(tx.connection())
                .await?;
        }
        Ok(())
    }
}

impl Engine {
    fn together(self, statements: &[String]) -> String {
        match self {
            Engine::Sqlite => statements.join("; ").replace("{taken}", "partition"),
            Engine::Postgres => {
                let taking = statements.iter().position(|it| it == TAKE_SEQS);
                let taken = format!("part_{}", taking.unwrap_or_default());
                numbered(&with(statements).replace("{taken}", &taken))
            }
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
