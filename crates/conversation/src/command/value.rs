//! What commands are given: names, ids, choices, codes.

use std::{fmt, str::FromStr};

#[cfg(any(test, feature = "arbitrary"))]
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use words::{
    Language, PARAM_CODE, PARAM_DOOR, PARAM_ID, PARAM_MOST_PARTS, PARAM_NAME, PARAM_TOPIC,
    PARAM_WHICH, Sentence,
};

use super::{
    NOUNS,
    help::STAFF,
    kind::{Kind, Value},
    verb::Holds,
};

/// What was said is not what belongs there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSo(pub(super) Sentence);

impl fmt::Display for NotSo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "write {}", self.0.fixed(Language::ENGLISH))
    }
}

impl std::error::Error for NotSo {}

/// Without what a sentence ends with, in small letters.
pub(super) fn bare(word: &str) -> String {
    word.trim_end_matches(['.', '!', '?', '…', ',', ';', '。'])
        .to_lowercase()
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $read:ident, $about:ident, $any:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotSo;

            fn from_str(text: &str) -> Result<$name, NotSo> {
                <$name as Value>::read(text).ok_or(NotSo($about))
            }
        }

        impl Value for $name {
            const ABOUT: Sentence = $about;

            fn read(text: &str) -> Option<$name> {
                $read(text).map($name)
            }

            fn write(&self) -> String {
                self.0.clone()
            }

            #[cfg(any(test, feature = "arbitrary"))]
            fn any() -> BoxedStrategy<$name> {
                $any.prop_filter_map("one of its kind", |it| $read(&it).map($name)).boxed()
            }
        }
    )*};
}

texts! {
    /// What people call a room or a community: one line, with single blanks between its words.
    Name: name, PARAM_NAME, "\\PC{1,24}";
    /// Of something in a list, or how it begins.
    Id: id, PARAM_ID, "[0-9a-z]{1,13}";
    /// What a change is confirmed with.
    Code: code, PARAM_CODE, "[0-9A-Z]{4,8}";
    /// The word behind a door.
    Door: door, PARAM_DOOR, "[0-9A-Za-z_-]{1,12}";
}

const LONGEST_NAME: usize = 200;
const LONGEST_ID: usize = 64;

fn name(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = words.join(" ");
    let is_one = !name.is_empty() && name.chars().count() <= LONGEST_NAME;
    (is_one && !name.contains(char::is_control)).then_some(name)
}

fn id(text: &str) -> Option<String> {
    let id = bare(text);
    let is_one = |it: char| it.is_ascii_alphanumeric() || it == '-';
    let is_short = (1..=LONGEST_ID).contains(&id.len());
    (is_short && id.chars().all(is_one)).then_some(id)
}

fn code(text: &str) -> Option<String> {
    let code = bare(text).to_uppercase();
    let is_code = (4..=8).contains(&code.len());
    (is_code && code.chars().all(|it| it.is_ascii_alphanumeric())).then_some(code)
}

fn door(text: &str) -> Option<String> {
    let is_one = |it: char| it.is_ascii_alphanumeric() || it == '-' || it == '_';
    let is_short = (1..=LONGEST_ID).contains(&text.len());
    (is_short && text.chars().all(is_one)).then(|| text.to_owned())
}

/// From how many posts on a long text goes as a file: none is what the configuration says, 0 no limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Parts", into = "Parts")]
pub struct MostParts(pub Option<u32>);

/// As it stands in rows, where nothing is what was not said at all.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(untagged)]
enum Parts {
    Most(u32),
    Default(AsConfigured),
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AsConfigured {
    Default,
}

impl From<Parts> for MostParts {
    fn from(parts: Parts) -> MostParts {
        MostParts(match parts {
            Parts::Most(most) => Some(most),
            Parts::Default(AsConfigured::Default) => None,
        })
    }
}

impl From<MostParts> for Parts {
    fn from(parts: MostParts) -> Parts {
        parts
            .0
            .map_or(Parts::Default(AsConfigured::Default), Parts::Most)
    }
}

impl FromStr for MostParts {
    type Err = NotSo;

    fn from_str(text: &str) -> Result<MostParts, NotSo> {
        <MostParts as Value>::read(text).ok_or(NotSo(PARAM_MOST_PARTS))
    }
}

impl Value for MostParts {
    const ABOUT: Sentence = PARAM_MOST_PARTS;

    fn read(text: &str) -> Option<MostParts> {
        match bare(text).as_str() {
            "default" => Some(MostParts(None)),
            number => number.parse().ok().map(|it| MostParts(Some(it))),
        }
    }

    fn write(&self) -> String {
        self.0.map_or("default".to_owned(), |it| it.to_string())
    }

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<MostParts> {
        prop::option::of(0..=u32::MAX).prop_map(MostParts).boxed()
    }
}

/// Of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    All,
    /// At least one.
    These(Vec<Id>),
}

const ALL: &str = "all";

impl Kind for Which {
    const HOLDS: Holds = Holds::SomeOr(ALL);
    const ABOUT: Sentence = PARAM_WHICH;

    fn read(texts: &[String]) -> Option<Which> {
        match texts {
            [] => None,
            [all] if bare(all) == ALL => Some(Which::All),
            ids => {
                let ids = ids
                    .iter()
                    .map(|it| <Id as Value>::read(it).filter(|it| it.0 != ALL));
                ids.collect::<Option<_>>().map(Which::These)
            }
        }
    }

    fn write(&self) -> Vec<String> {
        match self {
            Which::All => vec![ALL.to_owned()],
            Which::These(ids) => ids.iter().map(Value::write).collect(),
        }
    }

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<Which> {
        let id = <Id as Value>::any().prop_filter("no other word", |it| it.0 != ALL);
        let these = prop::collection::vec(id, 1..4).prop_map(Which::These);
        prop_oneof![Just(Which::All), these].boxed()
    }
}

/// A noun, or the words of a command that stands alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Topic(String);

impl Topic {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Value for Topic {
    const ABOUT: Sentence = PARAM_TOPIC;
    const IS_LONG: bool = true;

    fn read(text: &str) -> Option<Topic> {
        let said = bare(text);
        let mut nouns = NOUNS.iter().filter(|it| !it.name.is_empty());
        let noun = nouns.find(|it| it.is_called(&said)).map(|it| it.name);
        let alone = NOUNS.iter().filter(|it| it.name.is_empty());
        let mut verbs = alone.flat_map(|it| it.verbs);
        let mut verb = || verbs.find(|it| it.spellings().any(|it| it == said));
        let staff = || (said == STAFF).then_some(STAFF);
        let topic = noun.or_else(|| verb().map(|it| it.words)).or_else(staff)?;
        Some(Topic(topic.to_owned()))
    }

    fn write(&self) -> String {
        self.0.clone()
    }

    #[cfg(any(test, feature = "arbitrary"))]
    fn any() -> BoxedStrategy<Topic> {
        let nouns = NOUNS.iter().map(|it| it.name).filter(|it| !it.is_empty());
        let topics: Vec<_> = nouns.chain(["forget me", "rest", STAFF]).collect();
        let topics = prop::sample::select(topics);
        topics.prop_map(|it| Topic(it.to_owned())).boxed()
    }
}
