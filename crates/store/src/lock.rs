//! One running Causeway for each database.

use std::{
    fs::{File, TryLockError},
    sync::Mutex,
};

use sqlx::{AnyPool, pool::PoolConnection};

use crate::{Error, Result};

/// Held for as long as the process runs; the system lets go of it when the process dies.
#[derive(Debug)]
pub(crate) enum Lock {
    File {
        _file: File,
    },
    Connection {
        _connection: Mutex<PoolConnection<sqlx::Any>>,
    },
}

/// A number of our own among the advisory locks of a Postgres database.
const ADVISORY_KEY: i64 = 0x6361_7573_6577_6179;

pub(crate) fn file(url: &str, path: &str) -> Result<Lock> {
    let file = File::create(format!("{path}.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock::File { _file: file }),
        Err(TryLockError::WouldBlock) => Err(Error::Locked { url: url.into() }),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

pub(crate) async fn advisory(url: &str, pool: &AnyPool) -> Result<Lock> {
    let mut connection = pool.acquire().await?;
    let taken: i64 = sqlx::query_scalar(
        "select cast(case when pg_try_advisory_lock($1) then 1 else 0 end as bigint)",
    )
    .bind(ADVISORY_KEY)
    .fetch_one(&mut *connection)
    .await?;
    if taken == 0 {
        return Err(Error::Locked { url: url.into() });
    }
    Ok(Lock::Connection {
        _connection: Mutex::new(connection),
    })
}
