#![allow(clippy::unwrap_used)]

use words::Language;

use super::*;
use crate::Arg;

mod begun;
mod mail;
mod properties;

fn read(line: &str) -> Command {
    Command::read(line).unwrap_or_else(|it| panic!("{line:?}: {it:?}"))
}

/// What is near it, of which something may not be done yet.
fn refusal(line: &str) -> (Fault, Vec<&'static str>) {
    let unknown = Command::read(line).expect_err(line);
    (
        unknown.why,
        unknown.nearest.iter().map(|it| it.words).collect(),
    )
}

/// A slow build takes a few milliseconds for each.
#[test]
fn four_thousand_signs_of_anything_are_read_at_once() {
    let began = std::time::Instant::now();
    for sign in [
        "a",
        " ",
        "\"",
        "“.",
        "'",
        "a ",
        "\\",
        "=",
        ":",
        "a=\"",
        "--",
        "— ",
        "é",
        "👍🏽",
        "\u{200B}",
        "\u{202E} ",
        "rest ",
        "\"\" ",
        "room add ",
        "'' ",
    ] {
        for words in ["", "room add ", "dead retry "] {
            let line = words.to_owned() + &sign.repeat(4000 / sign.len());
            let _ = (Command::read(&line), is_command(&line));
        }
    }
    let took = began.elapsed();
    assert!(took.as_secs() < 5, "{took:?}");
}

#[test]
fn every_example_is_its_own_command_on_every_surface() {
    for verb in verbs() {
        let example = verb.about.example(Language::ENGLISH);
        let example = example.unwrap_or_else(|| panic!("{} has no example", verb.words));
        let command = read(example);
        assert_eq!(command.verb(), verb, "{example}");
        assert_eq!(read(&command.line()), command);
        assert_eq!(Command::of_chosen(&command.chosen()), Ok(command.clone()));
        assert_eq!(Command::of_argv(&command.argv()), Ok(command));
        assert!(!verb.about.fixed(Language::ENGLISH).ends_with('.'));
    }
}

/// Also once something is done about all of them.
#[test]
fn help_fits_a_screen() {
    const SCREEN: usize = 24;
    let alone = NOUNS.iter().filter(|it| it.name.is_empty());
    let lines = alone.map(|it| it.verbs.len()).sum::<usize>() + NOUNS.len();
    assert!(lines <= SCREEN, "{lines}");
    for noun in NOUNS {
        assert!(noun.verbs.len() + 2 <= SCREEN, "{}", noun.name);
    }
}

#[test]
fn nobody_is_told_of_what_is_not_theirs_or_not_done() {
    let all = NOUNS.iter().flat_map(|it| it.told(|_| true));
    assert!(all.clone().all(Verb::is_built));
    let told = help(None, |it| it == Who::Anybody);
    let Some(Arg::Commands(told)) = told.args.get("commands") else {
        panic!("{told:?}");
    };
    for words in told {
        let verb = Verb::named(words).map_or_else(|| noun(words).unwrap().verbs.first(), Some);
        assert_eq!(verb.unwrap().who, Who::Anybody, "{words}");
    }
    assert!(help_lines(told, Language::ENGLISH).contains("· help [ABOUT]: "));
    assert_eq!(help_lines(&["fly home".to_owned()], Language::ENGLISH), "");
}

#[test]
fn no_words_mean_two_commands() {
    let mut spellings: Vec<&str> = verbs().flat_map(Verb::spellings).collect();
    let number = spellings.len();
    spellings.sort_unstable();
    spellings.dedup();
    assert_eq!(spellings.len(), number);
}

