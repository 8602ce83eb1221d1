//! The box of notes: of phones' pictures (HEIC, AVIF), where a list says what lies where, and of films, where keys have
//! names and values.

use std::collections::HashMap;
use std::ops::Range;

use super::boxes::{self, Item};
use super::pages::{Pages, Trouble, within};
use super::{exif, xmp};

/// Damaged notes are the caller's to blank.
pub(super) fn clean_meta(
    file: &mut Pages<'_>,
    body: Range<u64>,
    depth: u32,
) -> Result<(), Trouble> {
    // QuickTime has no version there.
    let head = match file.array::<4>(body.start + 4) {
        Ok(kind) if &kind == b"hdlr" => 0,
        _ => 4,
    };
    let mut parts: HashMap<[u8; 4], Item> = HashMap::new();
    let mut at = body.start + head;
    while let Some(item) = boxes::next(file, at..body.end, depth + 1)? {
        file.spend(1)?;
        at = item.body.end;
        if &item.kind == b"xml " {
            xmp::clean(file, item.body.clone())?;
        }
        parts.insert(item.kind, item);
    }
    let keys = parts.get(b"keys").map(|it| it.body.clone());
    if let Some(values) = parts.get(b"ilst") {
        let telling = keys.map_or(Ok(Vec::new()), |keys| telling_keys(file, keys))?;
        clean_values(file, values.body.clone(), &telling)?;
    }
    if let (Some(names), Some(places)) = (parts.get(b"iinf"), parts.get(b"iloc")) {
        let kinds = kinds_of_items(file, names.body.clone())?;
        let data = parts.get(b"idat").map(|it| it.body.clone());
        Places {
            kinds,
            data,
            at: places.body.start,
            end: places.body.end,
        }
        .clean(file)?;
    }
    Ok(())
}

/// The numbers, from 1, of keys such as `com.apple.quicktime.location.ISO6709`.
fn telling_keys(file: &mut Pages<'_>, keys: Range<u64>) -> Result<Vec<u64>, Trouble> {
    let count = file.be32(
        within(&keys, keys.start + 4, 4)
            .ok_or(Trouble::Damaged)?
            .start,
    )?;
    let mut at = keys.start + 8;
    let mut telling = Vec::new();
    for number in 1..=count {
        file.spend(1)?;
        let size = file.be32(within(&keys, at, 8).ok_or(Trouble::Damaged)?.start)?;
        let name = within(&keys, at, size.max(8)).ok_or(Trouble::Damaged)?;
        at = name.end;
        let name = file.read(name.start + 8..name.end)?;
        if tells(&name) {
            telling.push(number);
        }
    }
    Ok(telling)
}

fn tells(name: &[u8]) -> bool {
    let name = String::from_utf8_lossy(name).to_lowercase();
    ["location", "gps", "latitude", "longitude", "geo", "iso6709"]
        .iter()
        .any(|it| name.contains(it))
}

