//! Webhooks: found again, spoken through under any name, and gone.

use reqwest::multipart::{Form, Part};
use sandbox::discord::WebhookId;
use serde_json::{Value, json};

use crate::stage::{BOT, Stage, text};

#[tokio::test]
async fn a_webhook_is_made_found_again_renamed_and_deleted() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let foreign = stage.discord.add_webhook(channel, "Deploys", ana).unwrap();
    let path = stage.webhook(channel).await;
    let list = stage.get(&format!("/channels/{channel}/webhooks")).await;
    let makers: Vec<&str> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|it| text(&it["user"]["id"]))
        .collect();
    assert_eq!(makers, [ana.to_string().as_str(), BOT]);
    let id = path.split('/').nth(2).unwrap();
    assert_eq!(
        stage.get(&format!("/webhooks/{id}")).await["name"],
        "Causeway"
    );
    let renamed = stage
        .done(
            &format!("PATCH /webhooks/{id}"),
            json!({ "name": "Bridge" }),
        )
        .await;
    assert_eq!(renamed["name"], "Bridge");
    let by_token = stage.get(&path).await;
    assert!(by_token.get("user").is_none() && by_token["token"].is_string());
    let wrong = stage
        .refused(&format!("GET /webhooks/{id}/wrong"), Value::Null)
        .await;
    assert_eq!(wrong, "401 50027 Invalid Webhook Token");
    assert_eq!(stage.discord.webhooks(channel).len(), 2);
    assert!(stage.discord.delete_webhook(foreign));
    stage
        .done(&format!("DELETE /webhooks/{id}"), Value::Null)
        .await;
    let gone = stage
        .refused(
            &format!("POST {path}?wait=true"),
            json!({ "content": "hello" }),
        )
        .await;
    assert_eq!(gone, "404 10015 Unknown Webhook");
    assert!(!stage.discord.delete_webhook(WebhookId(5)));
    stage.assert_legal();
}

#[tokio::test]
async fn a_webhook_speaks_under_any_name_and_changes_what_it_said() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let path = stage.webhook(channel).await;
    let body = json!({
        "content": "hello",
        "username": "Bo (Slack)",
        "avatar_url": "https://example.org/bo.png",
        "allowed_mentions": { "parse": [] },
    });
    let said = stage
        .done(&format!("POST {path}?wait=true"), body.clone())
        .await;
    assert_eq!(said["author"]["username"], "Bo (Slack)");
    assert_eq!(said["author"]["discriminator"], "0000");
    assert_eq!(said["webhook_id"], path.split('/').nth(2).unwrap());
    let (status, nothing) = stage.call(&format!("POST {path}"), body).await;
    assert_eq!((status, nothing), (204, Value::Null));
    let message = format!("{path}/messages/{}", text(&said["id"]));
    stage
        .done(&format!("PATCH {message}"), json!({ "content": "hello!" }))
        .await;
    assert_eq!(stage.get(&message).await["content"], "hello!");
    let view = stage.discord.view_channel(channel, 2).unwrap();
    assert_eq!(view.messages[0].author, "Bo (Slack)");
    assert_eq!(
        view.messages[0].picture.as_deref(),
        Some("https://example.org/bo.png")
    );
    assert!(view.messages[0].is_app && view.messages[0].edited);
    let foreign = stage.post(channel, "mine").await;
    let foreign = format!("{path}/messages/{}", text(&foreign["id"]));
    assert_eq!(
        stage
            .refused(&format!("DELETE {foreign}"), Value::Null)
            .await,
        "404 10008 Unknown Message"
    );
    stage.done(&format!("DELETE {message}"), Value::Null).await;
    assert_eq!(
        stage.refused(&format!("GET {message}"), Value::Null).await,
        "404 10008 Unknown Message"
    );
    let bot = format!("/channels/{channel}/messages/{}", view.messages[1].id);
    let refused = stage
        .refused(&format!("PATCH {bot}"), json!({ "content": "x" }))
        .await;
    assert_eq!(
        refused,
        "403 50005 Cannot edit a message authored by another user"
    );
    stage.assert_legal();
}

