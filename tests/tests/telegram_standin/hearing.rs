//! What the bot hears of what people do, and what it is told with it.

use sandbox::telegram::{FileKind, Said, SaidFile};
use serde_json::{Value, json};

use crate::stage::{Stage, picture};

#[tokio::test]
async fn a_reply_in_a_topic_holds_the_answered_message_and_its_topic() {
    let stage = Stage::open().await;
    let forum = stage.telegram.add_forum("Spring", &["Plans"]);
    let ana = stage.telegram.add_person("Ana");
    stage.telegram.join(forum, ana).unwrap();
    let topic = stage.telegram.topic_ids(forum)[0];
    let first = stage
        .telegram
        .say(forum, Some(topic), ana, "Hello")
        .unwrap()[0];
    let reply = Said::from("Hi @ana_ruiz 😀 see https://x.org").in_reply_to(first);
    stage.telegram.say(forum, Some(topic), ana, reply).unwrap();

    let updates = stage.updates().await;
    let [_, opened, answer] = updates.as_slice() else {
        panic!("{updates:?}")
    };
    let opened = &opened["message"];
    assert_eq!(opened["message_thread_id"], topic);
    assert_eq!(opened["is_topic_message"], true);
    assert_eq!(opened["reply_to_message"]["message_id"], topic);
    assert_eq!(
        opened["reply_to_message"]["forum_topic_created"]["name"],
        "Plans"
    );
    assert_eq!(opened["chat"]["is_forum"], true);
    let answer = &answer["message"];
    assert_eq!(answer["reply_to_message"]["text"], "Hello");
    assert_eq!(answer["reply_to_message"].get("reply_to_message"), None);
    assert_eq!(
        answer["entities"],
        json!([
            { "type": "mention", "offset": 3, "length": 9 },
            { "type": "url", "offset": 20, "length": 13 },
        ])
    );
}

#[tokio::test]
async fn a_reply_in_a_supergroup_names_its_thread_but_is_in_no_topic() {
    let stage = Stage::open().await;
    let (chat, ana) = stage.group_with("Ana");
    let root = stage.telegram.say(chat, None, ana, "Root").unwrap()[0];
    let leaf = Said::from("Leaf").in_reply_to(root);
    stage.telegram.say(chat, None, ana, leaf).unwrap();
    let updates = stage.updates().await;
    let leaf = &updates.last().unwrap()["message"];
    assert_eq!(leaf["message_thread_id"], root);
    assert_eq!(leaf.get("is_topic_message"), None);
}

#[tokio::test]
async fn an_album_comes_as_several_messages_of_one_group() {
    let stage = Stage::open().await;
    let (chat, ana) = stage.group_with("Ana");
    let file = |name| SaidFile::new(FileKind::Photo, name, picture());
    let said = Said {
        text: "Two of us".into(),
        files: vec![file("a.png"), file("b.png")],
        album: true,
        ..Said::default()
    };
    let ids = stage.telegram.say(chat, None, ana, said).unwrap();
    assert_eq!(ids.len(), 2);
    let updates = stage.updates().await;
    let (one, two) = (&updates[1]["message"], &updates[2]["message"]);
    assert_eq!(one["caption"], "Two of us");
    assert_eq!(two.get("caption"), None);
    assert_eq!(one["media_group_id"], two["media_group_id"]);
    assert!(one["media_group_id"].is_string());
    let sizes: Vec<_> = one["photo"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["width"].clone())
        .collect();
    assert_eq!(sizes, [90, 320, 400]);

    let largest = one["photo"][2]["file_id"].clone();
    let file = stage.call("getFile", json!({ "file_id": largest })).await;
    let url = format!(
        "{}/file/bot{}/{}",
        stage.base,
        crate::stage::TOKEN,
        file["file_path"].as_str().unwrap()
    );
    let bytes = stage
        .http
        .get(url)
        .send()
        .await
        .unwrap()
        .bytes()
        .await
        .unwrap();
    assert_eq!(bytes, picture());
    stage.assert_legal();
}

#[tokio::test]
async fn reactions_come_only_to_a_bot_that_asked_and_is_administrator() {
    let stage = Stage::open().await;
    let (chat, ana) = stage.group_with("Ana");
    let id = stage.telegram.say(chat, None, ana, "Hello").unwrap()[0];
    let before = stage.telegram.pending_updates();
    stage.telegram.react(chat, id, ana, Some("🔥")).unwrap();
    assert_eq!(stage.telegram.pending_updates(), before);

    stage.ask_for_everything().await;
    stage.telegram.set_bot_admin(chat, false).unwrap();
    stage.telegram.react(chat, id, ana, Some("👍")).unwrap();
    stage.telegram.set_bot_admin(chat, true).unwrap();
    stage.telegram.react(chat, id, ana, Some("👏")).unwrap();
    let updates = stage.updates().await;
    let change = &updates.last().unwrap()["message_reaction"];
    assert_eq!(
        change["old_reaction"],
        json!([{ "type": "emoji", "emoji": "👍" }])
    );
    assert_eq!(
        change["new_reaction"],
        json!([{ "type": "emoji", "emoji": "👏" }])
    );
    let reactions = updates
        .iter()
        .filter(|it| it.get("message_reaction").is_some());
    assert_eq!(reactions.count(), 1);
}

#[tokio::test]
async fn with_privacy_on_a_plain_member_hears_only_what_speaks_to_it() {
    let stage = Stage::open().await;
    let (chat, ana) = stage.group_with("Ana");
    stage.telegram.set_privacy(true);
    stage.telegram.set_bot_admin(chat, false).unwrap();
    for text in ["among us", "/help", "hi @causeway_bot"] {
        stage.telegram.say(chat, None, ana, text).unwrap();
    }
    let heard: Vec<Value> = stage
        .updates()
        .await
        .iter()
        .map(|it| it["message"]["text"].clone())
        .collect();
    assert_eq!(
        heard,
        [Value::Null, json!("/help"), json!("hi @causeway_bot")]
    );
}
