//! Every method that the stand-in knows, called in every way that a client may call it.

use reqwest::multipart::{Form, Part};
use sandbox::telegram::{FileKind, Said, SaidFile, Telegram};
use serde_json::{Value, json};

use crate::stage::{Stage, picture};

fn part(name: &str) -> Part {
    Part::bytes(picture()).file_name(name.to_owned())
}

#[tokio::test]
async fn every_method_answers_as_the_schema_says() {
    let stage = Stage::open().await;
    let it = &stage.telegram;
    let forum = it.add_forum("Spring", &["Plans"]);
    let topic = it.topic_ids(forum)[0];
    let ana = it.add_person("Ana Ruiz");
    it.join(forum, ana).unwrap();
    let said = it.say(forum, Some(topic), ana, "Who comes?").unwrap()[0];
    let chat = forum.0;

    stage.call("getMe", json!({})).await;
    stage.call("getWebhookInfo", json!({})).await;
    stage.call("getUpdates", json!({ "timeout": 0 })).await;
    let commands = json!([{ "command": "help", "description": "What I can do" }]);
    stage
        .call("setMyCommands", json!({ "commands": commands }))
        .await;
    assert_eq!(stage.call("getMyCommands", json!({})).await, commands);
    let groups = json!({ "type": "all_group_chats" });
    let other = json!([{ "command": "rest", "description": "Descansa" }]);
    let set = json!({ "commands": other, "scope": groups, "language_code": "ca" });
    stage.call("setMyCommands", set).await;
    let asked = json!({ "scope": groups, "language_code": "ca" });
    assert_eq!(stage.call("getMyCommands", asked.clone()).await, other);
    let shown = |language| it.menu(forum, language)[0].0.clone();
    assert_eq!(
        (shown("ca"), shown("de")),
        ("rest".to_owned(), "help".to_owned())
    );
    stage.call("deleteMyCommands", asked).await;
    assert_eq!(shown("ca"), "help");
    stage.call("deleteMyCommands", json!({})).await;
    assert!(it.menu(forum, "ca").is_empty());
    stage.call("getChat", json!({ "chat_id": chat })).await;
    stage
        .call(
            "getChatMember",
            json!({ "chat_id": chat, "user_id": ana.0 }),
        )
        .await;
    stage
        .call("getChatMemberCount", json!({ "chat_id": chat }))
        .await;
    stage
        .call("getChatAdministrators", json!({ "chat_id": chat }))
        .await;
    stage
        .call(
            "sendChatAction",
            json!({ "chat_id": chat, "action": "typing" }),
        )
        .await;
    let songs = stage
        .call(
            "createForumTopic",
            json!({ "chat_id": chat, "name": "Songs" }),
        )
        .await;
    let songs = songs["message_thread_id"].clone();
    stage
        .call(
            "editForumTopic",
            json!({ "chat_id": chat, "message_thread_id": songs, "name": "Dances" }),
        )
        .await;

    let keyboard = json!({ "inline_keyboard": [[{ "text": "Yes", "callback_data": "y" }]] });
    let sent = stage
        .call(
            "sendMessage",
            json!({
                "chat_id": chat,
                "text": "I do, and so do you",
                "message_thread_id": topic,
                "entities": [{ "type": "bold", "offset": 0, "length": 4 }],
                "reply_parameters": { "message_id": said, "quote": "comes" },
                "reply_markup": keyboard,
                "link_preview_options": { "is_disabled": true },
            }),
        )
        .await;
    assert_eq!(sent["reply_to_message"]["text"], "Who comes?");
    assert_eq!(sent["quote"]["position"], 4);
    let id = sent["message_id"].clone();
    it.say(ana.into(), None, ana, "/start").unwrap();
    let external = stage
        .call(
            "sendMessage",
            json!({ "chat_id": ana.0, "text": "x", "reply_parameters": { "message_id": said, "chat_id": chat } }),
        )
        .await;
    assert_eq!(external["external_reply"]["origin"]["type"], "user");
    let edit = json!({ "chat_id": chat, "message_id": id, "text": "I do" });
    assert!(stage.call("editMessageText", edit).await["edit_date"].is_i64());
    stage
        .call(
            "editMessageReplyMarkup",
            json!({ "chat_id": chat, "message_id": id, "reply_markup": keyboard }),
        )
        .await;
    let thumb = json!([{ "type": "emoji", "emoji": "👍" }]);
    stage
        .call(
            "setMessageReaction",
            json!({ "chat_id": chat, "message_id": said, "reaction": thumb }),
        )
        .await;
    let query = it
        .press_button(forum, id.as_i64().unwrap(), ana, "y")
        .unwrap();
    stage
        .call("answerCallbackQuery", json!({ "callback_query_id": query }))
        .await;

    for kind in [
        "photo",
        "video",
        "animation",
        "audio",
        "voice",
        "video_note",
        "document",
        "sticker",
    ] {
        let form = Form::new()
            .text("chat_id", chat.to_string())
            .part(kind.to_owned(), part("one.png"));
        let method = format!("send{}", kind.replace('_', ""));
        let sent = stage.upload(&method, form).await;
        assert!(sent.get(kind).is_some(), "{sent}");
    }
    let form = Form::new()
        .text("chat_id", chat.to_string())
        .text("caption", "a file")
        .text("document", "attach://here")
        .part("here", part("notes.txt").mime_str("text/plain").unwrap());
    let document = stage.upload("sendDocument", form).await;
    assert_eq!(document["document"]["file_name"], "notes.txt");
    assert_eq!(document["document"]["mime_type"], "text/plain");
    stage
        .call(
            "getFile",
            json!({ "file_id": document["document"]["file_id"] }),
        )
        .await;
    let caption =
        json!({ "chat_id": chat, "message_id": document["message_id"], "caption": "the file" });
    stage.call("editMessageCaption", caption).await;
    let again = json!({ "chat_id": chat, "document": document["document"]["file_id"] });
    stage.call("sendDocument", again).await;
    let media = json!([
        { "type": "photo", "media": "attach://a", "caption": "both" },
        { "type": "photo", "media": "attach://b" },
    ]);
    let form = Form::new()
        .text("chat_id", chat.to_string())
        .text("media", media.to_string())
        .part("a", part("a.png"))
        .part("b", part("b.png"));
    let album = stage.upload("sendMediaGroup", form).await;
    assert_eq!(album[0]["media_group_id"], album[1]["media_group_id"]);
    stage
        .call(
            "sendLocation",
            json!({ "chat_id": chat, "latitude": 41.38, "longitude": 2.17 }),
        )
        .await;
    let options = json!([{ "text": "Friday" }, { "text": "Sunday" }]);
    stage
        .call(
            "sendPoll",
            json!({ "chat_id": chat, "question": "When?", "options": options }),
        )
        .await;
    let source = json!({ "chat_id": ana.0, "from_chat_id": chat, "message_id": said });
    stage.call("copyMessage", source.clone()).await;
    let forwarded = stage.call("forwardMessage", source).await;
    assert_eq!(
        forwarded["forward_origin"]["sender_user"]["first_name"],
        "Ana"
    );
    stage
        .call(
            "deleteMessage",
            json!({ "chat_id": chat, "message_id": id }),
        )
        .await;
    stage
        .call(
            "deleteMessages",
            json!({ "chat_id": chat, "message_ids": [said, 9_999] }),
        )
        .await;
    stage
        .call("setWebhook", json!({ "url": "http://127.0.0.1:9/none" }))
        .await;
    stage.call("getWebhookInfo", json!({})).await;
    stage.call("deleteWebhook", json!({})).await;
    stage.call("leaveChat", json!({ "chat_id": chat })).await;
    stage.call("logOut", json!({})).await;
    stage.call("close", json!({})).await;

    let called = it.counters().by_method;
    let untried: Vec<_> = Telegram::methods()
        .filter(|it| !called.contains_key(it))
        .collect();
    assert!(untried.is_empty(), "{untried:?}");
    stage.assert_legal();
}

