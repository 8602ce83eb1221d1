//! Updates that the stand-in brings, end to end.

use std::sync::Arc;

use conversation::Intake;
use insta::assert_snapshot;
use sandbox::telegram::Said;
use serde_json::{Value, json};
use telegram::Mode;
use tokio::net::TcpListener;

use crate::bridge::{Bridge, TOKEN};
use crate::intake::{Ears, asked};

struct Hooked {
    bridge: Bridge,
    ears: Ears,
    address: String,
}

async fn hooked() -> Hooked {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let public_url = format!("http://{}/", listener.local_addr().unwrap());
    let address = format!("{public_url}telegram/webhook");
    let bridge = Bridge::open_with(|settings| {
        settings.mode = Mode::Webhook;
        settings.webhook.public_url = public_url;
    })
    .await;
    let ears = Ears::new();
    let memory: Arc<dyn Intake> = ears.memory.clone();
    let router = bridge.adapter.router(memory.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let adapter = bridge.adapter.clone();
    tokio::spawn(async move { conversation::Adapter::receive(&*adapter, &*memory).await });
    asked(&bridge, "setWebhook").await;
    Hooked {
        bridge,
        ears,
        address,
    }
}

impl Hooked {
    async fn ask(&self, method: &str, body: Value) -> Value {
        let url = format!("{}/bot{TOKEN}/{method}", self.bridge.url);
        let answer = reqwest::Client::new().post(url).json(&body).send().await;
        answer.unwrap().json::<Value>().await.unwrap()["result"].take()
    }

    /// As soon as the stand-in has failed to deliver something.
    async fn last_error(&self) -> String {
        loop {
            let info = self.ask("getWebhookInfo", json!({})).await;
            if let Some(error) = info["last_error_message"].as_str() {
                return error.to_owned();
            }
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn what_is_brought_is_heard_in_order() {
    let mut hooked = hooked().await;
    let it = hooked.bridge.stand_in.clone();
    let (group, ana) = hooked.bridge.group_with("Ana");
    let asked = it.say(group, None, ana, "Who comes?").unwrap()[0];
    it.say(group, None, ana, Said::from("me").in_reply_to(asked))
        .unwrap();
    it.edit(group, asked, ana, "Who comes on Friday?").unwrap();
    it.react(group, asked, ana, Some("👍")).unwrap();
    it.kick_bot(group, ana).unwrap();
    assert_snapshot!(hooked.ears.next_lines(6).await, @r#"
    telegram:-1002200000001 Ana "joined"
    telegram:-1002200000001 Ana posted 2: "Who comes?"
    telegram:-1002200000001 Ana posted 3 in reply to 2: "me"
    telegram:-1002200000001 Ana edited 2: "Who comes on Friday?"
    telegram:-1002200000001 Ana reacted to 2: +👍 -
    telegram:-1002200000001 Ana {"closed":{"why":"the bot was put out of the chat: add it again"}}
    "#);
    while it.pending_updates() > 0 {
        tokio::task::yield_now().await;
    }
    hooked.bridge.assert_legal();
}

#[tokio::test]
async fn whoever_does_not_know_the_secret_is_not_heard() {
    let mut hooked = hooked().await;
    let secret = |secret: &str| json!({ "url": hooked.address, "secret_token": secret });
    hooked.ask("setWebhook", secret("open-barley")).await;
    let ana = hooked.bridge.stand_in.add_person("Ana");
    hooked
        .bridge
        .stand_in
        .say(ana.into(), None, ana, "Hello")
        .unwrap();
    assert_eq!(
        hooked.last_error().await,
        "Wrong response from the webhook: 401 Unauthorized"
    );
    assert!(hooked.ears.has_heard_nothing());
    assert_eq!(hooked.bridge.stand_in.pending_updates(), 1);
    hooked.ask("setWebhook", secret("open-sesame")).await;
    assert!(hooked.ears.next_lines(1).await.ends_with("\"Hello\""));
}

#[tokio::test]
async fn what_the_intake_refuses_is_brought_again() {
    let mut hooked = hooked().await;
    hooked.ears.memory.refuse(true);
    let ana = hooked.bridge.stand_in.add_person("Ana");
    for text in ["one", "two"] {
        hooked
            .bridge
            .stand_in
            .say(ana.into(), None, ana, text)
            .unwrap();
    }
    assert_eq!(
        hooked.last_error().await,
        "Wrong response from the webhook: 503 Service Unavailable"
    );
    assert!(hooked.ears.has_heard_nothing());
    hooked.ears.memory.refuse(false);
    assert_snapshot!(hooked.ears.next_lines(2).await, @r#"
    telegram:700000001 Ana posted 1: "one"
    telegram:700000001 Ana posted 2: "two"
    "#);
    hooked.bridge.assert_legal();
}
