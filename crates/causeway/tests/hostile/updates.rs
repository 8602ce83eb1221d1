//! Updates of Telegram that are odd, and calls of the webhook that are none of Telegram's.

use sandbox::rig::free_address;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{BO, Town};

/// S18: clocks and ids beyond all measure, in both directions.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dates_of_another_age_cross_to_mail_and_chat() {
    let town = Town::open(2, &[BO]).await;
    town.begin().await;
    for (number, date) in [i64::MIN, -1, 0, 253_402_300_800, i64::MAX]
        .into_iter()
        .enumerate()
    {
        let words = format!("dated {number}.");
        let update = json!({"message": {
            "message_id": 810_000 + number, "date": date, "text": words,
            "chat": {"id": town.groups[0].0, "type": "supergroup", "title": "Group"},
            "from": {"id": i64::MAX - 1, "is_bot": false, "first_name": "Ana"}
        }});
        town.rig.telegram.raw_update(update.as_object().unwrap());
        town.sees_copy(1, &words).await;
        town.gets(BO, &words).await;
    }
    town.says(0, "still here");
    town.gets(BO, "still here").await;
    town.end();
}

/// What stands in a rich message may nest as deep as JSON goes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn marks_within_marks_cross() {
    let town = Town::open(2, &[BO]).await;
    town.begin().await;
    let deep = (0..80).fold(
        json!("deep words"),
        |inner, _| json!({"type": "bold", "text": inner}),
    );
    let message = |id: i32, rest: serde_json::Value| {
        let mut message = json!({
            "message_id": id, "date": 1_700_000_000,
            "chat": {"id": town.groups[0].0, "type": "supergroup", "title": "Group"},
            "from": {"id": 7, "is_bot": false, "first_name": "Ana"}
        });
        message
            .as_object_mut()
            .unwrap()
            .extend(rest.as_object().unwrap().clone());
        json!({ "message": message })
    };
    let entities: Vec<_> = (0..5_000)
        .map(|number| json!({"type": "italic", "offset": number % 7, "length": 11}))
        .collect();
    for update in [
        message(
            820_000,
            json!({"rich_message": {"blocks": [{"type": "paragraph", "text": deep}]}}),
        ),
        message(
            820_001,
            json!({"text": "wide words, many marks", "entities": entities}),
        ),
    ] {
        town.rig.telegram.raw_update(update.as_object().unwrap());
    }
    for words in ["deep words", "wide words"] {
        town.sees_copy(1, words).await;
        town.gets(BO, words).await;
    }
    town.end();
}

pub(crate) const SECRET: &str = "open-sesame";

pub(crate) struct Hook {
    pub(crate) town: Town,
    pub(crate) address: String,
}

pub(crate) async fn hook() -> Hook {
    let address = free_address().unwrap().to_string();
    let town = Town::open(2, &[])
        .await
        .with("CAUSEWAY__HTTP__LISTEN", &address)
        .with("CAUSEWAY__TELEGRAM__MODE", "webhook")
        .with(
            "CAUSEWAY__TELEGRAM__WEBHOOK__PUBLIC_URL",
            &format!("http://{address}"),
        )
        .with("CAUSEWAY__TELEGRAM__WEBHOOK__SECRET", SECRET);
    town.start();
    let is_set = || {
        town.rig
            .telegram
            .counters()
            .by_method
            .contains_key("setWebhook")
    };
    town.until("the webhook is set", is_set).await;
    Hook { town, address }
}

impl Hook {
    /// Sends the bytes as they are, and reads the status of the answer.
    pub(crate) async fn status(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        // The other side may hang up before it heard all.
        let _ = stream.write_all(bytes).await;
        let mut answer = vec![0; 64];
        let length = stream.read(&mut answer).await.unwrap_or_default();
        let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
        answer.split(' ').nth(1).unwrap_or("none").to_owned()
    }

    pub(crate) fn call(&self, headers: &str, body: &str) -> Vec<u8> {
        format!(
            "POST /telegram/webhook HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n{headers}\r\n{body}",
            body.len()
        )
        .into_bytes()
    }

