//! Where the database is: what its address means, and how the address may be shown.

use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

use crate::{Error, Result, migrations::Engine};

#[derive(Debug, Clone)]
pub(crate) struct DatabaseAddress {
    /// As the driver wants it; may hold a password.
    pub(crate) dsn: String,
    /// Without user, password and options.
    pub(crate) shown: String,
    /// Of SQLite: one name for one file, however it was written.
    pub(crate) file: Option<PathBuf>,
}

impl DatabaseAddress {
    pub(crate) fn engine(&self) -> Engine {
        match self.file {
            Some(_) => Engine::Sqlite,
            None => Engine::Postgres,
        }
    }

    /// SQLite must ask for the right to write at once, for a transaction that asks in its middle is refused if another
    /// process wrote meanwhile.
    pub(crate) fn begin(&self) -> &'static str {
        match self.engine() {
            Engine::Sqlite => "begin immediate",
            Engine::Postgres => "begin",
        }
    }

    pub(crate) fn of(url: &str) -> Result<DatabaseAddress> {
        if let Some(rest) = url.strip_prefix("sqlite:") {
            return DatabaseAddress::file(url, rest);
        }
        Ok(DatabaseAddress {
            dsn: url.to_owned(),
            shown: without_credentials(url),
            file: None,
        })
    }

    fn file(url: &str, rest: &str) -> Result<DatabaseAddress> {
        let path = rest.strip_prefix("//").unwrap_or(rest);
        let path = path.split('?').next().unwrap_or(path);
        let file = real(Path::new(path)).map_err(|detail| Error::CannotOpen {
            url: url.to_owned(),
            detail,
        })?;
        Ok(DatabaseAddress {
            dsn: format!("sqlite://{}?mode=rw", escaped(&file)),
            shown: url.to_owned(),
            file: Some(file),
        })
    }
}

/// Two names of one file must not pass for two databases, so links are followed as SQLite does.
fn real(path: &Path) -> Result<PathBuf, String> {
    if path.as_os_str().is_empty() || path == Path::new(":memory:") {
        return Err(
            "a database in memory would forget everything: name a file, as in sqlite:causeway.db"
                .to_owned(),
        );
    }
    if path.is_dir() {
        return Err(format!("{} is a folder, not a file", path.display()));
    }
    if let Ok(real) = path.canonicalize() {
        return Ok(real);
    }
    let parent = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => path,
    };
    let folder = parent
        .canonicalize()
        .map_err(|error| format!("its folder {}: {error}", parent.display()))?;
    Ok(folder.join(path.file_name().unwrap_or_default()))
}

/// In an address, a question mark or a blank in a file's name would mean something else.
fn escaped(path: &Path) -> String {
    const SIGNS: &AsciiSet = &NON_ALPHANUMERIC
        .remove(b'/')
        .remove(b'-')
        .remove(b'_')
        .remove(b'.')
        .remove(b'~');
    percent_encode(path.as_os_str().as_encoded_bytes(), SIGNS).to_string()
}

fn without_credentials(url: &str) -> String {
    let url = url.split('?').next().unwrap_or(url);
    match (url.split_once("://"), url.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, place))) => format!("{scheme}://{place}"),
        _ => url.to_owned(),
    }
}
