//! How the engines would find what a statement asks for.

use std::collections::BTreeSet;

use sqlx::{AssertSqlSafe, Executor, Row};

use crate::{
    is_of_the_shape, is_sql,
    support::{Database, on_postgres},
};

/// By statement, the tables that SQLite reads from end to end without the help of an index.
pub(crate) async fn whole_tables(database: &Database, run: &BTreeSet<String>) -> String {
    let mut connection = database.connection().await;
    let mut lines = Vec::new();
    // Of those that go together only the first would be explained.
    let of_interest: BTreeSet<_> = run
        .iter()
        .map(|sql| sql.strip_prefix("begin immediate; ").unwrap_or(sql))
        .filter(|sql| is_sql(sql) && !is_of_the_shape(sql))
        .flat_map(|sql| sql.split("; ").filter(|it| is_sql(it)))
        .collect();
    for sql in of_interest {
        let plan = sqlx::query(AssertSqlSafe(format!("explain query plan {sql}")))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        for step in &plan {
            let step: String = step.get("detail");
            if is_whole_table(&step) {
                let start: String = sql.chars().take(60).collect();
                lines.push(format!("{step}: {}", start.trim()));
            }
        }
    }
    lines.join("\n")
}

/// The indexes by which Postgres claims a delivery on the first day, one step after the other.
pub(crate) async fn without_statistics(claim: &str, values: &str) -> String {
    let mut steps = Vec::new();
    on_postgres(async |fresh: &Database| {
        fresh.bridge().await.close().await;
        let mut connection = fresh.connection().await;
        for sql in [
            "set plan_cache_mode = force_generic_plan",
            "set enable_seqscan = off",
            "set enable_hashjoin = off",
            "set enable_mergejoin = off",
            &format!("prepare claim as {claim}"),
        ] {
            connection
                .execute(AssertSqlSafe(sql.to_owned()))
                .await
                .unwrap();
        }
        let explain = format!("explain (costs off) execute claim({values})");
        let plan = sqlx::query(AssertSqlSafe(explain))
            .fetch_all(&mut connection)
            .await
            .unwrap();
        let lines = plan.iter().map(|step| step.get::<String, _>(0));
        steps.extend(lines.filter(|it| {
            ["Index", "Seq", "Bitmap"]
                .iter()
                .any(|kind| it.contains(kind))
        }));
    })
    .await;
    steps
        .iter()
        .map(|it| it.trim().trim_start_matches("->  "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The rows that the statement itself brings along, as values or from a recursion, are no table. Most stores have one
/// community: whoever looks for it alone finds everything.
fn is_whole_table(step: &str) -> bool {
    if step.starts_with("SEARCH ") && step.ends_with("(community_id=?)") {
        return true;
    }
    let itself = [" USING ", "CONSTANT ROW", "VALUES CLAUSE"];
    step.starts_with("SCAN ")
        && !["SCAN a", "SCAN w", "SCAN n", "SCAN s"].contains(&step)
        && !step.starts_with("SCAN r VIRTUAL TABLE")
        && !itself.iter().any(|it| step.contains(it))
}
