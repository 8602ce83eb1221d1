//! Before a database is used: what is looked at, in which order, and the steps that bring it to its shape.

use std::{path::Path, time::Duration};

use sqlx::{AnyConnection, AnyPool, migrate::MigrateError};

use crate::{
    Error, Result, Role, blobs,
    carry::carry,
    connect, file,
    lock::{self, Lock},
    migrations::{self, CARRIED, NEWEST},
    open::EPOCH,
    place::Place,
    shape,
};

/// While another process is at work on what we look at.
const BETWEEN_LOOKS: Duration = Duration::from_millis(100);

/// The lock comes before everything that changes the database, and before it what cannot be mended.
pub(crate) async fn prepare(
    place: &Place,
    role: Role,
    files: Option<&Path>,
) -> Result<Option<Lock>> {
    let mut lock = None;
    if let Some(file) = &place.file {
        match role {
            Role::Bridge => lock = Some(lock::file(place, file)?),
            Role::Visitor if file::is_new(file) => return Err(missing(place)),
            Role::Visitor => {}
        }
        check_file(place, file).await?;
        if file::is_new(file) {
            refuse_beside(place, files)?;
        }
        if role == Role::Bridge {
            file::make(place, file)?;
            file::close_to_others(file);
        }
    }
    let mut connection = connect::first(place).await?;
    shape::refuse_another_programs(place, &mut connection).await?;
    if role == Role::Visitor {
        return match has_been_run_on(&mut connection).await? {
            true => Ok(None),
            false => Err(missing(place)),
        };
    }
    if place.file.is_some() {
        connect::check_ends(place, &mut connection).await?;
    }
    if !has_been_run_on(&mut connection).await? {
        refuse_beside(place, files)?;
    }
    match lock {
        Some(lock) => Ok(Some(lock)),
        None => Ok(Some(lock::advisory(place, connection).await?)),
    }
}

/// A command that makes the database at this moment is soon done.
async fn check_file(place: &Place, file: &Path) -> Result<()> {
    const MOST_LOOKS: u32 = 5;
    for _ in 1..MOST_LOOKS {
        if file::check(place, file).is_ok() {
            return Ok(());
        }
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    file::check(place, file)
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
fn missing(place: &Place) -> Error {
    Error::Missing {
        url: place.shown.clone(),
    }
}

fn refuse_beside(place: &Place, files: Option<&Path>) -> Result<()> {
    let Some(files) = files.filter(|it| blobs::are_kept_in(it)) else {
        return Ok(());
    };
    Err(Error::Emptied {
        url: place.shown.clone(),
        files: files.display().to_string(),
    })
}

/// The rows that no SQL can carry over go between two steps.
pub(crate) async fn migrate(place: &Place, pool: &AnyPool) -> Result<()> {
    take_steps(place, pool, CARRIED).await?;
    carry(place, pool).await?;
    take_steps(place, pool, NEWEST).await
}

/// A visitor and a bridge may find the same step undone at the same moment: whoever comes second finds it half
/// done, and done at the next look.
async fn take_steps(place: &Place, pool: &AnyPool, upto: i64) -> Result<()> {
    const MOST_LOOKS: u32 = 20;
    let mut looks = 1;
    while let Err(error) = migrations::migrator(place.engine(), upto).run(pool).await {
        let error = cannot_migrate(place, error);
        if looks == MOST_LOOKS || !matches!(error, Error::CannotOpen { .. }) {
            return Err(error);
        }
        looks += 1;
        tokio::time::sleep(BETWEEN_LOOKS).await;
    }
    Ok(())
}

fn cannot_migrate(place: &Place, error: MigrateError) -> Error {
    let url = place.shown.clone();
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
