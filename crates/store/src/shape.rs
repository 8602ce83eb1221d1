//! The tables, columns and indexes that the migrations made: whether all of them are still there.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, AnyPool, Connection, Executor, Row};

use crate::{
    Error, Result,
    address::DatabaseAddress,
    migrations::{self, Engine, NEWEST},
};

/// Each with the statement that makes an index again.
type Things = BTreeMap<String, Option<String>>;

const OF_SQLITE: &str = "select 'table ' || name as thing, null as made_by from sqlite_schema where type = 'table'
     union all
     select 'index ' || name, sql from sqlite_schema where type = 'index' and sql is not null
     union all
     select 'column ' || t.name || '.' || c.name, null from sqlite_schema t join pragma_table_info(t.name) c
     where t.type = 'table'";

const OF_POSTGRES: &str = "select 'table ' || cast(tablename as text) as thing, cast(null as text) as made_by from pg_tables
     where schemaname = any(current_schemas(false))
     union all
     select 'index ' || cast(indexname as text), null from pg_indexes where schemaname = any(current_schemas(false))
     union all
     select 'column ' || cast(table_name as text) || '.' || cast(column_name as text), null from information_schema.columns
     where table_schema = any(current_schemas(false))";

async fn things<'e>(
    executor: impl Executor<'e, Database = sqlx::Any>,
    sql: &'static str,
) -> Result<Things> {
    let rows = sqlx::query(sql).fetch_all(executor).await?;
    Ok(rows
        .iter()
        .map(|row| (row.get("thing"), row.get("made_by")))
        .collect())
}

async fn there(address: &DatabaseAddress, connection: &mut AnyConnection) -> Result<Things> {
    let sql = if address.file.is_some() {
        OF_SQLITE
    } else {
        OF_POSTGRES
    };
    things(connection, sql).await
}

/// What the migrations make of nothing. SQLite says it for both engines, for the text is the same.
async fn expected() -> Result<Things> {
    let mut nothing = AnyConnection::connect("sqlite::memory:").await?;
    let made = migrations::migrator(Engine::Sqlite, NEWEST)
        .run(&mut nothing)
        .await;
    made.map_err(|error| Error::Unreadable(error.to_string()))?;
    let expected = things(&mut nothing, OF_SQLITE).await?;
    nothing.close().await?;
    Ok(expected)
}

/// Before the first migration: a database with tables of somebody else is not ours to change. On a server, other
/// tables may lie beside ours.
pub(crate) async fn refuse_another_programs(
    address: &DatabaseAddress,
    connection: &mut AnyConnection,
) -> Result<()> {
    let there = there(address, connection).await?;
    if there.contains_key("table _sqlx_migrations") {
        return Ok(());
    }
    let ours = expected().await?;
    let is_foreign = |it: &&String| {
        it.starts_with("table ") && (address.file.is_some() || ours.contains_key(*it))
    };
    match there.keys().find(is_foreign) {
        None => Ok(()),
        Some(table) => Err(Error::NotOurs {
            url: address.shown.clone(),
            detail: format!("it holds a {table} that Causeway did not make"),
        }),
    }
}

/// After the last migration.
pub(crate) async fn check(address: &DatabaseAddress, pool: &AnyPool) -> Result<()> {
    let there = there(address, &mut *pool.acquire().await?).await?;
    let mut missing: Vec<_> = expected()
        .await?
        .into_iter()
        .filter(|(it, _)| !there.contains_key(it))
        .collect();
    // A table before its columns and its indexes.
    missing.sort_by_key(|(thing, _)| !thing.starts_with("table "));
    let Some((thing, made_by)) = missing.into_iter().next() else {
        return Ok(());
    };
    let again = made_by.map_or(String::new(), |sql| format!(" (`{sql}` makes it again)"));
    Err(Error::Incomplete {
        url: address.shown.clone(),
        missing: format!("the {thing}{again}"),
    })
}
