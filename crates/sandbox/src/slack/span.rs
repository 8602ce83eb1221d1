//! Marked words as they are shown.

use serde::Serialize;

/// A line, a quote, a block of code, an item of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// `paragraph`, `quote`, `code_block`, `item`, `heading`, `context`, `divider` or `image`.
    pub kind: &'static str,
    pub indent: u32,
    /// Of an item in an ordered list, from 1.
    pub number: Option<u32>,
    pub spans: Vec<Span>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Span {
    pub text: String,
    /// `text`, `link`, `user`, `channel`, `group`, `broadcast` or `emoji`.
    pub kind: &'static str,
    pub bold: bool,
    pub italic: bool,
    pub strike: bool,
    pub code: bool,
    /// The address of a link, the id of whom or what is mentioned.
    pub target: Option<String>,
}

impl Piece {
    pub(crate) fn of(kind: &'static str, spans: Vec<Span>) -> Piece {
        Piece {
            kind,
            indent: 0,
            number: None,
            spans,
        }
    }
}

impl Span {
    pub(crate) fn text(text: &str) -> Span {
        Span {
            kind: "text",
            text: text.to_owned(),
            ..Span::default()
        }
    }

    pub(crate) fn at(kind: &'static str, target: &str, text: impl Into<String>) -> Span {
        Span {
            kind,
            text: text.into(),
            target: Some(target.to_owned()),
            ..Span::default()
        }
    }
}
