//! What people see in the stand-in, and what it keeps.

use std::fmt::Write;

use sandbox::telegram::{ChatView, FileKind, Said, SaidFile};
use serde_json::json;

use crate::stage::Stage;

fn transcript(chat: &ChatView) -> String {
    let mut out = String::new();
    for message in &chat.messages {
        let mark = if message.edited { " (edited)" } else { "" };
        let _ = write!(out, "{}: {}{mark}", message.author, message.text);
        if let Some(reply) = &message.reply_to {
            let _ = write!(out, " <- {}: {}", reply.author, reply.excerpt);
        }
        for file in &message.attachments {
            let _ = write!(out, " [{} {} {}]", file.kind, file.name, file.size);
        }
        for reaction in &message.reactions {
            let _ = write!(out, " {} {}", reaction.emoji, reaction.by.join("+"));
        }
        out.push('\n');
    }
    out
}

#[tokio::test]
async fn the_view_shows_a_chat_as_its_people_see_it() {
    let stage = Stage::open().await;
    let it = &stage.telegram;
    let (chat, ana) = stage.group_with("Ana Ruiz");
    let first = it.say(chat, None, ana, "Who comes?").unwrap()[0];
    let wrong = it.say(chat, None, ana, "Wrong window").unwrap()[0];
    let file = SaidFile::new(FileKind::Document, "plan.pdf", vec![0; 9]);
    it.say(chat, None, ana, Said::from("The plan").with_file(file))
        .unwrap();
    it.send_location(chat, None, ana, 41.5, 2.25).unwrap();
    it.send_poll(chat, None, ana, "When?", &["Friday", "Sunday"])
        .unwrap();
    it.delete(chat, wrong, ana).unwrap();
    let answer =
        json!({ "chat_id": chat.0, "text": "Bo: me", "reply_parameters": { "message_id": first } });
    let answer = stage.call("sendMessage", answer).await["message_id"].clone();
    stage
        .call(
            "editMessageText",
            json!({ "chat_id": chat.0, "message_id": answer, "text": "Bo: not me" }),
        )
        .await;
    let reaction = json!([{ "type": "emoji", "emoji": "👍" }]);
    stage
        .call(
            "setMessageReaction",
            json!({ "chat_id": chat.0, "message_id": first, "reaction": reaction }),
        )
        .await;
    it.react(chat, first, ana, Some("👍")).unwrap();

    let view = it.view_chat(chat, usize::MAX).unwrap();
    insta::assert_snapshot!(transcript(&view), @r"
    Ana Ruiz: Ana Ruiz joined
    Ana Ruiz: Who comes? 👍 Causeway+Ana Ruiz
    Ana Ruiz: The plan [document plan.pdf 9]
    Ana Ruiz:  [location 41.5, 2.25 0]
    Ana Ruiz:  [poll When? (Friday / Sunday) 0]
    Causeway: Bo: not me (edited) <- Ana Ruiz: Who comes?
    ");
    let names: Vec<_> = view
        .members
        .iter()
        .map(|it| (it.name.as_str(), it.is_bot))
        .collect();
    assert_eq!(names, [("Ana Ruiz", false), ("Causeway", true)]);
    let url = view.messages[2].attachments[0].url.clone().unwrap();
    let path = url.strip_prefix("/files/telegram/").unwrap();
    assert_eq!(it.file(path).unwrap().1, vec![0; 9]);
    assert_eq!(it.view().chats.len(), 1);
}

#[tokio::test]
async fn those_who_watch_are_told_of_changes() {
    let stage = Stage::open().await;
    let (chat, ana) = stage.group_with("Ana");
    let mut changes = stage.telegram.changes();
    changes.mark_unchanged();
    stage.telegram.say(chat, None, ana, "one").unwrap();
    stage.telegram.say(chat, None, ana, "two").unwrap();
    changes.changed().await.unwrap();
    assert!(!changes.has_changed().unwrap());
    stage.call("getChat", json!({ "chat_id": chat.0 })).await;
    assert!(!changes.has_changed().unwrap());
}

#[tokio::test]
async fn a_load_keeps_little_and_counts_all() {
    let stage = Stage::open().await;
    let (chat, ana) = stage.group_with("Ana");
    stage.telegram.keep_last(3);
    stage.telegram.keep_log();
    let root = stage.telegram.say(chat, None, ana, "root").unwrap()[0];
    for text in ["a", "b", "a", "c", "d"] {
        stage
            .call("sendMessage", json!({ "chat_id": chat.0, "text": text }))
            .await;
    }
    // The root is forgotten, but an answer to it is still taken.
    let reply =
        json!({ "chat_id": chat.0, "text": "e", "reply_parameters": { "message_id": root } });
    stage.call("sendMessage", reply).await;
    let log = stage.telegram.log_of(chat);
    let texts: Vec<&str> = log.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(texts, ["a", "b", "a", "c", "d", "e"]);
    assert_eq!(stage.telegram.log_len(chat), 6);
    assert!(log.windows(2).all(|it| it[0].message_id < it[1].message_id));
    assert_eq!(
        stage.telegram.view_chat(chat, 100).unwrap().messages.len(),
        3
    );
    assert_eq!(stage.telegram.counters().bot_messages, 6);
}
