//! The configuration beside the store: what staff changed by a command counts, and a new name asks before it makes
//! anything.

#![cfg(unix)]

use std::fs;

use tempfile::TempDir;

use super::{Answer, causeway_in, documents, run_with};

/// Two rooms, and `name` for the community.
fn write(folder: &TempDir, name: &str) {
    let text = format!(
        "[community]\nname = {name:?}\n[log]\nformat = \"json\"\n\
         [telegram]\ntoken = \"123456:CANARY\"\napi_url = \"http://127.0.0.1:1\"\n\
         [[rooms]]\nname = \"spring\"\nchannels = [\"telegram:-1\", \"telegram:-2\"]\nmost_parts = 2\n\
         [[rooms]]\nname = \"summer\"\nchannels = [\"telegram:-3\"]\n"
    );
    fs::write(folder.path().join("causeway.toml"), text).unwrap();
}

fn call(folder: &TempDir, args: &[&str]) -> Answer {
    causeway_in(
        folder,
        &[args, &["--config", "causeway.toml"]].concat(),
        b"",
    )
}

fn done(folder: &TempDir, args: &[&str]) {
    let answer = call(folder, args);
    assert_eq!(answer.code, 0, "{args:?}: {}", answer.err);
}

/// Runs a bridge until it stands, and returns what it warned of on its way there.
fn warnings(folder: &TempDir) -> Vec<String> {
    let (mut bridge, _, before) = run_with(folder, "causeway.toml");
    bridge.kill().unwrap();
    bridge.wait().unwrap();
    let entries = before.iter().map(|it| documents(it).remove(0));
    let is_of_rooms =
        |key: &serde_json::Value| key.as_str().is_some_and(|it| it.starts_with("rooms"));
    let warnings = entries.filter(|it| it["level"] == "WARN" && is_of_rooms(&it["config.key"]));
    warnings
        .map(|it| {
            format!(
                "{}: {}",
                it["config.key"].as_str().unwrap(),
                it["message"].as_str().unwrap()
            )
        })
        .collect()
}

#[test]
fn another_name_makes_no_second_community() {
    let folder = TempDir::new().unwrap();
    write(&folder, "Spring");
    assert_eq!(warnings(&folder), [""; 0]);
    done(&folder, &["room", "add", "garden"]);
    write(&folder, "Summer");
    for args in [
        &["run"][..],
        &["config", "check"],
        &["room", "add", "beach"],
        &["person", "list"],
    ] {
        let answer = call(&folder, args);
        assert_eq!(
            (answer.code, answer.out.as_str()),
            (2, ""),
            "{args:?}: {}",
            answer.err
        );
        let words = [
            "causeway.toml:2:1: community.name",
            "it is \"Summer\", but the store belongs to \"Spring\"",
            "causeway community rename \"Spring\" \"Summer\"",
        ];
        for words in words {
            assert!(answer.err.contains(words), "{args:?}: {}", answer.err);
        }
    }
    done(&folder, &["community", "rename", "Spring", "Summer"]);
    done(&folder, &["room", "add", "beach"]);
    let rooms = documents(&call(&folder, &["room", "list", "--json"]).out).remove(0);
    for room in rooms.as_array().unwrap() {
        assert_eq!(room["community"], "Summer");
    }
    assert_eq!(rooms.as_array().unwrap().len(), 4);
}

#[test]
fn a_community_keeps_its_name_where_the_new_one_cannot_be() {
    let folder = TempDir::new().unwrap();
    write(&folder, "Spring");
    assert_eq!(warnings(&folder), [""; 0]);
    done(&folder, &["room", "add", "garden"]);
    for (args, words) in [
        (["community", "rename", "Sprig", "Summer"], "Sprig"),
        (
            ["community", "rename", "Spring", "Spring"],
            "there is a community `Spring` already",
        ),
    ] {
        let answer = call(&folder, &args);
        assert_eq!(answer.code, 1);
        assert!(answer.err.contains(words), "{}", answer.err);
    }
}

#[test]
fn what_staff_changed_is_said_and_not_undone() {
    let folder = TempDir::new().unwrap();
    write(&folder, "Spring");
    assert_eq!(warnings(&folder), Vec::<String>::new());
    done(&folder, &["room", "unlink", "telegram:-1"]);
    done(&folder, &["room", "unlink", "telegram:-2"]);
    done(&folder, &["room", "link", "summer", "telegram:-2"]);
    done(&folder, &["room", "set", "spring", "--most-parts", "7"]);
    let expected = [
        ("rooms[0].channels[0]", 10, "staff unlinked telegram:-1"),
        (
            "rooms[0].channels[1]",
            10,
            "staff put telegram:-2 into the room `summer`",
        ),
        ("rooms[0].most_parts", 11, "staff set it to 7"),
    ];
    let said = warnings(&folder);
    assert_eq!(said.len(), expected.len(), "{said:?}");
    for ((key, _, why), said) in expected.iter().zip(&said) {
        assert!(said.starts_with(&format!("{key}: {why}")), "{said}");
        assert!(
            said.contains("correct the configuration, or: causeway room "),
            "{said}"
        );
    }
    let checked = call(&folder, &["config", "check"]);
    assert_eq!(checked.code, 0);
    for (key, line, why) in expected {
        assert!(
            checked.err.contains(&format!("causeway.toml:{line}:")),
            "{}",
            checked.err
        );
        assert!(
            checked.err.contains(&format!(": {key}\n    why:  {why}")),
            "{}",
            checked.err
        );
    }
    let rooms = call(&folder, &["room", "list"]).out;
    assert!(!rooms.contains("spring  telegram:-1"), "{rooms}");
}

/// As staff removed it, or named it anew, in one of the two places.
#[test]
fn a_room_whose_channels_are_known_is_not_made_under_another_name() {
    let folder = TempDir::new().unwrap();
    write(&folder, "Spring");
    assert_eq!(warnings(&folder), Vec::<String>::new());
    let path = folder.path().join("causeway.toml");
    let text = fs::read_to_string(&path)
        .unwrap()
        .replace("\"spring\"", "\"autumn\"");
    fs::write(&path, text).unwrap();
    let said = warnings(&folder);
    assert!(
        matches!(&said[..], [one] if one.starts_with("rooms[0]: no room is called `autumn`")),
        "{said:?}"
    );
    let rooms = call(&folder, &["room", "list"]).out;
    assert!(
        rooms.contains("spring") && !rooms.contains("autumn"),
        "{rooms}"
    );
}

#[test]
fn whoever_checks_a_configuration_makes_no_store() {
    let folder = TempDir::new().unwrap();
    write(&folder, "Spring");
    done(&folder, &["config", "check"]);
    assert!(!folder.path().join("causeway.db").exists());
}
