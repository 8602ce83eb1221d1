//! Errors in the real server's words.

use sandbox::telegram::{FileKind, Said, SaidFile};
use serde_json::{Value, json};

use crate::stage::{Stage, picture};

#[tokio::test]
async fn refusals_have_the_real_words() {
    let stage = Stage::open().await;
    let it = &stage.telegram;
    let (chat, ana) = stage.group_with("Ana");
    let stranger = it.add_person("Bo");
    let hers = it.say(chat, None, ana, "Hello").unwrap()[0];
    let photo = SaidFile::new(FileKind::Photo, "a.png", picture());
    it.say(chat, None, ana, Said::from("").with_file(photo))
        .unwrap();
    let forum = it.add_forum("Forum", &["Plans"]);
    let ours = stage
        .call("sendMessage", json!({ "chat_id": chat.0, "text": "Hi" }))
        .await;
    let ours = ours["message_id"].clone();
    let c = chat.0;
    let text = |text: &str| json!({ "chat_id": c, "text": text });
    let calls: Vec<(&str, Value)> = vec![
        ("sendMessage", json!({ "chat_id": -5, "text": "x" })),
        ("sendMessage", json!({ "chat_id": "@nobody", "text": "x" })),
        ("sendMessage", text(" \n ")),
        ("sendMessage", text(&"😀".repeat(2_049))),
        (
            "sendMessage",
            json!({ "chat_id": c, "text": "x", "reply_parameters": { "message_id": 999 } }),
        ),
        (
            "sendMessage",
            json!({ "chat_id": c, "text": "x", "entities": [{ "type": "bold", "offset": 0, "length": 2 }] }),
        ),
        (
            "sendMessage",
            json!({ "chat_id": c, "text": "x", "parse_mode": "sung" }),
        ),
        ("sendMessage", json!({ "chat_id": stranger.0, "text": "x" })),
        (
            "sendMessage",
            json!({ "chat_id": forum.0, "text": "x", "message_thread_id": 77 }),
        ),
        (
            "sendMessage",
            json!({ "chat_id": forum.0, "text": "x", "message_thread_id": 1 }),
        ),
        (
            "editMessageText",
            json!({ "chat_id": c, "message_id": 999, "text": "x" }),
        ),
        (
            "editMessageText",
            json!({ "chat_id": c, "message_id": hers, "text": "x" }),
        ),
        (
            "editMessageText",
            json!({ "chat_id": c, "message_id": ours, "text": "Hi" }),
        ),
        (
            "editMessageCaption",
            json!({ "chat_id": c, "message_id": ours, "caption": "Hi" }),
        ),
        ("deleteMessage", json!({ "chat_id": c, "message_id": 999 })),
        (
            "setMessageReaction",
            json!({ "chat_id": c, "message_id": 999 }),
        ),
        (
            "setMessageReaction",
            json!({ "chat_id": c, "message_id": hers, "reaction": [{ "type": "paid" }] }),
        ),
        ("sendPhoto", json!({ "chat_id": c, "photo": "nonsense" })),
        (
            "sendPhoto",
            json!({ "chat_id": c, "photo": "https://x.org/a.png" }),
        ),
        (
            "sendPhoto",
            json!({ "chat_id": c, "photo": "x", "caption": "c".repeat(1_025) }),
        ),
        (
            "sendMediaGroup",
            json!({ "chat_id": c, "media": [{ "type": "photo", "media": "x" }] }),
        ),
        ("getFile", json!({ "file_id": "nonsense" })),
        ("createForumTopic", json!({ "chat_id": c, "name": "x" })),
        ("answerCallbackQuery", json!({ "callback_query_id": "12" })),
        ("flyToTheMoon", json!({})),
    ];
    let mut lines = Vec::new();
    for (method, body) in calls {
        lines.push(format!("{method}: {}", stage.refused(method, body).await));
    }
    insta::assert_snapshot!(lines.join("\n"), @r"
    sendMessage: 400 Bad Request: chat not found
    sendMessage: 400 Bad Request: chat not found
    sendMessage: 400 Bad Request: message text is empty
    sendMessage: 400 Bad Request: message is too long
    sendMessage: 400 Bad Request: message to be replied not found
    sendMessage: 400 Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2
    sendMessage: 400 Bad Request: unsupported parse_mode
    sendMessage: 403 Forbidden: bot can't initiate conversation with a user
    sendMessage: 400 Bad Request: message thread not found
    sendMessage: 400 Bad Request: message thread not found
    editMessageText: 400 Bad Request: message to edit not found
    editMessageText: 400 Bad Request: message can't be edited
    editMessageText: 400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message
    editMessageCaption: 400 Bad Request: there is no caption in the message to edit
    deleteMessage: 400 Bad Request: message to delete not found
    setMessageReaction: 400 Bad Request: message to react not found
    setMessageReaction: 400 Bad Request: REACTION_INVALID
    sendPhoto: 400 Bad Request: wrong file identifier/HTTP URL specified
    sendPhoto: 400 Bad Request: failed to get HTTP URL content
    sendPhoto: 400 Bad Request: message caption is too long
    sendMediaGroup: 400 Bad Request: media group must include 2-10 items
    getFile: 400 Bad Request: invalid file_id
    createForumTopic: 400 Bad Request: the chat is not a forum
    answerCallbackQuery: 400 Bad Request: query is too old and response timeout expired or query ID is invalid
    flyToTheMoon: 404 Not Found
    ");
}

#[tokio::test]
async fn a_closed_chat_says_how_it_closed() {
    let stage = Stage::open().await;
    let it = &stage.telegram;
    let (chat, ana) = stage.group_with("Ana");
    let group = it.add_group("Old");
    it.join(group, ana).unwrap();
    let send = |to: i64| json!({ "chat_id": to, "text": "x" });
    it.say(ana.into(), None, ana, "/start").unwrap();
    stage.call("sendMessage", send(ana.0)).await;
    it.block_bot(ana).unwrap();
    it.kick_bot(chat, ana).unwrap();
    it.kick_bot(group, ana).unwrap();
    let mut lines = Vec::new();
    for to in [ana.0, chat.0, group.0] {
        lines.push(stage.refused("sendMessage", send(to)).await);
    }
    it.add_bot_back(chat, ana).unwrap();
    it.add_bot_back(group, ana).unwrap();
    stage.call("leaveChat", json!({ "chat_id": chat.0 })).await;
    lines.push(stage.refused("sendMessage", send(chat.0)).await);
    let new = it.migrate(group).unwrap();
    lines.push(
        stage
            .refused("sendMessage", send(group.0))
            .await
            .replace(&new.to_string(), "NEW"),
    );
    stage.call("sendMessage", send(new.0)).await;
    insta::assert_snapshot!(lines.join("\n"), @r#"
    403 Forbidden: bot was blocked by the user
    403 Forbidden: bot was kicked from the supergroup chat
    403 Forbidden: bot was kicked from the group chat
    403 Forbidden: bot is not a member of the supergroup chat
    400 Bad Request: group chat was upgraded to a supergroup chat {"migrate_to_chat_id":NEW}
    "#);
    stage.assert_legal();
}

#[tokio::test]
async fn a_reply_to_what_is_gone_goes_out_where_that_is_allowed() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    let reply = json!({ "message_id": 999, "allow_sending_without_reply": true });
    let sent = stage
        .call(
            "sendMessage",
            json!({ "chat_id": chat.0, "text": "x", "reply_parameters": reply }),
        )
        .await;
    assert_eq!(sent.get("reply_to_message"), None);
}

#[tokio::test]
async fn a_wrong_token_and_broken_bodies_are_answered() {
    let stage = Stage::open().await;
    let (chat, _) = stage.group_with("Ana");
    let url = format!("{}/bot1:wrong/getMe", stage.base);
    let answer = stage.http.get(url).send().await.unwrap();
    assert_eq!(answer.status(), 401);
    assert_eq!(
        answer.text().await.unwrap(),
        r#"{"description":"Unauthorized","error_code":401,"ok":false}"#
    );
    for (kind, body) in [
        ("application/json", "{"),
        ("application/json", "[1]"),
        ("multipart/form-data", "--x"),
        ("multipart/form-data; boundary=x", "--x\r\nnonsense"),
        ("text/plain", "%%%&=&"),
    ] {
        let url = format!("{}?chat_id={chat}", stage.url("sendMessage"));
        let request = stage.http.post(url).header("content-type", kind).body(body);
        assert_eq!(request.send().await.unwrap().status(), 400, "{kind} {body}");
    }
    let elsewhere = stage
        .http
        .get(format!("{}/elsewhere", stage.base))
        .send()
        .await
        .unwrap();
    assert_eq!(elsewhere.status(), 404);
}
