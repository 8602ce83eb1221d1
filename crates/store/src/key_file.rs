//! The file with the key of the installation: beside SQLite, or where the configuration says.
//!
//! **Invariant:** the bridge makes one for a store that has none yet, and for no other: what was lost is never made anew
//! in silence. It is on disk before anything depends on it.

use std::{
    fs::{self, File},
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

use blobs::private;
use sqlx::AnyPool;

use crate::{
    Error, Result, Role,
    address::DatabaseAddress,
    file::beside,
    keys::{InstallationKey, random},
};

/// The setting by which a store knows its key: a hash under it.
const KNOWN_BY: &str = "key_file";
const BEGIN: &str = "causeway-key-1:";
/// What a file of ours never reaches.
const LARGEST: u64 = 1024;

pub(crate) struct KeyFile<'a> {
    address: &'a DatabaseAddress,
    path: PathBuf,
}

impl<'a> KeyFile<'a> {
    pub(crate) fn of(address: &'a DatabaseAddress, named: Option<&Path>) -> Result<KeyFile<'a>> {
        let path = match (named, &address.file) {
            (Some(named), _) => named.to_owned(),
            (None, Some(file)) => beside(file, ".key"),
            (None, None) => {
                return Err(Error::KeyNotNamed {
                    url: address.shown.clone(),
                });
            }
        };
        Ok(KeyFile { address, path })
    }

    /// The key of the store; of one that has none yet, as an older version left it, the bridge makes it.
    pub(crate) async fn key(&self, pool: &AnyPool, role: Role) -> Result<InstallationKey> {
        let known: Option<String> =
            sqlx::query_scalar("select value from setting where community_id = '' and name = $1")
                .bind(KNOWN_BY)
                .fetch_optional(pool)
                .await?;
        let secret = match (self.read()?, &known, role) {
            (Some(secret), _, _) => secret,
            (None, None, Role::Bridge) => self.make()?,
            (None, _, _) => return Err(self.refused("is not there")),
        };
        let key = InstallationKey::new(&secret);
        let ours = key.hash(KNOWN_BY, "");
        match known {
            Some(known) if known != ours => return Err(self.refused("is another store's")),
            None if role == Role::Bridge => {
                sqlx::query("insert into setting (community_id, name, value) values ('', $1, $2)")
                    .bind(KNOWN_BY)
                    .bind(ours)
                    .execute(pool)
                    .await?;
            }
            _ => {}
        }
        Ok(key)
    }

    /// None where there is no file.
    fn read(&self) -> Result<Option<[u8; 32]>> {
        let unreadable = |error: std::io::Error| self.refused(&format!("cannot be read ({error})"));
        match fs::metadata(&self.path) {
            Ok(found) if found.is_file() => {}
            // A pipe would be waited for.
            Ok(_) => return Err(self.refused("is no file")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(unreadable(error)),
        }
        let file = File::open(&self.path).map_err(unreadable)?;
        let mut text = Vec::new();
        file.take(LARGEST)
            .read_to_end(&mut text)
            .map_err(unreadable)?;
        let secret = parsed(&text).ok_or_else(|| self.refused("holds no key of Causeway's"))?;
        // What is not ours is left as it is.
        private::close(&self.path);
        Ok(Some(secret))
    }

    /// Whole or not at all: under its own name it appears when it is on disk.
    fn make(&self) -> Result<[u8; 32]> {
        let secret = random();
        let half_done = beside(&self.path, ".new");
        let written = || {
            let _ = fs::remove_file(&half_done);
            let mut file = private::options().create_new(true).open(&half_done)?;
            writeln!(file, "{BEGIN}{}", hex::encode(secret))?;
            file.sync_all()?;
            fs::rename(&half_done, &self.path)?;
            let folder = self.path.parent().filter(|it| !it.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
        };
        written().map_err(|error| Error::KeyNotMade {
            file: self.path.display().to_string(),
            detail: error.to_string(),
        })?;
        tracing::info!(file = %self.path.display(), "the store has a key file from now on: keep a copy of it, apart from backups of the store");
        Ok(secret)
    }

    fn refused(&self, trouble: &str) -> Error {
        Error::KeyRefused {
            url: self.address.shown.clone(),
            file: self.path.display().to_string(),
            trouble: trouble.to_owned(),
        }
    }
}

fn parsed(text: &[u8]) -> Option<[u8; 32]> {
    let digits = std::str::from_utf8(text).ok()?.trim_end();
    let digits = digits.strip_prefix(BEGIN)?.as_bytes();
    let digit = |it: u8| {
        char::from(it)
            .to_digit(16)
            .and_then(|it| u8::try_from(it).ok())
    };
    let mut secret = [0; 32];
    if digits.len() != 2 * secret.len() {
        return None;
    }
    for (byte, pair) in secret.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(secret)
}
