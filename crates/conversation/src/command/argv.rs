//! The words that a terminal hands to a program.

use super::{
    Command,
    fault::{Fault, Unknown},
    fill::Filling,
    tokens::tokens,
    typed::OURS,
    unknown::nearest,
    verb::{Holds, verbs},
};

/// Behind it nothing is an option.
const NO_MORE: &str = "--";

pub(super) fn read(argv: &[String]) -> Result<Command, Unknown> {
    let spellings = verbs().flat_map(|verb| verb.spellings().map(move |it| (verb, it)));
    let found = spellings.filter_map(|(verb, words)| Some((verb, behind(argv, words)?)));
    let Some((verb, rest)) = found.min_by_key(|(_, rest)| rest.len()) else {
        return Err(Unknown {
            why: Fault::NoSuchCommand,
            nearest: nearest(&argv.join(" ")),
        });
    };
    fill(Filling::of(verb), rest).map_err(|why| verb.refuses(why))
}

pub(super) fn of_shell(line: &str) -> Result<Command, Unknown> {
    let words = tokens(line).map_err(|why| Unknown {
        why,
        nearest: nearest(line),
    })?;
    let words = words.into_iter().map(|it| it.text);
    let argv: Vec<String> = words.skip_while(|it| it == OURS).collect();
    read(&argv)
}

fn behind<'a>(argv: &'a [String], words: &str) -> Option<&'a [String]> {
    let mut rest = argv;
    for word in words.split(' ') {
        let (first, others) = rest.split_first()?;
        rest = others;
        (first.to_lowercase() == word).then_some(())?;
    }
    Some(rest)
}

fn fill(mut filling: Filling, argv: &[String]) -> Result<Command, Fault> {
    let mut argv = argv.iter();
    while let Some(word) = argv.next() {
        if word == NO_MORE {
            argv.by_ref().try_for_each(|it| filling.place(it))?;
            break;
        }
        let Some(option) = word.strip_prefix(NO_MORE) else {
            filling.place(word)?;
            continue;
        };
        let next = || argv.next().cloned();
        match option.split_once('=') {
            Some((name, value)) => filling.option(name, Some(value), next)?,
            None => filling.option(option, None, next)?,
        }
    }
    filling.command()
}

pub(super) fn write(command: &Command) -> Vec<String> {
    let (verb, given) = command.given();
    let mut argv: Vec<String> = verb.words.split(' ').map(str::to_owned).collect();
    let mut places = Vec::new();
    for param in verb.params {
        for text in given.of(param.field) {
            match param.holds {
                Holds::Flag => argv.push(format!("--{}", param.name())),
                Holds::SomeOr(word) if word == text => argv.push(format!("--{word}")),
                _ if param.is_keyed => argv.push(format!("--{}={text}", param.name())),
                _ if param.is_long => places.extend(text.split(' ').map(str::to_owned)),
                _ => places.push(text.clone()),
            }
        }
    }
    if places.iter().any(|it| it.starts_with('-')) {
        argv.push(NO_MORE.to_owned());
    }
    argv.extend(places);
    argv
}
