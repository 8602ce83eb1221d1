//! What is wrong with what somebody said.

use serde::Serialize;

use super::verb::Verb;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fault {
    /// No command begins so.
    NoSuchCommand,
    /// More than any command is long.
    TooLong,
    /// A quotation begins and does not end.
    Unclosed,
    /// Something that it needs was not said.
    Missing,
    /// More was said than it takes.
    TooMuch,
    /// It has no option of that name.
    NoSuchOption,
    /// What was said is not of the kind that it takes.
    NotSo,
}

/// What is no command, with what it may have been.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    pub why: Fault,
    /// The one that was meant, or up to three that are like it; none that nothing is done about.
    pub nearest: Vec<&'static Verb>,
}

impl Verb {
    pub(super) fn refuses(&'static self, why: Fault) -> Unknown {
        let nearest = vec![self];
        Unknown { why, nearest }
    }
}

impl PartialEq for Verb {
    fn eq(&self, other: &Verb) -> bool {
        self.words == other.words
    }
}

impl Eq for Verb {}
