//! Before a database is used: what is looked at, in which order, and the steps that bring it to its shape.

pub(crate) mod progress;

use std::{path::Path, time::Duration};

use sqlx::{AnyConnection, AnyPool, Connection, migrate::MigrateError};

use crate::{
    Error, Result, Role,
    address::DatabaseAddress,
    carry::carry,
    connect, file,
    key_file::KeyFile,
    keys::InstallationKey,
    lock::{self, Lock},
    migrations::{self, CARRIED, NEWEST},
    open::EPOCH,
    shape,
};

/// While another process is at work on what we look at.
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// The lock comes before everything that changes the database, and before it what cannot be mended.
pub(crate) async fn prepare(
    address: &DatabaseAddress,
    role: Role,
    files: Option<&Path>,
) -> Result<Option<Lock>> {
    let mut lock = None;
    if let Some(file) = &address.file {
        match role {
            Role::Bridge => lock = Some(lock::file(address, file)?),
            Role::Visitor if file::is_new(file) => return Err(missing(address)),
            Role::Visitor => {}
        }
        check_file(address, file).await?;
        if file::is_new(file) {
            refuse_beside(address, files)?;
        }
        if role == Role::Bridge {
            file::make(address, file)?;
            file::close_to_others(file);
        }
    }
    let mut connection = connect::first(address).await?;
    let refused = shape::refuse_another_programs(address, &mut connection).await;
    if refused.is_err() {
        // Nothing of ours is to lie beside another program's file.
        let _ = connection.close().await;
        return refused.map(|()| None);
    }
    if role == Role::Visitor {
        return match has_been_run_on(&mut connection).await? {
            true => Ok(None),
            false => Err(missing(address)),
        };
    }
    if address.file.is_some() {
        connect::check_ends(address, &mut connection).await?;
    }
    if !has_been_run_on(&mut connection).await? {
        refuse_beside(address, files)?;
    }
    match lock {
        Some(lock) => Ok(Some(lock)),
        None => Ok(Some(lock::advisory(address, connection).await?)),
    }
}

/// A command that makes the database at this moment is soon done.
async fn check_file(address: &DatabaseAddress, file: &Path) -> Result<()> {
    const MOST_LOOKS: u32 = 5;
    for _ in 1..MOST_LOOKS {
        if file::check(address, file).is_ok() {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    file::check(address, file)
}

async fn has_been_run_on(connection: &mut AnyConnection) -> Result<bool> {
    let starts = sqlx::query("select value from setting where community_id = '' and name = $1")
        .bind(EPOCH)
        .fetch_optional(connection)
        .await;
    match starts.map_err(Error::from) {
        Ok(starts) => Ok(starts.is_some()),
        Err(Error::Incomplete { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whoever only visits makes none: it may be meant elsewhere.
fn missing(address: &DatabaseAddress) -> Error {
    Error::Missing {
        url: address.shown.clone(),
    }
}

fn refuse_beside(address: &DatabaseAddress, files: Option<&Path>) -> Result<()> {
    let Some(files) = files.filter(|it| blobs::holds_files(it)) else {
        return Ok(());
    };
    Err(Error::Emptied {
        url: address.shown.clone(),
        files: files.display().to_string(),
    })
}

/// A visitor takes no step: what it does is soon done, and a step may take minutes.
pub(crate) async fn migrate(
    address: &DatabaseAddress,
    pool: &AnyPool,
    key_file: &KeyFile<'_>,
    role: Role,
) -> Result<InstallationKey> {
    let last = last_step(pool).await?;
    match role {
        Role::Bridge if last <= CARRIED => reshape(address, pool, key_file, last > 0).await,
        Role::Bridge => {
            let key = key_file.key(pool, role).await?;
            take_steps(address, pool, NEWEST).await?;
            Ok(key)
        }
        Role::Visitor => {
            take_steps(address, pool, last.min(NEWEST)).await?;
            match last < NEWEST {
                true => Err(older(address)),
                false => key_file.key(pool, role).await,
            }
        }
    }
}

/// 0 before the first.
async fn last_step(pool: &AnyPool) -> Result<i64> {
    let last: sqlx::Result<Option<i64>> =
        sqlx::query_scalar("select max(version) from _sqlx_migrations")
            .fetch_one(pool)
            .await;
    match last.map_err(Error::from) {
        Ok(last) => Ok(last.unwrap_or(0)),
        Err(Error::Incomplete { .. }) => Ok(0),
        Err(error) => Err(error),
    }
}

/// The rows that no SQL can carry over go between two steps. Whoever is killed in the middle of it goes on at the next start.
async fn reshape(
    address: &DatabaseAddress,
    pool: &AnyPool,
    key_file: &KeyFile<'_>,
    is_used: bool,
) -> Result<InstallationKey> {
    take_steps(address, pool, CARRIED).await?;
    let key = key_file.key(pool, Role::Bridge).await?;
    fence_off(pool).await?;
    if is_used {
        let messages: i64 = sqlx::query_scalar("select count(*) from message")
            .fetch_one(pool)
            .await?;
        tracing::info!(
            messages,
            "the database gets its new shape, which takes about a minute for each million messages"
        );
    }
    carry(address, pool, &key).await?;
    progress::while_it_works(take_steps(address, pool, NEWEST)).await?;
    if is_used {
        tracing::info!("the database has its new shape");
    }
    Ok(key)
}

/// An older bridge that was cut off from its lock may still write, and what it wrote behind us would be lost: from here on it
/// finds that another took over.
async fn fence_off(pool: &AnyPool) -> Result<()> {
    sqlx::query(
        "update setting set value = cast(cast(value as bigint) + 1 as text) where community_id = '' and name = $1",
    )
    .bind(EPOCH)
    .execute(pool)
    .await?;
    Ok(())
}

async fn take_steps(address: &DatabaseAddress, pool: &AnyPool, upto: i64) -> Result<()> {
    let taken = migrations::migrator(address.engine(), upto).run(pool).await;
    taken.map_err(|error| cannot_migrate(address, error))
}

fn older(address: &DatabaseAddress) -> Error {
    Error::Older {
        url: address.shown.clone(),
    }
}

fn cannot_migrate(address: &DatabaseAddress, error: MigrateError) -> Error {
    let url = address.shown.clone();
    match error {
        MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => {
            Error::Newer { url, version }
        }
        MigrateError::VersionMismatch(version) => Error::Foreign { url, version },
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            Error::opening(&url, error)
        }
        other => Error::CannotOpen {
            url,
            detail: other.to_string(),
        },
    }
}