fn clean_values(file: &mut Pages<'_>, values: Range<u64>, telling: &[u64]) -> Result<(), Trouble> {
    const LONGEST_NAME: u64 = 256;
    let mut at = values.start;
    while let Some(item) = boxes::next(file, at..values.end, 1)? {
        file.spend(1)?;
        at = item.body.end;
        let goes = match &item.kind {
            b"\xA9xyz" | b"loci" => true,
            b"----" => {
                let end = item.body.end.min(item.body.start + LONGEST_NAME);
                tells(&file.read(item.body.start..end)?)
            }
            kind => telling.contains(&u64::from(u32::from_be_bytes(*kind))),
        };
        if goes {
            boxes::free(file, &item)?;
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Notes {
    Exif,
    Xmp,
}

fn kinds_of_items(file: &mut Pages<'_>, names: Range<u64>) -> Result<HashMap<u64, Notes>, Trouble> {
    let [version] = file.array(names.start)?;
    let mut at = names.start + if version == 0 { 6 } else { 8 };
    let mut kinds = HashMap::new();
    while let Some(item) = boxes::next(file, at..names.end, 1)? {
        file.spend(1)?;
        at = item.body.end;
        if let Some((id, notes)) = kind_of_item(file, item.body)? {
            kinds.insert(id, notes);
        }
    }
    Ok(kinds)
}

fn kind_of_item(file: &mut Pages<'_>, body: Range<u64>) -> Result<Option<(u64, Notes)>, Trouble> {
    let [version] = file.array(body.start)?;
    let id = match version {
        3 => file.be32(body.start + 4)?,
        _ => file.be16(body.start + 4)?,
    };
    let rest = body.start + if version == 3 { 10 } else { 8 };
    let words = file.read(rest.min(body.end)..body.end)?;
    let says = |word: &[u8]| words.windows(word.len()).any(|it| it == word);
    let is_notes = version < 2 || words.starts_with(b"mime");
    Ok(match () {
        () if version >= 2 && words.starts_with(b"Exif") => Some((id, Notes::Exif)),
        () if is_notes && (says(b"rdf+xml") || says(b"/xml")) => Some((id, Notes::Xmp)),
        () => None,
    })
}

/// The list of where each item lies (`iloc`).
struct Places {
    kinds: HashMap<u64, Notes>,
    /// Items may lie in a box beside the list.
    data: Option<Range<u64>>,
    at: u64,
    end: u64,
}

impl Places {
    fn clean(mut self, file: &mut Pages<'_>) -> Result<(), Trouble> {
        let version = self.number(file, 4)? >> 24;
        let sizes = self.number(file, 2)?;
        let size = |nibble: u64| sizes >> (12 - 4 * nibble) & 0xF;
        let (offset, length, base) = (size(0), size(1), size(2));
        let index = if version == 0 { 0 } else { size(3) };
        let wide = if version < 2 { 2 } else { 4 };
        for _ in 0..self.number(file, wide)? {
            let id = self.number(file, wide)?;
            let method = match version {
                0 => 0,
                _ => self.number(file, 2)? & 0xF,
            };
            self.number(file, 2)?;
            let base = self.number(file, base)?;
            let mut extents = Vec::new();
            for _ in 0..self.number(file, 2)? {
                self.number(file, index)?;
                let start = base.saturating_add(self.number(file, offset)?);
                extents.push((start, self.number(file, length)?));
            }
            if let Some(notes) = self.kinds.get(&id).copied() {
                self.item(file, notes, method, &extents)?;
            }
        }
        Ok(())
    }

    fn number(&mut self, file: &mut Pages<'_>, size: u64) -> Result<u64, Trouble> {
        file.spend(1)?;
        let range = within(&(self.at..self.end), self.at, size).ok_or(Trouble::Damaged)?;
        self.at = range.end;
        let bytes = file.read(range)?;
        Ok(bytes.iter().fold(0, |sum, it| sum << 8 | u64::from(*it)))
    }

    fn item(
        &self,
        file: &mut Pages<'_>,
        notes: Notes,
        method: u64,
        extents: &[(u64, u64)],
    ) -> Result<(), Trouble> {
        let room = match (method, &self.data) {
            (0, _) => 0..file.len(),
            (1, Some(data)) => data.clone(),
            _ => return Err(Trouble::Damaged),
        };
        // Without a length it is all that there is; what is cut off counts as far as it goes.
        let ranges = extents.iter().map(|(start, length)| {
            let start = room.start.saturating_add(*start).min(room.end);
            match length {
                0 => start..room.end,
                _ => start..start.saturating_add(*length).min(room.end),
            }
        });
        let ranges: Vec<Range<u64>> = ranges.collect();
        for range in &ranges {
            file.spend((range.end - range.start) / 16)?;
        }
        let cleaned = match ranges.as_slice() {
            [range] if notes == Notes::Exif => behind_its_head(file, range.clone()),
            [range] => xmp::clean(file, range.clone()),
            _ => Err(Trouble::Damaged),
        };
        match cleaned {
            Err(Trouble::Damaged) => ranges.into_iter().try_for_each(|it| file.blank(it)),
            other => other,
        }
    }
}

/// Four bytes say how many to skip before the TIFF.
fn behind_its_head(file: &mut Pages<'_>, range: Range<u64>) -> Result<(), Trouble> {
    let skip = file.be32(
        within(&range, range.start, 4)
            .ok_or(Trouble::Damaged)?
            .start,
    )?;
    let start = range.start + 4 + skip;
    if start >= range.end {
        return Err(Trouble::Damaged);
    }
    exif::clean(file, start..range.end, 0)
}
