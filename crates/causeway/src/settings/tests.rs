//! What a configuration that is wrong gets to hear, and that its defaults and its structs agree.

#![allow(clippy::unwrap_used)]

use std::collections::HashMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use tempfile::TempDir;

mod documents;
mod files;
#[cfg(unix)]
mod secrets;
mod slips;

use super::load::load_layers;
use super::{LogFormat, Settings, SettingsError, is_store};
use crate::settings::sections;

pub(super) fn environment(pairs: &[(&str, &str)]) -> HashMap<String, OsString> {
    let owned = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.into()));
    owned.collect()
}

fn load_text(text: &str, pairs: &[(&str, &str)]) -> Result<Settings, SettingsError> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("causeway.toml");
    fs::write(&path, text).unwrap();
    load_layers(Some(&path), environment(pairs))
}

/// What is said about a file that is refused, without the folder that it happens to lie in.
fn refusal(text: &str, pairs: &[(&str, &str)]) -> String {
    let said = load_text(text, pairs).unwrap_err().to_string();
    said.lines()
        .map(|line| match line.split_once("causeway.toml") {
            Some((_, rest)) => format!("  causeway.toml{rest}\n"),
            None => format!("{line}\n"),
        })
        .collect()
}

#[test]
fn without_a_file_the_defaults_count_and_no_platform_is_on() {
    let settings = load_layers(None, HashMap::new()).unwrap();
    assert_eq!(settings.store.url, "sqlite:causeway.db");
    assert_eq!(sections::switched_on(&settings), Vec::<&str>::new());
}

#[test]
fn the_environment_wins_over_the_file_and_the_file_over_the_defaults() {
    let text = "[log]\nformat = \"json\"\nfilter = \"debug\"";
    let settings = load_text(text, &[("CAUSEWAY__LOG__FILTER", "warn")]).unwrap();
    assert_eq!(settings.log.format, LogFormat::Json);
    assert_eq!(settings.log.filter, "warn");
    assert_eq!(settings.engine.life_chat_h, 24);
}

