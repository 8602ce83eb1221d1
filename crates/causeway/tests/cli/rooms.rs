//! Rooms and people, from the terminal.

use tempfile::TempDir;

use crate::{Answer, causeway_in, documents, running_bridge, stopped};

/// A store on which a bridge ran.
fn town() -> TempDir {
    let folder = TempDir::new().unwrap();
    stopped(running_bridge(&folder));
    folder
}

fn call(folder: &TempDir, args: &[&str]) -> Answer {
    causeway_in(
        folder,
        &[args, &["--store", "sqlite:causeway.db"]].concat(),
        b"",
    )
}

fn rooms(folder: &TempDir) -> String {
    let list = documents(&call(folder, &["room", "list", "--json"]).out);
    let rooms = list[0].as_array().unwrap().iter();
    let line = |room: &serde_json::Value| {
        let channels = room["channels"].as_array().unwrap().iter();
        let channels = channels.map(|it| format!(" {}", it["channel"].as_str().unwrap()));
        format!(
            "{}:{}",
            room["name"].as_str().unwrap(),
            channels.collect::<String>()
        )
    };
    rooms.map(line).collect::<Vec<_>>().join("; ")
}

#[test]
fn a_room_that_cannot_be_added_leaves_nothing_behind() {
    let folder = town();
    assert_eq!(
        call(&folder, &["room", "add", "autumn", "telegram:-1"]).code,
        0
    );
    let before = rooms(&folder);
    let clash = call(
        &folder,
        &["room", "add", "winter", "telegram:-2", "telegram:-1"],
    );
    assert_eq!(clash.code, 1);
    assert!(clash.err.contains("`autumn`"), "{}", clash.err);
    assert_eq!(
        call(&folder, &["room", "add", "winter", "pigeon:1"]).code,
        2
    );
    assert_eq!(rooms(&folder), before);
}

/// Their tokens are made up, and what stands in for them is no secret.
#[test]
fn what_a_command_beside_a_bridge_says_is_said_whole() {
    let folder = town();
    let config = "[discord]\ntoken_file = \"away\"\n[email]\ndomain = \"c.example.org\"\n\
                  [[email.lists]]\naddress = \"a@example.org\"\nname = \"A\"\nmembers = [\"b@example.org\"]\n";
    std::fs::write(folder.path().join("town.toml"), config).unwrap();
    let link = ["room", "link", "spring", "email:c@example.org"];
    let answer = causeway_in(
        &folder,
        &[&link[..], &["--config", "town.toml"]].concat(),
        b"",
    );
    assert_eq!(answer.code, 2);
    assert!(
        answer.err.contains("is none of the lists"),
        "{}",
        answer.err
    );
}

#[test]
fn a_room_that_is_not_there_is_looked_up_or_made() {
    let folder = town();
    for command in [
        &["link", "sprig", "telegram:-1"][..],
        &["rename", "sprig", "x"],
    ] {
        let answer = call(&folder, &[&["room"], command].concat());
        assert_eq!(answer.code, 1);
        let cure = "`causeway room list` shows those that there are";
        assert!(answer.err.contains(cure), "{}", answer.err);
    }
}

#[test]
fn a_room_gets_another_name_that_nobody_has() {
    let folder = town();
    call(&folder, &["room", "add", "autumn", "telegram:-1"]);
    call(&folder, &["room", "add", "winter"]);
    let clash = call(&folder, &["room", "rename", "autumn", "winter"]);
    assert_eq!(clash.code, 1);
    assert!(
        clash.err.contains("named `winter` already"),
        "{}",
        clash.err
    );
    assert_eq!(call(&folder, &["room", "rename", "gardn", "x"]).code, 1);
    assert_eq!(call(&folder, &["room", "rename", "autumn", ""]).code, 2);
    assert_eq!(
        call(&folder, &["room", "rename", "autumn", "harvest"]).code,
        0
    );
    assert_eq!(rooms(&folder), "harvest: telegram:-1; spring:; winter:");
}

#[test]
fn a_room_goes_with_its_channels_only_where_that_is_asked_for() {
    let folder = town();
    call(
        &folder,
        &["room", "add", "autumn", "telegram:-1", "telegram:-2"],
    );
    let refused = call(&folder, &["room", "remove", "autumn"]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.err.contains("telegram:-1, telegram:-2"),
        "{}",
        refused.err
    );
    assert!(refused.err.contains("--unlink"), "{}", refused.err);
    assert_eq!(rooms(&folder), "autumn: telegram:-1 telegram:-2; spring:");
    let removed = call(&folder, &["room", "remove", "autumn", "--unlink"]);
    assert_eq!(removed.code, 0);
    assert!(removed.err.contains("stays on record"), "{}", removed.err);
    assert_eq!(rooms(&folder), "spring:");
    assert_eq!(
        call(&folder, &["room", "add", "autumn", "telegram:-1"]).code,
        0
    );
    assert_eq!(rooms(&folder), "autumn: telegram:-1; spring:");
    let named = causeway_in(
        &folder,
        &["room", "remove", "spring", "--config", "causeway.toml"],
        b"",
    );
    assert!(named.err.contains("[[rooms]]"), "{}", named.err);
}

#[test]
fn two_accounts_on_one_platform_are_joined_only_after_a_yes() {
    let folder = town();
    let both = ["person", "join", "telegram:1", "telegram:2"];
    let refused = call(&folder, &both);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("--yes"), "{}", refused.err);
    // Nobody has heard of them yet, which is found out behind the question.
    let yes = call(&folder, &[&both[..], &["--yes"]].concat());
    assert_eq!(yes.code, 1);
    assert!(yes.err.contains("`telegram:1`"), "{}", yes.err);
}
