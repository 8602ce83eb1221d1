//! What can go wrong with the store, each with its cure.

mod refusal;
mod sql;

pub use refusal::{Refusal, Thing};

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
        "the database {url} is as an older version of Causeway left it, and this command does not change its shape. Start the \
         bridge (`causeway run`), which brings it up to date and says so in its log, then try again"
    )]
    Older { url: String },
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
        "the database {url} has lost {missing}, which Causeway made in it. Stop here, keep a copy, and restore the newest \
         backup; without it, `store.url` may name a new one"
    )]
    Incomplete { url: String, missing: String },
    #[error(
        "the database {url} was deleted, moved or replaced while Causeway was running on it; nothing was taken in since. \
         Put it back or restore the newest backup, then start again"
    )]
    Gone { url: String },
    #[error(
        "the database {url} is new or empty, but the folder {files} holds files of an earlier one: that was lost or emptied, \
         or `store.url` names another place. Restore the newest backup; if it is meant to be new, move that folder away"
    )]
    Emptied { url: String, files: String },
    #[error(
        "there is no database {url} yet, and this command makes none: `causeway run` does, at its first start. If there should \
         be one, look at `store.url`, and from which folder it counts"
    )]
    Missing { url: String },
    #[error(
        "the database {url} needs a key file, and none is named: write as `store.key_file` where it is to be. The first start \
         makes it there"
    )]
    KeyNotNamed { url: String },
    #[error(
        "the key file {file} cannot be made: {detail}. Let the account that runs Causeway write into its folder, or name \
         another place as `store.key_file`"
    )]
    KeyNotMade { file: String, detail: String },
    #[error(
        "the key file {file} of the database {url} {trouble}. Without the key nobody is known again by the hashes in the \
         database, so nothing was changed: put the file back from where you keep its copy, readable for the account that runs \
         Causeway, or correct `store.key_file`. Without any copy, `store.url` may name a new database"
    )]
    KeyRefused {
        url: String,
        file: String,
        trouble: String,
    },
    #[error(
        "the database {url} belongs to another program: {detail}. Give Causeway a database of its own in `store.url`"
    )]
    NotOurs { url: String, detail: String },
    #[error(
        "beside the database {url} lies {beside}, and SQLite would write it over the database. Move it away if the database is \
         what you mean to keep; put back the database that it belongs to if not"
    )]
    Beside { url: String, beside: String },
    #[error(
        "the database {url} may not be written: {detail}. Give the user or role that Causeway runs as the right to write: \
         to the file and its folder on SQLite; to make and change tables, on a server that is no standby, on Postgres"
    )]
    ReadOnly { url: String, detail: String },
    #[error(
        "the database {url} has no room: {detail}. Make room on its disk; nothing that was taken in is lost"
    )]
    Full { url: String, detail: String },
    #[error(
        "another Causeway took over this database while this one was cut off from it: nothing more is written here. \
         Stop this one, or stop the other and start this one again"
    )]
    TakenOver,
    #[error("there is no {what} named `{name}`")]
    Unknown { what: Thing, name: String },
    #[error("{0}")]
    Refused(#[from] Refusal),
    #[error("the store failed: {0}")]
    Sql(sqlx::Error),
    /// What befell a whole transaction, for each caller whose work was in it.
    #[error("{0}")]
    Together(String),
    #[error("an earlier event of the same channel could not be taken in, and none may overtake it")]
    Behind,
    #[error("a piece of work ended in an unexpected way; the log says where")]
    Panicked,
    #[error("a stored value cannot be read: {0}")]
    Unreadable(String),
    #[error("a file of the store failed: {0}")]
    Io(#[from] std::io::Error),
    #[error("the store is closed")]
    Closed,
}

impl Error {
    /// For each of those whom it befell.
    pub(crate) fn shared(&self) -> Error {
        match self {
            Error::TakenOver => Error::TakenOver,
            Error::Damaged { url, detail } => Error::Damaged {
                url: url.clone(),
                detail: detail.clone(),
            },
            Error::Incomplete { url, missing } => Error::Incomplete {
                url: url.clone(),
                missing: missing.clone(),
            },
            Error::Gone { url } => Error::Gone { url: url.clone() },
            Error::ReadOnly { url, detail } => Error::ReadOnly {
                url: url.clone(),
                detail: detail.clone(),
            },
            other => Error::Together(other.to_string()),
        }
    }

    /// The store is not ours any more, or not as we left it: whatever is tried again fails again.
    pub(crate) fn is_lost(&self) -> bool {
        matches!(
            self,
            Error::TakenOver
                | Error::Damaged { .. }
                | Error::Incomplete { .. }
                | Error::Gone { .. }
                | Error::ReadOnly { .. }
        )
    }

    /// The same work would fail again: it lies neither with the database nor with the way to it.
    pub fn is_permanent(&self) -> bool {
        match self {
            Error::Panicked | Error::Unreadable(_) => true,
            Error::Sql(error) => !sql::is_passing(error),
            _ => false,
        }
    }

    /// Nothing can be written for now: the store tells of it once, and whoever tries again need not.
    pub fn passes(&self) -> bool {
        !self.is_lost() && (self.is_of_the_database() || matches!(self, Error::Together(_)))
    }

    /// Of two transactions that waited for each other, a server gave up this one. Done again, it goes through.
    pub(crate) fn is_a_crossing(&self) -> bool {
        match self {
            Error::Sql(sqlx::Error::Database(error)) => {
                matches!(error.code().as_deref(), Some("40P01" | "40001"))
            }
            _ => false,
        }
    }

    /// The database is full, busy, away, cut off or lost: whatever else is to be written fares no better.
    pub(crate) fn is_of_the_database(&self) -> bool {
        match self {
            Error::Sql(error) => sql::is_passing(error),
            Error::Full { .. } => true,
            other => other.is_lost(),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::Unreadable(error.to_string())
    }
}