    pub(crate) fn message(&self, id: i32, text: &str) -> String {
        json!({"update_id": id, "message": {
            "message_id": id, "date": 1_700_000_000, "text": text,
            "chat": {"id": self.town.groups[0].0, "type": "supergroup", "title": "Group"},
            "from": {"id": 7, "is_bot": false, "first_name": "Ana"}
        }})
        .to_string()
    }
}

/// S1, S2, S8, S12, S14.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_know_the_secret_is_turned_away() {
    let hook = hook().await;
    let secret = format!("x-telegram-bot-api-secret-token: {SECRET}\r\n");
    let body = hook.message(1, "forged");
    for headers in [
        String::new(),
        secret.replace("sesame", "barley"),
        secret.replace("open-sesame", ""),
        format!("{secret}{secret}"),
        secret.replace("sesame", "sesame\u{e9}"),
        format!("authorization: Bearer {SECRET}\r\n"),
    ] {
        let status = hook.status(&hook.call(&headers, &body)).await;
        assert_eq!(status, "401", "{headers}");
    }
    let status = hook
        .status(b"GET /telegram/webhook HTTP/1.1\r\nhost: x\r\n\r\n")
        .await;
    assert_eq!(status, "405");
    assert_eq!(
        hook.status(&hook.call(&secret, &hook.message(2, "true")))
            .await,
        "200"
    );
    hook.town.sees_copy(1, "true").await;
    assert!(
        hook.town
            .messages(hook.town.groups[1])
            .iter()
            .all(|it| !it.text.contains("forged"))
    );
    hook.town.end();
}

/// S6, R26: the same five times, in any order, is one message.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_that_is_repeated_has_no_second_effect() {
    let hook = hook().await;
    let secret = format!("x-telegram-bot-api-secret-token: {SECRET}\r\n");
    for id in [1, 2, 1, 3, 1, 2, 1, 1, 3] {
        let call = hook.call(&secret, &hook.message(id, &format!("number {id}")));
        assert_eq!(hook.status(&call).await, "200");
    }
    hook.town.sees_copy(1, "number 3").await;
    let said: Vec<String> = hook
        .town
        .messages(hook.town.groups[1])
        .into_iter()
        .map(|it| it.text)
        .collect();
    let numbers: Vec<&str> = said.iter().filter_map(|it| it.rsplit(' ').next()).collect();
    assert_eq!(numbers, ["1", "2", "3"]);
    hook.town.end();
}

/// S3, S15, S17, S18: too large, packed, cut off, or no JSON that anybody means.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bodies_that_are_none_are_refused_or_kept_and_nothing_falls() {
    let hook = hook().await;
    let secret = format!("x-telegram-bot-api-secret-token: {SECRET}\r\n");
    let announced = format!(
        "POST /telegram/webhook HTTP/1.1\r\nhost: x\r\n{secret}content-length: 1000000000\r\n\r\nx"
    );
    assert_eq!(hook.status(announced.as_bytes()).await, "413");
    let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
    let head = format!(
        "POST /telegram/webhook HTTP/1.1\r\nhost: x\r\n{secret}transfer-encoding: chunked\r\n\r\n"
    );
    assert_eq!(
        hook.status((head + &chunk.repeat(17)).as_bytes()).await,
        "413"
    );
    let packed = format!("{secret}content-encoding: gzip\r\n");
    for (headers, body) in [
        (&packed, "\u{1f}\u{8b}packed".to_owned()),
        (&secret, "[".repeat(10_000)),
        (&secret, r#"{"update_id":1e400}"#.to_owned()),
        (
            &secret,
            hook.message(1, "twice")
                .replace("\"update_id\":1", "\"update_id\":1,\"update_id\":1"),
        ),
        (&secret, hook.message(1, "half").replace("half", "\\ud800")),
        (&secret, hook.message(1, "odd")[1..].to_owned()),
        (&secret, String::new()),
    ] {
        assert_eq!(
            hook.status(&hook.call(headers, &body)).await,
            "200",
            "{body:.60}"
        );
    }
    let nul = hook.message(2, "nul \0 inside");
    assert_eq!(hook.status(&hook.call(&secret, &nul)).await, "200");
    hook.town.sees_copy(1, "nul \u{fffd} inside").await;
    assert_eq!(hook.town.set_aside().await, ["malformed-update"]);
    assert_eq!(hook.town.messages(hook.town.groups[1]).len(), 1);
    hook.town.end();
}
