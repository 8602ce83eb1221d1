//! PNG: chunks, each with a sum of its own that must be right again.

use std::ops::Range;

use super::pages::{Pages, Trouble};
use super::{exif, trailer, xmp};

/// To every reader a chunk of no meaning that may be left out.
const NOTHING: &[u8; 4] = b"noNe";
const XMP: &[u8] = b"XML:com.adobe.xmp\0";
/// Plain, in no language, under no translated name.
const PLAIN: &[u8] = b"\0\0\0\0";

pub(super) fn clean(file: &mut Pages<'_>, range: Range<u64>) -> Result<(), Trouble> {
    let mut at = range.start + 8;
    while at + 12 <= range.end {
        let length = file.be32(at)?;
        let kind: [u8; 4] = file.array(at + 4)?;
        let data = at + 8..(at + 8).saturating_add(length).min(range.end);
        let is_whole = data.end + 4 <= range.end && data.end - data.start == length;
        let before = file.changes();
        if chunk(file, &kind, data.clone())? == Verdict::Goes {
            file.blank(data.clone())?;
            file.write(at + 4, NOTHING)?;
        }
        if is_whole && file.changes() != before {
            write_sum(file, at + 4..data.end)?;
        }
        at = data.end.saturating_add(4);
        if &kind == b"IEND" || !is_whole {
            break;
        }
    }
    trailer::clean(file, at.min(range.end)..range.end, 0)
}

#[derive(PartialEq, Eq)]
enum Verdict {
    Stays,
    Goes,
}

fn chunk(file: &mut Pages<'_>, kind: &[u8; 4], data: Range<u64>) -> Result<Verdict, Trouble> {
    let cleaned = match kind {
        b"eXIf" => exif::clean(file, data, 0),
        b"iTXt" if file.starts_with(&data, XMP)? => {
            let words = data.start + (XMP.len() + PLAIN.len()) as u64..data.end;
            match file.starts_with(&(data.start + XMP.len() as u64..data.end), PLAIN)? {
                true => xmp::clean(file, words),
                false => Err(Trouble::Damaged),
            }
        }
        b"tEXt" | b"zTXt" | b"iTXt" if tells_a_place(file, &data)? => Err(Trouble::Damaged),
        // Where a picture is from, and how it was made, in one signed statement (C2PA).
        b"caBX" => Err(Trouble::Damaged),
        _ => Ok(()),
    };
    match cleaned {
        Ok(()) => Ok(Verdict::Stays),
        Err(Trouble::Damaged) => Ok(Verdict::Goes),
        Err(disk) => Err(disk),
    }
}

/// By the keyword, of at most 79 letters. Raw profiles are notes of other formats, packed.
fn tells_a_place(file: &mut Pages<'_>, data: &Range<u64>) -> Result<bool, Trouble> {
    let head = file.read(data.start..data.end.min(data.start + 80))?;
    let word = head.split(|byte| *byte == 0).next().unwrap_or_default();
    let word = String::from_utf8_lossy(word).to_lowercase();
    Ok(word.starts_with("raw profile type") || word.contains("adobe.xmp") || xmp::is_place(&word))
}

fn write_sum(file: &mut Pages<'_>, range: Range<u64>) -> Result<(), Trouble> {
    const PIECE: u64 = 64 << 10;
    let mut sum = flate2::Crc::new();
    let mut at = range.start;
    while at < range.end {
        let next = range.end.min(at + PIECE);
        sum.update(&file.read(at..next)?);
        at = next;
    }
    file.write(range.end, &sum.sum().to_be_bytes())
}
