//! The checker itself: it must find what is wrong, or its silence means nothing.

use serde_json::{Value, json};

use crate::stage::schema;

fn message() -> Value {
    json!({
        "message_id": 5,
        "date": 1_700_000_000,
        "chat": { "id": -100, "type": "supergroup", "title": "Spring" },
        "from": { "id": 7, "is_bot": false, "first_name": "Ana" },
        "text": "hello",
        "entities": [{ "type": "bold", "offset": 0, "length": 5 }],
    })
}

fn changed(change: impl FnOnce(&mut Value)) -> Value {
    let mut message = message();
    change(&mut message);
    message
}

#[test]
fn a_wrong_answer_is_found_and_named() {
    let Some(schema) = schema() else {
        return;
    };
    assert_eq!(
        schema.check_answer("sendMessage", &message()),
        Vec::<String>::new()
    );
    let user = json!({ "id": 7, "is_bot": false, "first_name": "Ana" });
    let wrong = [
        (
            "sendMessage",
            changed(|it| drop(it.as_object_mut().unwrap().remove("chat"))),
        ),
        ("sendMessage", changed(|it| it["message_id"] = "5".into())),
        ("sendMessage", changed(|it| it["mood"] = "good".into())),
        (
            "sendMessage",
            changed(|it| it["chat"]["type"] = "cellar".into()),
        ),
        (
            "sendMessage",
            changed(|it| it["entities"][0]["length"] = 6.into()),
        ),
        (
            "sendMessage",
            changed(|it| it["entities"][0]["type"] = "blink".into()),
        ),
        (
            "sendMessage",
            changed(|it| {
                it["pinned_message"] =
                    json!({ "chat": it["chat"], "message_id": 4, "date": 0, "text": "x" })
            }),
        ),
        (
            "sendMessage",
            changed(|it| {
                it["forward_origin"] =
                    json!({ "type": "user", "date": 1, "sender_user_name": "Bo" })
            }),
        ),
        ("getChatMember", json!({ "status": "king", "user": user })),
        (
            "getChatMember",
            json!({ "status": "left", "user": user, "until_date": 0 }),
        ),
        ("setMessageReaction", json!("yes")),
        ("sendMediaGroup", message()),
        ("fly", json!(true)),
    ];
    let found = wrong.map(|(method, answer)| {
        let found = schema.check_answer(method, &answer);
        assert!(!found.is_empty(), "{method} {answer}");
        found[0].split(" [").next().unwrap().to_owned()
    });
    insta::assert_snapshot!(found.join("\n"), @r#"
    sendMessage: Message without chat
    sendMessage.message_id: "5" is no Integer
    sendMessage: Message has no field mood
    sendMessage.chat.type: "cellar" is none of
    sendMessage: an entity ends at 6, the text at 5
    sendMessage.entities[0].type: "blink" is none of
    sendMessage.pinned_message: InaccessibleMessage has no field text
    sendMessage.forward_origin: MessageOriginUser without sender_user
    getChatMember.status: "king" is none of
    getChatMember: ChatMemberLeft has no field until_date
    setMessageReaction: "yes" is no Boolean
    sendMediaGroup: {"chat":{"id":-100,"title":"Spring","type":"supergroup"},"da… is no array
    fly is no method
    "#);
}

#[test]
fn a_wrong_update_is_found_and_named() {
    let Some(schema) = schema() else {
        return;
    };
    let legal = json!({ "update_id": 1, "message": message() });
    assert_eq!(schema.check_update(&legal), Vec::<String>::new());
    let two = json!({ "update_id": 1, "message": message(), "edited_message": message() });
    assert_eq!(
        schema.check_update(&two),
        ["Update: at most one of the optional fields can be present"]
    );
    assert_eq!(
        schema.check_update(&json!({ "message": message() })),
        ["Update: Update without update_id"]
    );
    let reaction = json!({
        "update_id": 1,
        "message_reaction": {
            "chat": message()["chat"],
            "message_id": 5,
            "date": 1,
            "old_reaction": [],
            "new_reaction": [{ "type": "emoji" }],
        },
    });
    assert_eq!(
        schema.check_update(&reaction),
        ["Update.message_reaction.new_reaction[0]: ReactionTypeEmoji without emoji"]
    );
}

#[test]
fn all_members_of_a_union_are_legal() {
    let Some(schema) = schema() else {
        return;
    };
    let user = json!({ "id": 7, "is_bot": false, "first_name": "Ana" });
    let chat = message()["chat"].clone();
    for origin in [
        json!({ "type": "user", "date": 1, "sender_user": user }),
        json!({ "type": "hidden_user", "date": 1, "sender_user_name": "Ana" }),
        json!({ "type": "chat", "date": 1, "sender_chat": chat }),
        json!({ "type": "channel", "date": 1, "chat": chat, "message_id": 3 }),
    ] {
        let it = changed(|it| it["forward_origin"] = origin.clone());
        assert_eq!(
            schema.check_answer("forwardMessage", &it),
            Vec::<String>::new(),
            "{origin}"
        );
    }
    let gone = changed(|it| {
        it["pinned_message"] = json!({ "chat": it["chat"], "message_id": 4, "date": 0 })
    });
    let there = changed(|it| it["pinned_message"] = message());
    for it in [gone, there] {
        assert_eq!(
            schema.check_answer("sendMessage", &it),
            Vec::<String>::new()
        );
    }
    for member in [
        json!({ "status": "creator", "user": user, "is_anonymous": false }),
        json!({ "status": "member", "user": user }),
        json!({ "status": "left", "user": user }),
        json!({ "status": "kicked", "user": user, "until_date": 0 }),
    ] {
        assert_eq!(
            schema.check_answer("getChatMember", &member),
            Vec::<String>::new()
        );
    }
}
