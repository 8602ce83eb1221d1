//! Buttons, modals and commands, there and back.

use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use insta::assert_snapshot;
use sandbox::slack::{Misuse, RequestUrls};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::pushes::fields;
use super::stage::{Socket, Stage};

async fn next_of(socket: &mut Socket, kind: &str) -> Value {
    loop {
        let envelope = socket.next().await;
        if envelope["type"] == kind {
            return envelope;
        }
        socket.ack(&envelope, None).await;
    }
}

fn button() -> Value {
    json!([{ "type": "actions", "elements": [
        { "type": "button", "action_id": "yes", "value": "v1", "text": { "type": "plain_text", "text": "I come" } },
    ] }])
}

#[tokio::test]
async fn a_pressed_button_is_told_and_answered_by_its_url() {
    let stage = Stage::open().await;
    let place = stage.place();
    let mut socket = stage.connect().await;
    let body = json!({ "channel": place.channel, "text": "Friday?", "blocks": button() });
    let ts = stage.call("chat.postMessage", body).await["ts"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let unknown = stage.slack.press(&place.channel, ts, &place.ana, "No");
    assert_eq!(unknown, Err(Misuse::NoButton(ts, "No".into())));
    stage
        .slack
        .press(&place.channel, ts, &place.ana, "I come")
        .unwrap();
    let envelope = next_of(&mut socket, "interactive").await;
    socket.ack(&envelope, None).await;
    let payload = &envelope["payload"];
    assert_eq!(payload["type"], "block_actions");
    assert_eq!(payload["actions"][0]["action_id"], "yes");
    assert_eq!(payload["actions"][0]["value"], "v1");
    assert_eq!(payload["message"]["ts"], json!(ts));
    assert_eq!(payload["user"]["id"], place.ana.0.as_str());
    let url = payload["response_url"].as_str().unwrap();
    let answer = json!({ "replace_original": true, "text": "Ana comes" });
    let said = stage.http.post(url).json(&answer).send().await.unwrap();
    assert_eq!(said.text().await.unwrap(), "ok");
    assert_eq!(
        stage.slack.view_message(&place.channel, ts).unwrap().text,
        "Ana comes"
    );
    for _ in 0..4 {
        stage
            .http
            .post(url)
            .json(&json!({ "text": "psst" }))
            .send()
            .await
            .unwrap();
    }
    let sixth = stage
        .http
        .post(url)
        .json(&json!({ "text": "psst" }))
        .send()
        .await
        .unwrap();
    assert_eq!(
        (
            sixth.status().as_u16(),
            sixth.text().await.unwrap().as_str()
        ),
        (404, "used_url")
    );
    assert_eq!(
        stage
            .slack
            .view_channel(&place.channel, 9)
            .unwrap()
            .ephemeral
            .len(),
        4
    );
}

#[tokio::test]
async fn a_modal_opens_complains_and_closes() {
    let stage = Stage::open().await;
    let place = stage.place();
    let mut socket = stage.connect().await;
    stage
        .slack
        .slash(&place.channel, &place.ana, "/causeway", "note")
        .unwrap();
    let envelope = next_of(&mut socket, "slash_commands").await;
    socket.ack(&envelope, None).await;
    let trigger = envelope["payload"]["trigger_id"].clone();
    let view = json!({
        "type": "modal",
        "callback_id": "note",
        "title": { "type": "plain_text", "text": "A note" },
        "submit": { "type": "plain_text", "text": "Send" },
        "blocks": [{
            "type": "input", "block_id": "b", "label": { "type": "plain_text", "text": "Words" },
            "element": { "type": "plain_text_input", "action_id": "words" },
        }],
    });
    let open = json!({ "trigger_id": trigger, "view": view });
    let id = stage.call("views.open", open.clone()).await["view"]["id"].clone();
    assert_eq!(
        stage.refused("views.open", open).await,
        "exchanged_trigger_id"
    );
    let modal = sandbox::slack::ViewId(id.as_str().unwrap().to_owned());
    let nothing = stage.slack.submit(&modal, &place.ana, &[("words", "")]);
    assert_eq!(nothing, Err(Misuse::NotFilledIn("words".to_owned())));
    for (block, shown, said) in [
        ("b", "b", "Say more"),
        ("x", "", "We had some trouble connecting. Try again?"),
    ] {
        let words = [("words", "no")];
        stage.slack.submit(&modal, &place.ana, &words).unwrap();
        let envelope = next_of(&mut socket, "interactive").await;
        assert_eq!(envelope["payload"]["view"]["callback_id"], "note");
        let errors = json!({ "response_action": "errors", "errors": { block: "Say more" } });
        socket.ack(&envelope, Some(errors)).await;
        stage.settle().await;
        assert_eq!(stage.slack.view().modals[0].errors[shown], said);
    }
    stage
        .slack
        .submit(&modal, &place.ana, &[("words", "bread")])
        .unwrap();
    let envelope = next_of(&mut socket, "interactive").await;
    let state = &envelope["payload"]["view"]["state"]["values"];
    assert_eq!(state["b"]["words"]["value"], "bread");
    socket.ack(&envelope, None).await;
    stage.settle().await;
    assert!(stage.slack.view().modals.is_empty());
}

#[tokio::test]
async fn a_command_is_answered_with_its_acknowledgement_or_slack_complains() {
    let stage = Stage::open().await;
    let place = stage.place();
    let mut socket = stage.connect().await;
    stage
        .slack
        .slash(&place.channel, &place.ana, "/causeway", "who")
        .unwrap();
    let envelope = next_of(&mut socket, "slash_commands").await;
    assert_eq!(envelope["accepts_response_payload"], true);
    assert_eq!(envelope["payload"]["text"], "who");
    socket
        .ack(&envelope, Some(json!({ "text": "Only *you*" })))
        .await;
    stage
        .slack
        .slash(&place.channel, &place.ana, "/causeway", "all")
        .unwrap();
    let envelope = next_of(&mut socket, "slash_commands").await;
    let aloud = json!({ "response_type": "in_channel", "text": "For all" });
    socket.ack(&envelope, Some(aloud)).await;
    stage
        .slack
        .slash(&place.channel, &place.ana, "/causeway", "sleep")
        .unwrap();
    next_of(&mut socket, "slash_commands").await;
    let view = || stage.slack.view_channel(&place.channel, 1).unwrap();
    stage.until(|_| view().ephemeral.len() == 2).await;
    drop(socket);
    stage.until(|it| it.sockets() == 0).await;
    stage
        .slack
        .slash(&place.channel, &place.ana, "/causeway", "gone")
        .unwrap();
    stage.until(|_| view().ephemeral.len() == 3).await;
    let whispers: Vec<String> = view()
        .ephemeral
        .iter()
        .map(|it| format!("{}: {}", it.author, it.text))
        .collect();
    assert_snapshot!(whispers.join("\n"), @r#"
    Causeway: Only you
    Slackbot: /causeway failed with the error "operation_timeout"
    Slackbot: /causeway failed with the error "dispatch_failed"
    "#);
    assert_eq!(view().messages[0].text, "For all");
}

async fn answer(body: Bytes) -> String {
    let fields = fields(&body);
    let find = |name: &str| fields.iter().find(|it| it.0 == name).map(|it| it.1.clone());
    match find("payload") {
        Some(payload) => {
            let payload: Value = serde_json::from_str(&payload).unwrap();
            assert_eq!(payload["type"], "block_actions");
            String::new()
        }
        None => format!("You said {}", find("text").unwrap()),
    }
}

#[tokio::test]
async fn commands_and_presses_are_pushed_where_an_address_is_set() {
    let stage = Stage::open().await;
    let place = stage.place();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let router = Router::new().route("/", post(answer));
    tokio::spawn(async { axum::serve(listener, router).await });
    stage.slack.set_request_urls(RequestUrls {
        events: None,
        interactivity: Some(url.clone()),
        commands: Some(url),
    });
    stage
        .slack
        .slash(&place.channel, &place.ana, "/causeway", "bread & salt")
        .unwrap();
    let view = || stage.slack.view_channel(&place.channel, 1).unwrap();
    stage.until(|_| !view().ephemeral.is_empty()).await;
    assert_eq!(view().ephemeral[0].text, "You said bread & salt");
    let body = json!({ "channel": place.channel, "text": "Friday?", "blocks": button() });
    let ts = stage.call("chat.postMessage", body).await["ts"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let acks = stage.slack.counters().acks;
    stage
        .slack
        .press(&place.channel, ts, &place.ana, "yes")
        .unwrap();
    stage.until(|it| it.counters().acks == acks + 1).await;
}

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
