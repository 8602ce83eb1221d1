//! What the bridge itself says, before it is put into words: which sentence, and what it is told.
//!
//! **Invariant:** arguments are numbers, times and ids of ours, and commands of staff as they are done, never what somebody said
//! or is called, so a row of them holds nobody's words. They are looked up where the sentence is put into words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use words::{DIGEST, SENTENCES, Sentence};

use crate::{CommunityId, IdentityId, Platform, Timestamp, command::Command};

/// A sentence of the catalogue by its name, with its arguments by theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    pub name: String,
    pub args: BTreeMap<String, Arg>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Arg {
    Number(i64),
    /// Another sentence, without arguments.
    Sentence(String),
    /// What people call it.
    Platform(Platform),
    Community(CommunityId),
    /// The time of day.
    Clock(Timestamp),
    /// The day, and the time of day.
    Date(Timestamp),
    /// How long ago that was when it was said.
    Since(Timestamp),
    /// By their words, or nouns: a line of help for each.
    Commands(Vec<String>),
    /// How that command is written.
    Usage(String),
    Example(String),
    /// So many channels on each.
    Places(BTreeMap<Platform, i64>),
    /// Within another.
    Phrase(Box<Phrase>),
    /// As it is typed.
    Command(Box<Command>),
    /// What it tells, as that stands when it is put into words.
    Told(Box<Command>),
    /// Of a page of ours, which is everybody's.
    Address(String),
    /// What somebody says yes with.
    Code(String),
    /// A code that is made of this where it is put into words: no row holds it.
    Shown(String),
    /// Whoever uses that account, as they are called by then.
    Person(IdentityId),
}

impl Phrase {
    /// Of a sentence that may stand in a row.
    pub fn of(sentence: Sentence) -> Phrase {
        debug_assert!(SENTENCES.contains(&sentence), "{} is a part", sentence.name);
        Phrase {
            name: sentence.name.to_owned(),
            args: BTreeMap::new(),
        }
    }

    #[must_use]
    pub fn with(mut self, name: &str, arg: Arg) -> Phrase {
        self.args.insert(name.to_owned(), arg);
        self
    }

    /// Of the reactions since then to the messages that it quotes.
    pub fn digest(since: Timestamp) -> Phrase {
        Phrase::of(DIGEST).with("since", Arg::Since(since))
    }

    /// The command whose answer it holds, which is looked up where it goes.
    pub fn told(&self) -> Option<&Command> {
        self.args.values().find_map(|it| match it {
            Arg::Told(command) => Some(&**command),
            _ => None,
        })
    }

    /// Since when it tells of what happened.
    pub fn since(&self) -> Option<Timestamp> {
        self.args.values().find_map(|it| match it {
            Arg::Since(at) => Some(*at),
            _ => None,
        })
    }
}

impl Arg {
    pub fn count(how_many: impl TryInto<i64>) -> Arg {
        Arg::Number(how_many.try_into().unwrap_or(i64::MAX))
    }

    pub fn sentence(sentence: Sentence) -> Arg {
        Arg::Sentence(sentence.name.to_owned())
    }

    /// The community that must be called by its name.
    pub fn community(&self) -> Option<&CommunityId> {
        match self {
            Arg::Community(id) => Some(id),
            _ => None,
        }
    }
}
