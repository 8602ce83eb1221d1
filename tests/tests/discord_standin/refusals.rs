//! What the real server refuses, in its words and with its codes.

use reqwest::multipart::{Form, Part};
use sandbox::discord::Permission;
use serde_json::{Value, json};

use crate::stage::{Stage, text};

#[tokio::test]
async fn a_message_that_is_none_is_refused() {
    let stage = Stage::lenient().await;
    let (channel, ana) = stage.channel_with("Ana");
    let foreign = stage.discord.say(channel, ana, "mine").unwrap();
    let messages = format!("POST /channels/{channel}/messages");
    let joined = stage.discord.say_joined(ana).unwrap();
    let asked = [
        (messages.clone(), json!({ "content": "x".repeat(2_001) })),
        (messages.clone(), json!({ "content": " " })),
        (messages.clone(), json!({ "content": 5 })),
        (
            messages.clone(),
            json!({ "content": "a", "nonce": "n".repeat(26) }),
        ),
        (
            messages.clone(),
            json!({ "content": "a", "message_reference": { "message_id": "5" } }),
        ),
        (
            messages.clone(),
            json!({ "content": "a", "message_reference": { "message_id": joined.to_string() } }),
        ),
        (
            messages.clone(),
            json!({ "content": "a", "sticker_ids": ["5"] }),
        ),
        (
            messages,
            json!({ "content": "a", "components": [{ "type": 1, "components": [
            { "type": 2, "style": 1, "label": "Yes", "custom_id": "a" },
            { "type": 2, "style": 1, "label": "No", "custom_id": "a" },
        ] }] }),
        ),
        (
            format!("PATCH /channels/{channel}/messages/{foreign}"),
            json!({ "content": "not mine" }),
        ),
        (
            format!("GET /channels/{channel}/messages?limit=0"),
            Value::Null,
        ),
        (format!("GET /channels/{channel}/messages/5"), Value::Null),
        ("GET /channels/5".to_owned(), Value::Null),
        ("GET /channels/spring".to_owned(), Value::Null),
        ("GET /guilds/5".to_owned(), Value::Null),
        ("GET /users/5".to_owned(), Value::Null),
        (
            format!("PUT /channels/{channel}/messages/{foreign}/reactions/smile/@me"),
            Value::Null,
        ),
        (
            format!("PUT /channels/{channel}/messages/{foreign}/reactions/a:5/@me"),
            Value::Null,
        ),
        (
            format!("POST /channels/{channel}/messages/bulk-delete"),
            json!({ "messages": ["5"] }),
        ),
        ("PUT /users/@me".to_owned(), json!({})),
        ("GET /nowhere".to_owned(), Value::Null),
    ];
    let mut told = String::new();
    for (route, body) in asked {
        told += &stage.refused(&route, body).await;
        told.push('\n');
    }
    insta::assert_snapshot!(told, @r#"
    400 50035 Invalid Form Body {"content":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 2000 or fewer in length."}]}}
    400 50006 Cannot send an empty message
    400 50035 Invalid Form Body {"content":{"_errors":[{"code":"STRING_TYPE_CONVERT","message":"Could not interpret value as string."}]}}
    400 50035 Invalid Form Body {"nonce":{"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 25 or fewer in length."}]}}
    400 50035 Invalid Form Body {"message_reference":{"_errors":[{"code":"MESSAGE_REFERENCE_UNKNOWN_MESSAGE","message":"Unknown message"}]}}
    400 50035 Invalid Form Body {"message_reference":{"_errors":[{"code":"REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE","message":"Cannot reply to a system message"}]}}
    400 10060 Unknown sticker
    400 50035 Invalid Form Body {"components":{"0":{"components":{"1":{"custom_id":{"_errors":[{"code":"COMPONENT_CUSTOM_ID_DUPLICATED","message":"Component custom id cannot be duplicated"}]}}}}}}
    403 50005 Cannot edit a message authored by another user
    400 50035 Invalid Form Body {"limit":{"_errors":[{"code":"NUMBER_TYPE_RANGE","message":"int value should be between 1 and 100."}]}}
    404 10008 Unknown Message
    404 10003 Unknown Channel
    400 50035 Invalid Form Body {"channel_id":{"_errors":[{"code":"NUMBER_TYPE_COERCE","message":"Value \"spring\" is not snowflake."}]}}
    404 10004 Unknown Guild
    404 10013 Unknown User
    400 10014 Unknown Emoji
    400 10014 Unknown Emoji
    400 50016 You can only delete between 2 and 100 messages at a time.
    405 0 405: Method Not Allowed
    404 0 404: Not Found
    "#);
    let reply = json!({ "content": "a", "message_reference": { "message_id": "5", "fail_if_not_exists": false } });
    stage
        .done(&format!("POST /channels/{channel}/messages"), reply)
        .await;
    stage.assert_answers_legal();
}

