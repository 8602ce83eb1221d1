//! Threads and forum posts over REST.

use sandbox::discord::MessageId;
use serde_json::{Value, json};

use crate::stage::{Stage, text};

#[tokio::test]
async fn a_thread_of_a_message_has_its_number_and_exists_once() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let root = stage.discord.say(channel, ana, "Plans?").unwrap();
    let route = format!("POST /channels/{channel}/messages/{root}/threads");
    let thread = stage
        .done(
            &route,
            json!({ "name": "Plans", "auto_archive_duration": 1440 }),
        )
        .await;
    assert_eq!(thread["id"], root.to_string());
    assert_eq!(thread["parent_id"], channel.to_string());
    assert_eq!(thread["thread_metadata"]["auto_archive_duration"], 1440);
    let again = stage.refused(&route, json!({ "name": "Plans" })).await;
    assert_eq!(
        again,
        "400 160004 A thread has already been created for this message"
    );
    let message = stage
        .get(&format!("/channels/{channel}/messages/{root}"))
        .await;
    assert_eq!(message["thread"]["id"], root.to_string());
    let first = stage.get(&format!("/channels/{root}/messages")).await;
    assert_eq!(first[0]["type"], 21);
    assert_eq!(first[0]["referenced_message"]["content"], "Plans?");
    let guild = stage.discord.guild_id();
    let active = stage.get(&format!("/guilds/{guild}/threads/active")).await;
    assert_eq!(active["threads"][0]["id"], root.to_string());
    stage.assert_legal();
}

#[tokio::test]
async fn a_thread_without_a_message_is_announced() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    let body = json!({ "name": "Alone", "type": 11 });
    let thread = stage
        .done(&format!("POST /channels/{channel}/threads"), body)
        .await;
    let said = stage.get(&format!("/channels/{channel}/messages")).await;
    assert_eq!(
        (&said[0]["type"], text(&said[0]["content"])),
        (&json!(18), "Alone")
    );
    assert_eq!(said[0]["message_reference"]["channel_id"], thread["id"]);
    stage
        .done(
            &format!(
                "DELETE /channels/{}/thread-members/@me",
                text(&thread["id"])
            ),
            Value::Null,
        )
        .await;
    stage
        .done(
            &format!("PUT /channels/{}/thread-members/@me", text(&thread["id"])),
            Value::Null,
        )
        .await;
    stage.assert_legal();
}

#[tokio::test]
async fn a_forum_takes_posts_and_no_messages() {
    let stage = Stage::open().await;
    let forum = stage.discord.add_forum("questions");
    let post = json!({ "name": "How?", "message": { "content": "Tell me." } });
    let post = stage
        .done(&format!("POST /channels/{forum}/threads"), post)
        .await;
    let id = text(&post["id"]);
    assert_eq!(
        stage.get(&format!("/channels/{id}/messages/{id}")).await["content"],
        "Tell me."
    );
    let refused = stage
        .refused(
            &format!("POST /channels/{forum}/messages"),
            json!({ "content": "a" }),
        )
        .await;
    assert_eq!(
        refused,
        "400 50008 Cannot send messages in a non-text channel"
    );
    let of_thread = format!("POST /channels/{id}/messages/{id}/threads");
    let refused = stage.refused(&of_thread, json!({ "name": "deeper" })).await;
    assert_eq!(
        refused,
        "400 50024 Cannot execute action on this channel type"
    );
    stage.assert_legal();
}

#[tokio::test]
async fn an_archived_thread_opens_by_a_message_unless_it_is_locked() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let thread = stage
        .discord
        .start_thread_alone(channel, ana, "Plans")
        .unwrap();
    let said = stage.post(thread, "first").await;
    let message = format!("/channels/{thread}/messages/{}", text(&said["id"]));
    let place = format!("PATCH /channels/{thread}");
    let archived = stage.done(&place, json!({ "archived": true })).await;
    assert_eq!(archived["thread_metadata"]["archived"], true);
    let refused = stage
        .refused(&format!("PATCH {message}"), json!({ "content": "b" }))
        .await;
    assert_eq!(refused, "400 50083 Thread is archived");
    let list = stage
        .get(&format!(
            "/channels/{channel}/threads/archived/public?limit=2"
        ))
        .await;
    assert_eq!(
        (&list["threads"][0]["id"], &list["has_more"]),
        (&json!(thread.to_string()), &json!(false))
    );
    stage.post(thread, "second").await;
    assert!(!stage.discord.view_channel(thread, 1).unwrap().archived);
    let locked = json!({ "archived": true, "locked": true });
    stage.done(&place, locked).await;
    // The bot manages threads; without that it stays outside.
    stage
        .discord
        .deny(channel, sandbox::discord::Permission::ManageThreads)
        .unwrap();
    let refused = stage
        .refused(
            &format!("POST /channels/{thread}/messages"),
            json!({ "content": "a" }),
        )
        .await;
    assert_eq!(refused, "400 50083 Thread is archived");
    stage.discord.set_archived(thread, false).unwrap();
    let refused = stage
        .refused(
            &format!("POST /channels/{thread}/messages"),
            json!({ "content": "a" }),
        )
        .await;
    assert_eq!(refused, "400 160005 Thread is locked");
    assert!(stage.discord.say(thread, ana, "me?").is_err());
    stage.assert_legal();
}

#[tokio::test]
async fn archived_threads_come_in_pages() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let list = format!("/channels/{channel}/threads/archived/public");
    for name in ["one", "two", "three"] {
        let thread = stage
            .discord
            .start_thread_alone(channel, ana, name)
            .unwrap();
        stage.discord.set_archived(thread, true).unwrap();
        // The pages are cut by time, to the millisecond.
        tokio::time::sleep(std::time::Duration::from_millis(3)).await;
    }
    let first = stage.get(&format!("{list}?limit=2")).await;
    assert_eq!(
        (text(&first["threads"][0]["name"]), &first["has_more"]),
        ("three", &json!(true))
    );
    let before =
        text(&first["threads"][1]["thread_metadata"]["archive_timestamp"]).replace('+', "%2B");
    let second = stage.get(&format!("{list}?before={before}")).await;
    assert_eq!(
        (text(&second["threads"][0]["name"]), &second["has_more"]),
        ("one", &json!(false))
    );
    let refused = stage
        .refused(&format!("GET {list}?before=yesterday"), Value::Null)
        .await;
    assert!(refused.contains("DATETIME_TYPE_PARSE"), "{refused}");
    stage.assert_legal();
}

#[tokio::test]
async fn a_deleted_thread_takes_its_messages_along() {
    let stage = Stage::open().await;
    let forum = stage.discord.add_forum("questions");
    let ana = stage.discord.add_member("Ana");
    let post = stage
        .discord
        .forum_post(forum, ana, "How?", "Tell me.")
        .unwrap();
    assert_eq!(stage.discord.threads_of(forum), [post]);
    assert!(
        stage
            .discord
            .edit(post, MessageId::from(post), ana, "Tell us.")
            .is_ok()
    );
    let deleted = stage
        .done(&format!("DELETE /channels/{post}"), Value::Null)
        .await;
    assert_eq!(deleted["name"], "How?");
    let gone = stage
        .refused(&format!("GET /channels/{post}/messages"), Value::Null)
        .await;
    assert_eq!(gone, "404 10003 Unknown Channel");
    stage.assert_legal();
}
