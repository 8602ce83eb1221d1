//! Changes of the text under its marks.

use std::ops::Range;

use crate::{Flat, Span};

/// Puts `with` in the place of what stands in `range`.
pub(crate) struct Edit {
    pub(crate) range: Range<usize>,
    pub(crate) with: String,
}

impl Edit {
    pub(crate) fn insert(at: usize, with: impl Into<String>) -> Edit {
        Edit {
            range: at..at,
            with: with.into(),
        }
    }

    pub(crate) fn replace(range: Range<usize>, with: impl Into<String>) -> Edit {
        let with = with.into();
        Edit { range, with }
    }
}

impl Flat {
    /// The edits ascend, do not overlap, and no span starts or ends inside of one. What is put in at the end of a mark belongs to the mark, so that
    /// a block keeps its line to itself; what is put in at its start does not.
    #[must_use]
    pub(crate) fn edited(&self, edits: &[Edit]) -> Flat {
        let mut text = String::with_capacity(self.text.len());
        let mut copied = 0;
        // Where each edit ends, before and after.
        let mut ends = Vec::with_capacity(edits.len());
        for edit in edits {
            text.push_str(&self.text[copied..edit.range.start]);
            text.push_str(&edit.with);
            copied = edit.range.end;
            ends.push((copied, text.len()));
        }
        text.push_str(&self.text[copied..]);
        let moved = |at: usize| {
            let passed = ends.partition_point(|(before, _)| *before <= at);
            match passed.checked_sub(1) {
                Some(last) => ends[last].1 + (at - ends[last].0),
                None => at,
            }
        };
        let spans = self.spans.iter().map(|span| Span {
            start: moved(span.start),
            end: moved(span.end),
            mark: span.mark.clone(),
        });
        let spans = spans.filter(|span| span.start < span.end).collect();
        Flat { text, spans }
    }
}
