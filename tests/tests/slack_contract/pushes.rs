//! The Events API: Slack calls us.

use std::time::Duration;

use insta::assert_snapshot;
use reqwest::StatusCode;
use sandbox::slack::{RequestUrls, UrlState, Waits};
use slack::Mode;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::bridge::Bridge;
use crate::intake::{Ears, until};

struct Pushes {
    bridge: Bridge,
    ears: Ears,
    url: String,
    _receiving: JoinHandle<conversation::SendError>,
}

impl Pushes {
    async fn open() -> Pushes {
        let bridge = Bridge::open_with(|it| it.mode = Mode::Events).await;
        bridge.stand_in.set_waits(Waits::scaled(0.05));
        let ears = Ears::new();
        let receiving = ears.start(&bridge);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/slack", listener.local_addr().unwrap());
        let router = bridge.adapter.router(ears.memory.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let at = |path: &str| Some(format!("{url}/{path}"));
        bridge.stand_in.set_request_urls(RequestUrls {
            events: at("events"),
            interactivity: at("interactions"),
            commands: at("commands"),
        });
        until(|| bridge.stand_in.url_state() == UrlState::Verified).await;
        until(|| {
            bridge
                .stand_in
                .counters()
                .by_method
                .contains_key("bots.info")
        })
        .await;
        Pushes {
            bridge,
            ears,
            url,
            _receiving: receiving,
        }
    }

    async fn push(&self, path: &str, signed: Option<(&str, &str)>, body: String) -> StatusCode {
        let mut call = reqwest::Client::new()
            .post(format!("{}/{path}", self.url))
            .body(body);
        if let Some((at, signature)) = signed {
            call = call
                .header("x-slack-request-timestamp", at)
                .header("x-slack-signature", signature);
        }
        call.send().await.unwrap().status()
    }
}

#[tokio::test]
async fn events_presses_and_commands_are_heard() {
    let mut it = Pushes::open().await;
    let (channel, ana) = it.bridge.channel_with("Ana");
    let mut post = crate::bridge::words("Do you come?");
    post.part.buttons = vec![conversation::Button {
        label: "Yes".to_owned(),
        does: conversation::Does::Press("yes".to_owned()),
    }];
    let posted = it.bridge.post(&channel, post).await;
    let mut heard = Vec::new();
    until(|| it.bridge.stand_in.undelivered() == 0).await;
    it.bridge
        .stand_in
        .press(&channel, crate::bridge::ts(&posted), &ana, "causeway-0")
        .unwrap();
    until(|| it.bridge.stand_in.undelivered() == 0).await;
    it.bridge
        .stand_in
        .slash(&channel, &ana, "/causeway", "status")
        .unwrap();
    until(|| it.bridge.stand_in.undelivered() == 0).await;
    it.bridge.stand_in.say(&channel, &ana, "yes").unwrap();
    loop {
        heard.push(it.ears.next().await);
        if heard.last().unwrap().ends_with("\"yes\"") {
            break;
        }
    }
    heard.retain(|line| !line.contains("joined") && !line.contains("opened"));
    assert_snapshot!(heard.join("\n"), @r#"
    Bo (Telegram) (Ourselves) posted #1: "Do you come?"
    Ana (Person) pressed yes of #1
    Ana (Person) commanded: status
    Ana (Person) posted #2: "yes"
    "#);
}

#[tokio::test]
async fn a_form_is_sent_back_and_taken() {
    let mut it = Pushes::open().await;
    let (channel, ana) = it.bridge.channel_with("Ana");
    *it.ears.memory.suggested.lock().unwrap() = Some(Vec::new());
    until(|| it.bridge.stand_in.undelivered() == 0).await;
    while !it.ears.has_heard_nothing() {}
    let stand_in = &it.bridge.stand_in;
    stand_in
        .slash(&channel, &ana, "/causeway", "confirm")
        .unwrap();
    until(|| !stand_in.view().modals.is_empty()).await;
    let modal = stand_in.view().modals.remove(0);
    let submit = |code: &str| stand_in.submit(&modal.id, &ana, &[("code", code)]).unwrap();
    submit("no code");
    until(|| stand_in.view().modals[0].errors["code"].is_string()).await;
    submit("7K3Q");
    until(|| stand_in.view().modals.is_empty()).await;
    assert_snapshot!(it.ears.next().await, @"Ana (Person) commanded: confirm 7K3Q");
}

#[tokio::test]
async fn what_is_not_on_disk_is_brought_again() {
    let mut it = Pushes::open().await;
    let (channel, ana) = it.bridge.channel_with("Ana");
    until(|| it.bridge.stand_in.undelivered() == 0).await;
    while !it.ears.has_heard_nothing() {}
    it.ears.memory.refuse(true);
    it.bridge.stand_in.say(&channel, &ana, "keep this").unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(it.ears.has_heard_nothing());
    it.ears.memory.refuse(false);
    assert_snapshot!(it.ears.next().await, @r#"Ana (Person) posted #1: "keep this""#);
}

/// The signature is the one of Slack's own documentation: right, and years old.
const OLD: (&str, &str) = (
    "1531420618",
    "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
);
const OLD_BODY: &str = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";

#[tokio::test]
async fn who_is_not_slack_is_not_heard() {
    let mut it = Pushes::open().await;
    let now = crate::bridge::now().0 / 1000;
    let now = now.to_string();
    let body = || r#"{"type":"event_callback","event":{"type":"app_uninstalled"}}"#.to_owned();
    for path in ["events", "interactions", "commands"] {
        assert_eq!(it.push(path, None, body()).await, StatusCode::UNAUTHORIZED);
        for wrong in ["", "v0=", "v0=00", OLD.1] {
            let answer = it.push(path, Some((&now, wrong)), body()).await;
            assert_eq!(answer, StatusCode::UNAUTHORIZED, "{path} {wrong}");
        }
    }
    let old = it.push("commands", Some(OLD), OLD_BODY.to_owned()).await;
    assert_eq!(old, StatusCode::UNAUTHORIZED);
    let long = "x".repeat((1 << 20) + 1);
    let long = it.push("events", Some((&now, "v0=00")), long).await;
    assert_eq!(long, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(it.ears.has_heard_nothing());
}
