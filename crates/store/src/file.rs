//! The file of a SQLite database: what it must look like before SQLite may touch it, and whether it still is the one that
//! was opened.

use std::{
    fs::{self, File, Metadata},
    io::Read,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use blobs::private;

use crate::{Error, Result, address::DatabaseAddress};

/// Of every SQLite file: <https://www.sqlite.org/fileformat.html#the_database_header>
const MAGIC: &[u8] = b"SQLite format 3\0";
const HEADER: usize = 100;

/// Missing or of no length: SQLite would make a new database of it.
pub(crate) fn is_new(file: &Path) -> bool {
    length(file) == 0
}

fn length(file: &Path) -> u64 {
    fs::metadata(file).map_or(0, |it| it.len())
}

/// With the log beside it.
pub(crate) fn size(file: &Path) -> u64 {
    length(file) + length(&beside(file, "-wal"))
}

pub(crate) fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Makes it if it is not there: SQLite itself would let others read it. What it keeps beside it has the same mode.
pub(crate) fn make(address: &DatabaseAddress, file: &Path) -> Result<()> {
    match private::options().create_new(true).open(file) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(Error::ReadOnly {
            url: address.shown.clone(),
            detail: error.to_string(),
        }),
    }
}

/// The database and what SQLite keeps beside it.
pub(crate) fn close_to_others(file: &Path) {
    private::close(file);
    for end in ["-wal", "-shm", "-journal"] {
        private::close(&beside(file, end));
    }
}

/// Looks at the header, the length and the files beside it, and changes nothing.
pub(crate) fn check(address: &DatabaseAddress, file: &Path) -> Result<()> {
    let url = || address.shown.clone();
    let damaged = |detail: &str| Error::Damaged {
        url: url(),
        detail: detail.to_owned(),
    };
    let log = beside(file, "-wal");
    if is_new(file) {
        return match length(&log) {
            0 => Ok(()),
            _ => Err(damaged(
                "it is empty, and the newest of it lies in the -wal file beside it",
            )),
        };
    }
    may_be_written(address, file)?;
    let header = start_of(file, HEADER).map_err(|error| damaged(&error.to_string()))?;
    if header.len() < HEADER || !header.starts_with(MAGIC) {
        return Err(damaged(
            "it is none of SQLite's, or its beginning is lost (`store.url` must name a database)",
        ));
    }
    if header[68..72] != [0; 4] {
        return Err(Error::NotOurs {
            url: url(),
            detail: "its header has that program's mark".to_owned(),
        });
    }
    let in_its_way = match () {
        () if is_of_another_size(&log, page_size(&header)) => "a -wal file of another database",
        () if header[18..20] == [2, 2] && length(&beside(file, "-journal")) > 0 => {
            "a -journal file of another database"
        }
        // While there is a log, the file may end in what a dead process had half written.
        () if length(&log) == 0 && !length(file).is_multiple_of(page_size(&header)) => {
            return Err(damaged("it ends in the middle of a page"));
        }
        () => return Ok(()),
    };
    Err(Error::Beside {
        url: url(),
        beside: in_its_way.to_owned(),
    })
}

fn may_be_written(address: &DatabaseAddress, file: &Path) -> Result<()> {
    match File::options().read(true).write(true).open(file) {
        Ok(_) => Ok(()),
        Err(error) => Err(Error::ReadOnly {
            url: address.shown.clone(),
            detail: error.to_string(),
        }),
    }
}

fn start_of(file: &Path, bytes: usize) -> std::io::Result<Vec<u8>> {
    let mut start = Vec::with_capacity(bytes);
    File::open(file)?
        .take(bytes as u64)
        .read_to_end(&mut start)?;
    Ok(start)
}

fn page_size(header: &[u8]) -> u64 {
    match u16::from_be_bytes([header[16], header[17]]) {
        // 65536 does not fit.
        1 => 65_536,
        size => u64::from(size.max(1)),
    }
}

fn is_of_another_size(log: &Path, page_size: u64) -> bool {
    /// Of its two kinds, which differ in the last bit. What begins otherwise is no log, and SQLite passes it over.
    const MAGIC: [u8; 4] = [0x37, 0x7f, 0x06, 0x82];
    match start_of(log, 12).unwrap_or_default()[..] {
        [a, b, c, d, _, _, _, _, ref size @ ..] if [a, b, c, d & 0xfe] == MAGIC => {
            <[u8; 4]>::try_from(size).is_ok_and(|it| u64::from(u32::from_be_bytes(it)) != page_size)
        }
        _ => false,
    }
}

/// The file that was opened, for as long as its name means it. Nothing on a server.
#[derive(Debug, Clone, Default)]
pub(crate) struct Opened(Option<Arc<Original>>);

#[derive(Debug)]
struct Original {
    file: PathBuf,
    identity: (u64, u64),
    length: u64,
}

impl Opened {
    pub(crate) fn now(address: &DatabaseAddress) -> Result<Opened> {
        let Some(file) = &address.file else {
            return Ok(Opened(None));
        };
        let found = fs::metadata(file)?;
        Ok(Opened(Some(Arc::new(Original {
            file: file.clone(),
            identity: identity(&found),
            length: found.len(),
        }))))
    }

    /// Whoever goes on writing into a file that was deleted or replaced writes for nobody.
    pub(crate) fn check(&self) -> Result<()> {
        let Some(opened) = self.0.as_deref() else {
            return Ok(());
        };
        match fs::metadata(&opened.file) {
            Ok(found) if identity(&found) != opened.identity => Err(gone(&opened.file)),
            Ok(found) if found.len() < opened.length && is_cut_short(&opened.file, found.len()) => {
                Err(cut_short(&opened.file))
            }
            Ok(_) => Ok(()),
            Err(_) => Err(gone(&opened.file)),
        }
    }

    /// In a transaction there is a log, where the commit goes.
    pub(crate) fn check_before_commit(&self) -> Result<()> {
        self.check()?;
        match self.0.as_deref() {
            Some(it) if !beside(&it.file, "-wal").exists() => Err(gone(&it.file)),
            _ => Ok(()),
        }
    }
}

fn identity(file: &Metadata) -> (u64, u64) {
    (file.dev(), file.ino())
}

/// Of fewer pages than its header counts. Who vacuums makes it shorter, and the count too.
fn is_cut_short(file: &Path, length: u64) -> bool {
    let header = start_of(file, HEADER).unwrap_or_default();
    match header.get(28..32) {
        Some(&[a, b, c, d]) => {
            length < u64::from(u32::from_be_bytes([a, b, c, d])) * page_size(&header)
        }
        _ => true,
    }
}

fn cut_short(file: &Path) -> Error {
    Error::Damaged {
        url: file.display().to_string(),
        detail: "it was emptied or cut short while Causeway was running on it".to_owned(),
    }
}

fn gone(file: &Path) -> Error {
    Error::Gone {
        url: file.display().to_string(),
    }
}
