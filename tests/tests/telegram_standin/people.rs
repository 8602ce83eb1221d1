//! What people do arrives as legal updates, with everything that the real server puts in.

use sandbox::telegram::{ChatId, FileKind, Misuse, Said, SaidFile};
use serde_json::{Value, json};

use crate::stage::{Stage, picture};

pub(super) fn kind(update: &Value) -> String {
    let fields = update.as_object().unwrap();
    let kinds: Vec<&String> = fields.keys().filter(|it| *it != "update_id").collect();
    assert_eq!(kinds.len(), 1, "{update}");
    let body = &update[kinds[0]];
    let content = [
        "text",
        "photo",
        "video",
        "animation",
        "audio",
        "voice",
        "video_note",
        "document",
        "sticker",
        "location",
        "poll",
        "new_chat_members",
        "left_chat_member",
        "forum_topic_created",
        "pinned_message",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
    ];
    let content = content.iter().find(|it| body.get(**it).is_some());
    match content {
        Some(content) => format!("{} {content}", kinds[0]),
        None => kinds[0].clone(),
    }
}

#[tokio::test]
async fn every_deed_of_people_becomes_a_legal_update() {
    let stage = Stage::open().await;
    stage.ask_for_everything().await;
    let it = &stage.telegram;
    let forum = it.add_forum("Spring", &["Plans"]);
    let group = it.add_group("Old friends");
    let ana = it.add_person("Ana Ruiz");
    it.set_username(ana, "ana_ruiz").unwrap();
    it.join(forum, ana).unwrap();
    it.join(group, ana).unwrap();
    let topic = it.topic_ids(forum)[0];

    let said = it
        .say(forum, Some(topic), ana, "Who comes on #friday?")
        .unwrap()[0];
    it.say(
        forum,
        Some(topic),
        ana,
        Said::from("I do").in_reply_to(said),
    )
    .unwrap();
    it.say(ana.into(), None, ana, "/start abc").unwrap();
    let mut captioned = Vec::new();
    for kind in [
        FileKind::Photo,
        FileKind::Video,
        FileKind::Animation,
        FileKind::Audio,
        FileKind::VideoNote,
        FileKind::Document,
    ] {
        let file = SaidFile::new(kind, "one.bin", picture());
        captioned.extend(
            it.say(group, None, ana, Said::from("look").with_file(file))
                .unwrap(),
        );
    }
    it.send_voice(group, None, ana, vec![1, 2, 3]).unwrap();
    it.send_sticker(group, None, ana, "🐳").unwrap();
    it.send_location(group, None, ana, 41.38, 2.17).unwrap();
    it.send_poll(group, None, ana, "When?", &["Friday", "Sunday"])
        .unwrap();
    it.edit(forum, said, ana, "Who comes on #sunday?").unwrap();
    it.edit_caption(group, captioned[0], ana, "look here")
        .unwrap();
    it.react(forum, said, ana, Some("👍")).unwrap();
    it.react(forum, said, ana, None).unwrap();
    it.pin(forum, said, ana).unwrap();
    it.pin(forum, 9_999, ana).unwrap();
    it.forward((forum, said), group, ana).unwrap();
    it.press_button(forum, said, ana, "yes").unwrap();
    it.press_button(forum, 9_999, ana, "yes").unwrap();
    it.add_topic(forum, ana, "Songs").unwrap();
    it.leave(forum, ana).unwrap();
    it.kick_bot(forum, ana).unwrap();
    it.add_bot_back(forum, ana).unwrap();
    it.block_bot(ana).unwrap();
    it.unblock(ana).unwrap();
    it.migrate(group).unwrap();

    let updates = stage.updates().await;
    let kinds: Vec<String> = updates.iter().map(kind).collect();
    insta::assert_snapshot!(kinds.join("\n"), @r"
    message new_chat_members
    chat_member
    message new_chat_members
    chat_member
    message text
    message text
    message text
    message photo
    message video
    message animation
    message audio
    message video_note
    message document
    message voice
    message sticker
    message location
    message poll
    edited_message text
    edited_message photo
    message_reaction
    message_reaction
    message pinned_message
    message pinned_message
    message text
    callback_query
    callback_query
    message forum_topic_created
    message left_chat_member
    chat_member
    my_chat_member
    my_chat_member
    message new_chat_members
    my_chat_member
    my_chat_member
    message migrate_to_chat_id
    message migrate_from_chat_id
    ");
    let ids: Vec<i64> = updates
        .iter()
        .map(|it| it["update_id"].as_i64().unwrap())
        .collect();
    assert!(ids.windows(2).all(|it| it[1] == it[0] + 1), "{ids:?}");
    if let Some(schema) = crate::stage::schema() {
        let found: Vec<String> = updates
            .iter()
            .flat_map(|it| schema.check_update(it))
            .collect();
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
    stage.assert_legal();
}

#[tokio::test]
async fn what_people_cannot_do_is_said_clearly() {
    let stage = Stage::open().await;
    let it = &stage.telegram;
    let (chat, ana) = stage.group_with("Ana");
    let bo = it.add_person("Bo");
    let id = it.say(chat, None, ana, "Mine").unwrap()[0];
    assert_eq!(
        it.say(chat, None, bo, "x"),
        Err(Misuse::NotAMember(bo, chat))
    );
    assert_eq!(
        it.say(ChatId(-1), None, ana, "x"),
        Err(Misuse::UnknownChat(ChatId(-1)))
    );
    assert_eq!(it.say(chat, None, ana, "  "), Err(Misuse::Nothing));
    assert_eq!(
        it.say(chat, Some(7), ana, "x"),
        Err(Misuse::UnknownTopic(chat, 7))
    );
    assert_eq!(it.edit(chat, id, bo, "x"), Err(Misuse::NotTheAuthor(id)));
    assert_eq!(
        it.react(chat, 99, ana, Some("👍")),
        Err(Misuse::UnknownMessage(chat, 99))
    );
    let potato = Misuse::NoReaction("🥔".into());
    assert_eq!(it.react(chat, id, ana, Some("🥔")), Err(potato));
    assert_eq!(it.migrate(chat), Err(Misuse::WrongKind(chat)));
}

#[tokio::test]
async fn any_update_at_all_can_be_handed_in() {
    let stage = Stage::open().await;
    let odd = json!({ "message": { "chat": "nonsense" }, "novelty": 7 });
    let id = stage.telegram.raw_update(odd.as_object().unwrap());
    let answer = stage
        .http
        .get(stage.url("getUpdates"))
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    assert_eq!(
        answer,
        format!(
            r#"{{"ok":true,"result":[{{"update_id":{id},"message":{{"chat":"nonsense"}},"novelty":7}}]}}"#
        )
    );
}

#[tokio::test]
async fn a_mention_by_id_names_the_whole_person() {
    let stage = Stage::open().await;
    let (chat, ana) = stage.group_with("Ana Ruiz");
    let mention = |id: i64| {
        json!({
            "chat_id": chat.0,
            "text": "Ana!",
            "entities": [{ "type": "text_mention", "offset": 0, "length": 3, "user": { "id": id, "is_bot": false, "first_name": "A" } }],
        })
    };
    let sent = stage.call("sendMessage", mention(ana.0)).await;
    assert_eq!(sent["entities"][0]["user"]["last_name"], "Ruiz");
    assert_eq!(
        stage.refused("sendMessage", mention(7)).await,
        "400 Bad Request: user not found"
    );
    stage.assert_legal();
}
