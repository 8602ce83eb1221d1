//! What can be said, as data: one entry for each command.

use words::Sentence;

use crate::command::NOUNS;

/// A command: its words, what it is given, who may say it.
#[derive(Debug)]
pub struct Verb {
    /// As in `room list`; no other has the same.
    pub words: &'static str,
    /// What is taken for them as well.
    pub(super) also: &'static [&'static str],
    pub params: &'static [Param],
    pub who: Who,
    pub effect: Effect,
    /// One line of help, with an example.
    pub about: Sentence,
    pub(super) marks: &'static [Mark],
}

/// Several commands about one thing.
#[derive(Debug)]
pub struct Noun {
    /// The first word of its commands; empty for what stands alone.
    pub name: &'static str,
    pub(super) also: &'static [&'static str],
    pub about: Sentence,
    pub verbs: &'static [Verb],
}

/// What a command is given.
#[derive(Debug)]
pub struct Param {
    pub(super) field: &'static str,
    pub holds: Holds,
    /// What belongs there.
    pub about: Sentence,
    /// All that it may be, where that is little.
    pub choices: &'static [&'static str],
    /// Said with its name, as in `most-parts=3`; all others by their place.
    pub is_keyed: bool,
    /// All that is left of a line.
    pub(super) is_long: bool,
    /// Whether it can be read.
    pub(super) takes: fn(&[String]) -> bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    One,
    OneOrNone,
    Many,
    /// Some of them, or this word.
    SomeOr(&'static str),
    /// There or not.
    Flag,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Anybody,
    /// Whoever the community knows.
    Member,
    /// Staff, and whoever administers the channel in which it is said.
    Admin,
    Staff,
    /// Whoever runs the program: it is said at the terminal alone.
    Operator,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Reads,
    Changes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing is done about it yet: no help tells of it.
    Later,
    /// Its first word may be a slash word of its own.
    Short,
    /// Platforms say it, and people need not: no help tells of it.
    Quiet,
    /// It is about whoever says it: where commands are chosen from a tree it stands below `me`.
    Own,
}

impl Holds {
    pub fn is_needed(self) -> bool {
        matches!(self, Holds::One | Holds::SomeOr(_))
    }
}

/// More of them would make a line of help too long.
const MOST_CHOICES_SHOWN: usize = 4;

impl Param {
    pub fn name(&self) -> String {
        self.field.replace('_', "-")
    }

    /// Capitals do not matter, nor which dash it is.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let name = name.to_lowercase().replace('_', "-");
        name == self.name()
    }

    pub fn is_flag(&self) -> bool {
        self.holds == Holds::Flag
    }

    /// As usage shows it.
    fn shown(&self) -> String {
        let name = self.name();
        let value = match self.choices.len() {
            1..=MOST_CHOICES_SHOWN => self.choices.join("|"),
            _ => name.to_uppercase(),
        };
        match self.holds {
            Holds::Flag => format!("[{name}]"),
            Holds::One if self.is_keyed => format!("{name}={value}"),
            Holds::OneOrNone if self.is_keyed => format!("[{name}={value}]"),
            Holds::One => value,
            Holds::OneOrNone => format!("[{value}]"),
            Holds::Many => format!("[{value} …]"),
            Holds::SomeOr(word) => format!("{value} … | {word}"),
        }
    }
}

impl Verb {
    /// By its words, as rows hold it.
    pub fn named(words: &str) -> Option<&'static Verb> {
        verbs().find(|it| it.words == words)
    }

    pub fn is_built(&self) -> bool {
        !self.marks.contains(&Mark::Later)
    }

    /// Whether people are told of it.
    pub fn is_told(&self) -> bool {
        self.is_built() && !self.is_quiet()
    }

    pub(super) fn is_quiet(&self) -> bool {
        self.marks.contains(&Mark::Quiet)
    }

    /// As it is said alone behind a slash, by its first word.
    pub fn slash_word(&self) -> Option<&'static str> {
        self.words.split(' ').next().filter(|_| self.is_short())
    }

    pub(super) fn is_own(&self) -> bool {
        self.marks.contains(&Mark::Own)
    }

    pub(super) fn is_short(&self) -> bool {
        self.marks.contains(&Mark::Short)
    }

    /// `room link ROOM CHANNEL`
    pub fn usage(&self) -> String {
        let params = self.params.iter().map(Param::shown);
        let words = std::iter::once(self.words.to_owned()).chain(params);
        words.collect::<Vec<_>>().join(" ")
    }

    pub(super) fn spellings(&self) -> impl Iterator<Item = &'static str> {
        std::iter::once(self.words).chain(self.also.iter().copied())
    }

    pub fn param(&self, name: &str) -> Option<&'static Param> {
        self.params.iter().find(|it| it.is_called(name))
    }
}

impl Noun {
    pub(super) fn is_called(&self, name: &str) -> bool {
        self.name == name || self.also.contains(&name)
    }

    /// Those of which somebody is told who may say so much.
    pub(super) fn told(&self, may: impl Fn(Who) -> bool) -> Vec<&'static Verb> {
        let verbs = self.verbs.iter();
        verbs.filter(|it| it.is_told() && may(it.who)).collect()
    }
}

/// All of them, in the order in which help tells of them.
pub fn verbs() -> impl Iterator<Item = &'static Verb> {
    NOUNS.iter().flat_map(|it| it.verbs)
}
