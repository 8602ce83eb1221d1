//! A bridge that runs: how it stops, and what a second one is told.

use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::{causeway_in, documents, running_bridge};

#[test]
#[cfg(unix)]
fn a_bridge_that_is_told_to_stop_ends_well_and_logs_no_secret() {
    let folder = TempDir::new().unwrap();
    let (mut child, lines) = running_bridge(&folder);
    let id = child.id().to_string();
    assert!(Command::new("kill").arg(id).status().unwrap().success());
    for line in lines.map(Result::unwrap) {
        let entry: Value = serde_json::from_str(&line).unwrap();
        assert!(
            entry["message"].is_string() && !line.contains("CANARY"),
            "{line}"
        );
    }
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
#[cfg(unix)]
fn a_second_bridge_on_the_same_store_is_refused_with_code_3() {
    let folder = TempDir::new().unwrap();
    let (mut first, _lines) = running_bridge(&folder);
    let second = causeway_in(&folder, &["run", "--config", "causeway.toml"], b"");
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!((second.code, second.out.as_str()), (3, ""));
    assert!(second.err.contains("another Causeway"), "{}", second.err);
}

#[test]
#[cfg(unix)]
fn a_room_of_the_configuration_keeps_what_staff_changed_in_it() {
    let folder = TempDir::new().unwrap();
    let most_parts = || {
        let list = ["room", "list", "--json", "--config", "causeway.toml"];
        let list = causeway_in(&folder, &list, b"");
        documents(&list.out)[0][0]["most_parts"].clone()
    };
    for (found, set) in [
        (Value::from(2), "7"),
        (Value::from(7), "default"),
        (Value::Null, "0"),
    ] {
        let (mut bridge, _lines) = running_bridge(&folder);
        assert_eq!(most_parts(), found);
        let set = [
            "room",
            "set",
            "spring",
            "--most-parts",
            set,
            "--config",
            "causeway.toml",
        ];
        let answer = causeway_in(&folder, &set, b"");
        assert_eq!(answer.code, 0, "{}", answer.err);
        bridge.kill().unwrap();
        bridge.wait().unwrap();
    }
}
