//! Files that pass through, on disk under the hash of what they hold, up to a limit in all.
//!
//! **Invariant:** no file gets its name before what it says about a place is gone, and no file is whole in memory.

use std::{
    io::{Read, Seek},
    path::{Path, PathBuf},
    sync::Arc,
    time::SystemTime,
};

use conversation::{BlobRef, ByteStream};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use tokio::{fs, io::AsyncWriteExt};

use crate::{Error, Result, Store, health::Health, private, text::hex};

mod needed;
mod position;

use needed::Need;

#[derive(Clone)]
pub struct Blobs {
    dir: PathBuf,
    /// Knows which files are still to be delivered.
    store: Option<Store>,
    /// In bytes.
    max_total: u64,
    max_file: u64,
    health: Arc<Health>,
}

/// Whether a bridge kept files there.
pub(crate) fn are_kept_in(dir: &Path) -> bool {
    !kept_in(dir).is_empty()
}

fn kept_in(dir: &Path) -> Vec<PathBuf> {
    /// As long as a hash of SHA-256 in hex.
    const NAME: usize = 64;
    let is_hash = |name: &str| name.len() == NAME && name.bytes().all(|it| it.is_ascii_hexdigit());
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let kept = entries.filter(|it| it.file_name().to_str().is_some_and(is_hash));
    kept.map(|it| it.path()).collect()
}

impl Blobs {
    /// `max_file` and `max_total` in bytes.
    pub async fn open(dir: &Path, max_file: u64, max_total: u64) -> Result<Blobs> {
        private::folder(dir)?;
        let blobs = Blobs {
            dir: dir.to_owned(),
            store: None,
            max_total,
            max_file,
            health: Arc::default(),
        };
        blobs.remove_stale().await?;
        blobs.close_to_others();
        Ok(blobs)
    }

    /// A folder in which nothing of ours lies is somebody else's.
    fn close_to_others(&self) {
        let ours = kept_in(&self.dir);
        if !ours.is_empty() {
            private::close_folder(&self.dir, ours.iter().map(PathBuf::as_path));
        }
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

    /// The most bytes that one file may have.
    pub fn largest(&self) -> u64 {
        self.max_file
    }

    /// Written and synced when it answers, without the place where it was taken.
    pub async fn keep(&self, file: ByteStream) -> Result<BlobRef> {
        let kept = self.keep_whole(file).await;
        match &kept {
            // Only what was written shows it: a full disk can be read.
            Ok(_) if self.health.works() => tracing::info!("files can be kept again"),
            Ok(_) => {}
            Err(error) => self.tell_of(error),
        }
        kept
    }

    /// Of the disk alone: a file that breaks off or is too large says nothing of the folder.
    fn tell_of(&self, error: &Error) {
        if matches!(error, Error::Io(_)) && self.health.breaks() {
            tracing::error!(
                %error,
                "files cannot be kept, and words go without them: make the folder engine.blob_dir one that may be \
                 read and written, with room for files"
            );
        }
    }

    async fn keep_whole(&self, file: ByteStream) -> Result<BlobRef> {
        // Somebody may have tidied it away.
        private::folder(&self.dir)?;
        let partial = Partial(self.dir.join(format!("{PARTIAL}{}", uuid::Uuid::new_v4())));
        let blob = self.write(&partial.0, file).await?;
        let blob = without_position(partial.0.clone(), blob).await?;
        fs::rename(&partial.0, self.path(&blob)).await?;
        fs::File::open(&self.dir).await?.sync_all().await?;
        self.make_room(&blob).await?;
        Ok(blob)
    }

    async fn write(&self, path: &Path, mut file: ByteStream) -> Result<BlobRef> {
        let out = private::options().create_new(true).open(path)?;
        let mut out = fs::File::from_std(out);
        let mut hash = Sha256::new();
        let mut size = 0_u64;
        while let Some(piece) = file.next().await {
            let piece = piece.map_err(|error| Error::BrokenOff(error.to_string()))?;
            size += piece.len() as u64;
            if size > self.max_file {
                return Err(Error::TooLarge {
                    limit: self.max_file,
                });
            }
            hash.update(&piece);
            out.write_all(&piece).await?;
        }
        out.flush().await?;
        let sha256 = hex(&hash.finalize());
        Ok(BlobRef { sha256, size })
    }

    /// The oldest files go first, those that somebody waits for last; the newest one stays whatever the limit.
    async fn make_room(&self, newest: &BlobRef) -> Result<()> {
        let files = self.files().await?;
        let mut total: u64 = files.iter().map(|(_, size, _)| size).sum();
        if total <= self.max_total {
            return Ok(());
        }
        let mut files = self.by_need(files).await?;
        files.retain(|(.., path)| *path != self.path(newest));
        files.sort();
        for (need, _, size, path) in files {
            if total <= self.max_total {
                break;
            }
            need.tell(size, self.max_total);
            gone(fs::remove_file(&path).await)?;
            total -= size;
        }
        Ok(())
    }

    /// What nobody has needed since then goes, as the words do that it came with. Says how many files did.
    pub async fn forget(&self, unneeded_since: SystemTime) -> Result<usize> {
        let mut files = self.files().await?;
        files.retain(|(kept_until, ..)| *kept_until < unneeded_since);
        if files.is_empty() {
            return Ok(0);
        }
        let mut files = self.by_need(files).await?;
        files.retain(|(need, ..)| *need == Need::Nobody);
        let mut forgotten = 0;
        for (.., path) in &files {
            // It may have been kept again, or needed, while we looked.
            let about = gone(fs::metadata(path).await)?;
            if let Some(about) = about
                && about.modified()? < unneeded_since
            {
                gone(fs::remove_file(path).await)?;
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }

    async fn by_need(&self, files: Vec<Kept>) -> Result<Vec<(Need, SystemTime, u64, PathBuf)>> {
        let (wanted, now) = (self.wanted().await?, SystemTime::now());
        let files = files.into_iter().map(|(kept_until, size, path)| {
            let need = wanted.need(&path, kept_until > now);
            (need, kept_until, size, path)
        });
        Ok(files.collect())
    }

    /// Without those that are being written.
    async fn files(&self) -> Result<Vec<Kept>> {
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

/// Until when a file is needed, its size, and where it lies.
type Kept = (SystemTime, u64, PathBuf);

/// What is left after the place has gone is another file, with a hash of its own.
async fn without_position(path: PathBuf, before: BlobRef) -> Result<BlobRef> {
    let cleaning = tokio::task::spawn_blocking(move || {
        let mut file = std::fs::File::options().read(true).write(true).open(path)?;
        let mut blob = before;
        if position::remove(&mut file)? {
            blob.sha256 = hash_of(&mut file)?;
        }
        file.sync_all()?;
        Ok(blob)
    });
    cleaning.await.map_err(std::io::Error::other)?
}

fn hash_of(file: &mut std::fs::File) -> std::io::Result<String> {
    file.rewind()?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex(&hash.finalize())),
            length => hash.update(&piece[..length]),
        }
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
