//! What can go wrong with the store, each with its cure.

pub type Result<T, E = Error> = std::result::Result<T, E>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "the database {url} is damaged: {detail}. Stop here, keep a copy of the file, and restore the newest backup; \
         for SQLite `sqlite3 FILE .recover` may save what is left"
    )]
    Damaged { url: String, detail: String },
    #[error(
        "the database {url} was made by a newer version of Causeway (migration {version} is unknown here). \
         Install that version again, or restore the backup that was made before the upgrade"
    )]
    Newer { url: String, version: i64 },
    #[error(
        "the database {url} was shaped by another migration {version} than the one that this Causeway knows. \
         Use the Causeway that made it, or restore a backup that was made by this one"
    )]
    Foreign { url: String, version: i64 },
    #[error(
        "another Causeway is running on {url}. Stop it first, or give this one a database of its own"
    )]
    Locked { url: String },
    #[error(
        "the database {url} cannot be opened: {detail}. Check that the address is right and that it may be written"
    )]
    CannotOpen { url: String, detail: String },
    #[error(
        "another Causeway took over this database while this one was cut off from it: nothing more is written here. \
         Stop this one, or stop the other and start this one again"
    )]
    TakenOver,
    #[error("there is no {what} named `{name}`")]
    Unknown { what: &'static str, name: String },
    #[error("{0}")]
    Conflict(String),
    #[error("the store failed: {0}")]
    Sql(#[from] sqlx::Error),
    /// What befell a whole transaction, for each caller whose work was in it.
    #[error("{0}")]
    Together(String),
    #[error("an earlier event of the same channel could not be taken in, and none may overtake it")]
    Behind,
    #[error("a piece of work ended in an unexpected way; the log says where")]
    Panicked,
    #[error("a stored value cannot be read: {0}")]
    Unreadable(String),
    #[error("a file could not be kept: {0}")]
    Io(#[from] std::io::Error),
    #[error("a file is larger than the {limit} bytes that are taken in")]
    TooLarge { limit: u64 },
    #[error("the store is closed")]
    Closed,
}

impl Error {
    /// For each of those whom it befell.
    pub(crate) fn shared(&self) -> Error {
        match self {
            Error::TakenOver => Error::TakenOver,
            other => Error::Together(other.to_string()),
        }
    }

    /// The same work would fail again: it lies neither with the database nor with the way to it.
    pub fn is_permanent(&self) -> bool {
        match self {
            Error::Panicked | Error::Unreadable(_) => true,
            Error::Sql(error) => !is_passing(error),
            _ => false,
        }
    }

    /// The database is full, busy, away or cut off: whatever else is to be written fares no better.
    pub(crate) fn is_of_the_database(&self) -> bool {
        matches!(self, Error::Sql(error) if is_passing(error))
    }
}

fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => !is_of_the_statement(&error.code().unwrap_or_default()),
        _ => false,
    }
}

/// Postgres has codes of five characters in classes of two; SQLite has numbers, of which the lowest byte counts.
fn is_of_the_statement(code: &str) -> bool {
    if code.len() == 5 {
        return ["22", "23", "42", "54"].contains(&&code[..2]);
    }
    let number: u32 = code.parse().unwrap_or(0);
    // ERROR, TOOBIG, CONSTRAINT, MISMATCH and RANGE.
    [1, 18, 19, 20, 25].contains(&(number & 0xff))
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::Unreadable(error.to_string())
    }
}
