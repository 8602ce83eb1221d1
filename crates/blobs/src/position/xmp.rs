//! XMP: notes in XML. Names count whatever their prefix, for each file may choose its own.

use std::ops::Range;

use super::pages::{Pages, Trouble};

/// Where it was taken or what place it shows, in the vocabularies of Exif, IPTC, Photoshop and W3C.
const PLACES: [&str; 18] = [
    "city",
    "state",
    "country",
    "countrycode",
    "countryname",
    "provincestate",
    "sublocation",
    "worldregion",
    "lat",
    "long",
    "lon",
    "alt",
    "absolutealtitude",
    "relativealtitude",
    "geotag",
    "geolocation",
    "coverage",
    "spatial",
];
const WITHIN: [&str; 6] = [
    "gps",
    "latitude",
    "longitude",
    "longtitude",
    "location",
    "geocode",
];

/// Is it the name of a place's property?
pub(super) fn is_place(name: &str) -> bool {
    let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
    PLACES.contains(&name.as_str()) || WITHIN.iter().any(|it| name.contains(it))
}

/// What is no well-formed UTF-8 text of moderate length is damaged.
pub(super) fn clean(file: &mut Pages<'_>, range: Range<u64>) -> Result<(), Trouble> {
    let mut bytes = file.read(range.clone())?;
    let before = bytes.clone();
    // Words in two bytes a letter would not be understood.
    if bytes.trim_ascii_end().trim_ascii_start().contains(&0) && !is_padded(&bytes) {
        return Err(Trouble::Damaged);
    }
    Scan {
        text: &mut bytes,
        at: 0,
    }
    .all()
    .ok_or(Trouble::Damaged)?;
    if bytes != before {
        file.write(range.start, &bytes)?;
    }
    Ok(())
}

/// Nothing but blanks behind the text.
fn is_padded(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|it| *it == 0).unwrap_or(bytes.len());
    bytes[end..].iter().all(|it| *it == 0)
}

struct Scan<'t> {
    text: &'t mut [u8],
    at: usize,
}

impl Scan<'_> {
    fn all(&mut self) -> Option<()> {
        // Outside of a place, or within the place that began here, so many elements of its name deep.
        let mut place: Option<(usize, Vec<u8>, usize)> = None;
        while let Some(open) = self.find(self.at, b"<") {
            let rest = &self.text[open..];
            if rest.starts_with(b"<!--") {
                let end = self.find(open + 4, b"-->")? + 3;
                self.text[open..end].fill(b' ');
                self.at = end;
            } else if rest.starts_with(b"<?") {
                self.at = self.find(open, b"?>")? + 2;
            } else if rest.starts_with(b"<![CDATA[") {
                self.at = self.find(open, b"]]>")? + 3;
            } else if rest.starts_with(b"<!") {
                // Words that stand for other words.
                return None;
            } else {
                let tag = self.tag(open, place.is_none())?;
                self.at = tag.end;
                match (&mut place, tag.kind) {
                    (Some((_, name, depth)), Kind::Open) if *name == tag.name => *depth += 1,
                    (Some((start, name, depth)), Kind::Close) if *name == tag.name => {
                        *depth -= 1;
                        if *depth == 0 {
                            self.text[*start..tag.end].fill(b' ');
                            place = None;
                        }
                    }
                    (None, Kind::Open) if tells(&tag.name) => place = Some((open, tag.name, 1)),
                    (None, Kind::Alone) if tells(&tag.name) => self.text[open..tag.end].fill(b' '),
                    _ => {}
                }
            }
        }
        place.is_none().then_some(())
    }

    /// The tag that opens at `open`. Its attributes that tell a place are blanked.
    fn tag(&mut self, open: usize, blanks: bool) -> Option<Tag> {
        let is_close = self.text.get(open + 1) == Some(&b'/');
        let start = open + 1 + usize::from(is_close);
        let mut at = start + self.word(start);
        let name = self.text[start..at].to_vec();
        if name.is_empty() {
            return None;
        }
        loop {
            at += self.spaces(at);
            match self.text.get(at)? {
                b'>' => {
                    let is_alone = self.text[at - 1] == b'/';
                    let kind = match (is_close, is_alone) {
                        (true, _) => Kind::Close,
                        (false, true) => Kind::Alone,
                        (false, false) => Kind::Open,
                    };
                    let end = at + 1;
                    return Some(Tag { name, kind, end });
                }
                b'/' => at += 1,
                _ => at = self.attribute(at, blanks)?,
            }
        }
    }

    /// Says where it ends.
    fn attribute(&mut self, at: usize, blanks: bool) -> Option<usize> {
        let name_end = at + self.word(at);
        let mut value = name_end + self.spaces(name_end);
        if name_end == at || self.text.get(value) != Some(&b'=') {
            return None;
        }
        value += 1;
        value += self.spaces(value);
        let quote = *self
            .text
            .get(value)
            .filter(|it| matches!(it, b'"' | b'\''))?;
        let end = self.find(value + 1, &[quote])? + 1;
        let is_namespace = self.text[at..].starts_with(b"xmlns");
        if blanks && !is_namespace && tells(&self.text[at..name_end]) {
            self.text[at..end].fill(b' ');
        }
        Some(end)
    }

    fn word(&self, at: usize) -> usize {
        let is_end = |it: &u8| it.is_ascii_whitespace() || matches!(it, b'>' | b'/' | b'=' | b'<');
        let rest = self.text.get(at..).unwrap_or_default();
        rest.iter().position(is_end).unwrap_or(rest.len())
    }

    fn spaces(&self, at: usize) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        rest.iter()
            .take_while(|it| it.is_ascii_whitespace())
            .count()
    }

    fn find(&self, from: usize, word: &[u8]) -> Option<usize> {
        let rest = self.text.get(from..)?;
        let mut windows = rest.windows(word.len());
        windows.position(|it| it == word).map(|at| from + at)
    }
}

struct Tag {
    name: Vec<u8>,
    kind: Kind,
    end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Open,
    Close,
    Alone,
}

fn tells(name: &[u8]) -> bool {
    is_place(&String::from_utf8_lossy(name))
}
