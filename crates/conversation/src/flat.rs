//! Markup as a text with marked ranges: the form in which it is measured, cut and joined.

use crate::{Markup, RemoteId, Style};

/// **Invariant:** spans lie on character boundaries, and any two are disjoint or nested.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flat {
    pub text: String,
    /// Outer before inner, then by start.
    pub spans: Vec<Span>,
}

/// Byte offsets into the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub end: usize,
    pub mark: Mark,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    Style(Style),
    Code,
    CodeBlock { language: Option<String> },
    Link { url: String },
    Quote,
    Mention { account: Option<RemoteId> },
    Emoji { id: RemoteId },
}

impl Markup {
    /// Lists become lines with a bullet or a number; blocks get lines of their own.
    pub fn flatten(&self) -> Flat {
        unimplemented!()
    }
}

impl Flat {
    /// The tree again. Lists stay the lines that they became. Spans may come in any order, may cross and
    /// may lie outside of the text: they are sorted, split and cut until the invariant holds.
    pub fn to_markup(&self) -> Markup {
        unimplemented!()
    }

    /// The part from `start` to `end` in bytes, spans cut to fit.
    #[must_use]
    pub fn slice(&self, start: usize, end: usize) -> Flat {
        let _ = (start, end);
        unimplemented!()
    }
}