#[tokio::test]
async fn a_method_is_found_in_any_case_and_its_parameters_in_any_form() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    let texts = ["json", "form + 100% & más", "query", "multipart"];
    stage
        .call(
            "SendMessage",
            json!({ "chat_id": chat.0, "text": texts[0] }),
        )
        .await;
    let form = [("chat_id", chat.to_string()), ("text", texts[1].to_owned())];
    let request = stage.http.post(stage.url("SENDMESSAGE")).form(&form);
    request.send().await.unwrap().error_for_status().unwrap();
    let query = [("chat_id", chat.to_string()), ("text", texts[2].to_owned())];
    let request = stage.http.get(stage.url("sendmessage")).query(&query);
    request.send().await.unwrap().error_for_status().unwrap();
    let form = Form::new()
        .text("chat_id", chat.to_string())
        .text("text", texts[3]);
    stage.upload("sendMessage", form).await;

    let view = stage.telegram.view_chat(chat, 4).unwrap();
    let seen: Vec<&str> = view.messages.iter().map(|it| it.text.as_str()).collect();
    assert_eq!(seen, texts);
    stage.assert_legal();
}

#[tokio::test]
async fn an_illegal_request_is_written_down_and_refused() {
    let stage = Stage::open().await;
    if crate::stage::schema().is_none() {
        return;
    }
    let (chat, _) = stage.group_with("Ana");
    let mut refusals = Vec::new();
    for (method, body) in [
        ("sendMessage", json!({ "chat_id": chat.0 })),
        (
            "sendMessage",
            json!({ "chat_id": chat.0, "text": "x", "colour": "red" }),
        ),
        (
            "sendMessage",
            json!({ "chat_id": chat.0, "text": "x", "disable_notification": "maybe" }),
        ),
        (
            "sendMessage",
            json!({ "chat_id": chat.0, "text": "x", "reply_parameters": { "id": 7 } }),
        ),
        (
            "setMessageReaction",
            json!({ "chat_id": chat.0, "message_id": 1, "reaction": [{ "type": "emoji", "emoji": "🥔" }] }),
        ),
    ] {
        refusals.push(stage.refused(method, body).await);
    }
    let refusals: Vec<&str> = refusals
        .iter()
        .map(|it| it.split(" [").next().unwrap())
        .collect();
    insta::assert_snapshot!(refusals.join("\n"), @r#"
    400 Bad Request: not legal by the schema: sendMessage without text
    400 Bad Request: not legal by the schema: sendMessage has no parameter colour
    400 Bad Request: not legal by the schema: sendMessage.disable_notification: "maybe" is no Boolean
    400 Bad Request: not legal by the schema: sendMessage.reply_parameters: ReplyParameters without message_id
    400 Bad Request: not legal by the schema: setMessageReaction.reaction[0].emoji: "🥔" is none of
    "#);
    assert_eq!(stage.telegram.violations().len(), 6);
}

#[tokio::test]
async fn a_file_of_one_kind_is_not_sent_as_another() {
    let stage = Stage::open().await;
    let (chat, ana) = stage.group_with("Ana");
    let file = SaidFile::new(FileKind::Document, "notes.pdf", vec![1, 2, 3]);
    stage
        .telegram
        .say(chat, None, ana, Said::from("").with_file(file))
        .unwrap();
    let updates = stage.updates().await;
    let id: &Value = &updates.last().unwrap()["message"]["document"]["file_id"];
    assert_eq!(
        stage
            .refused("sendPhoto", json!({ "chat_id": chat.0, "photo": id }))
            .await,
        "400 Bad Request: can't use file of type Document as Photo"
    );
    let form = Form::new()
        .text("chat_id", chat.to_string())
        .part("photo", Part::bytes(b"<svg/>".to_vec()).file_name("a.svg"));
    let request = stage.http.post(stage.url("sendPhoto")).multipart(form);
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["description"], "Bad Request: IMAGE_PROCESS_FAILED");
}
