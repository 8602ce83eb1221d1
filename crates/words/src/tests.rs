use std::{collections::BTreeSet, fs, path::Path};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement},
    parser,
};

use super::*;
use crate::catalogue::CATALOGUES;

mod ever;

use ever::EVER_IN_ROWS;

type Known = BTreeSet<(String, Vec<String>)>;

/// Each sentence of a catalogue with its arguments, and what in it cannot be read.
fn of_catalogue(source: &str) -> (Known, Vec<String>) {
    let (read, faults) = match parser::parse(source) {
        Ok(read) => (read, Vec::new()),
        Err((read, faults)) => (read, faults),
    };
    let known = read.body.iter().filter_map(|it| match it {
        Entry::Message(message) => {
            let mut args = BTreeSet::new();
            let attributes = message.attributes.iter().map(|it| &it.value);
            for pattern in message.value.iter().chain(attributes) {
                args_of(pattern, &mut args);
            }
            Some((message.id.name.to_owned(), args.into_iter().collect()))
        }
        _ => None,
    });
    let faults = faults.iter().map(ToString::to_string);
    (known.collect(), faults.collect())
}

fn args_of(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        let told = match expression {
            Expression::Inline(told) => told,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|it| args_of(&it.value, found));
                selector
            }
        };
        if let InlineExpression::VariableReference { id } = told {
            found.insert(id.name.to_owned());
        }
    }
}

fn of_table() -> Known {
    let sorted = |it: &[&str]| {
        let args: BTreeSet<String> = it.iter().map(|it| (*it).to_owned()).collect();
        args.into_iter().collect()
    };
    let all = SENTENCES.iter().chain(PARTS);
    all.map(|it| (it.name.to_owned(), sorted(it.args)))
        .collect()
}

#[test]
fn each_sentence_stands_in_each_language_with_its_arguments_and_none_besides() {
    let table = of_table();
    for catalogue in &CATALOGUES {
        let (known, faults) = of_catalogue(catalogue.source);
        assert_eq!(faults, [""; 0], "{}", catalogue.language);
        let missing: Vec<_> = table.difference(&known).collect();
        let unused: Vec<_> = known.difference(&table).collect();
        let file = format!("{}.ftl", catalogue.language);
        assert!(missing.is_empty(), "not in {file} so: {missing:?}");
        assert!(unused.is_empty(), "in {file} alone: {unused:?}");
    }
}

/// What is typed is the same in each language, and so is what has an attribute.
#[test]
fn examples_are_alike_in_each_language() {
    for sentence in SENTENCES.iter().chain(PARTS) {
        for language in Language::all() {
            let english = sentence.example(Language::ENGLISH);
            assert_eq!(sentence.example(language), english, "{}", sentence.name);
            let has_subject = sentence.subject(Language::ENGLISH).is_some();
            assert_eq!(sentence.subject(language).is_some(), has_subject);
        }
    }
}

#[test]
fn what_stood_in_a_row_once_can_still_be_said() {
    let now: Vec<_> = SENTENCES.iter().map(|it| it.name).collect();
    assert_eq!(now, EVER_IN_ROWS);
}

#[test]
fn each_sentence_is_said_somewhere() {
    let mut code = String::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    for name in ["conversation", "engine", "causeway"] {
        read_all(&crates.join(name).join("src"), &mut code);
    }
    let source = concat!(include_str!("sentences.rs"), include_str!("parts.rs"));
    let ids = source.lines().filter_map(|it| it.split_once(" = \""));
    let ids: Vec<_> = ids.map(|(id, _)| id.trim()).collect();
    assert_eq!(ids.len(), SENTENCES.len() + PARTS.len());
    let word = |it: char| !(it.is_ascii_alphanumeric() || it == '_');
    let said: BTreeSet<&str> = code.split(word).collect();
    // What no version says any more stays, where it stood in a row.
    let unsaid = |it: &&&str| !said.contains(**it) && !RETIRED.contains(*it);
    let unsaid: Vec<_> = ids.iter().filter(unsaid).collect();
    assert!(unsaid.is_empty(), "nobody says {unsaid:?}");
}

/// Said by older versions alone.
const RETIRED: &[&str] = &[
    "HELP",
    "WHO_CAN_SEE",
    "WHO_CAN_SEE_ALONE",
    "WHO_CAN_SEE_HERE",
];

fn read_all(folder: &Path, code: &mut String) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("a file").path();
        match path.is_dir() {
            true => read_all(&path, code),
            false => code.push_str(&fs::read_to_string(&path).expect("a source")),
        }
    }
}

#[test]
fn numbers_and_texts_are_filled_in_as_they_are() {
    let english = Language::ENGLISH;
    let said = WROTE_TOO_MUCH.say(english, &[("limit", 1_000_000.into())]);
    assert!(said.contains("more than 1000000 messages"), "{said}");
    // What looks like a placeable in an argument is none.
    let args = [("channel", "{ $why }".into()), ("why", "{ -term }".into())];
    let said = NOT_DELIVERED.say(english, &args);
    assert_eq!(said, "Not delivered to { $why }: { -term }.");
    for (count, expected) in [(1, "one more message"), (2, "2 more messages")] {
        let said = DIGEST_MORE.say(english, &[("count", count.into())]);
        assert_eq!(said, format!("… and for {expected}"));
    }
    assert_eq!(DIGEST.subject(english), Some("Reactions"));
    assert_eq!(NOT_YET.subject(english), None);
}

#[test]
fn what_is_said_alike_each_time_is_put_together_once() {
    let first = WHY_REFUSED.fixed(Language::ENGLISH);
    assert_eq!(first, "the platform refused the message");
    assert!(std::ptr::eq(first, WHY_REFUSED.fixed(Language::ENGLISH)));
}

#[test]
fn a_language_that_we_do_not_speak_is_english() {
    for tag in ["en", "en-GB", "EN", "xx", "", "ca_ES"] {
        assert_eq!(Language::of(tag), Language::ENGLISH, "{tag}");
    }
}

#[test]
fn a_region_of_a_language_is_that_language() {
    for tag in ["es", "ES", "es-MX", "es_MX", "es-419"] {
        assert_eq!(Language::of(tag), Language::SPANISH, "{tag}");
    }
}

#[test]
fn a_name_of_a_newer_version_is_none() {
    assert_eq!(Sentence::named("of-tomorrow"), None);
    assert_eq!(Sentence::named("not-yet"), Some(NOT_YET));
}
