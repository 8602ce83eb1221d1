//! What follows a command's words, put where it belongs.

use super::{
    Command,
    fault::Fault,
    kind::Given,
    verb::{Holds, Param, Verb},
};

/// A command of which the words are known.
pub(super) struct Filling {
    pub(super) verb: &'static Verb,
    pub(super) given: Given,
}

impl Filling {
    pub(super) fn of(verb: &'static Verb) -> Filling {
        let nothing = verb.params.iter().map(|it| (it.field, Vec::new()));
        let given = Given(nothing.collect());
        Filling { verb, given }
    }

    pub(super) fn command(self) -> Result<Command, Fault> {
        Command::build(self.verb, &self.given)
    }

    /// What is wrong with it, where something is.
    pub(super) fn fault(&self, param: &Param) -> Option<Fault> {
        match self.given.of(param.field) {
            [] if param.holds.is_needed() => Some(Fault::Missing),
            [] => None,
            texts => (!(param.takes)(texts)).then_some(Fault::NotSo),
        }
    }

    /// The next that is said by its place.
    pub(super) fn place(&mut self, text: &str) -> Result<(), Fault> {
        let is_free = |it: &&Param| match it.holds {
            _ if it.is_keyed || it.is_flag() => false,
            Holds::Many | Holds::SomeOr(_) => true,
            _ => it.is_long || self.given.of(it.field).is_empty(),
        };
        let param = self.verb.params.iter().find(is_free);
        self.add(param.ok_or(Fault::TooMuch)?, text)
    }

    pub(super) fn add(&mut self, param: &Param, text: &str) -> Result<(), Fault> {
        let given = self.given.0.iter_mut().find(|it| it.0 == param.field);
        let (_, texts) = given.ok_or(Fault::NoSuchOption)?;
        match (param.holds, texts.last_mut()) {
            (_, None) | (Holds::Many | Holds::SomeOr(_), _) => texts.push(text.to_owned()),
            (_, Some(last)) if param.is_long => {
                last.push(' ');
                last.push_str(text);
            }
            _ => return Err(Fault::TooMuch),
        }
        Ok(())
    }

    /// An option, by its name: with the value that stands with it, or with the next word.
    pub(super) fn option(
        &mut self,
        name: &str,
        value: Option<&str>,
        next: impl FnOnce() -> Option<String>,
    ) -> Result<(), Fault> {
        let is_word = |it: &&Param| matches!(it.holds, Holds::SomeOr(word) if word == name);
        let Some(param) = self.verb.param(name) else {
            let list = self.verb.params.iter().find(is_word);
            return self.add(list.ok_or(Fault::NoSuchOption)?, name);
        };
        match value {
            Some(value) => self.add(param, value),
            None if param.is_flag() => self.add(param, YES),
            None => self.add(param, &next().ok_or(Fault::Missing)?),
        }
    }

    /// Whether the word can be nothing but a flag's: all that is needed was said.
    pub(super) fn is_flag(&self, word: &str) -> bool {
        let is_said = |it: &Param| !it.holds.is_needed() || !self.given.of(it.field).is_empty();
        let mut needed = self.verb.params.iter().filter(|it| !it.is_keyed);
        needed.all(is_said) && self.verb.param(word).is_some_and(Param::is_flag)
    }
}

const YES: &str = "yes";
