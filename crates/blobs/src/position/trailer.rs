//! What phones hang on behind a picture: more pictures, and the film of the moment.

use std::ops::Range;

use super::boxes;
use super::jpeg;
use super::pages::{Pages, Trouble};

const PICTURE: &[u8] = &[0xFF, 0xD8, 0xFF];
const FILM: &[u8] = b"ftyp";

/// Each is looked through once, from the first to the last, so that the work grows with the length.
pub(super) fn clean(file: &mut Pages<'_>, range: Range<u64>, depth: u32) -> Result<(), Trouble> {
    let mut at = range.start;
    while let Some(found) = file.find(at..range.end, &[PICTURE, FILM])? {
        at = if file.starts_with(&(found..range.end), PICTURE)? {
            jpeg::picture(file, &(found..range.end), depth)?
        } else if found >= range.start + 4 {
            boxes::clean(file, found - 4..range.end)?
        } else {
            found
        };
        at = at.max(found + 3);
    }
    Ok(())
}
