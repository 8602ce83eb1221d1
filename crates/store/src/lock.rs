//! One running Causeway for each database.

use std::{
    fs::{File, TryLockError},
    io::ErrorKind,
    path::Path,
    time::Duration,
};

use sqlx::{AnyConnection, Connection};

use blobs::private;

use crate::{Error, Result, address::DatabaseAddress};

/// Held for as long as the process runs; the system lets go of it when the process dies.
#[derive(Debug)]
pub(crate) enum Lock {
    File { _file: File },
    Connection(Box<AnyConnection>),
}

/// A number of our own among the advisory locks of a Postgres database.
const ADVISORY_KEY: i64 = 0x6361_7573_6577_6179;
/// Postgres notices within moments, not at once, that the holder of a lock was killed.
const PATIENCE: u32 = 20;
const BETWEEN_TRIES: Duration = Duration::from_millis(100);

pub(crate) fn file(address: &DatabaseAddress, path: &Path) -> Result<Lock> {
    let cannot_open = |error: std::io::Error| {
        let detail = format!("its lock file {}.lock: {error}", path.display());
        let url = address.shown.clone();
        match error.kind() {
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                Error::ReadOnly { url, detail }
            }
            ErrorKind::StorageFull => Error::Full { url, detail },
            _ => Error::CannotOpen { url, detail },
        }
    };
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = private::file(Path::new(&name)).map_err(cannot_open)?;
    match file.try_lock() {
        Ok(()) => Ok(Lock::File { _file: file }),
        Err(TryLockError::WouldBlock) => Err(locked(address)),
        Err(TryLockError::Error(error)) => Err(cannot_open(error)),
    }
}

/// The connection belongs to the lock: one out of a pool could be lent, replaced or waited for.
pub(crate) async fn advisory(
    address: &DatabaseAddress,
    mut connection: AnyConnection,
) -> Result<Lock> {
    for _ in 0..PATIENCE {
        let taken: i64 = sqlx::query_scalar(
            "select cast(case when pg_try_advisory_lock($1) then 1 else 0 end as bigint)",
        )
        .bind(ADVISORY_KEY)
        .fetch_one(&mut connection)
        .await?;
        if taken == 1 {
            return Ok(Lock::Connection(Box::new(connection)));
        }
        tokio::time::sleep(BETWEEN_TRIES).await;
    }
    Err(locked(address))
}

impl Lock {
    /// Once this is done, the next Causeway can start.
    pub(crate) async fn release(self) -> Result<()> {
        if let Lock::Connection(mut connection) = self {
            sqlx::query(
                "select cast(case when pg_advisory_unlock($1) then 1 else 0 end as bigint)",
            )
            .bind(ADVISORY_KEY)
            .execute(&mut *connection)
            .await?;
            connection.close().await?;
        }
        Ok(())
    }
}

fn locked(address: &DatabaseAddress) -> Error {
    Error::Locked {
        url: address.shown.clone(),
    }
}
