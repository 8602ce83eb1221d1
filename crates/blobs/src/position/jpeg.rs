//! JPEG: segments with notes, the picture itself, and whatever comes behind it.

use std::ops::Range;

use super::pages::{Pages, Trouble};
use super::{exif, iptc, trailer, xmp};

/// What a segment of an application holds, by how it begins.
enum Segment {
    /// Behind so many bytes.
    Exif(u64),
    Xmp(u64),
    Photoshop(u64),
    /// Colours, the shape of the pixels, the list of further pictures: no place has room in them.
    Harmless,
    /// Nobody can say what it holds.
    Unknown,
}

const EXIF: &[u8] = b"Exif\0\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

/// The picture at the start of `range`, and the pictures and films that are hung on behind it.
pub(super) fn clean(file: &mut Pages<'_>, range: Range<u64>, depth: u32) -> Result<(), Trouble> {
    let behind = picture(file, &range, depth)?;
    trailer::clean(file, behind..range.end, depth)
}

/// Says where it ends.
pub(super) fn picture(
    file: &mut Pages<'_>,
    range: &Range<u64>,
    depth: u32,
) -> Result<u64, Trouble> {
    let mut at = range.start + 2;
    while at + 2 <= range.end {
        let [mark, kind] = file.array(at)?;
        match (mark, kind) {
            (0xFF, 0xFF) => at += 1,
            (0xFF, 0xD9) => return Ok(at + 2),
            (0xFF, 0x01 | 0xD0..=0xD8) => at += 2,
            (0xFF, _) if at + 4 <= range.end => {
                let length = file.be16(at + 2)?.max(2);
                let body = at + 4..(at + 2 + length).min(range.end).max(at + 4);
                if (0xE0..=0xEF).contains(&kind) {
                    segment(file, kind, body.clone(), depth)?;
                }
                at = body.end;
                if kind == 0xDA {
                    at = end_of_scan(file, at..range.end)?;
                }
            }
            // Lost: whatever else is there is looked for as something hung on.
            _ => return Ok(at),
        }
    }
    Ok(range.end)
}

fn segment(file: &mut Pages<'_>, kind: u8, body: Range<u64>, depth: u32) -> Result<(), Trouble> {
    let cleaned = match known(file, kind, &body)? {
        Segment::Harmless => return Ok(()),
        Segment::Unknown => Err(Trouble::Damaged),
        Segment::Exif(head) => exif::clean(file, body.start + head..body.end, depth),
        Segment::Xmp(head) => xmp::clean(file, body.start + head..body.end),
        Segment::Photoshop(head) => iptc::clean_resources(file, body.start + head..body.end, depth),
    };
    match cleaned {
        Err(Trouble::Damaged) => file.blank(body),
        other => other,
    }
}

fn known(file: &mut Pages<'_>, kind: u8, body: &Range<u64>) -> Result<Segment, Trouble> {
    let is_statement = is_statement(file, body)?;
    let mut begins = |with: &[u8]| file.starts_with(body, with);
    Ok(match kind {
        0xE0 | 0xEE => Segment::Harmless,
        0xE1 if begins(EXIF)? => Segment::Exif(EXIF.len() as u64),
        0xE1 if begins(XMP)? => Segment::Xmp(XMP.len() as u64),
        0xE2 if begins(b"ICC_PROFILE\0")? || begins(b"MPF\0")? || begins(b"urn:iso:")? => {
            Segment::Harmless
        }
        0xE8 if begins(b"SPIFF\0")? => Segment::Harmless,
        0xEA if begins(b"AROT")? => Segment::Harmless,
        // Parts of the picture, unless they are a statement of where it is from.
        0xEB if begins(b"JP")? && !is_statement => Segment::Harmless,
        0xED if begins(PHOTOSHOP)? => Segment::Photoshop(PHOTOSHOP.len() as u64),
        _ => Segment::Unknown,
    })
}

/// JUMBF (ISO 19566-5): the kind of its box stands behind "JP", two numbers and a length.
fn is_statement(file: &mut Pages<'_>, body: &Range<u64>) -> Result<bool, Trouble> {
    file.starts_with(&(body.start + 12..body.end), b"jumb")
}

/// The next mark that does not belong to the pixels.
fn end_of_scan(file: &mut Pages<'_>, range: Range<u64>) -> Result<u64, Trouble> {
    let mut at = range.start;
    while let Some(mark) = file.find(at..range.end, &[&[0xFF]])? {
        if mark + 2 > range.end {
            break;
        }
        let [_, kind] = file.array(mark)?;
        match kind {
            0x00 | 0xD0..=0xD7 => at = mark + 2,
            0xFF => at = mark + 1,
            _ => return Ok(mark),
        }
    }
    Ok(range.end)
}
