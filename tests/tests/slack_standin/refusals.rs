//! What is not allowed, in Slack's own words.

use serde_json::json;

use super::stage::{APP, BOT, Stage};

#[tokio::test]
async fn tokens_are_looked_at_first() {
    let stage = Stage::open().await;
    let url = format!("{}/api/auth.test", stage.base);
    let ask = async |token: Option<&str>| {
        let mut request = stage.http.post(&url);
        if let Some(token) = token {
            request = request.bearer_auth(token);
        }
        let answer: serde_json::Value = request.send().await.unwrap().json().await.unwrap();
        answer["error"].as_str().unwrap_or("ok").to_owned()
    };
    assert_eq!(ask(None).await, "not_authed");
    assert_eq!(ask(Some("xoxb-other")).await, "invalid_auth");
    assert_eq!(ask(Some(APP)).await, "not_allowed_token_type");
    assert_eq!(ask(Some(BOT)).await, "ok");
    stage.slack.revoke_tokens();
    assert_eq!(ask(Some(BOT)).await, "token_revoked");
    stage.slack.deactivate_bot();
    assert_eq!(ask(Some(BOT)).await, "account_inactive");
    stage.slack.reinstall();
    assert_eq!(ask(Some(BOT)).await, "ok");
    assert_eq!(
        stage.refused("chat.shout", json!({})).await,
        "unknown_method"
    );
}

#[tokio::test]
async fn what_is_said_must_be_sayable() {
    let stage = Stage::open().await;
    let place = stage.place();
    let post = async |fields: serde_json::Value| {
        let mut body = json!({ "channel": place.channel });
        for (name, value) in fields.as_object().unwrap() {
            body[name] = value.clone();
        }
        stage.refused("chat.postMessage", body).await
    };
    assert_eq!(post(json!({})).await, "no_text");
    assert_eq!(post(json!({ "text": "  " })).await, "no_text");
    assert_eq!(
        post(json!({ "text": "x".repeat(40_001) })).await,
        "msg_too_long"
    );
    let thread = json!({ "text": "x", "thread_ts": "1700000000.000100" });
    assert_eq!(post(thread).await, "thread_not_found");
    let metadata = json!({ "text": "x", "metadata": { "event_type": 7 } });
    assert_eq!(post(metadata).await, "invalid_metadata_format");
    let ts = stage.say(&place.channel, &"x".repeat(40_000)).await;
    let edit = json!({ "channel": place.channel, "ts": ts, "text": "x".repeat(4_001) });
    assert_eq!(stage.refused("chat.update", edit).await, "msg_too_long");
}

#[tokio::test]
async fn blocks_are_checked_down_to_their_words() {
    let stage = Stage::open().await;
    let place = stage.place();
    let post = async |block: serde_json::Value| {
        let body = json!({ "channel": place.channel, "text": "x", "blocks": [block] });
        let answer = stage.post("chat.postMessage", body).await.unwrap();
        let why = answer["response_metadata"]["messages"][0].as_str();
        format!(
            "{} {}",
            answer["error"].as_str().unwrap_or("ok"),
            why.unwrap_or("")
        )
    };
    let rich = |elements: serde_json::Value| json!({ "type": "rich_text", "elements": elements });
    let section = |span: serde_json::Value| {
        rich(json!([{ "type": "rich_text_section", "elements": [span] }]))
    };
    assert_eq!(
        post(section(json!({ "type": "text", "text": "", "style": {} }))).await,
        "invalid_blocks [ERROR] must be more than 0 characters [json-pointer:/blocks/0/elements/0/elements/0/text]"
    );
    assert_eq!(
        post(section(
            json!({ "type": "text", "text": "a", "style": { "loud": true } })
        ))
        .await,
        "invalid_blocks [ERROR] invalid additional property: loud [json-pointer:/blocks/0/elements/0/elements/0/style]"
    );
    assert_eq!(
        post(rich(json!([{ "type": "rich_text_list", "elements": [] }]))).await,
        "invalid_blocks [ERROR] must be bullet or ordered [json-pointer:/blocks/0/elements/0/style]"
    );
    let long =
        json!({ "type": "section", "text": { "type": "mrkdwn", "text": "x".repeat(3_001) } });
    assert_eq!(
        post(long).await,
        "invalid_blocks [ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    );
    assert_eq!(
        post(section(json!({ "type": "emoji", "name": "tada" }))).await,
        "ok "
    );
}

#[tokio::test]
async fn places_refuse_who_is_not_in_them() {
    let stage = Stage::open().await;
    let place = stage.place();
    let say = |channel: &str| json!({ "channel": channel, "text": "x" });
    let strange = stage.slack.add_channel("strange");
    assert_eq!(
        stage.refused("chat.postMessage", say("C000000000")).await,
        "channel_not_found"
    );
    assert_eq!(
        stage.refused("chat.postMessage", say(&strange.0)).await,
        "not_in_channel"
    );
    let history = [("channel", strange.as_str())];
    assert_eq!(
        stage.refused_form("conversations.history", &history).await,
        "not_in_channel"
    );
    stage.slack.archive(&place.channel, &place.ana).unwrap();
    assert_eq!(
        stage
            .refused("chat.postMessage", say(&place.channel.0))
            .await,
        "is_archived"
    );
    stage.slack.unarchive(&place.channel, &place.ana).unwrap();
    stage.slack.remove_bot(&place.channel).unwrap();
    assert_eq!(
        stage
            .refused("chat.postMessage", say(&place.channel.0))
            .await,
        "not_in_channel"
    );
    stage
        .slack
        .delete_channel(&place.channel, &place.ana)
        .unwrap();
    assert_eq!(
        stage
            .refused("chat.postMessage", say(&place.channel.0))
            .await,
        "channel_not_found"
    );
}

#[tokio::test]
async fn a_scope_that_is_taken_is_named() {
    let stage = Stage::open().await;
    let place = stage.place();
    stage.slack.take_scope("chat:write.customize");
    let body = json!({ "channel": place.channel, "text": "x", "username": "Bo" });
    assert_eq!(
        stage.refused("chat.postMessage", body).await,
        "missing_scope chat:write.customize"
    );
    stage.say(&place.channel, "without a name").await;
    stage.slack.take_scope("channels:history");
    let history = [("channel", place.channel.as_str())];
    assert_eq!(
        stage.refused_form("conversations.history", &history).await,
        "missing_scope channels:history"
    );
    stage.slack.grant_scope("channels:history");
    stage.read("conversations.history", &history).await;
}

#[tokio::test]
async fn only_own_messages_are_changed() {
    let stage = Stage::open().await;
    let place = stage.place();
    let ts = stage.slack.say(&place.channel, &place.ana, "Mine").unwrap();
    let edit = json!({ "channel": place.channel, "ts": ts, "text": "yours" });
    assert_eq!(
        stage.refused("chat.update", edit).await,
        "cant_update_message"
    );
    let delete = json!({ "channel": place.channel, "ts": ts });
    assert_eq!(
        stage.refused("chat.delete", delete).await,
        "cant_delete_message"
    );
    let edit = json!({ "channel": place.channel, "ts": "1700000000.000100", "text": "x" });
    assert_eq!(
        stage.refused("chat.update", edit).await,
        "message_not_found"
    );
}
