//! Files that pass through, on disk under the hash of what they hold, up to a limit in all.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use conversation::{BlobRef, ByteStream};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use tokio::{fs, io::AsyncWriteExt};

use crate::{Error, Result};

#[derive(Debug, Clone)]
pub struct Blobs {
    dir: PathBuf,
    /// In bytes.
    max_total: u64,
    max_file: u64,
}

impl Blobs {
    /// `max_file` and `max_total` in bytes.
    pub async fn open(dir: &Path, max_file: u64, max_total: u64) -> Result<Blobs> {
        fs::create_dir_all(dir).await?;
        let blobs = Blobs {
            dir: dir.to_owned(),
            max_total,
            max_file,
        };
        blobs.remove_stale().await?;
        Ok(blobs)
    }

    /// What a process left half written when it died.
    async fn remove_stale(&self) -> Result<()> {
        let mut entries = fs::read_dir(&self.dir).await?;
        while let Some(entry) = entries.next_entry().await? {
            if is_partial(&entry.path()) {
                fs::remove_file(entry.path()).await?;
            }
        }
        Ok(())
    }

    pub fn path(&self, blob: &BlobRef) -> PathBuf {
        self.dir.join(&blob.sha256)
    }

    /// Written and synced when it answers; the stream is never whole in memory.
    pub async fn keep(&self, file: ByteStream) -> Result<BlobRef> {
        let partial = Partial(self.dir.join(format!("{PARTIAL}{}", uuid::Uuid::new_v4())));
        let blob = self.write(&partial.0, file).await?;
        fs::rename(&partial.0, self.path(&blob)).await?;
        fs::File::open(&self.dir).await?.sync_all().await?;
        self.make_room(&blob).await?;
        Ok(blob)
    }

    async fn write(&self, path: &Path, mut file: ByteStream) -> Result<BlobRef> {
        let mut out = fs::File::create(path).await?;
        let mut hash = Sha256::new();
        let mut size = 0_u64;
        while let Some(piece) = file.next().await {
            let piece = piece.map_err(|error| std::io::Error::other(error.to_string()))?;
            size += piece.len() as u64;
            if size > self.max_file {
                return Err(Error::TooLarge {
                    limit: self.max_file,
                });
            }
            hash.update(&piece);
            out.write_all(&piece).await?;
        }
        out.sync_all().await?;
        let sha256 = hash
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Ok(BlobRef { sha256, size })
    }

    /// The oldest files go first; the newest one stays whatever the limit.
    async fn make_room(&self, newest: &BlobRef) -> Result<()> {
        let mut files = self.files().await?;
        let mut total: u64 = files.iter().map(|(_, size, _)| size).sum();
        files.sort();
        for (_, size, path) in files {
            if total <= self.max_total {
                break;
            }
            if path != self.path(newest) {
                gone(fs::remove_file(&path).await)?;
                total -= size;
            }
        }
        Ok(())
    }

    /// Without those that are being written.
    async fn files(&self) -> Result<Vec<(SystemTime, u64, PathBuf)>> {
        let mut found = Vec::new();
        let mut entries = fs::read_dir(&self.dir).await?;
        while let Some(entry) = entries.next_entry().await? {
            if is_partial(&entry.path()) {
                continue;
            }
            if let Some(about) = gone(entry.metadata().await)? {
                found.push((about.modified()?, about.len(), entry.path()));
            }
        }
        Ok(found)
    }
}

const PARTIAL: &str = "partial-";

fn is_partial(path: &Path) -> bool {
    path.file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(PARTIAL.as_bytes()))
}

/// Another upload that makes room may have taken the file away before us.
fn gone<T>(outcome: std::io::Result<T>) -> Result<Option<T>> {
    match outcome {
        Ok(done) => Ok(Some(done)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A file that is being written; gone when it is dropped, however the writing ends.
struct Partial(PathBuf);

impl Drop for Partial {
    fn drop(&mut self) {
        // Under its final name, once it is whole, there is nothing left here to remove.
        let _ = std::fs::remove_file(&self.0);
    }
}
