//! Markup as a text with marked ranges: the form in which it is measured, cut and joined.
//!
//! What a platform limits is the length of `markup.flatten().text`, so that is what is measured.

use crate::{RemoteId, Style};

mod cost;
mod edit;
mod flatten;
mod nest;
mod slice;
#[cfg(test)]
mod tests;
mod tree;

pub(crate) use cost::{Costs, address_cost};
pub(crate) use edit::Edit;

/// **Invariant:** spans lie on character boundaries, and any two are disjoint or nested.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flat {
    pub text: String,
    /// Outer before inner, then by start.
    pub spans: Vec<Span>,
}

impl Flat {
    pub(crate) fn unmarked(text: String) -> Flat {
        Flat {
            text,
            spans: Vec::new(),
        }
    }
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

impl Mark {
    /// What it covers is taken as it stands: no other mark lies inside.
    fn is_leaf(&self) -> bool {
        match self {
            Mark::Code | Mark::CodeBlock { .. } | Mark::Mention { .. } | Mark::Emoji { .. } => true,
            Mark::Style(_) | Mark::Link { .. } | Mark::Quote => false,
        }
    }

    /// Where two marks cross, the one with the higher rank is cut in two: a bold that runs into a code
    /// block must not tear the block apart.
    fn rank(&self) -> u8 {
        match self {
            Mark::Quote => 0,
            Mark::CodeBlock { .. } => 1,
            Mark::Code | Mark::Link { .. } | Mark::Mention { .. } | Mark::Emoji { .. } => 2,
            Mark::Style(_) => 3,
        }
    }
}
