//! The notes of press agencies (IPTC-IIM), and Adobe's resources in which they lie.

use std::ops::Range;

use super::pages::{Pages, Trouble, within};
use super::{exif, jpeg, xmp};

/// Content location, city, sub-location, province, country.
const PLACES: [u8; 7] = [26, 27, 90, 92, 95, 100, 101];

pub(super) fn clean(file: &mut Pages<'_>, range: Range<u64>) -> Result<(), Trouble> {
    let mut at = range.start;
    while at + 5 <= range.end {
        let [mark, record, set] = file.array(at)?;
        let length = file.be16(at + 3)?;
        if mark != 0x1C {
            break;
        }
        let value = within(&range, at + 5, length).ok_or(Trouble::Damaged)?;
        if record == 2 && PLACES.contains(&set) {
            file.fill(value.clone(), b' ')?;
        }
        at = value.end;
    }
    // Some fill up with blanks; anything else was not understood.
    file.blank(at..range.end)
}

/// `8BIM`, a number, a name, a length: again and again.
pub(super) fn clean_resources(
    file: &mut Pages<'_>,
    range: Range<u64>,
    depth: u32,
) -> Result<(), Trouble> {
    let mut at = range.start;
    while at + 12 <= range.end {
        file.spend(1)?;
        if !file.starts_with(&(at..range.end), b"8BIM")? {
            return Err(Trouble::Damaged);
        }
        let number = file.be16(at + 4)?;
        let [name] = file.array(at + 6)?;
        let size_at = at + 6 + (u64::from(name) + 2) / 2 * 2;
        let size = within(&range, size_at, 4).ok_or(Trouble::Damaged)?;
        let length = file.be32(size.start)?;
        let data = within(&range, size.end, length).ok_or(Trouble::Damaged)?;
        resource(file, number, data.clone(), depth)?;
        at = data.end + length % 2;
    }
    Ok(())
}

fn resource(
    file: &mut Pages<'_>,
    number: u64,
    data: Range<u64>,
    depth: u32,
) -> Result<(), Trouble> {
    const HEAD_OF_THUMBNAIL: u64 = 28;
    let cleaned = match number {
        0x0404 => clean(file, data.clone()),
        0x0422 | 0x0423 => exif::clean(file, data.clone(), depth + 1),
        0x0424 => xmp::clean(file, data.clone()),
        0x040C if data.end - data.start > HEAD_OF_THUMBNAIL => {
            jpeg::clean(file, data.start + HEAD_OF_THUMBNAIL..data.end, depth + 1)
        }
        _ => Ok(()),
    };
    match cleaned {
        Err(Trouble::Damaged) => file.blank(data),
        other => other,
    }
}
