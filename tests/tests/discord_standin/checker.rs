//! The checker itself: it must find what is wrong, or its silence means nothing.

use causeway_tests::openapi::{OpenApi, Seen};
use serde_json::{Value, json};

use crate::stage::document;

const ASKED: Seen<'static> = Seen {
    method: "POST",
    path: "/channels/41/messages",
    query: "",
    body: None,
    answer: None,
};

fn request(document: &OpenApi, body: Value) -> String {
    let seen = Seen {
        body: Some(&body),
        ..ASKED
    };
    document.check(&seen).join("\n")
}

#[test]
fn a_wrong_request_is_found_and_named() {
    let Some(document) = document() else {
        return;
    };
    assert_eq!(
        request(document, json!({ "content": "hello", "nonce": "a1" })),
        ""
    );
    let bodies = [
        json!({ "content": 7 }),
        json!({ "contents": "hello" }),
        json!({ "content": "hello", "message_reference": { "message_id": "here" } }),
        json!({ "content": "hello", "allowed_mentions": { "parse": ["people"] } }),
    ];
    let found = bodies.map(|it| request(document, it));
    assert!(
        found
            .iter()
            .all(|it| it.starts_with("POST /channels/{channel_id}/messages: ")),
        "{found:#?}"
    );
    assert_eq!(
        found[1],
        "POST /channels/{channel_id}/messages: it has no field contents"
    );
    assert!(found[0].ends_with("at /content"), "{found:#?}");
    assert!(found[2].contains("message_reference"), "{found:#?}");
    assert!(found[3].contains("allowed_mentions"), "{found:#?}");
}

#[test]
fn a_wrong_route_or_answer_is_found_and_named() {
    let Some(document) = document() else {
        return;
    };
    let check = |path, query, answer| {
        let seen = Seen {
            method: "GET",
            path,
            query,
            body: None,
            answer,
        };
        document.check(&seen).join("\n")
    };
    let message = json!({ "id": "5", "content": "hello" });
    let error = json!({ "code": 10003, "message": "Unknown Channel" });
    assert_eq!(
        check("/channels/41/massages", "", None),
        "GET /channels/41/massages is no route"
    );
    assert_eq!(
        check("/channels/spring/messages", "", None),
        "GET /channels/spring/messages is no route"
    );
    let template = "GET /channels/{channel_id}/messages";
    assert_eq!(check("/channels/41/messages", "before=5&limit=2", None), "");
    assert_eq!(
        check("/channels/41/messages", "since=5", None),
        format!("{template}: it has no parameter since")
    );
    assert_eq!(
        check("/channels/41/messages", "", Some((404, Some(&error)))),
        ""
    );
    assert_eq!(
        check("/channels/41/messages", "", Some((301, None))),
        format!("{template}: 301 is no answer of it")
    );
    assert_eq!(
        check("/channels/41/messages", "", Some((200, None))),
        format!("{template}: 200 needs a body")
    );
    let one = "/channels/41/messages/5";
    let found = check(one, "", Some((200, Some(&message))));
    assert!(found.contains("\"type\" is a required property"), "{found}");
    assert!(!check(one, "", Some((404, Some(&json!({ "code": "x" }))))).is_empty());
}
