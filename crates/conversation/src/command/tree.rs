//! Commands as platforms offer them to choose from: a path of names, and options that have names and a value each.

use super::{
    Command, Me,
    fault::{Fault, Unknown},
    fill::Filling,
    kind::Given,
    noun::Commands,
    tokens::{is_plain, quoted, tokens},
    typed,
    unknown::nearest,
    verb::{Holds, Param, Verb, verbs},
};

/// Something that was chosen, with all that was filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// `room`, `link`; or one name for what stands alone, as in `who-can-see-this`.
    pub path: Vec<String>,
    pub options: Vec<(String, String)>,
}

impl Chosen {
    pub fn verb(&self) -> Option<&'static Verb> {
        verbs().find(|it| it.path() == self.path)
    }

    /// Of a line that was typed: a command with what it was given, where nothing is wrong but that something is missing.
    pub fn begun(line: &str) -> Option<Chosen> {
        typed::begun(line).map(|it| chosen(it.verb, &it.given))
    }

    /// Each command that it may become, where one thing is missing that is one of a few.
    pub fn completions(&self) -> Vec<Command> {
        let faults = self.faults();
        let [(param, Fault::Missing)] = faults.as_slice() else {
            return Vec::new();
        };
        let completed = |choice: &&'static str| {
            let mut chosen = self.clone();
            chosen.options.push((param.name(), (*choice).to_owned()));
            read(&chosen).ok()
        };
        param.choices.iter().filter_map(completed).collect()
    }

    /// What is wrong, by the option in which it is.
    pub fn faults(&self) -> Vec<(&'static Param, Fault)> {
        let params = self.verb().map_or(&[][..], |it| it.params).iter();
        params
            .filter_map(|it| Some((it, self.fault(it)?)))
            .collect()
    }

    fn fault(&self, param: &'static Param) -> Option<Fault> {
        let mut filling = Filling::of(self.verb()?);
        let mut own = self.options.iter().filter(|it| param.is_called(&it.0));
        match own.try_for_each(|it| add(&mut filling, it)) {
            Ok(()) => filling.fault(param),
            Err(fault) => Some(fault),
        }
    }

    /// The same as somebody types it. What is wrong in it stays so.
    pub fn line(&self) -> String {
        let typed = || {
            let options = self.options.iter();
            let options = options.map(|(name, value)| format!(" {name}={}", quoted(value)));
            let words = self.verb().map(|it| it.words.to_owned());
            let words = words.unwrap_or_else(|| self.path.join(" ").replace('-', " "));
            words + &options.collect::<String>()
        };
        read(self).map_or_else(|_| typed(), |command| command.line())
    }
}

impl Verb {
    /// Its names in the tree: one, or its noun's and its own.
    pub fn path(&self) -> Vec<String> {
        match self.words.split_once(' ') {
            _ if self.is_own() => vec![Me::NOUN.name.to_owned(), self.words.replace(' ', "-")],
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
    options.iter().try_for_each(|it| add(&mut filling, it))?;
    filling.command()
}

fn add(filling: &mut Filling, (name, text): &(String, String)) -> Result<(), Fault> {
    let param = filling.verb.param(name).ok_or(Fault::NoSuchOption)?;
    match param.holds {
        // Of several in one text each may be quoted.
        Holds::Many | Holds::SomeOr(_) => {
            let mut tokens = tokens(text)?.into_iter();
            tokens.try_for_each(|it| filling.add(param, &it.text))
        }
        _ => filling.add(param, text),
    }
}

pub(super) fn write(command: &Command) -> Chosen {
    let (verb, given) = command.given();
    chosen(verb, &given)
}

fn chosen(verb: &'static Verb, given: &Given) -> Chosen {
    let said = verb.params.iter().map(|it| (it, given.of(it.field)));
    let option = |(param, texts): (&Param, &[String])| {
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
