//! What the two engines' codes mean: Postgres has five characters in classes of two; SQLite has numbers, of which the
//! lowest byte counts.

use super::Error;

/// In place of its address, for whoever runs on it knows which one it is.
const IN_USE: &str = "in use";

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        let Some(said) = error.as_database_error() else {
            return Error::Sql(error);
        };
        let (url, detail) = (IN_USE.to_owned(), said.message().to_owned());
        match said.code().unwrap_or_default().as_ref() {
            // undefined_table, undefined_column, invalid_schema_name
            "42P01" | "42703" | "3F000" => Error::Incomplete {
                url,
                missing: format!("a table or a column ({detail})"),
            },
            // invalid_catalog_name
            "3D000" => Error::Gone { url },
            // read_only_sql_transaction, insufficient_privilege
            "25006" | "42501" => Error::ReadOnly { url, detail },
            // disk_full
            "53100" => Error::Full { url, detail },
            // data_corrupted, index_corrupted
            "XX001" | "XX002" => Error::Damaged { url, detail },
            code => match of_sqlite(code, &detail) {
                Some(make) => make(url, detail),
                None => Error::Sql(error),
            },
        }
    }
}

fn of_sqlite(code: &str, detail: &str) -> Option<fn(String, String) -> Error> {
    let number: u32 = code.parse().ok().filter(|_| code.len() != 5)?;
    match number & 0xff {
        // IOERR_SHMSIZE: there is no room for the file beside it that all who use it share.
        _ if number == 4874 => Some(|url, detail| Error::Full { url, detail }),
        // ERROR
        1 if is_missing(detail) => Some(|url, detail| Error::Incomplete {
            url,
            missing: format!("a table or a column ({detail})"),
        }),
        // READONLY
        8 => Some(|url, detail| Error::ReadOnly { url, detail }),
        // CORRUPT, NOTADB
        11 | 26 => Some(|url, detail| Error::Damaged { url, detail }),
        // FULL
        13 => Some(|url, detail| Error::Full { url, detail }),
        _ => None,
    }
}

fn is_missing(detail: &str) -> bool {
    ["no such table", "no such column", "has no column named"]
        .iter()
        .any(|it| detail.contains(it))
}

pub(super) fn is_passing(error: &sqlx::Error) -> bool {
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

fn is_of_the_statement(code: &str) -> bool {
    if code.len() == 5 {
        return ["22", "23", "42", "54"].contains(&&code[..2]);
    }
    let number: u32 = code.parse().unwrap_or(0);
    // ERROR, TOOBIG, CONSTRAINT, MISMATCH and RANGE.
    [1, 18, 19, 20, 25].contains(&(number & 0xff))
}

impl Error {
    /// Under the address that people know.
    pub(crate) fn at(self, shown: &str) -> Error {
        let url = shown.to_owned();
        match self {
            Error::Damaged { detail, .. } => Error::Damaged { url, detail },
            Error::Incomplete { missing, .. } => Error::Incomplete { url, missing },
            Error::Gone { .. } => Error::Gone { url },
            Error::ReadOnly { detail, .. } => Error::ReadOnly { url, detail },
            Error::Full { detail, .. } => Error::Full { url, detail },
            other => other,
        }
    }

    /// What kept a database from being opened.
    pub(crate) fn opening(shown: &str, error: sqlx::Error) -> Error {
        let detail = match error.as_database_error() {
            Some(said) => said.message().to_owned(),
            None => error.to_string(),
        };
        match Error::from(error) {
            Error::Sql(_) | Error::Gone { .. } => Error::CannotOpen {
                url: shown.to_owned(),
                detail,
            },
            known => known.at(shown),
        }
    }
}
