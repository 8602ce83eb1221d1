#![allow(clippy::unwrap_used)]

mod build;
mod formats;
mod hostile;

use std::io::Cursor;

fn cleaned(file: &[u8]) -> Vec<u8> {
    let mut disk = Cursor::new(file.to_vec());
    super::remove(&mut disk).unwrap();
    let after = disk.into_inner();
    assert_eq!(after.len(), file.len());
    after
}

fn holds(file: &[u8], words: &[u8]) -> bool {
    file.windows(words.len()).any(|it| it == words)
}
