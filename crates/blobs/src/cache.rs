//! What is kept and what goes, up to a limit in all.
//!
//! **Invariant:** no file gets its name before what it says about a place is gone, and no file is whole in memory.

use std::{
    io::{self, Read, Seek},
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, SystemTime},
};

use conversation::{BlobRef, ByteStream};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use tokio::{fs, io::AsyncWriteExt};

use crate::{
    Error, Health, Result, Wanted, Wants,
    folder::{Folder, Kept},
    need::Need,
    position, private,
};

#[derive(Clone)]
pub struct Blobs {
    folder: Folder,
    wants: Option<Arc<dyn Wants>>,
    /// In bytes.
    max_total: u64,
    max_file: u64,
    health: Arc<Health>,
}

impl Blobs {
    /// `max_file` and `max_total` in bytes.
    pub async fn open(dir: &Path, max_file: u64, max_total: u64) -> Result<Blobs> {
        Ok(Blobs {
            folder: Folder::open(dir).await?,
            wants: None,
            max_total,
            max_file,
            health: Arc::default(),
        })
    }

    /// By who knows what is still to be delivered: that goes last.
    pub fn guarded_by(self, wants: impl Wants + 'static) -> Blobs {
        Blobs {
            wants: Some(Arc::new(wants)),
            ..self
        }
    }

    pub fn path(&self, blob: &BlobRef) -> PathBuf {
        self.folder.path(&blob.sha256)
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
            // Of the disk alone: a file that breaks off or is too large says nothing of the folder.
            Err(Error::Io(error)) => self.tell_of(error),
            Err(_) => {}
        }
        kept
    }

    fn tell_of(&self, error: &io::Error) {
        if self.health.breaks() {
            tracing::error!(
                %error,
                "files cannot be kept, and words go without them: make the folder engine.blob_dir one that may be \
                 read and written, with room for files"
            );
        }
    }

    async fn keep_whole(&self, file: ByteStream) -> Result<BlobRef> {
        let partial = self.folder.partial()?;
        let blob = self.write(&partial.0, file).await?;
        let blob = without_position(partial.0.clone(), blob).await?;
        self.folder.put(&partial, &blob.sha256).await?;
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
        let sha256 = hex::encode(hash.finalize());
        Ok(BlobRef { sha256, size })
    }

    /// The oldest files go first, those that somebody waits for last; the newest one stays whatever the limit.
    async fn make_room(&self, newest: &BlobRef) -> Result<()> {
        let files = self.folder.list().await?;
        let mut total: u64 = files.iter().map(|it| it.size).sum();
        if total <= self.max_total {
            return Ok(());
        }
        let mut files = self.by_need(files).await?;
        files.retain(|(_, it)| it.hash != newest.sha256);
        files.sort();
        for (need, file) in files {
            if total <= self.max_total {
                break;
            }
            need.tell(file.size, self.max_total);
            if self.folder.remove(&file).await? {
                total -= file.size;
            }
        }
        Ok(())
    }

    /// What nobody has needed since then goes, as the words do that it came with. Says how many files did.
    pub async fn forget(&self, unneeded_since: SystemTime) -> Result<usize> {
        let mut files = self.folder.list().await?;
        files.retain(|it| it.needed_until < unneeded_since);
        let mut forgotten = 0;
        for (need, file) in self.by_need(files).await? {
            if need == Need::Nobody && self.folder.remove(&file).await? {
                forgotten += 1;
            }
        }
        Ok(forgotten)
    }

    /// What was made to be sent once goes, whoever used it a moment ago.
    pub async fn take_away(&self, blob: &BlobRef) -> Result<()> {
        let used = Kept {
            needed_until: SystemTime::now() + Duration::from_secs(1),
            size: blob.size,
            hash: blob.sha256.clone(),
        };
        Ok(self.folder.remove(&used).await.map(drop)?)
    }

    async fn by_need(&self, files: Vec<Kept>) -> Result<Vec<(Need, Kept)>> {
        let wanted = match &self.wants {
            Some(wants) if !files.is_empty() => wants.wanted().await.map_err(Error::Unknown)?,
            _ => Wanted::default(),
        };
        let now = SystemTime::now();
        let files = files.into_iter().map(|it| (wanted.need(&it, now), it));
        Ok(files.collect())
    }

    /// Somebody uses it now, or has a link that is good for so long. False if it is not here any more.
    pub async fn needed_for(&self, blob: &BlobRef, time: Duration) -> Result<bool> {
        let touched = self
            .folder
            .touch(&blob.sha256, SystemTime::now() + time)
            .await;
        Ok(touched.inspect_err(|error| self.tell_of(error))?)
    }
}

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
    cleaning.await.map_err(io::Error::other)?
}

fn hash_of(file: &mut std::fs::File) -> io::Result<String> {
    file.rewind()?;
    let mut hash = Sha256::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hex::encode(hash.finalize())),
            length => hash.update(&piece[..length]),
        }
    }
}
