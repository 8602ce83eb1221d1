//! Files: three steps up, one step down.

use std::time::Duration;

use reqwest::multipart::{Form, Part};
use sandbox::slack::{Broken, ChannelId, Faults};
use serde_json::{Value, json};

use super::stage::{BOT, Stage};

async fn announced(stage: &Stage, name: &str, length: usize) -> (String, String) {
    let length = length.to_string();
    let fields = [
        ("filename", name),
        ("length", &length),
        ("alt_txt", "A plan"),
    ];
    let answer = stage.read("files.getUploadURLExternal", &fields).await;
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    (text("upload_url"), text("file_id"))
}

async fn complete(stage: &Stage, id: &str, channel: &ChannelId, more: Value) -> Value {
    let mut body = json!({ "files": [{ "id": id, "title": "The plan" }], "channel_id": channel });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    stage.call("files.completeUploadExternal", body).await
}

#[tokio::test]
async fn a_file_is_announced_sent_shared_and_fetched() {
    let stage = Stage::open().await;
    let place = stage.place();
    let root = stage.slack.say(&place.channel, &place.ana, "root").unwrap();
    let bytes = b"a plan of bread".to_vec();
    let (url, id) = announced(&stage, "plan.txt", bytes.len()).await;
    let sent = stage
        .http
        .post(&url)
        .body(bytes.clone())
        .send()
        .await
        .unwrap();
    assert_eq!(sent.text().await.unwrap(), "OK - 15");
    let more = json!({ "initial_comment": "*Ana*: here", "thread_ts": root });
    let answer = complete(&stage, &id, &place.channel, more).await;
    assert_eq!(answer["files"][0]["title"], "The plan");
    let info = stage.read("files.info", &[("file", &id)]).await;
    let share = &info["file"]["shares"]["public"][&place.channel.0][0];
    assert_eq!(share["thread_ts"], json!(root));
    let view = stage.slack.view_message(&place.channel, root).unwrap();
    let reply = &view.replies[0];
    assert_eq!(reply.ts.to_string(), share["ts"].as_str().unwrap());
    assert_eq!(
        (reply.text.as_str(), reply.files[0].name.as_str()),
        ("Ana: here", "plan.txt")
    );
    assert_eq!(reply.files[0].alt_text.as_deref(), Some("A plan"));
    let private = info["file"]["url_private"].as_str().unwrap();
    let fetched = stage
        .http
        .get(private)
        .bearer_auth(BOT)
        .send()
        .await
        .unwrap();
    assert_eq!(fetched.bytes().await.unwrap(), bytes);
    let unsigned = stage
        .http
        .get(private)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert!(unsigned.contains("Sign in"));
    stage.assert_legal();
}

#[tokio::test]
async fn a_form_is_taken_and_a_wrong_length_is_not() {
    let stage = Stage::open().await;
    let place = stage.place();
    let (url, id) = announced(&stage, "plan.txt", 4).await;
    let form = Form::new().part("file", Part::bytes(&b"plan"[..]).file_name("plan.txt"));
    let sent = stage.http.post(&url).multipart(form).send().await.unwrap();
    assert_eq!(sent.status(), 200);
    complete(&stage, &id, &place.channel, json!({})).await;
    let (url, id) = announced(&stage, "plan.txt", 5).await;
    let sent = stage.http.post(&url).body("plan").send().await.unwrap();
    assert_eq!(sent.status(), 400);
    let body = json!({ "files": [{ "id": id }], "channel_id": place.channel });
    assert_eq!(
        stage.refused("files.completeUploadExternal", body).await,
        "file_not_found"
    );
}

#[tokio::test]
async fn a_share_may_take_its_time() {
    let stage = Stage::open().await;
    let place = stage.place();
    stage.slack.set_share_delay(Duration::from_millis(100));
    let (url, id) = announced(&stage, "plan.txt", 4).await;
    stage.http.post(&url).body("plan").send().await.unwrap();
    let answer = complete(&stage, &id, &place.channel, json!({})).await;
    assert_eq!(answer["files"][0]["shares"], json!({}));
    let shown = |it: &sandbox::slack::Slack| {
        let view = it.view_channel(&place.channel, 1).unwrap();
        !view.messages[0].files.is_empty()
    };
    assert!(!shown(&stage.slack));
    stage.until(shown).await;
}

#[tokio::test]
async fn a_deleted_file_is_gone_from_its_message() {
    let stage = Stage::open().await;
    let place = stage.place();
    let (url, id) = announced(&stage, "plan.txt", 4).await;
    stage.http.post(&url).body("plan").send().await.unwrap();
    complete(&stage, &id, &place.channel, json!({})).await;
    stage.call("files.delete", json!({ "file": id })).await;
    assert_eq!(
        stage.refused_form("files.info", &[("file", &id)]).await,
        "file_deleted"
    );
    let history = [("channel", place.channel.as_str()), ("limit", "1")];
    let history = stage.read("conversations.history", &history).await;
    assert_eq!(history["messages"][0]["files"][0]["mode"], "tombstone");
}

#[tokio::test]
async fn uploads_and_downloads_break_too() {
    let stage = Stage::open().await;
    let cut = Some(Broken::default());
    let faults = Faults {
        methods: vec!["upload".into()],
        cut,
        ..Faults::default()
    };
    stage.slack.set_faults(None, faults);
    let (url, _) = announced(&stage, "plan.txt", 4).await;
    assert!(stage.http.post(&url).body("plan").send().await.is_err());
    stage.slack.set_faults(None, Faults::default());
    assert_eq!(
        stage
            .http
            .post(&url)
            .body("plan")
            .send()
            .await
            .unwrap()
            .status(),
        200
    );
}
