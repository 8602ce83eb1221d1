//! WebP: chunks of RIFF. Their names stay, for the picture's head counts on them.

use std::ops::Range;

use super::pages::{Pages, Trouble};
use super::{exif, trailer, xmp};

pub(super) fn clean(file: &mut Pages<'_>, range: Range<u64>) -> Result<(), Trouble> {
    let length = u64::from(u32::from_le_bytes(file.array(range.start + 4)?));
    let end = (range.start + 8).saturating_add(length).min(range.end);
    let mut at = range.start + 12;
    while at + 8 <= end {
        let kind: [u8; 4] = file.array(at)?;
        let length = u64::from(u32::from_le_bytes(file.array(at + 4)?));
        let data = at + 8..(at + 8 + length).min(range.end);
        chunk(file, &kind, data.clone())?;
        at = data.end + length % 2;
    }
    trailer::clean(file, at.min(range.end)..range.end, 0)
}

fn chunk(file: &mut Pages<'_>, kind: &[u8; 4], data: Range<u64>) -> Result<(), Trouble> {
    let (cleaned, blank) = match kind {
        b"EXIF" => {
            // Some write the head that only JPEG needs.
            let head = 6 * u64::from(file.starts_with(&data, b"Exif\0\0")?);
            (exif::clean(file, data.start + head..data.end, 0), 0)
        }
        b"XMP " => (xmp::clean(file, data.clone()), b' '),
        b"C2PA" => (Err(Trouble::Damaged), 0),
        _ => return Ok(()),
    };
    match cleaned {
        Err(Trouble::Damaged) => file.fill(data, blank),
        other => other,
    }
}
