//! Exif, and the TIFF that it is made of: directories that point at each other.

use std::collections::HashSet;
use std::ops::Range;

use super::pages::{Pages, Trouble, within};
use super::{iptc, jpeg, xmp};

/// Cameras' own notes say whatever the maker likes, places too, in forms that nobody published.
const MAKER_NOTE: u16 = 0x927C;
const DNG_PRIVATE_DATA: u16 = 0xC634;
const GPS: u16 = 0x8825;
const EXIF: u16 = 0x8769;
const INTEROPERABILITY: u16 = 0xA005;
const SUB_DIRECTORIES: u16 = 0x014A;
const XMP: u16 = 0x02BC;
const IPTC: u16 = 0x83BB;
const PHOTOSHOP: u16 = 0x8649;
const THUMBNAIL: u16 = 0x0201;
const THUMBNAIL_LENGTH: u16 = 0x0202;
const DEEPEST: u32 = 4;

pub(super) fn is_tiff(head: &[u8]) -> bool {
    // TIFF itself, and what Panasonic and Olympus made of it.
    matches!(
        head,
        [b'I', b'I', 0x2A | 0x55, 0, ..]
            | [b'M', b'M', 0, 0x2A, ..]
            | [b'I', b'I', b'R', b'O' | b'S', ..]
            | [b'M', b'M', b'O', b'R', ..]
    )
}

/// Notes within a picture. Damaged ones are the caller's to blank.
pub(super) fn clean(file: &mut Pages<'_>, block: Range<u64>, depth: u32) -> Result<(), Trouble> {
    let mut tiff = Tiff::open(file, block, Of::Notes, depth)?;
    tiff.walk(file)
}

