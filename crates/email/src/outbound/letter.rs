//! A mail on its way out: its words in memory, its files on the disk, read and encoded while they are sent.
//!
//! **Invariant:** of a file no more than `PIECE` bytes are in memory for each connection, and a mail whose file cannot be
//! read to its end is never ended, so that no server takes half of it for the whole.

use std::{
    fs::File,
    io::{self, Read},
    panic::resume_unwind,
    path::PathBuf,
};

use base64::{Engine, prelude::BASE64_STANDARD};

/// A line of 76 letters (RFC 2045, 6.8).
const LINE: usize = 57;
const PIECE: usize = 768 * LINE;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Letter {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// As they are sent.
    Words(Vec<u8>),
    /// In base64.
    File { path: PathBuf, length: u64 },
}

/// What unwinds out of the sending of a mail whose file broke off: an iterator has no other way to stop it.
pub(crate) struct BrokenFile;

impl Letter {
    /// In `written` each mark stands where its file belongs, in this order.
    pub(crate) fn new(written: &[u8], files: Vec<(String, PathBuf, u64)>) -> Letter {
        let mut pieces = Vec::new();
        let mut rest = written;
        for (mark, path, length) in files {
            let mut windows = rest.windows(mark.len());
            let Some(at) = windows.position(|it| it == mark.as_bytes()) else {
                continue;
            };
            pieces.push(Piece::Words(rest[..at].to_vec()));
            pieces.push(Piece::File { path, length });
            rest = &rest[at + mark.len()..];
        }
        pieces.push(Piece::Words(rest.to_vec()));
        Letter { pieces }
    }

    /// As sent, in bytes, give or take the ends of lines.
    pub(crate) fn length(&self) -> u64 {
        let lengths = self.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => words.len() as u64,
            Piece::File { length, .. } => length / 57 * 78 + 78,
        });
        lengths.sum()
    }

    /// Whoever holds a file open can read it, though it is taken out of the cache meanwhile.
    pub(crate) fn open(&self) -> io::Result<Vec<Opened<'_>>> {
        let opened = self.pieces.iter().map(|piece| match piece {
            Piece::Words(words) => Ok(Opened::Words(words)),
            Piece::File { path, length } => {
                let file = File::open(path)?;
                let left = *length;
                if file.metadata()?.len() != left {
                    return Err(io::Error::other("it is another than before"));
                }
                Ok(Opened::File { file, left })
            }
        });
        opened.collect()
    }
}

pub(crate) enum Opened<'m> {
    Words(&'m [u8]),
    File { file: File, left: u64 },
}

/// The bytes of the mail. Unwinds with `BrokenFile`.
pub(crate) fn bytes(opened: Vec<Opened<'_>>) -> impl Iterator<Item = Vec<u8>> {
    opened.into_iter().flat_map(|mut piece| {
        std::iter::from_fn(move || match &mut piece {
            Opened::Words([]) => None,
            Opened::Words(words) => Some(std::mem::take(words).to_vec()),
            Opened::File { left: 0, .. } => None,
            Opened::File { file, left } => Some(encoded(file, left)),
        })
    })
}

fn encoded(file: &mut File, left: &mut u64) -> Vec<u8> {
    let length = usize::try_from(*left).unwrap_or(PIECE).min(PIECE);
    let mut bytes = vec![0; length];
    if file.read_exact(&mut bytes).is_err() {
        resume_unwind(Box::new(BrokenFile));
    }
    *left -= length as u64;
    let mut text = String::with_capacity(length / LINE * 78 + 80);
    for (number, line) in bytes.chunks(LINE).enumerate() {
        if number > 0 {
            text.push_str("\r\n");
        }
        BASE64_STANDARD.encode_string(line, &mut text);
    }
    if *left > 0 {
        text.push_str("\r\n");
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};

    use super::*;

    fn sent(letter: &Letter) -> Vec<u8> {
        bytes(letter.open().unwrap()).flatten().collect()
    }

    #[test]
    fn a_file_stands_where_its_mark_was_in_lines_of_base64() {
        let folder = tempfile::tempdir().unwrap();
        for length in [0, 1, 56, 57, 58, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 7] {
            let content: Vec<u8> = (0..length).map(|it| (it % 251) as u8).collect();
            let path = folder.path().join("file");
            std::fs::write(&path, &content).unwrap();
            let files = vec![("MARK".to_owned(), path, length as u64)];
            let letter = Letter::new(b"before\r\nMARK\r\nafter", files);
            let text = String::from_utf8(sent(&letter)).unwrap();
            let inner = text.strip_prefix("before\r\n").unwrap();
            let inner = inner.strip_suffix("\r\nafter").unwrap();
            assert!(inner.split("\r\n").all(|line| line.len() <= 76));
            let decoded = BASE64_STANDARD.decode(inner.replace("\r\n", "")).unwrap();
            assert!(decoded == content, "{length}");
            assert!(letter.length() >= text.len() as u64);
        }
    }

    #[test]
    fn a_file_that_shrinks_is_never_sent_as_the_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, vec![1; 2 * PIECE]).unwrap();
        let letter = Letter::new(
            b"MARK",
            vec![("MARK".to_owned(), path.clone(), 2 * PIECE as u64)],
        );
        let mut pieces = bytes(letter.open().unwrap());
        assert!(pieces.next().is_some());
        std::fs::write(&path, vec![1; PIECE]).unwrap();
        let broken = catch_unwind(AssertUnwindSafe(|| pieces.next()));
        assert!(broken.unwrap_err().is::<BrokenFile>());
        assert!(letter.open().is_err());
    }
}
