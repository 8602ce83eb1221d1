//! `causeway config`: what it prints can be used, and what works and is odd is said.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use insta::assert_snapshot;
use tempfile::TempDir;

use super::{Answer, causeway, causeway_in, documents, run_with, stopped};

fn check(folder: &TempDir, text: &str) -> Answer {
    let path = folder.path().join("causeway.toml");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
    causeway_in(
        folder,
        &["config", "check", "--config", "causeway.toml"],
        b"",
    )
}

fn checked(text: &str) -> Answer {
    check(&TempDir::new().unwrap(), text)
}

#[test]
fn the_printed_defaults_can_be_used_as_they_stand() {
    let defaults = causeway(&["config", "defaults"], b"").out;
    let answer = checked(&defaults);
    assert_snapshot!(answer.out, @r"
    The configuration can be used.
      community  Our community
      platforms  none
      rooms      0
      store      sqlite
    ");
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(
        answer.err.contains("no platform is switched on"),
        "{}",
        answer.err
    );
}

#[test]
fn the_printed_defaults_can_be_used_with_every_platform() {
    let defaults = causeway(&["config", "defaults"], b"").out;
    let lines = defaults.lines().map(|line| match line.strip_prefix('#') {
        Some(key) if key.starts_with('[') && !key.starts_with("[[") => key,
        Some(key)
            if ["token = ", "bot_token = ", "domain = "]
                .iter()
                .any(|it| key.starts_with(it)) =>
        {
            key
        }
        Some(key) if key.starts_with("app_token = ") => "app_token = \"xapp-1\"",
        _ => line,
    });
    let answer = checked(&lines.collect::<Vec<_>>().join("\n"));
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(
        answer
            .out
            .contains("platforms  telegram, discord, slack, email"),
        "{}",
        answer.out
    );
}

#[test]
fn the_printed_defaults_begin_with_an_example_that_can_be_used() {
    let defaults = causeway(&["config", "defaults"], b"").out;
    let head = defaults.lines().take_while(|it| it.starts_with('#'));
    let example: Vec<&str> = head.filter_map(|it| it.strip_prefix("#     ")).collect();
    let answer = checked(&example.join("\n"));
    assert_eq!((answer.code, answer.err.as_str()), (0, ""));
    assert_snapshot!(answer.out, @r"
    The configuration can be used.
      community  Spring Gathering
      platforms  telegram, discord
      rooms      1
      store      sqlite
    ");
}

#[test]
fn what_works_and_is_odd_is_a_warning() {
    let mail = "[email]\ndomain = \"a.org\"\n";
    for (text, line, key, cure) in [
        (
            "[log]\nfilter = \"engine=debug\"\n",
            2,
            "log.filter",
            "\"info,engine=debug\"",
        ),
        (
            "[log]\nfilter = \"off\"\n",
            2,
            "log.filter",
            "write \"error\"",
        ),
        (
            "[log]\nfilter = \"info,weather=debug\"\n",
            2,
            "log.filter",
            "ours are: causeway",
        ),
        (
            "[store]\nurl = \"sqlite:/nowhere/causeway.db\"\n",
            2,
            "store.url",
            "mkdir -p /nowhere",
        ),
        (
            "[http]\nlisten = \"127.0.0.1:8480\"\npublic_url = \"http://localhost:8480\"\n",
            3,
            "http.public_url",
            "the address of your web server",
        ),
        (
            &format!("{mail}[email.lmtp]\nlisten = \"0.0.0.0:8024\"\n"),
            4,
            "email.lmtp.listen",
            "127.0.0.1",
        ),
        (
            &format!("{mail}[email.lmtp]\nlisten = \"[::]:8024\"\n"),
            4,
            "email.lmtp.listen",
            "firewall",
        ),
    ] {
        let folder = TempDir::new().unwrap();
        let answer = check(&folder, text);
        assert_eq!(answer.code, 0, "{text}{}", answer.err);
        let title = format!("warning:\n  causeway.toml:{line}:1: {key}\n");
        assert!(answer.err.contains(&title), "{text}{}", answer.err);
        assert!(answer.err.contains(cure), "{text}{}", answer.err);
        let call = ["config", "check", "--config", "causeway.toml", "--json"];
        let said = documents(&causeway_in(&folder, &call, b"").out);
        assert_eq!(said[0]["warnings"][0]["key"], key);
    }
}

/// As staff calls it from anywhere.
#[test]
fn relative_paths_count_from_the_folder_of_the_file() {
    let folder = TempDir::new().unwrap();
    let town = folder.path().join("town");
    fs::create_dir(&town).unwrap();
    fs::write(town.join("token"), "123456:ABC\n").unwrap();
    let telegram = "[telegram]\ntoken_file = \"token\"\napi_url = \"http://127.0.0.1:1\"\n";
    let text = format!("[store]\nurl = \"sqlite:town.db\"\n{telegram}");
    fs::write(town.join("causeway.toml"), text).unwrap();
    let (bridge, lines, _) = run_with(&folder, "town/causeway.toml");
    stopped((bridge, lines));
    let room = ["room", "add", "spring", "--config", "town/causeway.toml"];
    let answer = causeway_in(&folder, &room, b"");
    assert_eq!(answer.code, 0, "{}", answer.err);
    assert!(town.join("town.db").is_file() && !folder.path().join("town.db").exists());
    // Without a key, the default is beside the file too.
    fs::write(town.join("other.toml"), telegram).unwrap();
    let (bridge, lines, _) = run_with(&folder, "town/other.toml");
    stopped((bridge, lines));
    assert!(town.join("causeway.db").is_file() && !folder.path().join("causeway.db").exists());
}

/// Whoever ran an older version elsewhere would find a new, empty store.
#[test]
fn what_lies_in_the_working_directory_instead_is_told() {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("town")).unwrap();
    fs::write(folder.path().join("town/causeway.toml"), "").unwrap();
    fs::write(folder.path().join("causeway.db"), "").unwrap();
    let call = ["config", "check", "--config", "town/causeway.toml"];
    let answer = causeway_in(&folder, &call, b"");
    assert_eq!(answer.code, 2, "{}", answer.out);
    for words in [
        "town/causeway.toml: store.url",
        "in the working directory",
        "write the whole path",
    ] {
        assert!(answer.err.contains(words), "{}", answer.err);
    }
}
