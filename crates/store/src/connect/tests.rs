//! Every connection of a pool promises what "Ok" means, not only the first.

#![allow(clippy::unwrap_used, clippy::print_stderr)]

use sqlx::{AnyPool, AssertSqlSafe, Row};

use super::*;

/// What each of the pool's connections answers, all held at once.
async fn every_connection_says(pool: &AnyPool, question: &'static str) -> Vec<String> {
    let mut held = Vec::new();
    for _ in 0..READERS {
        held.push(pool.acquire().await.unwrap());
    }
    let mut said = Vec::new();
    for connection in &mut held {
        let row = sqlx::query(AssertSqlSafe(question))
            .fetch_one(&mut **connection)
            .await
            .unwrap();
        let answer = row.try_get::<String, _>(0);
        said.push(answer.unwrap_or_else(|_| row.get::<i64, _>(0).to_string()));
    }
    said
}

fn everywhere(answer: &str) -> Vec<String> {
    vec![answer.to_owned(); READERS as usize]
}

#[tokio::test]
async fn every_connection_to_sqlite_syncs_before_it_answers() {
    sqlx::any::install_default_drivers();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("causeway.db");
    std::fs::File::create(&file).unwrap();
    let url = format!("sqlite:{}", file.display());
    let pool = pool(&DatabaseAddress::of(&url).unwrap()).await.unwrap();
    let full = "2";
    for (question, answer) in [
        ("pragma journal_mode", "wal"),
        ("pragma synchronous", full),
        ("pragma busy_timeout", "5000"),
    ] {
        assert_eq!(
            every_connection_says(&pool, question).await,
            everywhere(answer),
            "{question}"
        );
    }
}

#[tokio::test]
async fn every_connection_to_postgres_syncs_before_it_answers() {
    let Ok(url) = std::env::var("CAUSEWAY_TEST_POSTGRES_URL") else {
        eprintln!("skipped: CAUSEWAY_TEST_POSTGRES_URL is not set");
        return;
    };
    sqlx::any::install_default_drivers();
    for (of_the_server, ours) in [
        ("off", "on"),
        ("on", "on"),
        ("local", "local"),
        ("remote_apply", "remote_apply"),
    ] {
        let url = format!("{url}?options[synchronous_commit]={of_the_server}");
        let pool = pool(&DatabaseAddress::of(&url).unwrap()).await.unwrap();
        assert_eq!(
            every_connection_says(&pool, "show synchronous_commit").await,
            everywhere(ours),
            "{of_the_server}"
        );
        pool.close().await;
    }
}

/// Looked at while it was empty, a table seems to be read at no cost; the plan is kept for as long as the connection.
#[tokio::test]
async fn no_connection_to_postgres_reads_a_table_from_end_to_end_because_it_was_empty_once() {
    let Ok(url) = std::env::var("CAUSEWAY_TEST_POSTGRES_URL") else {
        eprintln!("skipped: CAUSEWAY_TEST_POSTGRES_URL is not set");
        return;
    };
    sqlx::any::install_default_drivers();
    let pool = pool(&DatabaseAddress::of(&url).unwrap()).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    for statement in [
        "create temporary table thing (id text primary key, place text)",
        "create index thing_place on thing (place)",
        "analyze thing",
    ] {
        connection.execute(statement).await.unwrap();
    }
    let question = "explain (costs off) select id from thing where place = 'x' order by id limit 1";
    let plan = sqlx::query(question).fetch_all(&mut *connection).await;
    let plan: Vec<String> = plan.unwrap().iter().map(|it| it.get(0)).collect();
    assert!(plan.iter().all(|it| !it.contains("Seq Scan")), "{plan:?}");
}
