//! What is wrong with what somebody said.
//!
//! **Invariant:** nothing of what was typed is kept, only which commands it is like.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use words::{
    AT_THE_TERMINAL, CANNOT_YET, MISTAKEN, NOT_UNDERSTOOD_NEAR, Sentence, WHY_MISSING,
    WHY_NO_OPTION, WHY_NOT_SO, WHY_TOO_MUCH, WHY_UNCLOSED,
};

use super::verb::{Verb, Who};
use crate::{Arg, Phrase};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unknown {
    pub why: Fault,
    /// The one that was meant, or up to three that are like it; none of those that no help tells of.
    #[serde(serialize_with = "by_words", deserialize_with = "of_words")]
    pub nearest: Vec<&'static Verb>,
}

fn by_words<S: Serializer>(verbs: &[&'static Verb], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(verbs.iter().map(|it| it.words))
}

/// Without those that this version does not know.
fn of_words<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<&'static Verb>, D::Error> {
    let words = Vec::<String>::deserialize(from)?;
    Ok(words.iter().filter_map(|it| Verb::named(it)).collect())
}

impl Unknown {
    /// What whoever said it is told.
    pub fn phrase(&self) -> Phrase {
        match (self.why.sentence(), self.nearest.first()) {
            (Some(why), Some(verb)) => verb.cannot().unwrap_or_else(|| {
                let words = || verb.words.to_owned();
                Phrase::of(MISTAKEN)
                    .with("why", Arg::sentence(why))
                    .with("usage", Arg::Usage(words()))
                    .with("example", Arg::Example(words()))
            }),
            _ => {
                let nearest = self.nearest.iter().map(|it| it.words.to_owned());
                let nearest = Arg::Commands(nearest.collect());
                Phrase::of(NOT_UNDERSTOOD_NEAR).with("commands", nearest)
            }
        }
    }
}

impl Fault {
    /// Of a command of which the words are known.
    pub fn sentence(self) -> Option<Sentence> {
        Some(match self {
            Fault::NoSuchCommand | Fault::TooLong => return None,
            Fault::Unclosed => WHY_UNCLOSED,
            Fault::Missing => WHY_MISSING,
            Fault::TooMuch => WHY_TOO_MUCH,
            Fault::NoSuchOption => WHY_NO_OPTION,
            Fault::NotSo => WHY_NOT_SO,
        })
    }
}

impl Verb {
    pub fn refuses(&'static self, why: Fault) -> Unknown {
        let nearest = vec![self];
        Unknown { why, nearest }
    }

    /// What is said of one that nothing is done about where people talk.
    pub fn cannot(&self) -> Option<Phrase> {
        match self.who {
            Who::Operator => Some(Phrase::of(AT_THE_TERMINAL)),
            _ if !self.is_built() => Some(Phrase::of(CANNOT_YET)),
            _ => None,
        }
    }
}

impl PartialEq for Verb {
    fn eq(&self, other: &Verb) -> bool {
        self.words == other.words
    }
}

impl Eq for Verb {}
