//! The files that come with the program, and its secrets: what they hold is what the structs know.

use std::collections::BTreeSet;

use insta::assert_snapshot;

use super::documents::with_its_files;
use super::{load_text, refusal};
use crate::settings::keys::{find, keys_of};
use crate::settings::sections;
use crate::settings::shape::Shape;
use crate::settings::sheet::Sheet;
use crate::settings::{DEFAULTS, Settings, secrets};

#[test]
fn a_platform_without_its_secret_is_refused() {
    assert_snapshot!(refusal("[telegram]", &[]), @r#"
    the configuration cannot be used

      causeway.toml:1:2: telegram.token
        why:  it is missing
        cure: set it, as in `token = "123456:ABC-DEF"`, or name a file that holds it with `token_file`
    "#);
}

#[test]
fn a_secret_that_is_empty_is_refused() {
    assert_snapshot!(refusal("[telegram]\ntoken = \" \"", &[]), @r#"
    the configuration cannot be used

      causeway.toml:2:1: telegram.token
        why:  it is empty
        cure: set it, as in `token = "123456:ABC-DEF"`, or name a file that holds it with `token_file`
    "#);
}

#[test]
fn every_secret_is_a_key_that_there_is() {
    let keys = keys_of::<Settings>();
    for secret in secrets::keys() {
        let shape = find(&keys, secret).map(|it| it.expected.shape.clone());
        assert_eq!(shape, Some(Shape::Text), "{secret}");
    }
}

/// Keys that hold a value, as opposed to sections and lists of sections.
fn keys_of_the_structs() -> BTreeSet<String> {
    let keys = keys_of::<Settings>();
    let holds_more = |path: &str| {
        let below = format!("{path}.");
        keys.iter()
            .any(|it| it.path.starts_with(&below) && it.path != format!("{path}.[]"))
    };
    keys.iter()
        .map(|it| it.path.as_str())
        .filter(|path| !path.is_empty() && !path.ends_with("[]") && !holds_more(path))
        .map(str::to_owned)
        .collect()
}

/// The keys that the defaults file names, whether they have a default or not.
fn keys_of_the_file() -> BTreeSet<String> {
    Sheet::of(DEFAULTS).keys().map(str::to_owned).collect()
}

#[test]
fn the_defaults_file_and_the_structs_have_the_same_keys() {
    assert_eq!(keys_of_the_file(), keys_of_the_structs());
}

#[test]
fn the_defaults_file_with_all_that_is_optional_can_be_used() {
    let all: String = DEFAULTS
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(key) if !key.starts_with(' ') => format!("{key}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    // A password goes to a mail server over TLS alone, and which of Slack's secrets is needed hangs on the mode.
    let pairs = [
        ("CAUSEWAY__EMAIL__SMTP__TLS", "starttls"),
        ("CAUSEWAY__SLACK__APP_TOKEN", "xapp-1"),
    ];
    let (_folder, all) = with_its_files(&all);
    let settings = load_text(&all, &pairs).unwrap_or_else(|error| panic!("{error}"));
    let all_of_them = ["telegram", "discord", "slack", "email"];
    assert_eq!(sections::switched_on(&settings), all_of_them);
    assert_eq!(settings.rooms.len(), 1);
}

#[test]
fn the_example_can_be_used() {
    let example = include_str!("../../../../../config/example.toml");
    let (_folder, text) = with_its_files(example);
    let settings = load_text(&text, &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(
        sections::switched_on(&settings),
        ["telegram", "discord", "slack", "email"]
    );
}
