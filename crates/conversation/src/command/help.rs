//! What people are told of commands.
//!
//! **Invariant:** nobody is told of what they may not say, nor of what nothing is done about.

use words::{CANNOT_YET, COMMAND_LINE, HELP_ABOUT, HELP_SCREEN, Language};

use super::{
    NOUNS,
    value::Topic,
    verb::{Noun, Verb, Who},
};
use crate::{Arg, Phrase};

/// All of them, or those about one thing.
pub fn help(about: Option<&Topic>, may: impl Fn(Who) -> bool) -> Phrase {
    let Some(topic) = about else {
        let lines = NOUNS.iter().flat_map(|it| lines(it, &may)).collect();
        return Phrase::of(HELP_SCREEN).with("commands", Arg::Commands(lines));
    };
    let nouns = NOUNS
        .iter()
        .flat_map(|it| it.told(&may).into_iter().map(move |verb| (it, verb)));
    let is_meant = |(noun, verb): &(&Noun, &Verb)| {
        noun.name == topic.as_str() || noun.name.is_empty() && verb.words == topic.as_str()
    };
    let verbs: Vec<_> = nouns
        .filter(is_meant)
        .map(|it| it.1.words.to_owned())
        .collect();
    match verbs.first().cloned() {
        Some(first) => Phrase::of(HELP_ABOUT)
            .with("commands", Arg::Commands(verbs))
            .with("example", Arg::Example(first)),
        None => Phrase::of(CANNOT_YET),
    }
}

/// What more can be heard about.
pub fn topics(may: impl Fn(Who) -> bool) -> Vec<String> {
    let topic = |noun: &Noun| {
        let verbs = noun.told(&may).into_iter();
        let name = |it: &Verb| match noun.name {
            "" => it.words.to_owned(),
            name => name.to_owned(),
        };
        verbs.map(name).collect::<Vec<_>>()
    };
    let mut topics: Vec<_> = NOUNS.iter().flat_map(topic).collect();
    topics.dedup();
    topics
}

/// What stands alone is told of; of a noun with several, that there is more about it.
fn lines(noun: &Noun, may: impl Fn(Who) -> bool) -> Vec<String> {
    let verbs = noun.told(may);
    match verbs.len() {
        len if len > 1 && !noun.name.is_empty() => vec![noun.name.to_owned()],
        _ => verbs.iter().map(|it| it.words.to_owned()).collect(),
    }
}

/// A line for each, below each other; those of another version are left out.
pub fn help_lines(commands: &[String], language: Language) -> String {
    let line = |words: &String| {
        let verb = || Verb::named(words).map(|it| (it.usage(), it.about));
        let noun = || super::noun(words).map(|it| (format!("help {}", it.name), it.about));
        let (usage, about) = verb().or_else(noun)?;
        let told = [
            ("usage", usage.into()),
            ("about", about.fixed(language).into()),
        ];
        Some(format!("\n{}", COMMAND_LINE.say(language, &told)))
    };
    commands.iter().filter_map(line).collect()
}