#[test]
fn people_type_as_phones_and_habits_let_them() {
    for (typed, line) in [
        ("Help.", "help"),
        ("/help", "help"),
        ("help room", "help room"),
        ("help persons", ""),
        ("Help Person!", "help member"),
        ("help forget me", "help forget me"),
        ("causeway room list", "room list"),
        ("/causeway@ room list", ""),
        ("Rest 2 weeks.", "rest 2 weeks"),
        ("rest two weeks", "rest 2 weeks"),
        ("rest for a month", "rest 1 months"),
        ("rest 2w", "rest 2 weeks"),
        ("rest 10days", "rest 10 days"),
        ("rest until Mon", "rest until monday"),
        ("rest till next Friday", "rest until friday"),
        ("rest until 24 Dec", "rest until 24 december"),
        ("rest until December 24th", "rest until 24 december"),
        ("rest until 2027-02-28", "rest until 2027-02-28"),
        ("rest until 2027-02-29", ""),
        ("rest until 31 June", ""),
        ("rest off", "rest off"),
        ("rest 0 days", ""),
        ("rest 2 weks", ""),
        ("Private ON", "private on"),
        ("Who can see this?", "who can see this"),
        ("my data", "mydata"),
        ("forget me, please", ""),
        ("Fwd: forget me", ""),
        ("Re: help", ""),
        ("a=b help", ""),
        ("confirm 7k3q", "confirm 7K3Q"),
        ("person list", "member list"),
        ("rooms", "room list"),
        ("link close Chat:42", "room unlink chat:42"),
        ("room unlink chat:42.", "room unlink chat:42"),
        ("room add “Spring\u{A0}Fair”", "room add \"Spring Fair\""),
        ("room add «Spring  Fair»", "room add \"Spring Fair\""),
        (
            "room add „Spring Fair“ chat:1 chat:2",
            "room add \"Spring Fair\" chat:1 chat:2",
        ),
        ("room add 'Spring Fair'", "room add \"Spring Fair\""),
        ("room add ‘Ana’s room’", "room add \"Ana’s room\""),
        ("room add Ana’s", "room add Ana’s"),
        ("room add “Spring Fair", ""),
        ("room add ❤️", "room add ❤️"),
        ("room add Spring Fair", ""),
        ("room add \"say \\\"hi\\\"\"", "room add \"say \\\"hi\\\"\""),
        (
            "room set spring most-parts=3",
            "room set spring most-parts=3",
        ),
        ("room set spring most_parts: 3", ""),
        (
            "room set spring --most-parts 3",
            "room set spring most-parts=3",
        ),
        (
            "room set spring —most-parts=3",
            "room set spring most-parts=3",
        ),
        (
            "room set room:spring most-parts:default",
            "room set spring most-parts=default",
        ),
        ("room set spring mostparts=3", ""),
        ("room remove spring unlink", "room remove spring unlink"),
        ("room remove spring —unlink", "room remove spring unlink"),
        ("room remove spring unlink=no", "room remove spring"),
        ("room remove unlink", "room remove \"unlink\""),
        (
            "room link room=“Spring Fair” channel=chat:1",
            "room link \"Spring Fair\" chat:1",
        ),
        ("dead retry All", "dead retry all"),
        ("dead retry --all", "dead retry all"),
        ("dead retry 1H7K2 1h7k3", "dead retry 1h7k2 1h7k3"),
        ("dead retry 1h7k2 all", ""),
        ("dead retry", ""),
        ("dead list channel=chat:1", "dead list channel=chat:1"),
        ("dead list chat:1", ""),
    ] {
        match line {
            "" => assert!(
                Command::read(typed).is_err(),
                "{typed} is {:?}",
                Command::read(typed)
            ),
            line => assert_eq!(read(typed).line(), line, "{typed}"),
        }
    }
}

#[test]
fn a_short_form_is_a_command_only_if_the_whole_line_is() {
    for line in [
        "help",
        " HELP ",
        "help room",
        "start",
        "start k3f9x2",
        "status",
        "rest",
        "rest 2 weeks",
        "rest two weeks",
        "rest until Monday",
        "private on",
        "mydata",
        "forget me",
    ] {
        assert!(is_command(line), "{line}");
    }
    for line in [
        "",
        "status of the bus?",
        "help me with the beds",
        "rest of the day",
        "rest assured",
        "start with the bread",
        "private messages are better",
        "forget about it",
        "restless",
        "helpful",
        "room list",
        "weather",
        "best",
        "test",
        "test 2",
        "list",
        "reset",
        "set 5",
        "target",
        "format",
        "pirate",
        "undo",
    ] {
        assert!(!is_command(line), "{line}");
    }
}

#[test]
fn behind_a_slash_stands_what_is_ours_or_speech() {
    for (text, ours) in [
        ("/causeway room list", Some("room list")),
        ("/Causeway", Some("")),
        ("/help", Some("help")),
        ("／rest 2 weeks", Some("rest 2 weeks")),
        ("/ privat on", Some(" privat on")),
        ("/room list", None),
        ("/weather Gallup", None),
        ("help", None),
        ("/", None),
    ] {
        assert_eq!(behind_slash(text), ours, "{text}");
    }
}

/// S64: nobody else reads it.
#[test]
fn what_may_be_about_oneself_is_never_speech() {
    for line in [
        "rest 2 weks",
        "rest 2weeks please",
        "rset",
        "rset 2 weeks",
        "rset 2 weks",
        "restt until Monday",
        "rest2weeks",
        "rst two weeks",
        "ret for a month",
        "private",
        "private onn",
        "privat on",
        "privat",
        "Pirvate off!",
        "prviate",
        "pivat on",
        "privateon",
        "private on please",
        "forget",
        "forget mee",
        "forgte me",
        "froget me",
        "fogte me",
        "forget me please",
        "forgetme",
        "forgt",
    ] {
        assert!(is_command(line), "{line}");
    }
}
