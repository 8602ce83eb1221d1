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

pub(crate) async fn next_of(socket: &mut Socket, kind: &str) -> Value {
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
