//! GIF: blocks of at most 255 bytes. XMP lies in them as it is, its letters taken for lengths, before a ladder of bytes
//! that leads whoever jumps to the end of it.

use std::ops::Range;

use super::pages::{Pages, Trouble};
use super::{trailer, xmp};

const XMP: &[u8] = b"\x0BXMP DataXMP";
const LADDER: u64 = 257;

pub(super) fn clean(file: &mut Pages<'_>, range: Range<u64>) -> Result<(), Trouble> {
    let [flags] = file.array(range.start + 10)?;
    let mut at = range.start + 13 + colours(flags);
    while at < range.end {
        let [kind] = file.array(at)?;
        at = match kind {
            0x21 => extension(file, at + 2..range.end)?,
            0x2C => {
                let [flags] = file.array(at + 9)?;
                end_of_blocks(file, at + 11 + colours(flags)..range.end)?
            }
            _ => break,
        };
    }
    trailer::clean(file, at.min(range.end)..range.end, 0)
}

fn colours(flags: u8) -> u64 {
    match flags & 0x80 {
        0 => 0,
        _ => 3 << ((flags & 7) + 1),
    }
}

fn extension(file: &mut Pages<'_>, range: Range<u64>) -> Result<u64, Trouble> {
    let end = end_of_blocks(file, range.clone())?;
    if file.starts_with(&range, XMP)? {
        let start = range.start + XMP.len() as u64;
        let ladder = end.saturating_sub(LADDER + 1).max(start);
        let is_whole = file.starts_with(&(ladder..end), &[0x01, 0xFF, 0xFE])?;
        let words = start..if is_whole { ladder } else { end };
        let cleaned = match is_whole {
            true => xmp::clean(file, words.clone()),
            false => Err(Trouble::Damaged),
        };
        match cleaned {
            // Whoever jumps over blanks comes to the ladder, too.
            Err(Trouble::Damaged) => file.fill(words, b' ')?,
            other => other?,
        }
    }
    Ok(end)
}

fn end_of_blocks(file: &mut Pages<'_>, range: Range<u64>) -> Result<u64, Trouble> {
    let mut at = range.start;
    while at < range.end {
        let [length] = file.array(at)?;
        at += 1 + u64::from(length);
        if length == 0 {
            return Ok(at);
        }
    }
    Ok(range.end)
}
