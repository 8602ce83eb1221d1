//! Cutting and joining. A mark that is cut goes on in the next part, so a code block is closed and reopened.

use std::ops::Range;

use crate::{Flat, Span};

impl Flat {
    /// The part from `start` to `end` in bytes, spans cut to fit. Offsets outside of the text or inside of
    /// a character are moved back to where they can stand.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Flat {
        let end = self.text.floor_char_boundary(end);
        let range = self.text.floor_char_boundary(start).min(end)..end;
        self.part(&range, self.spans.iter())
    }

    /// As `slice` for each range, in one pass over the spans. The ranges ascend and lie on character
    /// boundaries, and the invariant holds.
    pub(crate) fn slices(&self, ranges: &[Range<usize>]) -> Vec<Flat> {
        let mut next = self.spans.iter().peekable();
        let mut near: Vec<&Span> = Vec::new();
        let mut parts = Vec::with_capacity(ranges.len());
        for range in ranges {
            near.retain(|span| span.end > range.start);
            while let Some(span) = next.next_if(|span| span.start < range.end) {
                near.push(span);
            }
            parts.push(self.part(range, near.iter().copied()));
        }
        parts
    }

    fn part<'a>(&self, range: &Range<usize>, spans: impl Iterator<Item = &'a Span>) -> Flat {
        let spans = spans
            .filter(|span| span.start.max(range.start) < span.end.min(range.end))
            .map(|span| Span {
                start: span.start.max(range.start) - range.start,
                end: span.end.min(range.end) - range.start,
                mark: span.mark.clone(),
            });
        Flat {
            text: self.text[range.clone()].to_owned(),
            spans: spans.collect(),
        }
    }

    pub(crate) fn append(&mut self, other: Flat) {
        let moved = self.text.len();
        self.text.push_str(&other.text);
        self.spans.extend(other.spans.into_iter().map(|span| Span {
            start: span.start + moved,
            end: span.end + moved,
            mark: span.mark,
        }));
    }
}
