//! The database's shape, step by step; each step is one portable file.

use std::borrow::Cow;

use sqlx::{
    AssertSqlSafe, SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

/// In the order in which they are applied. Never changed once released: a new step is a new file.
const STEPS: &[(i64, &str, &str)] = &[
    (
        1,
        "conversation",
        include_str!("../../../migrations/0001_conversation.sql"),
    ),
    (
        2,
        "platforms",
        include_str!("../../../migrations/0002_platforms.sql"),
    ),
    (
        3,
        "promise",
        include_str!("../../../migrations/0003_promise.sql"),
    ),
    (4, "mail", include_str!("../../../migrations/0004_mail.sql")),
    (5, "told", include_str!("../../../migrations/0005_told.sql")),
    (
        CARRIED,
        "carried",
        include_str!("../../../migrations/0006_carried.sql"),
    ),
    (7, "rows", include_str!("../../../migrations/0007_rows.sql")),
    (
        8,
        "offered",
        include_str!("../../../migrations/0008_offered.sql"),
    ),
    (
        9,
        "people",
        include_str!("../../../migrations/0009_people.sql"),
    ),
];

pub(crate) const NEWEST: i64 = 9;
/// After this step rows are carried over by us, before the next one is taken.
pub(crate) const CARRIED: i64 = 6;

/// Who reads a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// The text with what only this engine reads.
    pub(crate) fn text(self, sql: &str) -> String {
        let ours = match self {
            Engine::Sqlite => "/* sqlite:",
            Engine::Postgres => "/* postgres:",
        };
        let mut pieces = sql.split(ours);
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (inside, after) = piece.split_once("*/").unwrap_or((piece, ""));
            text.push_str(inside);
            text.push_str(after);
        }
        text
    }
}

/// All steps up to that one.
pub(crate) fn migrator(engine: Engine, upto: i64) -> Migrator {
    let steps = STEPS.iter().filter(|(version, ..)| *version <= upto);
    let steps = steps.map(|&(version, description, sql)| {
        Migration::new(
            version,
            Cow::Borrowed(description),
            MigrationType::Simple,
            AssertSqlSafe(engine.text(sql)).into_sql_str(),
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(steps.collect());
    migrator.set_ignore_missing(upto < NEWEST);
    // The bridge has a lock of its own, and nobody else takes steps.
    migrator.set_locking(false);
    migrator
}
