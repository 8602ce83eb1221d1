//! What people are told of commands.
//!
//! **Invariant:** nobody is told of what they may not say, nor of what nothing is done about.

use words::{CANNOT_YET, COMMAND_LINE, HELP_ABOUT, HELP_SCREEN, HELP_STAFF, Language};

use super::{
    NOUNS,
    value::Topic,
    verb::{Noun, Verb, Who},
};
use crate::{Arg, Phrase};

/// What is everybody's, or what there is about one thing. What is staff's alone has a screen of its own.
pub fn help(about: Option<&Topic>, may: impl Fn(Who) -> bool) -> Phrase {
    let staffs = |who: Who| is_staffs(who) && may(who);
    match about.map(Topic::as_str) {
        None => {
            let mut lines = lines(|who| !is_staffs(who) && may(who));
            lines.extend((!told(staffs).is_empty()).then(|| STAFF.to_owned()));
            Phrase::of(HELP_SCREEN).with("commands", Arg::Commands(lines))
        }
        Some(STAFF) => about_it(lines(staffs), told(staffs).first()),
        Some(topic) => {
            let nouns = NOUNS
                .iter()
                .flat_map(|it| it.told(&may).into_iter().map(move |verb| (it, verb)));
            let is_meant = |(noun, verb): &(&Noun, &Verb)| {
                noun.name == topic || noun.name.is_empty() && verb.words == topic
            };
            let verbs: Vec<_> = nouns.filter(is_meant).map(|it| it.1).collect();
            let words = verbs.iter().map(|it| it.words.to_owned());
            about_it(words.collect(), verbs.first())
        }
    }
}

/// With an example of the first.
fn about_it(commands: Vec<String>, first: Option<&&Verb>) -> Phrase {
    match first {
        Some(first) => Phrase::of(HELP_ABOUT)
            .with("commands", Arg::Commands(commands))
            .with("example", Arg::Example(first.words.to_owned())),
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
    let has_staffs = !told(|who| is_staffs(who) && may(who)).is_empty();
    topics.extend(has_staffs.then(|| STAFF.to_owned()));
    topics
}

/// All that only staff may say.
pub(super) const STAFF: &str = "staff";

fn is_staffs(who: Who) -> bool {
    !matches!(who, Who::Anybody | Who::Member)
}

fn told(may: impl Fn(Who) -> bool) -> Vec<&'static Verb> {
    NOUNS.iter().flat_map(|it| it.told(&may)).collect()
}

/// What stands alone is told of; of a noun with several, that there is more about it.
fn lines(may: impl Fn(Who) -> bool) -> Vec<String> {
    let of_noun = |noun: &'static Noun| {
        let verbs = noun.told(&may);
        match verbs.len() {
            len if len > 1 && !noun.name.is_empty() => vec![noun.name.to_owned()],
            _ => verbs.iter().map(|it| it.words.to_owned()).collect(),
        }
    };
    NOUNS.iter().flat_map(of_noun).collect()
}

/// A line for each, below each other; those of another version are left out.
pub fn help_lines(commands: &[String], language: Language) -> String {
    let line = |words: &String| {
        let verb = || Verb::named(words).map(|it| (it.usage(), it.about));
        let noun = || super::noun(words).map(|it| (format!("help {}", it.name), it.about));
        let staff = || (words == STAFF).then(|| (format!("help {STAFF}"), HELP_STAFF));
        let (usage, about) = verb().or_else(noun).or_else(staff)?;
        let told = [
            ("usage", usage.into()),
            ("about", about.fixed(language).into()),
        ];
        Some(format!("\n{}", COMMAND_LINE.say(language, &told)))
    };
    commands.iter().filter_map(line).collect()
}
