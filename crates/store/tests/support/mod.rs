//! A database of its own for each test, on either engine, and a small community that lives in it.

#![allow(clippy::unwrap_used, clippy::print_stderr)]
#![allow(dead_code, unused_imports, reason = "each test binary uses its part")]

use std::collections::BTreeMap;

use conversation::Phrase;

mod bridge;
mod database;
pub(crate) mod expiring;
mod gathering;
mod looking;
mod planning;
pub(crate) mod reading;
pub(crate) mod timing;
mod world;

pub(crate) use bridge::finish;
pub(crate) use database::{Database, on_postgres, on_sqlite};
pub(crate) use world::{NOW, World, at, posted};

/// Without arguments.
pub(crate) fn phrase(name: &str) -> Phrase {
    Phrase {
        name: name.to_owned(),
        args: BTreeMap::new(),
    }
}

/// Runs each of the named tests on SQLite and on Postgres.
#[macro_export]
macro_rules! on_both_engines {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {$(
            #[tokio::test]
            async fn $name() {
                $crate::support::on_sqlite(super::$name).await;
            }
        )+}
        mod on_postgres {$(
            #[tokio::test]
            async fn $name() {
                $crate::support::on_postgres(super::$name).await;
            }
        )+}
    };
}

/// An inline snapshot that holds on both engines.
#[macro_export]
macro_rules! assert_text {
    ($value:expr, @$expected:literal) => {{
        let text = $value.to_string();
        insta::allow_duplicates! {
            insta::assert_snapshot!(text, @$expected);
        }
    }};
}
