//! Bad input: never a crash, never silently gone, and what comes after it crosses.

use serde_json::{Value, json};

use crate::support::{BO, EVA, LIST, Town};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn updates_that_make_no_sense_are_kept_and_the_next_message_crosses() {
    let town = Town::open(2, &[]).await;
    town.start();
    let chat = json!({ "id": town.groups[0].0, "type": "supergroup", "title": "Group" });
    let from = json!({ "id": 7, "is_bot": false, "first_name": "Odd" });
    let odd: Vec<Value> = vec![
        json!({}),
        json!({ "message": null }),
        json!({ "message": 7 }),
        json!({ "message": { "text": "no chat" } }),
        json!({ "message": { "message_id": "x", "date": -1, "chat": chat, "from": from, "text": "x" } }),
        json!({ "message": { "message_id": 900_001, "date": 1, "chat": chat, "from": from } }),
        json!({ "message": { "message_id": 900_002, "date": i64::MAX, "chat": chat, "from": from, "text": "far" } }),
        json!({ "message": { "message_id": 900_003, "date": 1, "chat": chat, "from": from, "text": "odd entities",
            "entities": [{ "type": "bold", "offset": -5, "length": 99_999 }, { "type": "?", "offset": 1, "length": 1 }] } }),
        json!({ "message_reaction": { "chat": chat } }),
        json!({ "brand_new_kind": { "a": [1, 2, 3] } }),
        json!({ "message": {}, "edited_message": {} }),
        json!({ "edited_message": { "message_id": 999_999, "date": 1, "chat": chat, "from": from, "text": "never said" } }),
        json!({ "callback_query": { "id": "1" } }),
        json!({ "my_chat_member": [] }),
    ];
    for update in &odd {
        town.rig.telegram.raw_update(update.as_object().unwrap());
    }
    let nowhere = town.rig.telegram.add_supergroup("Nowhere");
    town.rig.telegram.join(nowhere, town.ana).unwrap();
    town.rig
        .telegram
        .say(nowhere, None, town.ana, "Does anybody hear?")
        .unwrap();
    town.says(0, "\u{200b}");
    town.says(0, "still here");
    town.sees_copy(1, "still here").await;
    // The text of the two with odd times and odd marks is right all the same.
    for words in ["far", "odd entities"] {
        town.sees_copy(1, words).await;
    }
    let kept = town.set_aside().await;
    assert!(kept.contains(&"malformed-update".to_owned()), "{kept:?}");
    assert!(kept.contains(&"unknown-update".to_owned()), "{kept:?}");
    assert!(!kept.contains(&"unknown-channel".to_owned()), "{kept:?}");
    let heard = town.causeway(&["room", "heard"]).out;
    assert!(heard.contains(&format!("telegram:{nowhere}")), "{heard}");
    town.end();
}

/// The mail, and the code that the server must answer.
fn odd_mails() -> Vec<(u16, Vec<u8>)> {
    let mail = |head: &str, body: &str| {
        let text = format!("From: Bo <{BO}>\r\nTo: {LIST}\r\n{head}\r\n{body}");
        text.into_bytes()
    };
    let mut bytes = mail(
        "Content-Type: text/plain; charset=utf-8\r\n",
        "broken \u{e9} ",
    );
    bytes.extend(b"\xff\xfe\xc3 bytes\r\n");
    vec![
        (
            250,
            mail(
                "Content-Type: multipart/mixed\r\n",
                "no boundary at all\r\n",
            ),
        ),
        (
            250,
            mail(
                "Content-Type: multipart/mixed; boundary=\"b\"\r\n",
                "--b\r\n\r\nnever closed\r\n",
            ),
        ),
        (
            250,
            mail(
                "Content-Type: text/plain; charset=klingon\r\n",
                "unknown charset\r\n",
            ),
        ),
        (
            250,
            mail(
                "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: base64\r\n",
                "not base64 !!\r\n",
            ),
        ),
        (
            250,
            mail(
                "Content-Type: ///;;=\r\nDate: never\r\nMessage-ID: \r\n",
                "odd headers\r\n",
            ),
        ),
        (250, bytes),
        (250, mail("Subject: only a subject\r\n", "")),
        (
            250,
            mail(
                "Auto-Submitted: auto-replied\r\nSubject: away\r\n",
                "I am away\r\n",
            ),
        ),
        (554, mail("", "")),
        (
            554,
            mail("From: Eva <eva@people.example>\r\n", "two authors\r\n"),
        ),
        (554, b"nothing like a mail".to_vec()),
        (554, b"".to_vec()),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_that_make_no_sense_are_answered_and_the_next_one_crosses() {
    let town = Town::open(1, &[BO, EVA]).await;
    town.begin().await;
    for (code, mail) in odd_mails() {
        let answers = town.rig.mail.raw(BO, &[LIST], &mail).await.unwrap();
        let shown = String::from_utf8_lossy(&mail);
        assert_eq!(answers[0].code, code, "{:?} to {shown}", answers[0]);
    }
    for words in [
        "no boundary at all",
        "never closed",
        "unknown charset",
        "odd headers",
        "bytes",
        "only a subject",
    ] {
        town.sees_copy(0, words).await;
        town.gets(EVA, words).await;
    }
    town.writes(BO, sandbox::mail::Draft::new("Friday", "still here"))
        .await;
    town.sees_copy(0, "still here").await;
    let kept = town.set_aside().await;
    for reason in ["auto-reply", "empty", "no-single-author"] {
        assert!(kept.contains(&reason.to_owned()), "{reason}: {kept:?}");
    }
    town.end();
    let messages = town.messages(town.groups[0]);
    assert!(messages.iter().all(|it| !it.text.contains("I am away")));
}
