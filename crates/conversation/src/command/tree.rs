//! Commands as platforms offer them to choose from: a path of names, and options that have names and a value each.

use super::{
    Command,
    fault::{Fault, Unknown},
    fill::Filling,
    tokens::{is_plain, quoted, tokens},
    unknown::nearest,
    verb::{Holds, Verb, verbs},
};

/// Something that was chosen, with all that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// `room`, `link`; or one name for what stands alone, as in `forget-me`.
    pub path: Vec<String>,
    pub options: Vec<(String, String)>,
}

impl Chosen {
    pub fn verb(&self) -> Option<&'static Verb> {
        verbs().find(|it| it.path() == self.path)
    }

    /// The same as somebody types it. What is wrong in it stays so.
    pub fn line(&self) -> String {
        let typed = || {
            let options = self.options.iter();
            let options = options.map(|(name, value)| format!(" {name}={}", quoted(value)));
            self.path.join(" ").replace('-', " ") + &options.collect::<String>()
        };
        read(self).map_or_else(|_| typed(), |command| command.line())
    }
}

impl Verb {
    /// Its names in the tree: one, or its noun's and its own.
    pub fn path(&self) -> Vec<String> {
        match self.words.split_once(' ') {
            Some((noun, verb)) if super::noun(noun).is_some() => {
                vec![noun.to_owned(), verb.replace(' ', "-")]
            }
            _ => vec![self.words.replace(' ', "-")],
        }
    }
}

pub(super) fn read(chosen: &Chosen) -> Result<Command, Unknown> {
    let Some(verb) = chosen.verb() else {
        return Err(Unknown {
            why: Fault::NoSuchCommand,
            nearest: nearest(&chosen.path.join(" ")),
        });
    };
    fill(Filling::of(verb), &chosen.options).map_err(|why| verb.refuses(why))
}

fn fill(mut filling: Filling, options: &[(String, String)]) -> Result<Command, Fault> {
    for (name, text) in options {
        let param = filling.verb.param(name).ok_or(Fault::NoSuchOption)?;
        match param.holds {
            // Of several in one text each may be quoted.
            Holds::Many | Holds::SomeOr(_) => {
                for token in tokens(text)? {
                    filling.add(param, &token.text)?;
                }
            }
            _ => filling.add(param, text)?,
        }
    }
    filling.command()
}

pub(super) fn write(command: &Command) -> Chosen {
    let (verb, given) = command.given();
    let said = verb.params.iter().map(|it| (it, given.of(it.field)));
    let option = |(param, texts): (&super::Param, &[String])| {
        let shown = |text: &String| match is_plain(text, |_| false) {
            true => text.clone(),
            false => quoted(text),
        };
        let value = match (param.holds, texts) {
            (_, []) => return None,
            (Holds::Many | Holds::SomeOr(_), several) => {
                several.iter().map(shown).collect::<Vec<_>>().join(" ")
            }
            (_, [text, ..]) => text.clone(),
        };
        Some((param.name(), value))
    };
    Chosen {
        path: verb.path(),
        options: said.filter_map(option).collect(),
    }
}
