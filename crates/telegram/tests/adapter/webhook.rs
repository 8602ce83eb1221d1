//! Updates that Telegram brings: who is let in, and when 200 is said.

use std::sync::Arc;

use conversation::Adapter;
use reqwest::{Response, StatusCode};
use serde_json::json;
use telegram::{Mode, Telegram};
use tokio::sync::mpsc::UnboundedReceiver;

use crate::support::{Memory, SECRET, Server, TOKEN, Taken, next, settings};

const HEADER: &str = "X-Telegram-Bot-Api-Secret-Token";

struct Door {
    server: Server,
    url: String,
    intake: Arc<Memory>,
    taken: UnboundedReceiver<Taken>,
}

/// Open, and announced to Telegram.
async fn door() -> Door {
    let (door, telegram) = door_alone().await;
    let intake = Arc::clone(&door.intake);
    tokio::spawn(async move { telegram.receive(&*intake).await });
    door.server.call("setWebhook", 1).await;
    door
}

async fn door_alone() -> (Door, Arc<Telegram>) {
    let server = Server::start().await;
    let mut settings = settings(&server.url);
    settings.mode = Mode::Webhook;
    let telegram = Arc::new(Telegram::new(settings).unwrap());
    let (intake, taken) = Memory::new();
    let router = telegram.router(Arc::clone(&intake) as _);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/telegram/webhook", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let door = Door {
        server,
        url,
        intake,
        taken,
    };
    (door, telegram)
}

impl Door {
    async fn knock(&self, secrets: &[&str], body: impl Into<reqwest::Body>) -> Response {
        let mut request = reqwest::Client::new().post(&self.url).body(body);
        for secret in secrets {
            request = request.header(HEADER, *secret);
        }
        request.send().await.unwrap()
    }

    fn nothing_was_taken(&mut self) -> bool {
        self.taken.try_recv().is_err()
    }
}

fn update() -> String {
    json!({"update_id": 5, "message": {
        "message_id": 5, "date": 1_700_000_000, "text": "hello",
        "chat": {"id": -100, "type": "supergroup", "title": "Garden"},
        "from": {"id": 7001, "is_bot": false, "first_name": "Ana"}
    }})
    .to_string()
}

#[tokio::test]
async fn telegram_is_told_where_to_bring_updates_and_how_to_prove_itself() {
    let door = door().await;
    let call = door.server.call("setWebhook", 1).await.json();
    assert_eq!(call["url"], "https://bridge.example.org/telegram/webhook");
    assert_eq!(call["secret_token"], SECRET);
    assert!(
        call["allowed_updates"]
            .to_string()
            .contains("message_reaction")
    );
    assert!(!call["url"].to_string().contains(TOKEN));
}

#[tokio::test]
async fn an_update_with_the_secret_is_taken_in_and_then_said_to_be() {
    let mut door = door().await;
    let answer = door.knock(&[SECRET], update()).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(next(&mut door.taken).await, "post:-100:5 in telegram:-100");
}

#[tokio::test]
async fn without_the_one_right_secret_nothing_is_stored() {
    let mut door = door().await;
    for secrets in [&[] as &[&str], &["wrong"], &[SECRET, SECRET], &[""]] {
        let answer = door.knock(secrets, update()).await;
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED, "{secrets:?}");
    }
    assert!(door.nothing_was_taken());
}

#[tokio::test]
async fn more_than_a_mebibyte_is_not_read() {
    let mut door = door().await;
    let answer = door.knock(&[SECRET], vec![b' '; (1 << 20) + 1]).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert!(door.nothing_was_taken());
}

#[tokio::test]
async fn what_cannot_be_stored_now_is_to_come_again() {
    let mut door = door().await;
    door.intake.refuses(2);
    for body in [update(), "not json".to_owned()] {
        let answer = door.knock(&[SECRET], body).await;
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(answer.headers()["retry-after"], "1");
    }
    assert!(door.nothing_was_taken());
    assert_eq!(
        door.knock(&[SECRET], update()).await.status(),
        StatusCode::OK
    );
}

#[tokio::test]
async fn what_is_no_update_is_kept_raw_and_not_asked_for_again() {
    let mut door = door().await;
    let deep = "[".repeat(10_000);
    for (body, expected) in [
        (
            b"not json".to_vec(),
            "raw: malformed-update not json".to_owned(),
        ),
        (
            b"\xff\xfe".to_vec(),
            "raw: malformed-update \u{fffd}\u{fffd}".to_owned(),
        ),
        (b"".to_vec(), "raw: malformed-update ".to_owned()),
        (
            deep.clone().into_bytes(),
            format!("raw: malformed-update {deep}"),
        ),
        (
            br#"{"update_id":1e400}"#.to_vec(),
            "raw: malformed-update {\"update_id\":1e400}".to_owned(),
        ),
        (
            br#"{"update_id":1,"message":{"text":"\ud800"}}"#.to_vec(),
            r#"raw: malformed-update {"update_id":1,"message":{"text":"\ud800"}}"#.to_owned(),
        ),
    ] {
        assert_eq!(door.knock(&[SECRET], body).await.status(), StatusCode::OK);
        assert_eq!(next(&mut door.taken).await, expected);
    }
}

#[tokio::test]
async fn before_we_know_who_we_are_updates_are_to_come_again() {
    let (mut door, _telegram) = door_alone().await;
    let answer = door.knock(&[SECRET], update()).await;
    assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(door.nothing_was_taken());
}
