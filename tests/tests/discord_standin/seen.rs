//! What a page and a load test see.

use std::fmt::Write;

use sandbox::discord::{ChannelView, Said, SaidFile};
use serde_json::{Value, json};

use crate::stage::Stage;

fn transcript(view: &ChannelView) -> String {
    let mut out = String::new();
    for message in &view.messages {
        let badge = if message.is_app { " [APP]" } else { "" };
        let _ = write!(out, "{}{badge}: {}", message.author, message.text);
        if message.edited {
            out += " (edited)";
        }
        if let Some(reply) = &message.reply_to {
            let _ = write!(out, " <- {}: {}", reply.author, reply.excerpt);
        }
        for file in &message.attachments {
            let _ = write!(out, " [{} {} {}]", file.name, file.mime, file.size);
        }
        for sticker in &message.stickers {
            let _ = write!(out, " [sticker {sticker}]");
        }
        if let Some(poll) = &message.poll {
            let _ = write!(out, " [poll {} {}]", poll.question, poll.answers.join("/"));
        }
        for reaction in &message.reactions {
            let _ = write!(
                out,
                " {} {} {}",
                reaction.emoji,
                reaction.count,
                reaction.by.join("+")
            );
        }
        if message.thread.is_some() {
            out += " [thread]";
        }
        out.push('\n');
    }
    out
}

#[tokio::test]
async fn the_view_shows_a_channel_as_its_people_see_it() {
    let stage = Stage::open().await;
    let it = &stage.discord;
    let (channel, ana) = stage.channel_with("Ana Ruiz");
    let emoji = it.add_emoji("causeway");
    let first = it.say(channel, ana, "Who comes?").unwrap();
    let wrong = it.say(channel, ana, "Wrong window").unwrap();
    let file = SaidFile::new("plan.pdf", vec![0; 9]);
    it.say(channel, ana, Said::from("The plan").with_file(file))
        .unwrap();
    it.say(channel, ana, Said::default().with_sticker("wave"))
        .unwrap();
    it.say(
        channel,
        ana,
        Said::default().with_poll("When?", &["Friday", "Sunday"]),
    )
    .unwrap();
    it.delete(channel, wrong, ana).unwrap();
    let path = stage.webhook(channel).await;
    let body = json!({ "content": "me", "username": "Bo (Slack)" });
    stage.done(&format!("POST {path}"), body).await;
    let reply =
        json!({ "content": "hello", "message_reference": { "message_id": first.to_string() } });
    stage
        .done(&format!("POST /channels/{channel}/messages"), reply)
        .await;
    it.react(channel, first, ana, &emoji).unwrap();
    it.react(channel, first, ana, "👍").unwrap();
    let thumb = format!("PUT /channels/{channel}/messages/{first}/reactions/%F0%9F%91%8D/@me");
    stage.done(&thumb, Value::Null).await;
    it.edit(channel, first, ana, "Who comes on Friday?")
        .unwrap();
    let thread = it.start_thread(channel, ana, first, "Friday").unwrap();
    it.say(thread, ana, "Here").unwrap();
    it.start_thread_alone(channel, ana, "Sunday").unwrap();
    it.pin(channel, first, ana).unwrap();
    let view = it.view_channel(channel, usize::MAX).unwrap();
    insta::assert_snapshot!(transcript(&view), @r"
    Ana Ruiz: Who comes on Friday? (edited) :causeway: 1 Ana Ruiz 👍 2 Ana Ruiz+Causeway [thread]
    Ana Ruiz: The plan [plan.pdf application/pdf 9]
    Ana Ruiz:  [sticker wave]
    Ana Ruiz:  [poll When? Friday/Sunday]
    Bo (Slack) [APP]: me
    Causeway [APP]: hello <- Ana Ruiz: Who comes on Friday?
    Ana Ruiz: Ana Ruiz started a thread: Sunday
    Ana Ruiz: Ana Ruiz pinned a message
    ");
    insta::assert_snapshot!(transcript(&it.view_channel(thread, 9).unwrap()), @r"
    Ana Ruiz: the thread begins here <- Ana Ruiz: Who comes on Friday?
    Ana Ruiz: Here
    ");
    assert_eq!(it.view_channel(channel, 2).unwrap().messages.len(), 2);
    let names: Vec<_> = view
        .members
        .iter()
        .map(|it| (it.name.as_str(), it.is_bot))
        .collect();
    assert_eq!(
        names,
        [("Causeway", true), ("Olive", false), ("Ana Ruiz", false)]
    );
    let whole = serde_json::to_value(it.view()).unwrap();
    assert_eq!(whole["channels"][0]["id"], channel.to_string());
    assert_eq!(whole["channels"][1]["kind"], "thread");
    stage.assert_legal();
}

#[tokio::test]
async fn those_who_watch_are_told_of_changes() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let mut changes = stage.discord.changes();
    changes.mark_unchanged();
    stage.discord.say(channel, ana, "one").unwrap();
    stage.discord.say(channel, ana, "two").unwrap();
    changes.changed().await.unwrap();
    assert!(!changes.has_changed().unwrap());
    stage.get(&format!("/channels/{channel}/messages")).await;
    assert!(!changes.has_changed().unwrap());
}

#[tokio::test]
async fn a_load_keeps_little_and_counts_all() {
    let stage = Stage::open().await;
    let (channel, _) = stage.channel_with("Ana");
    stage.discord.keep_last(3);
    stage.discord.keep_log();
    for text in ["a", "b", "a", "c", "d"] {
        stage.post(channel, text).await;
    }
    let log = stage.discord.log_of(channel);
    let texts: Vec<&str> = log.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["a", "b", "a", "c", "d"]);
    assert_eq!(log[0].author, "Causeway");
    assert_eq!(stage.discord.log_len(channel), 5);
    assert_eq!(stage.discord.log_since(channel, 4).len(), 1);
    assert!(log.windows(2).all(|it| it[0].message_id < it[1].message_id));
    assert_eq!(
        stage
            .discord
            .view_channel(channel, 100)
            .unwrap()
            .messages
            .len(),
        3
    );
    assert_eq!(stage.discord.counters().bot_messages, 5);
}
