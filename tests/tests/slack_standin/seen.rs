//! What people see, and that much of it is no burden.

use std::time::Instant;

use insta::assert_snapshot;
use sandbox::slack::MessageView;
use serde_json::json;

use super::stage::Stage;

fn shown(message: &MessageView, indent: &str) -> String {
    let badge = if message.is_app { " [APP]" } else { "" };
    let edited = if message.edited { " (edited)" } else { "" };
    let reactions: Vec<String> = message
        .reactions
        .iter()
        .map(|it| format!(" :{}: {}", it.name, it.by.join(", ")))
        .collect();
    let text = message.text.replace('\n', &format!("\n{indent}  "));
    let mut lines = vec![format!(
        "{indent}{}{badge}: {text}{edited}{}",
        message.author,
        reactions.concat()
    )];
    lines.extend(
        message
            .replies
            .iter()
            .map(|it| shown(it, &format!("{indent}  "))),
    );
    lines.join("\n")
}

#[tokio::test]
async fn the_view_is_what_people_see() {
    let stage = Stage::open().await;
    let place = stage.place();
    let slack = &stage.slack;
    let root = slack
        .say(
            &place.channel,
            &place.ana,
            "*Who* brings:\n- bread\n- salt\n> nobody\n`x`",
        )
        .unwrap();
    let body = json!({
        "channel": place.channel, "thread_ts": root, "username": "Bo (Telegram)",
        "text": "I &amp; <@U0CAUSEWAY1>: <https://example.org|this> :tada:\n&gt; nobody\n```a < b```",
    });
    stage.call("chat.postMessage", body).await;
    slack
        .react(&place.channel, root, &place.ana, "heart")
        .unwrap();
    slack
        .edit(&place.channel, root, &place.ana, "*Who* brings bread?")
        .unwrap();
    let view = slack.view();
    let lines: Vec<String> = view.channels[0]
        .messages
        .iter()
        .map(|it| shown(it, ""))
        .collect();
    assert_snapshot!(lines.join("\n").replace(&place.ana.0, "ANA"), @r"
    Ana: @Ana has joined the channel
    Causeway: @Causeway has joined the channel
    Ana: Who brings bread? (edited) :heart: Ana
      Bo (Telegram) [APP]: I & @Causeway: this 🎉
        > nobody
        a < b
    ");
    let whole = serde_json::to_value(&view).unwrap();
    assert_eq!(
        whole["channels"][0]["messages"][2]["body"][0]["spans"][0]["bold"],
        true
    );
}

#[tokio::test]
async fn changes_are_rung() {
    let stage = Stage::open().await;
    let place = stage.place();
    let mut changes = stage.slack.changes();
    changes.borrow_and_update();
    stage.say(&place.channel, "x").await;
    assert!(changes.has_changed().unwrap());
}

#[tokio::test]
async fn what_the_app_said_is_logged_though_messages_are_forgotten() {
    let stage = Stage::open().await;
    let place = stage.place();
    stage.slack.keep_log();
    stage.slack.keep_last(5);
    for number in 0..20 {
        stage.say(&place.channel, &format!("m{number} &amp;")).await;
    }
    let log = stage.slack.log_of(&place.channel);
    assert_eq!((log.len(), log[3].text.as_str()), (20, "m3 &"));
    assert_eq!(stage.slack.log_since(&place.channel, 18).len(), 2);
    assert_eq!(
        stage
            .slack
            .view_channel(&place.channel, 99)
            .unwrap()
            .messages
            .len(),
        5
    );
}

#[tokio::test]
async fn twenty_thousand_messages_do_not_slow_it_down() {
    let stage = Stage::open().await;
    let place = stage.place();
    let timed = async || {
        let started = Instant::now();
        for _ in 0..50 {
            stage.say(&place.channel, "x").await;
            let fields = [("channel", place.channel.as_str()), ("limit", "5")];
            stage.read("conversations.history", &fields).await;
        }
        started.elapsed()
    };
    let empty = timed().await;
    for number in 0..20_000 {
        stage
            .slack
            .say(&place.channel, &place.ana, format!("message {number}"))
            .unwrap();
    }
    let full = timed().await;
    println!("50 posts and reads: {empty:?} in an empty channel, {full:?} behind 20,000 messages");
    assert!(full < empty * 10 + std::time::Duration::from_millis(500));
}
