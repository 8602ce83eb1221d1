//! Boxes within boxes (ISO 14496-12 and QuickTime): films, and pictures of phones. A box that must go becomes free room
//! of its size.

use std::ops::Range;

use super::pages::{Pages, Trouble};
use super::{exif, heif, xmp};

const DEEPEST: u32 = 12;
const XMP_ID: [u8; 16] = [
    0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC,
];
/// A signed statement of where something is from (C2PA).
const STATEMENT_ID: [u8; 16] = [
    0xD8, 0xFE, 0xC3, 0xD6, 0x1B, 0x0E, 0x48, 0x3C, 0x92, 0x97, 0x58, 0x28, 0x87, 0x7E, 0xC4, 0x81,
];

pub(super) struct Item {
    pub(super) kind: [u8; 4],
    /// Where its kind is written.
    pub(super) kind_at: u64,
    pub(super) body: Range<u64>,
}

pub(super) fn begins_film(kind: [u8; 4]) -> bool {
    matches!(
        &kind,
        b"ftyp" | b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot" | b"JXL " | b"jP  "
    )
}

/// Says where the boxes end.
pub(super) fn clean(file: &mut Pages<'_>, range: Range<u64>) -> Result<u64, Trouble> {
    let mut at = range.start;
    while let Some(item) = next(file, at..range.end, 0)? {
        clean_item(file, &item, 0)?;
        at = item.body.end;
    }
    Ok(at)
}

/// The box that begins `range`, cut off where the range ends. None where there is none.
pub(super) fn next(
    file: &mut Pages<'_>,
    range: Range<u64>,
    depth: u32,
) -> Result<Option<Item>, Trouble> {
    if range.start.saturating_add(8) > range.end {
        return Ok(None);
    }
    let size = file.be32(range.start)?;
    let kind: [u8; 4] = file.array(range.start + 4)?;
    let is_kind = |it: &u8| (0x20..0x7F).contains(it) || *it == 0xA9;
    if depth == 0 && !kind.iter().all(is_kind) {
        return Ok(None);
    }
    let (head, size) = match size {
        // To the end of the file; within a box it is the end of a list.
        0 if depth == 0 => (8, range.end - range.start),
        1 if range.start.saturating_add(16) <= range.end => (16, file.be64(range.start + 8)?),
        size => (8, size),
    };
    if size < head {
        return Ok(None);
    }
    let end = range.start.saturating_add(size).min(range.end);
    Ok(Some(Item {
        kind,
        kind_at: range.start + 4,
        body: range.start + head..end,
    }))
}

pub(super) fn free(file: &mut Pages<'_>, item: &Item) -> Result<(), Trouble> {
    file.blank(item.body.clone())?;
    file.write(item.kind_at, b"free")
}

fn clean_item(file: &mut Pages<'_>, item: &Item, depth: u32) -> Result<(), Trouble> {
    file.spend(1)?;
    let body = item.body.clone();
    let cleaned = match &item.kind {
        _ if depth > DEEPEST => Err(Trouble::Damaged),
        b"moov" | b"trak" | b"mdia" | b"minf" | b"udta" | b"moof" | b"traf" => {
            children(file, body, depth + 1)
        }
        b"meta" => heif::clean_meta(file, body, depth),
        b"\xA9xyz" | b"loci" | b"GPMF" | b"GPS " | b"gps " | b"gps0" | b"gpsa" | b"jumb" => {
            Err(Trouble::Damaged)
        }
        b"uuid" => by_id(file, body),
        b"XMP_" | b"xml " => xmp::clean(file, body),
        // Of JPEG XL: how many bytes to skip, then TIFF.
        b"Exif" => exif::clean(file, body.start + 4..body.end, 0),
        b"brob" if !file.starts_with(&body, b"jbrd")? => Err(Trouble::Damaged),
        _ => Ok(()),
    };
    match cleaned {
        Err(Trouble::Damaged) => free(file, item),
        other => other,
    }
}

fn children(file: &mut Pages<'_>, range: Range<u64>, depth: u32) -> Result<(), Trouble> {
    let mut at = range.start;
    while let Some(item) = next(file, at..range.end, depth)? {
        clean_item(file, &item, depth)?;
        at = item.body.end;
    }
    Ok(())
}

fn by_id(file: &mut Pages<'_>, body: Range<u64>) -> Result<(), Trouble> {
    let id: [u8; 16] = file.array(body.start)?;
    match id {
        XMP_ID => xmp::clean(file, body.start + 16..body.end),
        STATEMENT_ID => Err(Trouble::Damaged),
        _ => Ok(()),
    }
}
