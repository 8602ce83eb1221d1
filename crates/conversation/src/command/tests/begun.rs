//! Commands that are not whole, and what is none.

use super::*;

/// For a form: what was said stands in it, and only what is missing is wrong.
#[test]
fn what_was_only_begun_is_known_with_what_it_was_given() {
    for (line, options) in [
        ("room link", Some(vec![])),
        (
            "/causeway room link “Spring Fair”",
            Some(vec![("room", "Spring Fair")]),
        ),
        ("room set most-parts=5", Some(vec![("most-parts", "5")])),
        ("private", Some(vec![])),
        ("room link spring nowhere", None),
        ("room link spring telegram:1", None),
        ("room set spring most-parts=many", None),
        ("room list", None),
        ("room add “spring", None),
        ("fly home", None),
    ] {
        let begun = Chosen::begun(line).map(|it| it.options);
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        let options = options.map(|it| it.into_iter().map(owned).collect());
        assert_eq!(begun, options, "{line}");
    }
}

#[test]
fn where_one_of_a_few_is_missing_each_is_known() {
    let completed = |line: &str| {
        let begun = Chosen::begun(line).map(|it| it.completions());
        let lines = begun.unwrap_or_default();
        lines.iter().map(Command::line).collect::<Vec<_>>()
    };
    assert_eq!(completed("private"), ["private on", "private off"]);
    assert_eq!(
        completed("member mentions slack:U1"),
        [
            "member mentions slack:U1 account",
            "member mentions slack:U1 name"
        ]
    );
    for line in ["member mentions", "room link", "room set spring", "help"] {
        assert!(completed(line).is_empty(), "{line}");
    }
}

#[test]
fn it_is_known_where_something_is_wrong() {
    let chosen = |verb: &str, options: &[(&str, &str)]| {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let chosen = Chosen {
            path: Verb::named(verb).unwrap().path(),
            options: options.iter().map(owned).collect(),
        };
        let faults = chosen.faults();
        assert_eq!(faults.is_empty(), Command::of_chosen(&chosen).is_ok());
        faults
            .into_iter()
            .map(|it| (it.0.name(), it.1))
            .collect::<Vec<_>>()
    };
    let named = |name: &str, fault| vec![(name.to_owned(), fault)];
    assert!(chosen("room link", &[("room", "a"), ("channel", "slack:C1")]).is_empty());
    let wrong = chosen("room link", &[("room", "a"), ("channel", "C1")]);
    assert_eq!(wrong, named("channel", Fault::NotSo));
    assert_eq!(
        chosen("room link", &[("channel", "slack:C1")]),
        named("room", Fault::Missing)
    );
    assert_eq!(
        chosen("dead retry", &[("ids", "“ab")]),
        named("ids", Fault::Unclosed)
    );
    assert_eq!(
        chosen("dead retry", &[("ids", "ab all")]),
        named("ids", Fault::NotSo)
    );
    assert!(chosen("room remove", &[("room", "a"), ("unlink", "yes")]).is_empty());
}

#[test]
fn what_is_no_command_is_told_why() {
    for (line, why) in [
        ("", Fault::NoSuchCommand),
        ("weather", Fault::NoSuchCommand),
        ("room lst", Fault::NoSuchCommand),
        ("room link spring", Fault::Missing),
        ("room link spring nowhere", Fault::NotSo),
        ("room rename a b c", Fault::TooMuch),
        ("room remove spring force=yes", Fault::NoSuchOption),
        ("room add “spring", Fault::Unclosed),
    ] {
        assert_eq!(refusal(line).0, why, "{line}");
    }
    assert_eq!(refusal(&"a".repeat(10_000)).0, Fault::TooLong);
    assert_eq!(refusal("room link spring").1, ["room link"]);
    assert_eq!(refusal("hlep").1[0], "help");
    // Three, and three of what anybody may say.
    assert!((3..=6).contains(&refusal("weather").1.len()));
}
