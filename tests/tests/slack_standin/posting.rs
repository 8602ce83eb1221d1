//! The app writes, rewrites, deletes and reacts.

use insta::assert_snapshot;
use serde_json::json;

use super::stage::{Stage, succeeded};

#[tokio::test]
async fn a_message_has_its_own_name_picture_thread_and_metadata() {
    let stage = Stage::open().await;
    let place = stage.place();
    let root = stage
        .slack
        .say(&place.channel, &place.ana, "Who comes on Friday?")
        .unwrap();
    let body = json!({
        "channel": place.channel,
        "text": "I do &amp; I bring *bread*",
        "username": "Bo (Telegram)",
        "icon_url": "https://pictures.example/bo.png",
        "thread_ts": root,
        "metadata": { "event_type": "causeway_copy", "event_payload": { "delivery": "d1" } },
        "unfurl_links": false,
    });
    let answer = stage.call("chat.postMessage", body).await;
    assert_eq!(answer["message"]["subtype"], "bot_message");
    assert_eq!(answer["message"]["thread_ts"], json!(root));
    assert!(answer["message"].get("user").is_none());
    assert_eq!(
        answer["message"]["metadata"]["event_payload"]["delivery"],
        "d1"
    );
    let view = stage.slack.view_message(&place.channel, root).unwrap();
    let reply = &view.replies[0];
    assert_eq!(view.reply_count, 1);
    assert_eq!(reply.author, "Bo (Telegram)");
    assert_eq!(
        reply.picture.as_deref(),
        Some("https://pictures.example/bo.png")
    );
    assert!(reply.is_app);
    assert_eq!(reply.text, "I do & I bring bread");
    stage.assert_legal();
}

#[tokio::test]
async fn forms_are_taken_like_json() {
    let stage = Stage::open().await;
    let place = stage.place();
    let blocks = json!([{ "type": "section", "text": { "type": "mrkdwn", "text": "_hello_" } }]);
    let fields = [
        ("channel", place.channel.as_str()),
        ("text", "hello & <you>"),
        ("blocks", &blocks.to_string()),
    ];
    let answer = succeeded(stage.form("chat.postMessage", &fields).await);
    assert_eq!(answer["message"]["blocks"][0]["block_id"], "b0");
    let view = stage.slack.view_channel(&place.channel, 1).unwrap();
    assert!(view.messages[0].body[0].spans[0].italic);
}

#[tokio::test]
async fn an_edit_keeps_blocks_until_an_empty_list_takes_them() {
    let stage = Stage::open().await;
    let place = stage.place();
    let blocks = json!([{ "type": "section", "text": { "type": "mrkdwn", "text": "first" } }]);
    let body = json!({ "channel": place.channel, "text": "first", "blocks": blocks });
    let ts = stage.call("chat.postMessage", body).await["ts"].clone();
    let edit = json!({ "channel": place.channel, "ts": ts, "text": "second" });
    stage.call("chat.update", edit).await;
    let shown = |it: &Stage| it.slack.view_channel(&place.channel, 1).unwrap().messages[0].clone();
    assert_eq!(shown(&stage).text, "first");
    let edit = json!({ "channel": place.channel, "ts": ts, "text": "second", "blocks": [] });
    let answer = stage.call("chat.update", edit).await;
    assert_eq!(answer["text"], "second");
    assert_eq!(shown(&stage).text, "second");
    assert!(shown(&stage).edited);
}

#[tokio::test]
async fn a_deleted_root_with_replies_becomes_a_stone() {
    let stage = Stage::open().await;
    let place = stage.place();
    let root = stage.say(&place.channel, "root").await;
    let reply = stage
        .slack
        .reply_in_thread(&place.channel, root.parse().unwrap(), &place.ana, "reply")
        .unwrap();
    stage
        .call(
            "chat.delete",
            json!({ "channel": place.channel, "ts": root }),
        )
        .await;
    let view = stage
        .slack
        .view_message(&place.channel, root.parse().unwrap())
        .unwrap();
    assert_eq!(view.text, "This message was deleted.");
    let gone = json!({ "channel": place.channel, "ts": root });
    assert_eq!(
        stage.refused("chat.delete", gone).await,
        "message_not_found"
    );
    stage
        .slack
        .delete(&place.channel, reply, &place.ana)
        .unwrap();
    assert!(
        stage
            .slack
            .view_message(&place.channel, root.parse().unwrap())
            .is_none()
    );
}

