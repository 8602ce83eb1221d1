//! Modals with what is filled in: what may stand in them, and what comes back.

use sandbox::slack::Misuse;
use serde_json::{Value, json};

use crate::interactions::next_of;
use crate::stage::{Socket, Stage};

fn input(id: &str, element: Value) -> Value {
    let mut element = element;
    element["action_id"] = id.into();
    let label = json!({ "type": "plain_text", "text": "Words" });
    json!({ "type": "input", "block_id": id, "label": label, "element": element })
}

fn choice(value: &str) -> Value {
    json!({ "text": { "type": "plain_text", "text": value }, "value": value })
}

fn form(blocks: Vec<Value>) -> Value {
    let text = |text: &str| json!({ "type": "plain_text", "text": text });
    json!({ "type": "modal", "title": text("A note"), "submit": text("Send"), "blocks": blocks })
}

/// A view that may be opened by what Ana did just now.
async fn open(stage: &Stage, socket: &mut Socket, view: &Value) -> Value {
    let place = stage.slack.view();
    let (channel, ana) = (&place.channels[0], &place.channels[0].members[0].id);
    stage
        .slack
        .slash(&channel.id, ana, "/causeway", "note")
        .unwrap();
    let envelope = next_of(socket, "slash_commands").await;
    socket.ack(&envelope, None).await;
    let trigger = &envelope["payload"]["trigger_id"];
    json!({ "trigger_id": trigger, "view": view })
}

#[tokio::test]
async fn a_modal_that_breaks_a_limit_is_refused() {
    let stage = Stage::open().await;
    stage.place();
    let mut socket = stage.connect().await;
    let long = |length: usize| "a".repeat(length);
    let typed = || json!({ "type": "plain_text_input" });
    let with = |name: &str, value: Value| {
        let mut view = form(vec![input("a", typed())]);
        view[name] = value;
        view
    };
    let text = |text: String| json!({ "type": "plain_text", "text": text });
    let select = |options: Vec<Value>| json!({ "type": "static_select", "options": options });
    let many = |most: usize| (0..most).map(|it| choice(&it.to_string())).collect();
    let mut chosen = select(vec![choice("a")]);
    chosen["initial_option"] = choice("b");
    let mut labelled = input("a", typed());
    labelled["label"] = text(long(2001));
    let twice = vec![input("a", typed()), input("a", typed())];
    let filled = json!({ "type": "plain_text_input", "initial_value": long(3001) });
    for (view, said) in [
        (with("title", text(long(25))), "title"),
        (with("submit", Value::Null), "submit"),
        (with("submit", text(long(25))), "submit"),
        (
            with("private_metadata", long(3001).into()),
            "private_metadata",
        ),
        (with("callback_id", long(256).into()), "callback_id"),
        (
            form((0..101).map(|it| input(&it.to_string(), typed())).collect()),
            "100 items",
        ),
        (form(twice), "twice"),
        (form(vec![labelled]), "label"),
        (form(vec![input("a", filled)]), "initial_value"),
        (form(vec![input("a", select(many(101)))]), "options"),
        (
            form(vec![input("a", select(vec![choice(&long(76))]))]),
            "text",
        ),
        (form(vec![input("a", chosen)]), "initial_option"),
        (
            form(vec![input("a", json!({ "type": "button" }))]),
            "unsupported type",
        ),
    ] {
        let open = open(&stage, &mut socket, &view).await;
        let refused = stage.refused("views.open", open).await;
        assert!(
            refused.contains("invalid_arguments") && refused.contains(said),
            "{said}: {refused}"
        );
    }
    assert!(stage.slack.view().modals.is_empty());
}

#[tokio::test]
async fn what_is_chosen_and_ticked_comes_as_it_was_offered() {
    let stage = Stage::open().await;
    let place = stage.place();
    let mut socket = stage.connect().await;
    let mut select = json!({ "type": "static_select", "options": [choice("on"), choice("off")] });
    select["initial_option"] = choice("on");
    let mut tick = input(
        "tick",
        json!({ "type": "checkboxes", "options": [choice("yes")] }),
    );
    tick["optional"] = true.into();
    let view = form(vec![input("switch", select), tick]);
    for (values, switch, ticked) in [
        (vec![], "on", json!([])),
        (
            vec![("switch", "off"), ("tick", "yes")],
            "off",
            json!([choice("yes")]),
        ),
    ] {
        let open = open(&stage, &mut socket, &view).await;
        let id = stage.call("views.open", open).await["view"]["id"].clone();
        let modal = sandbox::slack::ViewId(id.as_str().unwrap().to_owned());
        let none = stage
            .slack
            .submit(&modal, &place.ana, &[("switch", "half")]);
        assert_eq!(none, Err(Misuse::NoChoice("switch".into(), "half".into())));
        stage.slack.submit(&modal, &place.ana, &values).unwrap();
        let envelope = next_of(&mut socket, "interactive").await;
        let state = &envelope["payload"]["view"]["state"]["values"];
        assert_eq!(state["switch"]["switch"]["selected_option"], choice(switch));
        assert_eq!(state["tick"]["tick"]["selected_options"], ticked);
        socket.ack(&envelope, None).await;
        stage.settle().await;
    }
}