#[tokio::test]
async fn names_that_pretend_to_be_discord_are_refused() {
    let stage = Stage::lenient().await;
    let (channel, _) = stage.channel_with("Ana");
    let path = stage.webhook(channel).await;
    let mut told = String::new();
    for name in ["Bo (Discord)", "clyde", "everyone", "", &"x".repeat(81)] {
        let body = json!({ "content": "hello", "username": name });
        told += &stage.refused(&format!("POST {path}?wait=true"), body).await;
        told.push('\n');
    }
    let made = json!({ "name": "My Discord" });
    told += &stage
        .refused(&format!("POST /channels/{channel}/webhooks"), made)
        .await;
    insta::assert_snapshot!(told, @r#"
    400 50035 Invalid Form Body {"username":{"_errors":[{"code":"USERNAME_INVALID_CONTAINS","message":"Username cannot contain \"discord\""}]}}
    400 50035 Invalid Form Body {"username":{"_errors":[{"code":"USERNAME_INVALID_CONTAINS","message":"Username cannot contain \"clyde\""}]}}
    400 50035 Invalid Form Body {"username":{"_errors":[{"code":"USERNAME_INVALID","message":"Username cannot be \"everyone\""}]}}
    400 50035 Invalid Form Body {"username":{"_errors":[{"code":"BASE_TYPE_BAD_LENGTH","message":"Must be between 1 and 80 in length."}]}}
    400 50035 Invalid Form Body {"username":{"_errors":[{"code":"BASE_TYPE_BAD_LENGTH","message":"Must be between 1 and 80 in length."}]}}
    400 50035 Invalid Form Body {"name":{"_errors":[{"code":"USERNAME_INVALID_CONTAINS","message":"Username cannot contain \"discord\""}]}}
    "#);
    stage.assert_answers_legal();
}

#[tokio::test]
async fn a_webhook_speaks_in_threads_of_its_channel_only() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let path = stage.webhook(channel).await;
    let root = stage.discord.say(channel, ana, "Plans?").unwrap();
    let thread = stage
        .discord
        .start_thread(channel, ana, root, "Plans")
        .unwrap();
    let hello = || json!({ "content": "in the thread" });
    let execute = |query: &str| format!("POST {path}?wait=true&{query}");
    let said = stage
        .done(&execute(&format!("thread_id={thread}")), hello())
        .await;
    assert_eq!(said["channel_id"], thread.to_string());
    let message = format!("{path}/messages/{}", text(&said["id"]));
    assert_eq!(
        stage.refused(&format!("GET {message}"), Value::Null).await,
        "404 10008 Unknown Message"
    );
    let there = format!("{message}?thread_id={thread}");
    stage
        .done(&format!("PATCH {there}"), json!({ "content": "changed" }))
        .await;
    assert_eq!(stage.get(&there).await["content"], "changed");
    let other = stage.discord.add_text_channel("other");
    let refused = stage
        .refused(&execute(&format!("thread_id={other}")), hello())
        .await;
    assert_eq!(refused, "404 10003 Unknown Channel");
    let named = json!({ "content": "a", "thread_name": "New" });
    let refused = stage.refused(&execute(""), named).await;
    assert_eq!(
        refused,
        "400 220003 Webhooks can only create threads in forum channels"
    );
    stage.discord.set_archived(thread, true).unwrap();
    stage
        .done(&execute(&format!("thread_id={thread}")), hello())
        .await;
    assert!(!stage.discord.view_channel(thread, 1).unwrap().archived);
    stage.discord.set_locked(thread, true).unwrap();
    stage.discord.set_archived(thread, true).unwrap();
    let refused = stage
        .refused(&execute(&format!("thread_id={thread}")), hello())
        .await;
    assert_eq!(refused, "400 50083 Thread is archived");
    stage.assert_legal();
}

#[tokio::test]
async fn a_webhook_in_a_forum_opens_posts() {
    let stage = Stage::open().await;
    let forum = stage.discord.add_forum("questions");
    let path = stage.webhook(forum).await;
    let execute = format!("POST {path}?wait=true");
    let refused = stage.refused(&execute, json!({ "content": "a" })).await;
    assert_eq!(
        refused,
        "400 220001 Webhooks posted to forum channels must have a thread_name or thread_id"
    );
    let post = json!({ "content": "How?", "thread_name": "A question", "username": "Bo" });
    let post = stage.done(&execute, post).await;
    assert_eq!(post["id"], post["channel_id"]);
    let thread = text(&post["channel_id"]);
    assert_eq!(
        stage.get(&format!("/channels/{thread}")).await["name"],
        "A question"
    );
    let both = json!({ "content": "a", "thread_name": "b" });
    let refused = stage
        .refused(&format!("{execute}&thread_id={thread}"), both)
        .await;
    assert_eq!(
        refused,
        "400 220002 Webhook can only have one of thread_name or thread_id"
    );
    stage
        .done(
            &format!("{execute}&thread_id={thread}"),
            json!({ "content": "So." }),
        )
        .await;
    stage.assert_legal();
}

#[tokio::test]
async fn a_webhook_brings_files() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let path = stage.webhook(channel).await;
    let form = Form::new()
        .text(
            "payload_json",
            json!({ "username": "Bo", "attachments": [{ "id": "0", "description": "the plan" }] })
                .to_string(),
        )
        .part(
            "files[0]",
            Part::bytes(b"plan".to_vec()).file_name("plan.txt"),
        );
    let (status, said) = stage.upload(&format!("POST {path}?wait=true"), form).await;
    assert_eq!(status, 200, "{said}");
    assert_eq!(said["attachments"][0]["description"], "the plan");
    let file = stage.discord.view_channel(channel, 1).unwrap().messages[0].attachments[0].clone();
    let stored = stage
        .discord
        .file(file.url.strip_prefix("/files/discord/").unwrap());
    assert_eq!(stored.unwrap().1, "plan");
    stage.assert_legal();
}

#[tokio::test]
async fn a_channel_has_fifteen_webhooks_at_most() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    for _ in 0..15 {
        stage.webhook(channel).await;
    }
    let refused = stage
        .refused(
            &format!("POST /channels/{channel}/webhooks"),
            json!({ "name": "C" }),
        )
        .await;
    assert_eq!(refused, "400 30007 Maximum number of webhooks reached (15)");
    stage.assert_legal();
}