#[tokio::test]
async fn reactions_come_and_go_by_name() {
    let stage = Stage::open().await;
    let place = stage.place();
    let ts = stage.slack.say(&place.channel, &place.ana, "Look").unwrap();
    let of = |name: &str| json!({ "channel": place.channel, "timestamp": ts, "name": name });
    stage.call("reactions.add", of("tada")).await;
    stage
        .slack
        .react(&place.channel, ts, &place.ana, "tada")
        .unwrap();
    assert_eq!(
        stage.refused("reactions.add", of("tada")).await,
        "already_reacted"
    );
    assert_eq!(
        stage.refused("reactions.add", of("thinking")).await,
        "invalid_name"
    );
    let fields = [
        ("channel", place.channel.as_str()),
        ("timestamp", &ts.to_string()),
    ];
    let got = stage.read("reactions.get", &fields).await;
    assert_eq!(got["message"]["reactions"][0]["count"], 2);
    let view = stage.slack.view_message(&place.channel, ts).unwrap();
    assert_eq!(view.reactions[0].by, ["Causeway", "Ana"]);
    stage.call("reactions.remove", of("tada")).await;
    assert_eq!(
        stage.refused("reactions.remove", of("tada")).await,
        "no_reaction"
    );
}

#[tokio::test]
async fn a_permalink_names_message_and_thread() {
    let stage = Stage::open().await;
    let place = stage.place();
    let root = stage.slack.say(&place.channel, &place.ana, "root").unwrap();
    let reply = stage
        .slack
        .reply_in_thread(&place.channel, root, &place.ana, "reply")
        .unwrap();
    let fields = [
        ("channel", place.channel.as_str()),
        ("message_ts", &reply.to_string()),
    ];
    let link = stage.read("chat.getPermalink", &fields).await;
    let expected = format!(
        "{}/archives/{}/p{}?thread_ts={root}&cid={}",
        stage.base, place.channel, reply.0, place.channel
    );
    assert_eq!(link["permalink"], expected);
}

#[tokio::test]
async fn an_ephemeral_message_is_seen_by_one() {
    let stage = Stage::open().await;
    let place = stage.place();
    let body = json!({ "channel": place.channel, "user": place.ana, "text": "Only you" });
    let answer = stage.call("chat.postEphemeral", body).await;
    assert!(answer["message_ts"].is_string());
    let view = stage.slack.view_channel(&place.channel, 9).unwrap();
    assert_eq!(view.ephemeral[0].to, place.ana);
    let other = stage.slack.add_person("Bo");
    let body = json!({ "channel": place.channel, "user": other, "text": "Only you" });
    assert_eq!(
        stage.refused("chat.postEphemeral", body).await,
        "user_not_in_channel"
    );
}

#[tokio::test]
async fn whom_a_message_rings_for_is_counted() {
    let stage = Stage::open().await;
    let place = stage.place();
    stage
        .say(
            &place.channel,
            "@Ana &lt;@U123&gt; <https://example.org|@here>",
        )
        .await;
    assert_eq!(stage.slack.counters().pings, 0);
    let text = format!("<@{}> and <!here>", place.ana);
    stage.say(&place.channel, &text).await;
    let body = json!({ "channel": place.channel, "text": "@channel", "link_names": true });
    stage.call("chat.postMessage", body).await;
    let view = stage.slack.view_channel(&place.channel, 3).unwrap();
    let pings: Vec<String> = view.messages.iter().map(|it| it.pings.join(" ")).collect();
    assert_snapshot!(pings.join("\n"), @r"

    @Ana @here
    @channel
    ");
    assert_eq!(stage.slack.counters().pings, 3);
}