#[tokio::test]
async fn no_token_and_a_wrong_one_are_refused() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let url = format!("{}/api/channels/{channel}", stage.base);
    for token in [None, Some("Bot wrong"), Some("Bearer x")] {
        let mut request = stage.http.get(&url);
        if let Some(token) = token {
            request = request.header("authorization", token);
        }
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 401);
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body, json!({ "message": "401: Unauthorized", "code": 0 }));
    }
    stage.discord.revoke_token();
    assert_eq!(
        stage.refused("GET /users/@me", Value::Null).await,
        "401 0 401: Unauthorized"
    );
    stage.discord.restore_token();
    stage.get("/users/@me").await;
}

#[tokio::test]
async fn a_request_that_has_no_route_is_written_down() {
    let stage = Stage::open().await;
    let refused = stage.refused("GET /nowhere", Value::Null).await;
    assert_eq!(refused, "404 0 404: Not Found");
    let missing = ["request: GET /nowhere is no route here"];
    assert_eq!(stage.discord.violations(), missing);
}

#[tokio::test]
async fn a_body_that_is_no_json_is_refused() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let request = stage.request(&format!("POST /channels/{channel}/messages"));
    let request = request
        .header("content-type", "application/json")
        .body("{\"content\":");
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 400);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["code"], 50109);
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let file = Part::bytes(vec![0; 10 * 1024 * 1024 + 1]).file_name("big.bin");
    let form = Form::new()
        .text("payload_json", "{}")
        .part("files[0]", file);
    let (status, answer) = stage
        .upload(&format!("POST /channels/{channel}/messages"), form)
        .await;
    assert_eq!((status, answer["code"].as_u64()), (413, Some(40005)));
    assert_eq!(stage.discord.counters().bot_messages, 0);
    stage.assert_legal();
}

#[tokio::test]
async fn what_is_taken_from_the_bot_is_refused_and_can_be_given_back() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let message = stage.discord.say(channel, ana, "hello").unwrap();
    let own = stage.post(channel, "hi").await;
    let thread = stage
        .discord
        .start_thread(channel, ana, message, "Plans")
        .unwrap();
    let hello = || json!({ "content": "hello" });
    let deeds = [
        (
            Permission::SendMessages,
            format!("POST /channels/{channel}/messages"),
            hello(),
        ),
        (
            Permission::SendMessagesInThreads,
            format!("POST /channels/{thread}/messages"),
            hello(),
        ),
        (
            Permission::ManageWebhooks,
            format!("POST /channels/{channel}/webhooks"),
            json!({ "name": "C" }),
        ),
        (
            Permission::ManageMessages,
            format!("DELETE /channels/{channel}/messages/{message}"),
            Value::Null,
        ),
        (
            Permission::AddReactions,
            format!("PUT /channels/{channel}/messages/{message}/reactions/%F0%9F%91%8D/@me"),
            Value::Null,
        ),
        (
            Permission::CreatePublicThreads,
            format!(
                "POST /channels/{channel}/messages/{}/threads",
                text(&own["id"])
            ),
            json!({ "name": "x" }),
        ),
        (
            Permission::ManageThreads,
            format!("PATCH /channels/{thread}"),
            json!({ "locked": true }),
        ),
        (
            Permission::ViewChannel,
            format!("GET /channels/{channel}"),
            Value::Null,
        ),
    ];
    for (permission, route, body) in deeds {
        stage.discord.deny(channel, permission).unwrap();
        let refused = stage.refused(&route, body.clone()).await;
        let expected = match permission {
            Permission::ViewChannel => "403 50001 Missing Access",
            _ => "403 50013 Missing Permissions",
        };
        assert_eq!(refused, expected, "{permission:?}");
        stage.discord.allow(channel, permission).unwrap();
        if permission != Permission::ManageMessages {
            stage.done(&route, body).await;
        }
    }
    stage
        .discord
        .deny(channel, Permission::ReadMessageHistory)
        .unwrap();
    assert_eq!(
        stage.get(&format!("/channels/{channel}/messages")).await,
        json!([])
    );
    stage.assert_legal();
}

#[tokio::test]
async fn a_bot_that_was_kicked_reaches_nothing_of_the_guild() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let guild = stage.discord.guild_id();
    stage.discord.kick_bot();
    let route = format!("POST /channels/{channel}/messages");
    let hello = json!({ "content": "hello" });
    assert_eq!(
        stage.refused(&route, hello.clone()).await,
        "403 50001 Missing Access"
    );
    assert_eq!(
        stage
            .refused(&format!("GET /guilds/{guild}"), Value::Null)
            .await,
        "404 10004 Unknown Guild"
    );
    stage.discord.add_bot_back();
    stage.done(&route, hello.clone()).await;
    stage.discord.delete_channel(channel).unwrap();
    assert_eq!(
        stage.refused(&route, hello).await,
        "404 10003 Unknown Channel"
    );
    stage.assert_legal();
}
