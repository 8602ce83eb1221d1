//! The database's shape, step by step; each step is one portable file.

use std::borrow::Cow;

use sqlx::{
    SqlSafeStr,
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
];

pub(crate) fn migrator() -> Migrator {
    let steps = STEPS.iter().map(|&(version, description, sql)| {
        Migration::new(
            version,
            Cow::Borrowed(description),
            MigrationType::Simple,
            sql.into_sql_str(),
            false,
        )
    });
    Migrator::with_migrations(steps.collect())
}
