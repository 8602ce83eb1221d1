//! What the terminal can do is what the grammar can say.

#![allow(clippy::unwrap_used)]

use clap::{Arg, Command as Clap, CommandFactory, Parser};
use conversation::Language;
use conversation::command::{Command, Verb, noun, verbs};

use super::Cli;

/// What the terminal has for itself: where the store is, how an answer looks, a confirmation beforehand.
const OF_THE_TERMINAL: [&str; 5] = ["config", "store", "json", "yes", "help"];

fn is_given(arg: &&Arg) -> bool {
    !OF_THE_TERMINAL.contains(&arg.get_id().as_str())
}

/// Of the nouns that both know, each command by the words of the grammar.
fn leaves() -> Vec<(String, Clap)> {
    let mut program = Cli::command();
    program.build();
    let mut leaves = Vec::new();
    for command in program.get_subcommands() {
        let Some(noun) = noun(command.get_name()) else {
            continue;
        };
        if !command.has_subcommands() {
            leaves.push((noun.name.to_owned(), command.clone()));
        }
        let inner = command
            .get_subcommands()
            .filter(|it| it.get_name() != "help");
        leaves.extend(inner.map(|it| (format!("{} {}", noun.name, it.get_name()), it.clone())));
    }
    leaves
}

#[test]
fn each_command_of_the_terminal_is_one_of_the_grammar_and_takes_the_same() {
    let leaves = leaves();
    assert!(leaves.len() > 18, "the commands were not found");
    for (words, command) in leaves {
        let verb = Verb::named(&words).unwrap_or_else(|| panic!("the grammar has no {words}"));
        let given: Vec<_> = command.get_arguments().filter(is_given).collect();
        // `--all` and ids are one thing: which.
        let number = given.iter().filter(|it| it.get_id() != "all").count();
        assert_eq!(number, verb.params.len(), "{words}");
        for param in verb.params.iter().filter(|it| it.is_keyed) {
            let option = given.iter().find(|it| it.get_long() == Some(&param.name()));
            assert!(option.is_some(), "{words} has no --{}", param.name());
        }
    }
}

#[test]
fn the_terminal_understands_what_the_grammar_writes_for_it() {
    let leaves: Vec<String> = leaves().into_iter().map(|it| it.0).collect();
    let known = verbs().filter(|it| leaves.iter().any(|words| words == it.words));
    let mut number = 0;
    for verb in known {
        let command = Command::read(verb.about.example(Language::ENGLISH).unwrap()).unwrap();
        let argv = [vec!["causeway".to_owned()], command.argv()].concat();
        let read = Cli::try_parse_from(&argv);
        assert!(read.is_ok(), "{argv:?}: {:?}", read.err());
        number += 1;
    }
    assert_eq!(number, leaves.len());
}