#[test]
fn every_slip_is_named_with_its_place_and_its_cure() {
    let text = r#"
        [engine]
        blob_dirr = "x"
        storm_per_minute = "sixty"
        [log]
        format = "jsn"
        url = "x"
        [[rooms]]
        name = "spring"
        chanels = []
    "#;
    assert_snapshot!(refusal(text, &[]), @r#"
    the configuration cannot be used, for 5 reasons

      causeway.toml:3:9: engine.blob_dirr
        why:  there is no such key
        cure: did you mean `engine.blob_dir`?

      causeway.toml:4:9: engine.storm_per_minute
        why:  a text stands where a whole number is needed
        cure: write a whole number of messages in a minute, 0 to 100000, without the unit, as in `storm_per_minute = 120`, the default

      causeway.toml:6:9: log.format
        why:  it must be one of: text, json
        cure: did you mean "json"? The default is `format = "text"`

      causeway.toml:7:9: log.url
        why:  there is no such key
        cure: is it in the wrong section? There is `store.url`

      causeway.toml:10:9: rooms[0].chanels
        why:  there is no such key
        cure: did you mean `rooms[0].channels`?
    "#);
}

#[test]
fn a_slip_in_the_environment_is_named_as_it_is_written_there() {
    let pairs = [
        ("CAUSEWAY__ENGINE__STORM_PER_MINUTE", "sixty"),
        ("CAUSEWAY__STORE__ULR", "x"),
        ("CAUSEWAY__ROOMS", "spring"),
    ];
    assert_snapshot!(refusal("", &pairs), @r"
    the configuration cannot be used, for 3 reasons

      the environment: CAUSEWAY__ENGINE__STORM_PER_MINUTE
        why:  a text stands where a whole number is needed
        cure: write a whole number of messages in a minute, 0 to 100000, without the unit, as in `CAUSEWAY__ENGINE__STORM_PER_MINUTE=120`, the default

      the environment: CAUSEWAY__ROOMS
        why:  a text stands where a list is needed
        cure: the environment cannot say this: set it in the file

      the environment: CAUSEWAY__STORE__ULR
        why:  there is no such key
        cure: did you mean `CAUSEWAY__STORE__URL`?
    ");
}

#[test]
fn a_key_that_is_missing_is_named() {
    assert_snapshot!(refusal("[[rooms]]\nchannels = []", &[]), @r#"
    the configuration cannot be used

      causeway.toml:1:1: rooms[0].name
        why:  it is missing
        cure: set it, as in `name = "spring"`; `causeway config defaults` says what it means
    "#);
}

#[test]
fn values_without_sense_are_refused_where_they_stand() {
    let text = r#"
        [[rooms]]
        name = "spring"
        channels = ["telegram:-100"]
    "#;
    let pairs = [
        ("CAUSEWAY__STORE__URL", "mysql://localhost"),
        ("CAUSEWAY__ENGINE__LIFE_CHAT_H", "0"),
    ];
    assert_snapshot!(refusal(text, &pairs), @r"
    the configuration cannot be used, for 3 reasons

      causeway.toml:4:21: rooms[0].channels[0]
        why:  telegram:-100 is on a platform that is off
        cure: add the section [telegram], or take the channel out

      the environment: CAUSEWAY__ENGINE__LIFE_CHAT_H
        why:  0 is too little
        cure: write a whole number of hours, 1 to 8760, without the unit, as in `CAUSEWAY__ENGINE__LIFE_CHAT_H=24`, the default

      the environment: CAUSEWAY__STORE__URL
        why:  it names no store that is known
        cure: write sqlite:FILE or postgres://USER:PASSWORD@HOST/DATABASE
    ");
}

#[test]
fn a_channel_that_is_none_is_refused() {
    let text = "[[rooms]]\nname = \"spring\"\nchannels = [\"spring\"]";
    assert_snapshot!(refusal(text, &[]), @r"
    the configuration cannot be used

      causeway.toml:3:13: rooms[0].channels[0]
        why:  `spring` is not a channel
        cure: write platform:id, as in telegram:-100123
    ");
}

#[test]
fn a_name_where_a_platform_wants_an_id_is_refused() {
    let text = r##"
        [discord]
        token = "MTE3.abc.def"
        [slack]
        bot_token = "xoxb-1"
        app_token = "xapp-1"
        [telegram]
        token = "123456:ABC"
        [[rooms]]
        name = "spring"
        channels = ["discord:general", "slack:#spring", "telegram:@spring", "telegram:-100/*", "telegram:-100/7", "slack:C07"]
    "##;
    assert_snapshot!(refusal(text, &[]), @r#"
    the configuration cannot be used, for 3 reasons

      causeway.toml:11:21: rooms[0].channels[0]
        why:  discord:general is no channel's id
        cure: with Discord's Developer Mode on, right-click the channel and choose "Copy Channel ID", as in discord:1173542178031235142

      causeway.toml:11:40: rooms[0].channels[1]
        why:  slack:#spring is no channel's id
        cure: click the channel's name: the Channel ID stands at the end of "About", as in slack:C07ABCDEFGH

      causeway.toml:11:57: rooms[0].channels[2]
        why:  telegram:@spring is no number of a chat
        cure: say something there, and `causeway room heard` shows the number, as in telegram:-1001234567890
    "#);
}

#[test]
fn a_channel_that_no_bridge_could_serve_is_refused() {
    let text = r#"
        [email]
        domain = "causeway.example.org"
        [[email.lists]]
        address = "Spring@lists.example.org"
        name = "Spring"
        posting = "members"
        [[rooms]]
        name = "spring"
        channels = ["email:sprig@lists.example.org", "email:Spring@lists.example.org", "matrix:1"]
    "#;
    assert_snapshot!(refusal(text, &[]), @r"
    the configuration cannot be used, for 3 reasons

      causeway.toml:10:21: rooms[0].channels[0]
        why:  email:sprig@lists.example.org is none of the lists
        cure: correct the address, or add an [[email.lists]] with it

      causeway.toml:10:54: rooms[0].channels[1]
        why:  email:Spring@lists.example.org has capital letters
        cure: write email:spring@lists.example.org

      causeway.toml:10:88: rooms[0].channels[2]
        why:  matrix:1 is on a platform that Causeway does not know
        cure: write telegram, discord, slack or email before the colon
    ");
}

#[test]
fn staff_is_named_by_accounts() {
    let text = "[community]\nstaff = [\"telegram:123456\", \"email:ana@example.org\"]";
    let staff = load_text(text, &[]).unwrap().community.staff;
    assert_eq!(staff[1].0.to_string(), "email:ana@example.org");
    let said = refusal("[community]\nstaff = [\"matrix:1\"]", &[]);
    assert!(
        said.contains("community.staff") && said.contains("matrix:1 is on a platform"),
        "{said}"
    );
    assert_snapshot!(refusal("[community]\nstaff = [\"Ana\"]", &[]), @r"
    the configuration cannot be used

      causeway.toml:2:10: community.staff[0]
        why:  `Ana` is not an account
        cure: write platform:account, as in telegram:123456
    ");
}

#[test]
fn links_to_files_need_a_listener_a_name_and_an_end() {
    let text = "[http]\nlisten = \"127.0.0.1:8480\"\npublic_url = \"https://example.org/causeway\"";
    let http = load_text(text, &[]).unwrap().http;
    assert_eq!(http.link_days, 7);
    for (text, why) in [
        (
            "public_url = \"https://example.org\"",
            "nothing listens there",
        ),
        ("public_url = \"example.org\"", "no address of a web server"),
        ("public_url = \"https://a b\"", "no address of a web server"),
        (
            "public_url = \"https://a.org/?x\"",
            "no address of a web server",
        ),
        ("link_days = 0", "0 is too little"),
        ("link_days = 366", "it is too much"),
    ] {
        let said = refusal(&format!("[http]\n{text}"), &[]);
        assert!(said.contains(why), "{said}");
    }
}

#[test]
fn what_the_libraries_refuse_is_said_in_plain_words() {
    let said = refusal("[engine]\nlife_chat_h = -1", &[]);
    assert!(
        said.contains("write a whole number of hours, 1 to 8760"),
        "{said}"
    );
    let said = refusal("[http]\nlisten = \"localhost\"", &[]);
    assert!(
        said.contains("write both in numbers, as in `listen = \"127.0.0.1:8480\"`"),
        "{said}"
    );
}

#[test]
fn a_store_is_a_file_or_a_server() {
    for url in ["sqlite:a.db", "postgres://u@h/d", "postgresql://h/d"] {
        assert!(is_store(url), "{url}");
    }
    for url in [
        "",
        "a.db",
        "sqlite:",
        "sqlite::memory:",
        "mysql://h/d",
        "postgres:h",
        "postgres://",
    ] {
        assert!(!is_store(url), "{url}");
    }
}

#[test]
fn a_line_that_is_no_toml_is_named_and_not_repeated() {
    let said = refusal("[telegram]\ntoken = \"123:SECRET", &[]);
    assert!(
        said.contains("causeway.toml:2:20: telegram.token"),
        "{said}"
    );
    assert!(!said.contains("SECRET"), "{said}");
}

#[test]
fn a_file_that_is_not_there_is_refused() {
    let error = load_layers(Some(Path::new("nowhere.toml")), HashMap::new()).unwrap_err();
    assert_snapshot!(error, @r"
    the configuration cannot be used

      nowhere.toml
        why:  it cannot be read: No such file or directory (os error 2)
        cure: correct the name after --config; `causeway config defaults` prints a file to start from
    ");
}

#[test]
fn no_secret_shows_in_what_a_developer_prints() {
    let pairs = [
        ("CAUSEWAY__TELEGRAM__TOKEN", "123456:CANARY"),
        (
            "CAUSEWAY__STORE__URL",
            "postgres://causeway:CANARY@localhost/causeway",
        ),
        ("CAUSEWAY__STORE__KEY_FILE", "causeway.key"),
    ];
    let settings = load_text("[telegram]", &pairs).unwrap();
    assert!(!format!("{settings:?}").contains("CANARY"));
}
