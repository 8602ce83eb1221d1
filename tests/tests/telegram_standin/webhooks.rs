//! Updates that are delivered to the bot's own server.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use sandbox::telegram::Said;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::stage::Stage;

/// A bot's server that fails as often as it is told, and hands on what it took.
#[derive(Clone)]
struct Bot {
    failures: Arc<Mutex<u32>>,
    taken: mpsc::UnboundedSender<(Option<String>, Value)>,
}

async fn take(State(bot): State<Bot>, headers: HeaderMap, body: String) -> StatusCode {
    let mut failures = bot.failures.lock().unwrap();
    if *failures > 0 {
        *failures -= 1;
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    let secret = headers.get("x-telegram-bot-api-secret-token");
    let secret = secret.map(|it| it.to_str().unwrap().to_owned());
    bot.taken
        .send((secret, serde_json::from_str(&body).unwrap()))
        .unwrap();
    StatusCode::OK
}

async fn bot(failures: u32) -> (String, mpsc::UnboundedReceiver<(Option<String>, Value)>) {
    let (taken, received) = mpsc::unbounded_channel();
    let bot = Bot {
        failures: Arc::new(Mutex::new(failures)),
        taken,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let router = Router::new().route("/hook", post(take)).with_state(bot);
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, received)
}

#[tokio::test]
async fn updates_reach_a_webhook_in_order_and_again_after_a_failure() {
    let stage = Stage::open().await;
    let (url, mut received) = bot(2).await;
    let ana = stage.telegram.add_person("Ana");
    stage
        .call(
            "setWebhook",
            json!({ "url": url, "secret_token": "open-sesame", "max_connections": 5 }),
        )
        .await;
    for number in 0..20 {
        let said = Said::from(number.to_string().as_str());
        stage.telegram.say(ana.into(), None, ana, said).unwrap();
    }
    for number in 0..20 {
        let (secret, update) = received.recv().await.unwrap();
        assert_eq!(secret.as_deref(), Some("open-sesame"));
        assert_eq!(update["message"]["text"], number.to_string());
    }
    let info = stage.call("getWebhookInfo", json!({})).await;
    assert_eq!(
        info["last_error_message"],
        "Wrong response from the webhook: 503 Service Unavailable"
    );
    stage.assert_legal();
}

#[tokio::test]
async fn a_webhook_and_polling_exclude_each_other() {
    let stage = Stage::open().await;
    let (url, mut received) = bot(0).await;
    let ana = stage.telegram.add_person("Ana");
    let poll = stage.post("getUpdates", json!({ "timeout": 50 }));
    let set = async {
        while !stage
            .telegram
            .counters()
            .by_method
            .contains_key("getUpdates")
        {
            tokio::task::yield_now().await;
        }
        stage.call("setWebhook", json!({ "url": url })).await
    };
    let (poll, _) = tokio::join!(poll, set);
    assert_eq!(
        poll.unwrap()["description"],
        "Conflict: terminated by setWebhook request"
    );
    assert_eq!(
        stage.refused("getUpdates", json!({})).await,
        "409 Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
    );
    stage
        .telegram
        .say(ana.into(), None, ana, "by webhook")
        .unwrap();
    assert_eq!(
        received.recv().await.unwrap().1["message"]["text"],
        "by webhook"
    );
    stage
        .call("deleteWebhook", json!({ "drop_pending_updates": true }))
        .await;
    stage
        .telegram
        .say(ana.into(), None, ana, "by polling")
        .unwrap();
    let updates = stage.updates().await;
    assert_eq!(updates.len(), 1);
    assert_eq!(updates[0]["message"]["text"], "by polling");
}

#[tokio::test]
async fn a_webhook_that_cannot_be_is_refused() {
    let stage = Stage::open().await;
    assert_eq!(
        stage
            .refused("setWebhook", json!({ "url": "ftp://x.org" }))
            .await,
        "400 Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
    );
    assert_eq!(
        stage
            .refused(
                "setWebhook",
                json!({ "url": "https://x.org", "secret_token": "o p e n" })
            )
            .await,
        "400 Bad Request: secret token contains unallowed characters"
    );
}
