//! Who may read what we keep: the account that runs us, and nobody else, whatever its umask.
//!
//! **Invariant:** only what we made ourselves is changed. A folder that was there before stays as its owner wants it.

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

const FILE: u32 = 0o600;
const FOLDER: u32 = 0o700;
/// Of the group and of everybody else.
const OTHERS: u32 = 0o077;
/// On folders that many write into, as `/tmp`.
const STICKY: u32 = 0o1000;

/// To be written, made if it is not there.
pub fn file(path: &Path) -> io::Result<File> {
    let file = options().create(true).truncate(false).open(path)?;
    tighten(path, FILE);
    Ok(file)
}

/// For a file that nobody has yet.
pub fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(FILE);
    options
}

/// Makes the folder, and those above it that are missing.
pub fn folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    DirBuilder::new()
        .recursive(true)
        .mode(FOLDER)
        .create(path)?;
    fs::set_permissions(path, Permissions::from_mode(FOLDER))
}

/// A file of ours that others may read, as an earlier version left it, is closed to them.
pub fn close(path: &Path) {
    if tighten(path, FILE) {
        tracing::warn!(file = %path.display(), "others on this machine could read it: it is ours alone from now on");
    }
}

/// A folder of ours with such files in it.
pub fn close_folder<'a>(path: &Path, files: impl Iterator<Item = &'a Path>) {
    let closed = files.filter(|it| tighten(it, FILE)).count();
    if tighten(path, FOLDER) || closed > 0 {
        tracing::warn!(
            folder = %path.display(),
            files = closed,
            "others on this machine could read the folder or files in it: they are ours alone from now on"
        );
    }
}

/// Whether it was open to others, and is no longer.
fn tighten(path: &Path, mode: u32) -> bool {
    let Ok(found) = fs::metadata(path) else {
        return false;
    };
    if found.mode() & OTHERS == 0 || found.mode() & STICKY != 0 {
        return false;
    }
    let done = fs::set_permissions(path, Permissions::from_mode(mode));
    if let Err(error) = &done {
        tracing::warn!(
            path = %path.display(),
            %error,
            "others on this machine can read it, and it is not ours to change: chmod go= as its owner"
        );
    }
    done.is_ok()
}
