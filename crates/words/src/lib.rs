//! What Causeway says to people, sentence by sentence, in each language that it speaks.
//!
//! **Invariant:** code and rows know a sentence by its name and arguments alone; how it is said stands in the catalogues. A
//! language that lacks a sentence says it in English.

mod catalogue;
mod parts;
mod sentences;

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentValue};

use catalogue::{CATALOGUES, EXAMPLE, SUBJECT};
pub use parts::*;
pub use sentences::*;

/// One that Causeway speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Language(usize);

impl Language {
    pub const ENGLISH: Language = Language(0);
    pub const SPANISH: Language = Language(1);

    pub fn all() -> impl Iterator<Item = Language> {
        (0..CATALOGUES.len()).map(Language)
    }

    /// As in `ca`.
    pub fn tag(self) -> &'static str {
        CATALOGUES[self.0].language
    }

    /// Of a tag as in `ca` or `en-GB`: English where we do not speak it.
    pub fn of(tag: &str) -> Language {
        Language::known(tag).unwrap_or(Language::ENGLISH)
    }

    /// None where we do not speak it.
    pub fn known(tag: &str) -> Option<Language> {
        let language = tag.split(['-', '_']).next().unwrap_or_default();
        let is_it = |it: &Language| it.tag().eq_ignore_ascii_case(language);
        Language::all().find(is_it)
    }
}

/// What a sentence is told.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    Number(i64),
    Text(Cow<'a, str>),
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(text.into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(text.into())
    }
}

/// By their names.
pub type Args<'a> = [(&'a str, Value<'a>)];

impl Sentence {
    /// None for a name that this version does not know.
    pub fn named(name: &str) -> Option<Sentence> {
        let known = SENTENCES.iter().chain(PARTS);
        known.copied().find(|it| it.name == name)
    }

    /// Without arguments. It was put together once, when its catalogue was read.
    pub fn fixed(self, language: Language) -> &'static str {
        let said = catalogue::fixed(language, self.name);
        said.unwrap_or(self.name)
    }

    /// Whether these are its arguments.
    pub fn takes(self, args: &Args<'_>) -> bool {
        self.args.len() == args.len() && args.iter().all(|(it, _)| self.args.contains(it))
    }

    pub fn say(self, language: Language, args: &Args<'_>) -> String {
        debug_assert!(self.takes(args), "{} is told {args:?}", self.name);
        let said = catalogue::say(language, self.name, &fluent(args));
        said.unwrap_or_else(|| self.name.to_owned())
    }

    /// Of the thread that it begins, where it has one.
    pub fn subject(self, language: Language) -> Option<&'static str> {
        catalogue::attribute(language, self.name, SUBJECT)
    }

    /// Of the command that it tells of, as somebody types it.
    pub fn example(self, language: Language) -> Option<&'static str> {
        catalogue::attribute(language, self.name, EXAMPLE)
    }
}

fn fluent<'a>(args: &'a Args<'_>) -> FluentArgs<'a> {
    let value = |it: &'a Value<'_>| match it {
        Value::Number(number) => FluentValue::from(*number),
        Value::Text(text) => FluentValue::from(&**text),
    };
    args.iter().map(|(name, it)| (*name, value(it))).collect()
}

#[cfg(test)]
mod tests;
