//! Where files lie: under their hashes, in one folder of this machine.
//!
//! **Invariant:** whatever is done to files once they are whole is done here, by what a bucket can do as well: put,
//! list, touch, remove.

use std::{
    io,
    path::{Path, PathBuf},
    time::SystemTime,
};

use tokio::fs;

use crate::private;

/// What is not whole yet, and is nobody's.
const PARTIAL: &str = "partial-";
/// As long as a hash of SHA-256 in hex.
const NAME: usize = 64;

#[derive(Clone)]
pub(crate) struct Folder(PathBuf);

/// A file that is here.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Kept {
    /// The file's own time says so, which outlives the process: it lies in the future for a link.
    pub(crate) needed_until: SystemTime,
    pub(crate) size: u64,
    pub(crate) hash: String,
}

/// Whether a bridge kept files there.
pub fn holds_files(dir: &Path) -> bool {
    !kept_in(dir).is_empty()
}

fn kept_in(dir: &Path) -> Vec<PathBuf> {
    let is_hash = |name: &str| name.len() == NAME && name.bytes().all(|it| it.is_ascii_hexdigit());
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let kept = entries.filter(|it| it.file_name().to_str().is_some_and(is_hash));
    kept.map(|it| it.path()).collect()
}

impl Folder {
    /// Made if it is not there. What a process left half written when it died goes.
    pub(crate) async fn open(dir: &Path) -> io::Result<Folder> {
        private::folder(dir)?;
        let mut entries = fs::read_dir(dir).await?;
        while let Some(entry) = entries.next_entry().await? {
            if is_partial(&entry.file_name()) {
                fs::remove_file(entry.path()).await?;
            }
        }
        // A folder in which nothing of ours lies is somebody else's.
        let ours = kept_in(dir);
        if !ours.is_empty() {
            private::close_folder(dir, ours.iter().map(PathBuf::as_path));
        }
        Ok(Folder(dir.to_owned()))
    }

    pub(crate) fn path(&self, hash: &str) -> PathBuf {
        self.0.join(hash)
    }

    /// For a file on its way here.
    pub(crate) fn partial(&self) -> io::Result<Partial> {
        // Somebody may have tidied it away.
        private::folder(&self.0)?;
        let name = format!("{PARTIAL}{}", uuid::Uuid::new_v4());
        Ok(Partial(self.0.join(name)))
    }

    /// Once it is synced.
    pub(crate) async fn put(&self, whole: &Partial, hash: &str) -> io::Result<()> {
        fs::rename(&whole.0, self.path(hash)).await?;
        fs::File::open(&self.0).await?.sync_all().await
    }

    /// Without those that are being written.
    pub(crate) async fn list(&self) -> io::Result<Vec<Kept>> {
        let mut found = Vec::new();
        let mut entries = fs::read_dir(&self.0).await?;
        while let Some(entry) = entries.next_entry().await? {
            let Some(hash) = entry
                .file_name()
                .into_string()
                .ok()
                .filter(|it| !it.starts_with(PARTIAL))
            else {
                continue;
            };
            if let Some(about) = gone(entry.metadata().await)? {
                found.push(Kept {
                    needed_until: about.modified()?,
                    size: about.len(),
                    hash,
                });
            }
        }
        Ok(found)
    }

    /// False if it is not here any more.
    pub(crate) async fn touch(&self, hash: &str, until: SystemTime) -> io::Result<bool> {
        let path = self.path(hash);
        let touched = tokio::task::spawn_blocking(move || {
            let file = std::fs::File::options().append(true).open(path)?;
            match file.metadata()?.modified()? < until {
                true => file.set_modified(until),
                false => Ok(()),
            }
        });
        Ok(gone(touched.await.map_err(io::Error::other)?)?.is_some())
    }

    /// False if it was kept again or needed meanwhile: then it stays.
    pub(crate) async fn remove(&self, file: &Kept) -> io::Result<bool> {
        let path = self.path(&file.hash);
        if let Some(about) = gone(fs::metadata(&path).await)?
            && about.modified()? > file.needed_until
        {
            return Ok(false);
        }
        gone(fs::remove_file(path).await)?;
        Ok(true)
    }
}

fn is_partial(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(PARTIAL.as_bytes())
}

/// Another upload that makes room may have taken the file away before us.
fn gone<T>(outcome: io::Result<T>) -> io::Result<Option<T>> {
    match outcome {
        Ok(done) => Ok(Some(done)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A file that is being written; gone when it is dropped, however the writing ends.
pub(crate) struct Partial(pub(crate) PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        // Under its final name, once it is whole, there is nothing left here to remove.
        let _ = std::fs::remove_file(&self.0);
    }
}
