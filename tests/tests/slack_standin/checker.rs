//! Requests are held against Slack's public documentation, argument by argument.

use insta::assert_snapshot;
use sandbox::slack::Strictness;
use serde_json::json;

use super::stage::{BOT, Stage};

#[tokio::test]
async fn what_is_not_documented_is_refused_and_written_down() {
    let stage = Stage::open().await;
    let place = stage.place();
    let body = json!({
        "channel": "#spring",
        "text": 7,
        "thread_ts": 1_700_000_000.5,
        "nonce": "x",
        "reply_broadcast": "yes",
    });
    let refused = stage.refused("chat.postMessage", body).await;
    assert!(refused.starts_with("invalid_arguments"), "{refused}");
    let update = json!({ "channel": place.channel, "text": "x", "username": "Bo" });
    stage.refused("chat.update", update).await;
    stage
        .refused("users.info", json!({ "user": place.ana }))
        .await;
    let url = format!("{}/api/auth.test?token={BOT}", stage.base);
    stage.http.get(url).send().await.unwrap();
    assert_snapshot!(stage.slack.violations().join("\n"), @r"
    chat.postMessage: channel is no channel
    chat.postMessage has no argument nonce
    chat.postMessage: reply_broadcast is a string, not JSON's own kind
    chat.postMessage: text is no text in json
    chat.postMessage: thread_ts is no time in json
    chat.update has no argument username
    chat.update: ts is missing
    users.info takes no JSON body
    auth.test: the token stands in the address
    ");
}

#[tokio::test]
async fn what_is_only_recorded_is_done_all_the_same() {
    let stage = Stage::open().await;
    stage.slack.set_strictness(Strictness::Record);
    let place = stage.place();
    let info = stage.call("users.info", json!({ "user": place.ana })).await;
    assert_eq!(info["user"]["real_name"], "Ana");
    assert_eq!(stage.slack.violations(), ["users.info takes no JSON body"]);
}
