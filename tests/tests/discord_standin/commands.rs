//! Commands with groups, verbs and options: what can be registered, and what people can fill in.

use sandbox::discord::Misuse;
use serde_json::{Value, json};

use crate::socket::EVERYTHING;
use crate::stage::{BOT, Stage, text};

fn option(kind: u64, name: &str, more: Value) -> Value {
    let mut option = json!({ "type": kind, "name": name, "description": "About it" });
    let more = more.as_object().unwrap().clone();
    option.as_object_mut().unwrap().extend(more);
    option
}

fn holding(kind: u64, name: &str, options: Value) -> Value {
    option(kind, name, json!({ "options": options }))
}

fn command(options: Value) -> Value {
    let mut command = holding(1, "causeway", options);
    command.as_object_mut().unwrap().remove("type");
    command
}

fn tree() -> Value {
    let needed = |more: Value| {
        let mut more = more;
        more["required"] = true.into();
        more
    };
    let link = json!([
        option(3, "room", needed(json!({ "autocomplete": true }))),
        option(
            3,
            "by",
            needed(json!({ "choices": [{ "name": "Name", "value": "name" }] }))
        ),
        option(3, "word", json!({ "min_length": 2, "max_length": 4 })),
        option(4, "most", json!({ "min_value": 1, "max_value": 9 })),
        option(5, "unlink", json!({})),
    ]);
    let room = holding(2, "room", json!([holding(1, "link", link)]));
    command(json!([room, holding(1, "help", json!([]))]))
}

async fn set(stage: &Stage) {
    stage.done(&set_route(), json!([tree()])).await;
}

fn set_route() -> String {
    format!("PUT /applications/{BOT}/commands")
}

const LINK: &str = "causeway room link";
const NEEDED: [(&str, &str); 2] = [("room", "Spring"), ("by", "name")];

#[tokio::test]
async fn what_is_chosen_comes_nested_as_it_was_registered() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    set(&stage).await;
    let mut socket = stage.identified(EVERYTHING).await;
    let mut given = NEEDED.to_vec();
    given.extend([("word", "abc"), ("most", "3"), ("unlink", "true")]);
    let it = &stage.discord;
    it.slash_command(channel, ana, LINK, &given).unwrap();
    let event = socket.event("INTERACTION_CREATE").await;
    let filled =
        |kind: u64, name: &str, value: Value| json!({ "type": kind, "name": name, "value": value });
    let options = json!([
        filled(3, "room", json!("Spring")),
        filled(3, "by", json!("name")),
        filled(3, "word", json!("abc")),
        filled(4, "most", json!(3)),
        filled(5, "unlink", json!(true)),
    ]);
    let verb = json!({ "type": 1, "name": "link", "options": options });
    assert_eq!(
        event["data"]["options"],
        json!([{ "type": 2, "name": "room", "options": [verb] }])
    );
    it.slash_command(channel, ana, "causeway help", &[])
        .unwrap();
    let event = socket.event("INTERACTION_CREATE").await;
    assert_eq!(
        event["data"]["options"],
        json!([{ "type": 1, "name": "help", "options": [] }])
    );
}

#[tokio::test]
async fn what_a_client_does_not_let_people_fill_in_is_refused() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    set(&stage).await;
    let it = &stage.discord;
    for path in [
        "causeway",
        "causeway room",
        "causeway room fly",
        "fly",
        "causeway room link room",
    ] {
        let refused = it.slash_command(channel, ana, path, &[]);
        assert_eq!(refused, Err(Misuse::NoCommand(path.to_owned())));
    }
    let missing = it.slash_command(channel, ana, LINK, &NEEDED[..1]);
    assert_eq!(missing, Err(Misuse::NotFilledIn("by".to_owned())));
    for (name, value) in [
        ("by", "account"),
        ("room", ""),
        ("word", "a"),
        ("word", "abcde"),
        ("most", "0"),
        ("most", "10"),
        ("most", "some"),
        ("unlink", "yes"),
    ] {
        let refused = it.slash_command(channel, ana, LINK, &[(name, value)]);
        let not_so = Misuse::NotSo(name.to_owned(), value.to_owned());
        assert_eq!(refused, Err(not_so));
    }
    let other = it.slash_command(channel, ana, LINK, &[("fly", "home")]);
    assert_eq!(other, Err(Misuse::NoOption("fly".to_owned())));
}