/// A file that is a TIFF. Where it leads nowhere, its way in is closed.
pub(super) fn clean_file(file: &mut Pages<'_>, block: Range<u64>) -> Result<(), Trouble> {
    let way_in = block.start + 4;
    let mut tiff = Tiff::open(file, block, Of::File, 0)?;
    match tiff.walk(file) {
        Err(Trouble::Damaged) => file.write(way_in, &[0; 4]),
        other => other,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Notes,
    /// Raw pictures need their maker's notes to be shown.
    File,
}

struct Tiff {
    block: Range<u64>,
    is_big_endian: bool,
    of: Of,
    depth: u32,
    seen: HashSet<u64>,
    waiting: Vec<(u64, Chain)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Chain {
    /// Another directory follows.
    Goes,
    /// It stands alone, whatever comes behind it.
    Ends,
}

struct Entry {
    raw: [u8; 12],
    tag: u16,
    kind: u16,
    count: u64,
    /// In the block's own counting.
    value: u64,
    /// Where the value's own bytes are, if they are within the block.
    bytes: Option<Range<u64>>,
}

impl Tiff {
    fn open(file: &mut Pages<'_>, block: Range<u64>, of: Of, depth: u32) -> Result<Tiff, Trouble> {
        let head: [u8; 8] = file.array(block.start)?;
        if depth > DEEPEST || !is_tiff(&head) {
            return Err(Trouble::Damaged);
        }
        let mut tiff = Tiff {
            is_big_endian: head[0] == b'M',
            block,
            of,
            depth,
            seen: HashSet::new(),
            waiting: Vec::new(),
        };
        let first = tiff.u32([head[4], head[5], head[6], head[7]]);
        tiff.waiting.push((first, Chain::Goes));
        Ok(tiff)
    }

    fn walk(&mut self, file: &mut Pages<'_>) -> Result<(), Trouble> {
        while let Some((offset, chain)) = self.waiting.pop() {
            if offset != 0 && self.seen.insert(offset) {
                self.directory(file, offset, chain)?;
            }
        }
        Ok(())
    }

    fn directory(
        &mut self,
        file: &mut Pages<'_>,
        offset: u64,
        chain: Chain,
    ) -> Result<(), Trouble> {
        let start = self.block.start + offset;
        let (count, table) = self.table(file, start)?;
        let mut kept = Vec::new();
        let mut thumbnail = (None, None);
        for number in 0..count {
            let entry = self.entry(file, table.start + number * 12)?;
            match entry.tag {
                THUMBNAIL => thumbnail.0 = Some(entry.value),
                THUMBNAIL_LENGTH => thumbnail.1 = Some(entry.value),
                _ => {}
            }
            if self.may_stay(file, &entry)? {
                kept.extend_from_slice(&entry.raw);
            }
        }
        if let (Some(at), Some(length)) = thumbnail {
            self.thumbnail(file, at, length)?;
        }
        let next = file.array::<4>(table.end).ok();
        let next = next.filter(|_| table.end + 4 <= self.block.end && chain == Chain::Goes);
        if kept.len() as u64 != count * 12 {
            self.rewrite(file, (start, &table), &kept, next)?;
        }
        if let Some(next) = next {
            let next = self.u32(next);
            // A link that leads out of the block can be followed by nobody.
            if next < self.block.end - self.block.start {
                self.waiting.push((next, Chain::Goes));
            }
        }
        Ok(())
    }

    /// How many entries there are, and where.
    fn table(&self, file: &mut Pages<'_>, start: u64) -> Result<(u64, Range<u64>), Trouble> {
        let head = within(&self.block, start, 2).ok_or(Trouble::Damaged)?;
        let count = u64::from(self.u16(file.array(head.start)?));
        let table = within(&self.block, start + 2, count * 12).ok_or(Trouble::Damaged)?;
        file.spend(count + 1)?;
        Ok((count, table))
    }

    fn entry(&self, file: &mut Pages<'_>, at: u64) -> Result<Entry, Trouble> {
        let raw: [u8; 12] = file.array(at)?;
        let kind = self.u16([raw[2], raw[3]]);
        let count = self.u32([raw[4], raw[5], raw[6], raw[7]]);
        let value = self.u32([raw[8], raw[9], raw[10], raw[11]]);
        let length = count.checked_mul(size_of_kind(kind));
        let bytes = length.and_then(|length| match length {
            0..=4 => Some(at + 8..at + 8 + length),
            _ => within(&self.block, self.block.start + value, length),
        });
        Ok(Entry {
            raw,
            tag: self.u16([raw[0], raw[1]]),
            kind,
            count,
            value,
            bytes,
        })
    }

    /// Directories behind the entry are remembered, and what it holds is cleaned.
    fn may_stay(&mut self, file: &mut Pages<'_>, entry: &Entry) -> Result<bool, Trouble> {
        match entry.tag {
            GPS => {
                self.blank_places(file, entry.value)?;
                return Ok(false);
            }
            MAKER_NOTE | DNG_PRIVATE_DATA if self.of == Of::Notes => {
                self.blank(file, entry.bytes.clone())?;
                return Ok(false);
            }
            EXIF | INTEROPERABILITY => {
                if entry.value >= self.block.end - self.block.start {
                    return Ok(false);
                }
                self.waiting.push((entry.value, Chain::Ends));
            }
            SUB_DIRECTORIES => self.sub_directories(file, entry)?,
            XMP => self.words(file, entry, b' ', xmp::clean)?,
            IPTC => self.words(file, entry, 0, iptc::clean)?,
            PHOTOSHOP => self.words(file, entry, 0, |file, range| {
                iptc::clean_resources(file, range, self.depth)
            })?,
            _ => {}
        }
        Ok(true)
    }

    fn sub_directories(&mut self, file: &mut Pages<'_>, entry: &Entry) -> Result<(), Trouble> {
        let Some(bytes) = entry
            .bytes
            .clone()
            .filter(|_| size_of_kind(entry.kind) == 4)
        else {
            return Ok(());
        };
        file.spend(entry.count)?;
        for number in 0..entry.count {
            let offset = self.u32(file.array(bytes.start + number * 4)?);
            if offset < self.block.end - self.block.start {
                self.waiting.push((offset, Chain::Ends));
            }
        }
        Ok(())
    }

    fn words(
        &self,
        file: &mut Pages<'_>,
        entry: &Entry,
        blank: u8,
        clean: impl Fn(&mut Pages<'_>, Range<u64>) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let Some(range) = entry.bytes.clone() else {
            return Ok(());
        };
        file.spend((range.end - range.start) / 16)?;
        match clean(file, range.clone()) {
            Err(Trouble::Damaged) => file.fill(range, blank),
            other => other,
        }
    }

    fn thumbnail(&self, file: &mut Pages<'_>, at: u64, length: u64) -> Result<(), Trouble> {
        let Some(range) = within(&self.block, self.block.start + at, length) else {
            return Ok(());
        };
        if !file.starts_with(&range, &[0xFF, 0xD8])? {
            return Ok(());
        }
        file.spend(length / 16)?;
        jpeg::clean(file, range, self.depth + 1)
    }

    /// The directory of places, and all that it points at.
    fn blank_places(&self, file: &mut Pages<'_>, offset: u64) -> Result<(), Trouble> {
        let start = self.block.start + offset;
        if within(&self.block, start, 2).is_none() {
            return Ok(());
        }
        let (count, table) = self.table(file, start)?;
        for number in 0..count {
            let entry = self.entry(file, table.start + number * 12)?;
            self.blank(file, entry.bytes)?;
        }
        self.blank(file, Some(start..table.end))
    }

    fn blank(&self, file: &mut Pages<'_>, range: Option<Range<u64>>) -> Result<(), Trouble> {
        let Some(range) = range else {
            return Ok(());
        };
        file.spend((range.end - range.start) / 16)?;
        file.blank(range)
    }

    /// Without the entries that had to go; the room that they leave is blank.
    fn rewrite(
        &self,
        file: &mut Pages<'_>,
        (start, table): (u64, &Range<u64>),
        kept: &[u8],
        next: Option<[u8; 4]>,
    ) -> Result<(), Trouble> {
        let count = u16::try_from(kept.len() / 12).map_err(|_| Trouble::Damaged)?;
        file.write(
            start,
            &match self.is_big_endian {
                true => count.to_be_bytes(),
                false => count.to_le_bytes(),
            },
        )?;
        file.write(table.start, kept)?;
        let end = table.end + next.map_or(0, |_| 4);
        file.blank(table.start + kept.len() as u64..end)?;
        match next {
            Some(next) => file.write(table.start + kept.len() as u64, &next),
            None => Ok(()),
        }
    }

    fn u16(&self, bytes: [u8; 2]) -> u16 {
        match self.is_big_endian {
            true => u16::from_be_bytes(bytes),
            false => u16::from_le_bytes(bytes),
        }
    }

    fn u32(&self, bytes: [u8; 4]) -> u64 {
        u64::from(match self.is_big_endian {
            true => u32::from_be_bytes(bytes),
            false => u32::from_le_bytes(bytes),
        })
    }
}

/// In bytes, by the types of TIFF 6.0 and Exif 3.0; what is none counts as bytes.
fn size_of_kind(kind: u16) -> u64 {
    match kind {
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 => 8,
        _ => 1,
    }
}
