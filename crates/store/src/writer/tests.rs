//! What the database refuses, and what becomes of the neighbours and of the connection.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use conversation::Timestamp;
use futures::future::join_all;
use sqlx::Executor;

use super::*;
use crate::{Role, Store, connect, place::Place};

async fn fill(store: &Store, name: &'static str) -> Result<()> {
    let much = "x".repeat(100_000);
    store
        .write(move |tx| {
            let much = much.clone();
            Box::pin(async move { tx.set("", name, &much).await })
        })
        .await
}

#[tokio::test]
async fn the_store_goes_on_when_a_full_disk_has_room_again() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("causeway.db").display());
    let store = Store::open(&url, Role::Bridge, Timestamp(0)).await.unwrap();
    // SQLite refuses to grow beyond that as it does when the disk is full.
    let limited = store.write(|tx| {
        Box::pin(async {
            let no_more = "pragma max_page_count = 1";
            tx.connection().execute(no_more).await?;
            Ok(())
        })
    });
    limited.await.unwrap();
    let refused = fill(&store, "one").await.unwrap_err();
    assert!(refused.to_string().contains("full"), "{refused}");
    let again = store.write(|tx| {
        Box::pin(async {
            let plenty = "pragma max_page_count = 100000";
            tx.connection().execute(plenty).await?;
            Ok(())
        })
    });
    again.await.unwrap();
    fill(&store, "two").await.unwrap();
    let settings = store.write(|tx| {
        Box::pin(async { Ok((tx.setting("", "one").await?, tx.setting("", "two").await?)) })
    });
    let (one, two) = settings.await.unwrap();
    assert_eq!((one, two.map(|it| it.len())), (None, Some(100_000)));
}

/// On Postgres a statement that fails spoils its whole transaction.
async fn one_bad_statement_among_many(url: &str, begin: &'static str) {
    sqlx::any::install_default_drivers();
    let place = Place::of(url).unwrap();
    let pool = connect::pool(&place, connect::WRITERS).await.unwrap();
    let writer = Writer::start(Database {
        pool,
        begin,
        next_seq: Arc::default(),
        fence: Arc::default(),
    });
    let works = (0..50).map(|n| {
        let statement = if n == 20 {
            "select nothing"
        } else {
            "select 1"
        };
        writer.write(move |tx| {
            Box::pin(async move {
                tx.connection().execute(statement).await?;
                Ok(n)
            })
        })
    });
    let done = join_all(works).await;
    let failed: Vec<_> = (0..50).filter(|&n| done[n].is_err()).collect();
    assert_eq!(failed, [20]);
    writer.stop().await;
}

#[tokio::test]
async fn a_statement_that_sqlite_refuses_fails_alone() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("causeway.db").display());
    one_bad_statement_among_many(&url, "begin immediate").await;
}

#[tokio::test]
async fn a_statement_that_postgres_refuses_fails_alone() {
    match std::env::var("CAUSEWAY_TEST_POSTGRES_URL") {
        Ok(url) => one_bad_statement_among_many(&url, "begin").await,
        Err(_) => eprintln!("skipped: CAUSEWAY_TEST_POSTGRES_URL is not set"),
    }
}