#[tokio::test]
async fn what_discords_documents_do_not_allow_is_not_registered() {
    let stage = Stage::lenient().await;
    let many = |count: usize| (0..count).map(|it| holding(1, &format!("v{it}"), json!([])));
    let long = |length: usize| "a".repeat(length);
    let mut described = holding(1, "help", json!([]));
    described["description"] = long(101).into();
    let wide = |name: &str| {
        let choices: Vec<Value> = (0..25)
            .map(|it| json!({ "name": format!("{it}{}", long(90)), "value": format!("{it}{}", long(90)) }))
            .collect();
        holding(
            1,
            name,
            json!([option(3, "a", json!({ "choices": choices }))]),
        )
    };
    let choice = |value: &str| json!({ "choices": [{ "name": "One", "value": value }] });
    for (options, code) in [
        (json!([holding(1, "Help", json!([]))]), "INVALID_NAME"),
        (json!([holding(1, &long(33), json!([]))]), "INVALID_NAME"),
        (json!([described]), "BAD_LENGTH"),
        (many(26).collect(), "MAX_LENGTH"),
        (many(1).chain(many(1)).collect(), "ALREADY_EXISTS"),
        (
            json!([holding(2, "room", json!([option(3, "a", json!({}))]))]),
            "TYPE_INVALID",
        ),
        (
            json!([holding(2, "room", json!([holding(2, "deep", json!([]))]))]),
            "TYPE_INVALID",
        ),
        (
            json!([holding(1, "help", json!([])), option(3, "a", json!({}))]),
            "TYPE_INVALID",
        ),
        (json!([option(12, "a", json!({}))]), "TYPE_INVALID"),
        (
            json!([
                option(3, "a", json!({})),
                option(3, "b", json!({ "required": true }))
            ]),
            "REQUIRED_INVALID",
        ),
        (json!([option(3, "a", choice(&long(101)))]), "BAD_LENGTH"),
        (json!([wide("one"), wide("two")]), "TOO_LARGE"),
    ] {
        let commands = json!([command(options)]);
        let refused = stage.refused(&set_route(), commands).await;
        assert!(refused.contains(code), "{code}: {refused}");
    }
    assert!(stage.discord.offered_commands().is_empty());
}

#[tokio::test]
async fn what_is_offered_while_somebody_types_is_seen_within_bounds() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    set(&stage).await;
    let mut socket = stage.identified(EVERYTHING).await;
    let it = &stage.discord;
    let typed = it.autocomplete(channel, ana, LINK, (&[("most", "3")], ("room", "spr")));
    let typed = typed.unwrap();
    let event = socket.event("INTERACTION_CREATE").await;
    assert_eq!(event["type"], 4);
    assert_eq!(
        event["data"]["options"][0]["options"][0]["options"][1],
        json!({ "type": 3, "name": "room", "value": "spr", "focused": true })
    );
    let callback = format!(
        "POST /interactions/{}/{}/callback",
        text(&event["id"]),
        text(&event["token"])
    );
    let choice = |name: &str| json!({ "name": name, "value": name });
    let of = |choices: Vec<Value>| json!({ "type": 8, "data": { "choices": choices } });
    let later = stage.refused(&callback, json!({ "type": 5 })).await;
    assert!(later.starts_with("400 50035"), "{later}");
    stage.done(&callback, of(vec![choice("Spring Fair")])).await;
    assert_eq!(it.interaction(typed).unwrap().choices, ["Spring Fair"]);
    let again = stage.refused(&callback, of(Vec::new())).await;
    assert!(again.starts_with("400 40060"), "{again}");
    let no = it.autocomplete(channel, ana, LINK, (&[], ("word", "a")));
    assert_eq!(no, Err(Misuse::NoOption("word".to_owned())));
    stage.assert_legal();
}
