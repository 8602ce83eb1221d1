//! A file that is read a page at a time and changed where it lies.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;

const PAGE: usize = 64 << 10;
/// The most that is ever looked at in one piece, in bytes.
pub(super) const LARGEST_PIECE: u64 = 1 << 20;
/// Steps along what a file says of itself, for the file as a whole. A page of a document has some 20.
const MOST_STEPS: u64 = 4_000_000;

#[derive(Debug)]
pub(super) enum Trouble {
    Disk(io::Error),
    /// The file contradicts itself, ends too early or leads nowhere.
    Damaged,
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Disk(error)
    }
}

pub(super) trait Disk: Read + Write + Seek {}

impl<T: Read + Write + Seek> Disk for T {}

pub(super) struct Pages<'f> {
    file: &'f mut dyn Disk,
    len: u64,
    page: Vec<u8>,
    page_at: u64,
    steps: u64,
    changes: u64,
}

impl Pages<'_> {
    pub(super) fn of(file: &mut dyn Disk) -> io::Result<Pages<'_>> {
        let len = file.seek(SeekFrom::End(0))?;
        Ok(Pages {
            file,
            len,
            page: Vec::new(),
            page_at: 0,
            steps: 0,
            changes: 0,
        })
    }

    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// How often something was written.
    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    /// Whoever follows links pays for each, so that no loop of them lasts.
    pub(super) fn spend(&mut self, steps: u64) -> Result<(), Trouble> {
        self.steps = self.steps.saturating_add(steps);
        if self.steps > MOST_STEPS {
            return Err(Trouble::Damaged);
        }
        Ok(())
    }

    pub(super) fn array<const N: usize>(&mut self, at: u64) -> Result<[u8; N], Trouble> {
        let mut bytes = [0; N];
        self.copy(at, &mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn be16(&mut self, at: u64) -> Result<u64, Trouble> {
        Ok(u64::from(u16::from_be_bytes(self.array(at)?)))
    }

    pub(super) fn be32(&mut self, at: u64) -> Result<u64, Trouble> {
        Ok(u64::from(u32::from_be_bytes(self.array(at)?)))
    }

    pub(super) fn be64(&mut self, at: u64) -> Result<u64, Trouble> {
        Ok(u64::from_be_bytes(self.array(at)?))
    }

    pub(super) fn read(&mut self, range: Range<u64>) -> Result<Vec<u8>, Trouble> {
        let length = range.end.saturating_sub(range.start);
        if length > LARGEST_PIECE || range.end > self.len {
            return Err(Trouble::Damaged);
        }
        let mut bytes = vec![0; usize::try_from(length).map_err(|_| Trouble::Damaged)?];
        self.copy(range.start, &mut bytes)?;
        Ok(bytes)
    }

    pub(super) fn starts_with(&mut self, range: &Range<u64>, with: &[u8]) -> Result<bool, Trouble> {
        let end = range.start.saturating_add(with.len() as u64);
        Ok(end <= range.end && self.read(range.start..end)? == with)
    }

    /// The first place in `range` where one of `words` begins.
    pub(super) fn find(
        &mut self,
        range: Range<u64>,
        words: &[&[u8]],
    ) -> Result<Option<u64>, Trouble> {
        let longest = words.iter().map(|it| it.len()).max().unwrap_or(0);
        let end = range.end.min(self.len);
        let mut at = range.start;
        while at < end {
            self.turn_to(at)?;
            let from = usize::try_from(at - self.page_at).map_err(|_| Trouble::Damaged)?;
            let to = usize::try_from(end - self.page_at).unwrap_or(usize::MAX);
            let here = &self.page[from..self.page.len().min(to)];
            let found = (0..here.len()).find(|n| words.iter().any(|it| here[*n..].starts_with(it)));
            if let Some(found) = found {
                return Ok(Some(at + found as u64));
            }
            // A word may stand across the border of two pages.
            let done = here.len().saturating_sub(longest - 1).max(1) as u64;
            if at + here.len() as u64 >= end {
                return Ok(None);
            }
            at += done;
            self.page.clear();
        }
        Ok(None)
    }

    pub(super) fn write(&mut self, at: u64, bytes: &[u8]) -> Result<(), Trouble> {
        let end = at.checked_add(bytes.len() as u64);
        if end.is_none_or(|end| end > self.len) {
            return Err(Trouble::Damaged);
        }
        self.file.seek(SeekFrom::Start(at))?;
        self.file.write_all(bytes)?;
        self.page.clear();
        self.changes += 1;
        Ok(())
    }

    /// What is blank already stays unwritten.
    pub(super) fn fill(&mut self, range: Range<u64>, with: u8) -> Result<(), Trouble> {
        const PIECE: u64 = 8 << 10;
        let end = range.end.min(self.len);
        let mut at = range.start;
        while at < end {
            let next = end.min(at + PIECE);
            let now = self.read(at..next)?;
            if now.iter().any(|byte| *byte != with) {
                self.write(at, &vec![with; now.len()])?;
            }
            at = next;
        }
        Ok(())
    }

    pub(super) fn blank(&mut self, range: Range<u64>) -> Result<(), Trouble> {
        self.fill(range, 0)
    }

    fn copy(&mut self, at: u64, into: &mut [u8]) -> Result<(), Trouble> {
        let end = at.checked_add(into.len() as u64);
        if end.is_none_or(|end| end > self.len) {
            return Err(Trouble::Damaged);
        }
        let mut done = 0;
        while done < into.len() {
            let here = at + done as u64;
            self.turn_to(here)?;
            let from = usize::try_from(here - self.page_at).map_err(|_| Trouble::Damaged)?;
            let count = (into.len() - done).min(self.page.len() - from);
            into[done..done + count].copy_from_slice(&self.page[from..from + count]);
            done += count;
        }
        Ok(())
    }

    /// Afterwards the page holds at least the byte at `at`, which must be within the file.
    fn turn_to(&mut self, at: u64) -> Result<(), Trouble> {
        if at >= self.page_at && at - self.page_at < self.page.len() as u64 {
            return Ok(());
        }
        let length = (self.len - at).min(PAGE as u64);
        self.page
            .resize(usize::try_from(length).map_err(|_| Trouble::Damaged)?, 0);
        self.file.seek(SeekFrom::Start(at))?;
        if let Err(error) = self.file.read_exact(&mut self.page) {
            self.page.clear();
            return Err(error.into());
        }
        self.page_at = at;
        Ok(())
    }
}

/// As many as `N` fit the file, from `start` on.
pub(super) fn within(range: &Range<u64>, start: u64, length: u64) -> Option<Range<u64>> {
    let end = start.checked_add(length)?;
    (start >= range.start && end <= range.end).then_some(start..end)
}
