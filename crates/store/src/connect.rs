//! Connections as we need them: what each must promise, and what is looked at before the first use.

use std::{str::FromStr, time::Duration};

use sqlx::{
    AnyConnection, AnyPool, AssertSqlSafe, ConnectOptions, Connection, Executor,
    any::{AnyConnectOptions, AnyPoolOptions},
};

use crate::{Error, Result, address::DatabaseAddress};

pub(crate) const READERS: u32 = 5;

/// FULL: a commit is on disk before it is answered.
const SQLITE_SETTINGS: &[&str] = &[
    "pragma busy_timeout = 5000",
    "pragma journal_mode = wal",
    "pragma synchronous = full",
    "pragma foreign_keys = on",
    // What was erased leaves no trace in the file.
    "pragma secure_delete = on",
];

/// A server may be set up to answer before the disk does; for us it must not. Its stricter settings stay.
const POSTGRES_SETTINGS: &[&str] = &[
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
    // Every statement on the way of a message has its key. Tables that are empty or were never looked at make Postgres read
    // them from end to end, and keep to that plan when they are large.
    "select set_config('enable_seqscan', 'off', false)",
];

async fn settle(connection: &mut AnyConnection, is_file: bool) -> sqlx::Result<()> {
    let settings = if is_file {
        SQLITE_SETTINGS
    } else {
        POSTGRES_SETTINGS
    };
    for &setting in settings {
        connection.execute(setting).await?;
    }
    Ok(())
}

/// A step to a new shape is slow and long, and is no news to anybody who reads the log.
fn options(address: &DatabaseAddress) -> Result<AnyConnectOptions> {
    let options = AnyConnectOptions::from_str(&address.dsn);
    let options = options.map_err(|error| Error::opening(&address.shown, error))?;
    let never = "off".parse().expect("a level of sqlx's log");
    Ok(options.log_slow_statements(never, Duration::MAX))
}

/// A connection outside the pool: a pool keeps trying for half a minute and then hides what went wrong.
pub(crate) async fn first(address: &DatabaseAddress) -> Result<AnyConnection> {
    let mut connection = AnyConnection::connect_with(&options(address)?)
        .await
        .map_err(|error| Error::opening(&address.shown, error))?;
    settle(&mut connection, address.file.is_some())
        .await
        .map_err(|error| Error::opening(&address.shown, error))?;
    Ok(connection)
}

/// For reading.
pub(crate) async fn pool(address: &DatabaseAddress) -> Result<AnyPool> {
    let is_file = address.file.is_some();
    AnyPoolOptions::new()
        .max_connections(READERS)
        // A file does not go away while it is idle.
        .test_before_acquire(!is_file)
        .after_connect(move |connection, _| Box::pin(settle(connection, is_file)))
        .connect_with(options(address)?)
        .await
        .map_err(|error| Error::opening(&address.shown, error))
}

/// Reads what a bridge writes next to: damage there must stop us before we write on top of it.
pub(crate) async fn check_ends(
    address: &DatabaseAddress,
    connection: &mut AnyConnection,
) -> Result<()> {
    let opening = |error| Error::opening(&address.shown, error);
    // A table without a rowid lies in the order of its key.
    let tables = "select name, case when wr = 0 then 'rowid' else (select name from pragma_table_info(t.name) where pk = 1) end
         from pragma_table_list t where schema = 'main' and type = 'table'";
    let tables: Vec<(String, String)> = sqlx::query_as(tables)
        .fetch_all(&mut *connection)
        .await
        .map_err(opening)?;
    for (table, key) in tables {
        let newest = format!("select max({key}) from \"{}\"", table.replace('"', "\"\""));
        connection
            .execute(AssertSqlSafe(newest))
            .await
            .map_err(opening)?;
    }
    Ok(())
}

/// Reads the whole file, which takes half a minute for a million messages.
pub(crate) async fn check_whole(address: &DatabaseAddress) -> Result<()> {
    let opening = |error| Error::opening(&address.shown, error);
    let mut connection = first(address).await?;
    let verdict: String = sqlx::query_scalar("pragma quick_check(1)")
        .fetch_one(&mut connection)
        .await
        .map_err(opening)?;
    connection.close().await.map_err(opening)?;
    if verdict == "ok" {
        return Ok(());
    }
    Err(Error::Damaged {
        url: address.shown.clone(),
        detail: verdict.replace('\n', " "),
    })
}

#[cfg(test)]
mod tests;
