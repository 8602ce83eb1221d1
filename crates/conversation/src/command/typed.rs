//! A line that somebody types: behind the program's own slash word, in a mail, where they and the bridge are alone.

use super::{
    Command,
    fault::{Fault, Unknown},
    fill::Filling,
    tokens::{Token, before_quotation, is_plain, quoted, tokens, without_dashes},
    unknown::nearest,
    value::bare,
    verb::{Param, Verb, verbs},
};

/// More than any command takes; platforms let people write about as much.
const LONGEST: usize = 8192;
/// Whoever copies a command out of a text copies the program's name with it.
pub(super) const OURS: &str = "causeway";

pub(super) fn read(line: &str) -> Result<Command, Unknown> {
    let unknown = |why| Unknown {
        why,
        nearest: nearest(line),
    };
    if line.len() > LONGEST {
        return Err(unknown(Fault::TooLong));
    }
    let line = without_slash(line);
    let said = tokens(line).or_else(|why| {
        let begun = before_quotation(line);
        let verb = begin(&begun).ok_or_else(|| unknown(why))?.0;
        Err(verb.refuses(why))
    })?;
    let (verb, rest) = begin(&said).ok_or_else(|| unknown(Fault::NoSuchCommand))?;
    let filled = fill(Filling::of(verb), rest).and_then(Filling::command);
    filled.map_err(|why| verb.refuses(why))
}

/// A command with what it was given, of which nothing is wrong but that something is missing.
pub(super) fn begun(line: &str) -> Option<Filling> {
    let said = tokens(without_slash(line))
        .ok()
        .filter(|_| line.len() <= LONGEST)?;
    let (verb, rest) = begin(&said)?;
    let filling = fill(Filling::of(verb), rest).ok()?;
    let faults: Vec<Fault> = verb
        .params
        .iter()
        .filter_map(|it| filling.fault(it))
        .collect();
    let is_only_begun = !faults.is_empty() && faults.iter().all(|it| *it == Fault::Missing);
    is_only_begun.then_some(filling)
}

fn without_slash(line: &str) -> &str {
    let line = line.trim_start();
    line.strip_prefix(['/', '／']).unwrap_or(line)
}

/// The longest words of a command with which it begins, and what follows them. The program's name may stand before.
fn begin(said: &[Token]) -> Option<(&'static Verb, &[Token])> {
    let is_ours = |it: &Token| !it.is_quoted && bare(&it.text) == OURS;
    let said = match said.split_first() {
        Some((first, rest)) if is_ours(first) => rest,
        _ => said,
    };
    let spellings = verbs().flat_map(|verb| verb.spellings().map(move |it| (verb, it)));
    let length = |words: &str| {
        let mut said = said.iter();
        let is_word =
            |it: &Token, word| it.key.is_none() && !it.is_quoted && bare(&it.text) == word;
        let is_next = |word| said.next().is_some_and(|it| is_word(it, word));
        words
            .split(' ')
            .all(is_next)
            .then(|| words.split(' ').count())
    };
    let found = spellings.filter_map(|(verb, words)| Some((length(words)?, verb)));
    let (length, verb) = found.max_by_key(|it| it.0)?;
    Some((verb, &said[length..]))
}

fn fill(mut filling: Filling, said: &[Token]) -> Result<Filling, Fault> {
    let mut said = said.iter();
    while let Some(token) = said.next() {
        let is_param = |name: &str| filling.verb.param(name).is_some();
        let option = token
            .key
            .as_ref()
            .map(|it| (without_dashes(&it.name).unwrap_or(&it.name), it));
        let option = option.filter(|(name, it)| it.sign == '=' || is_param(name));
        let mut next = || said.next().map(|it| it.text.clone());
        match (option, without_dashes(&token.text)) {
            _ if token.is_quoted => filling.place(&token.text)?,
            (Some((name, key)), _) => filling.option(&bare(name), Some(&key.value), next)?,
            // A dash between two thoughts.
            (None, Some("")) => {}
            (None, Some(name)) => filling.option(&bare(name), None, &mut next)?,
            _ if filling.is_flag(&bare(&token.text)) => {
                filling.option(&bare(&token.text), None, next)?
            }
            _ => filling.place(&token.text)?,
        }
    }
    Ok(filling)
}

pub(super) fn write(command: &Command) -> String {
    let (verb, given) = command.given();
    let mut line = vec![verb.words.to_owned()];
    let is_option = |name: &str| verb.param(name).is_some();
    let mut options = Vec::new();
    for param in verb.params {
        for text in given.of(param.field) {
            let is_flag = verb.param(&bare(text)).is_some_and(Param::is_flag);
            let shown = match param.is_long || !is_flag && is_plain(text, is_option) {
                true => text.clone(),
                false => quoted(text),
            };
            match param {
                it if it.is_flag() => options.push(it.name()),
                it if it.is_keyed => options.push(format!("{}={shown}", it.name())),
                _ => line.push(shown),
            }
        }
    }
    line.extend(options);
    line.join(" ")
}
