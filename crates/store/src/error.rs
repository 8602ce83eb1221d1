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

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::Unreadable(error.to_string())
    }
}
