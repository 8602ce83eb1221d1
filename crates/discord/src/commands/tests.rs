#![allow(clippy::unwrap_used)]

use conversation::command::{Chosen, Command, verbs};
use conversation::{Event, Language};
use serde_json::{Value, json};

use super::command;
use crate::{Meaning, normalise};

fn tree() -> Value {
    serde_json::to_value(command(|_| true)).unwrap()
}

fn named<'a>(options: &'a Value, name: &str) -> &'a Value {
    let mut options = options.as_array().unwrap().iter();
    options.find(|it| it["name"] == name).unwrap()
}

/// Their documentation, "Application commands": numbers and lengths of names and descriptions.
#[test]
fn the_tree_is_one_that_discord_takes() {
    fn check(option: &Value, depth: usize) -> usize {
        let name = option["name"].as_str().unwrap();
        let about = option["description"].as_str().unwrap();
        let others = option["description_localizations"]
            .as_object()
            .into_iter()
            .flatten();
        let all = others.map(|(_, it)| it.as_str().unwrap()).chain([about]);
        let longest = all.map(|it| it.chars().count()).max().unwrap();
        let is_one = |it: char| it.is_ascii_lowercase() || it == '-';
        assert!(
            (1..=32).contains(&name.len()) && name.chars().all(is_one),
            "{name}"
        );
        assert!(!about.is_empty() && longest <= 100, "{name}: {about}");
        let inner = option["options"].as_array().cloned().unwrap_or_default();
        assert!(inner.len() <= 25 && depth <= 3, "{name}");
        let needed: Vec<bool> = inner.iter().map(|it| it["required"] == true).collect();
        assert!(needed.is_sorted_by(|one, other| one >= other), "{name}");
        let is_verb = option["type"] == 1;
        for it in &inner {
            let kind = it["type"].as_u64().unwrap();
            assert_eq!(is_verb, kind > 2, "{name}: {kind}");
        }
        name.len() + longest + inner.iter().map(|it| check(it, depth + 1)).sum::<usize>()
    }
    let all = check(&tree(), 0);
    assert!(all <= 8000, "{all}");
}

/// What Discord would tell of a choice, filled in as the tree asks for it.
fn interaction(chosen: &Chosen, tree: &Value) -> Value {
    let (mut at, mut path) = (tree, Vec::new());
    for name in &chosen.path {
        at = named(&at["options"], name);
        path.push(at);
    }
    let given = chosen.options.iter().map(|(name, value)| {
        let kind = named(&at["options"], name)["type"].clone();
        let value = if kind == 5 {
            json!(value == "yes")
        } else {
            json!(value)
        };
        json!({ "name": name, "type": kind, "value": value })
    });
    let mut options: Vec<Value> = given.collect();
    for it in path.iter().rev() {
        options = vec![json!({ "name": it["name"], "type": it["type"], "options": options })];
    }
    made(json!({ "id": "5", "name": "causeway", "type": 1, "options": options }))
}

fn made(data: Value) -> Value {
    let user = json!({ "id": "53908099506183680", "username": "ana" });
    json!({
        "t": "INTERACTION_CREATE", "s": 1, "op": 0,
        "d": { "id": "334385199974967060", "application_id": "1", "type": 2, "token": "t", "channel_id": "12", "user": user, "data": data },
    })
}

fn heard(payload: &Value) -> String {
    let read = normalise(&payload.to_string(), Some(1), conversation::Timestamp(7));
    let Meaning::Events(events) = read else {
        panic!("{payload}");
    };
    match &events[0].event {
        Event::Commanded { text, .. } => text.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_command_that_is_chosen_is_heard_as_the_same() {
    let tree = tree();
    for verb in verbs().filter(|it| it.who != super::Who::Operator) {
        let command = Command::read(verb.about.example(Language::ENGLISH).unwrap()).unwrap();
        let heard = heard(&interaction(&command.chosen(), &tree));
        assert_eq!(heard, command.line());
    }
}

#[test]
fn what_is_wrong_in_a_choice_is_heard_as_such() {
    let chosen = Chosen {
        path: vec!["room".to_owned(), "link".to_owned()],
        options: vec![
            ("room".to_owned(), "Spring Fair".to_owned()),
            ("channel".to_owned(), "nowhere at all".to_owned()),
        ],
    };
    let heard = heard(&interaction(&chosen, &tree()));
    assert_eq!(
        heard,
        r#"room link room="Spring Fair" channel="nowhere at all""#
    );
    assert!(Command::read(&heard).is_err());
    let about_me = Chosen {
        path: vec!["me".to_owned(), "private".to_owned()],
        options: vec![("switch".to_owned(), "perhaps".to_owned())],
    };
    let said = interaction(&about_me, &tree());
    assert_eq!(self::heard(&said), r#"private switch="perhaps""#);
}

#[test]
fn other_commands_and_older_trees_are_heard_as_they_are_typed() {
    let text = json!([{ "name": "text", "type": 3, "value": "room list" }]);
    for (data, asked) in [
        (
            json!({ "id": "5", "name": "causeway", "options": text }),
            "room list",
        ),
        (json!({ "id": "5", "name": "causeway" }), "help"),
        (
            json!({ "id": "5", "name": "causeway", "options": [{ "name": "text", "type": 3, "value": "member join <@!12> <@13> <3" }] }),
            "member join discord:12 discord:13 <3",
        ),
        (
            json!({ "id": "5", "name": "rest", "options": [{ "name": "for", "type": 3, "value": "2 weeks" }] }),
            "rest 2 weeks",
        ),
    ] {
        assert_eq!(heard(&made(data)), asked);
    }
}
