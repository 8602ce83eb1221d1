//! What is said to the database in one go: on SQLite several texts, on Postgres one.
//!
//! **Invariant:** the same pieces are always the same text, made once, so that the engine has it prepared.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use sqlx::{AnyConnection, Arguments, AssertSqlSafe, any::AnyArguments, any::AnyRow};

use crate::{Result, claim::next, foreseen::KNOWN, migrations::Engine, together::Kind};

/// Stands for a list of rows in a text, each of which is `r.value`.
pub(crate) const ROWS: &str = "{rows}";

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Piece {
    Plain(&'static str),
    /// Everything that is foreseen but what goes next.
    Known,
    /// What goes next.
    Next,
    /// All that waited.
    Rows(Vec<Kind>),
}

/// With the lists of rows that it is about, as JSON.
#[derive(Debug)]
pub(crate) struct Spoken {
    pieces: Vec<Piece>,
    lists: Vec<String>,
}

type Texts = HashMap<(Engine, Vec<Piece>), Arc<str>>;

static TEXTS: LazyLock<Mutex<Texts>> = LazyLock::new(Mutex::default);

impl Spoken {
    pub(crate) fn new(piece: Piece, lists: Vec<String>) -> Spoken {
        Spoken {
            pieces: vec![piece],
            lists,
        }
    }

    pub(crate) fn plainly(sql: &'static str) -> Spoken {
        Spoken::new(Piece::Plain(sql), Vec::new())
    }

    pub(crate) fn then(mut self, other: Spoken) -> Spoken {
        self.pieces.extend(other.pieces);
        self.lists.extend(other.lists);
        self
    }

    pub(crate) async fn said_to(
        self,
        connection: &mut AnyConnection,
        engine: Engine,
    ) -> Result<Vec<AnyRow>> {
        let mut values = AnyArguments::default();
        for list in self.lists {
            values.add(list).expect("a text can be bound");
        }
        let text = AssertSqlSafe(text(engine, self.pieces));
        let asked = sqlx::query_with(text, values);
        Ok(asked.fetch_all(connection).await?)
    }
}

fn text(engine: Engine, pieces: Vec<Piece>) -> Arc<str> {
    let mut texts = TEXTS.lock().expect("no panic under this lock");
    let made = texts
        .entry((engine, pieces))
        .or_insert_with_key(|(engine, pieces)| {
            let texts: Vec<_> = pieces.iter().map(|it| it.text(*engine)).collect();
            texts.join("; ").into()
        });
    made.clone()
}

impl Piece {
    fn text(&self, engine: Engine) -> String {
        let text = match self {
            Piece::Plain(sql) => return (*sql).to_owned(),
            Piece::Known => KNOWN.to_owned(),
            Piece::Next => next(engine),
            Piece::Rows(kinds) => together(engine, kinds),
        };
        match engine {
            Engine::Sqlite => text.replace(ROWS, "json_each(?) as r"),
            Engine::Postgres => {
                numbered(&text.replace(ROWS, "json_array_elements(?::json) as r(value)"))
            }
        }
    }
}

fn together(engine: Engine, kinds: &[Kind]) -> String {
    match engine {
        Engine::Sqlite => {
            let texts: Vec<_> = kinds.iter().map(|it| it.text()).collect();
            texts.join("; ").replace("{taken}", "partition")
        }
        Engine::Postgres => as_one(kinds).replace("{taken}", "taken"),
    }
}

/// All but the last as parts of the last.
fn as_one(kinds: &[Kind]) -> String {
    let Some((last, others)) = kinds.split_last() else {
        return String::new();
    };
    let part = |kind: &Kind| match kind {
        Kind::Places => format!(
            "taken as ({} returning partition.community_id, partition.id, next_seq)",
            kind.text()
        ),
        _ => format!("part_{} as ({})", *kind as u8, kind.text()),
    };
    let parts: Vec<_> = others.iter().map(part).collect();
    match parts.is_empty() {
        true => last.text().to_owned(),
        false => format!("with {} {}", parts.join(", "), last.text()),
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
