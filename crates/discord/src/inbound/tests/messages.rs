//! What people say.

use super::*;

#[test]
fn a_message_says_who_where_and_when() {
    let said = meaning(
        "MESSAGE_CREATE",
        &message(json!({ "content": "Hello **all**" })),
    );
    assert_snapshot!(shown(said), @r#"{"key":"post/334385199974967060","channel":{"platform":"discord","id":"290926798999357250"},"at":1499794044250,"actor":{"account":"53908099506183680","display_name":"Ana of the garden","picture":"https://cdn.discordapp.com/avatars/53908099506183680/a_bab14f271d565501444b2ca3be944b25.png","kind":"person"},"event":{"posted":{"messages":["334385199974967060"],"content":{"text":[{"text":"Hello "},{"styled":{"style":"bold","children":[{"text":"all"}]}}]}}}}"#);
}

#[test]
fn mentions_are_names_and_no_ids() {
    let said = message(json!({
        "content": "<@12> <@&77> <#290926798999357250> <@99> <:wave:55>",
        "mentions": [{ "id": "12", "username": "bo", "member": { "nick": "Bo" } }],
    }));
    assert_snapshot!(event("MESSAGE_CREATE", &said), @r##"{"posted":{"messages":["334385199974967060"],"content":{"text":[{"mention":{"account":"12","name":"@Bo"}},{"text":" "},{"text":"@gardeners "},{"text":"#general "},{"mention":{"account":"99","name":"@99"}},{"text":" "},{"emoji":{"id":"55","text":":wave:"}}]}}}"##);
}

#[test]
fn an_answer_points_at_what_it_answers_and_at_its_thread() {
    let reference = |channel: &str| json!({ "type": 0, "message_id": "334385199974967055", "channel_id": channel });
    let flat =
        message(json!({ "type": 19, "content": "me", "message_reference": reference(CHANNEL) }));
    assert_snapshot!(event("MESSAGE_CREATE", &flat), @r#"{"posted":{"messages":["334385199974967060"],"reply_to":["334385199974967055"],"content":{"text":[{"text":"me"}]}}}"#);
    let within = message(json!({
        "type": 19, "content": "me", "channel_id": THREAD, "message_reference": reference(THREAD),
    }));
    assert_snapshot!(event("MESSAGE_CREATE", &within), @r#"{"posted":{"messages":["334385199974967042/334385199974967060"],"reply_to":["334385199974967042/334385199974967055","334385199974967042"],"thread":"334385199974967042","content":{"text":[{"text":"me"}]}}}"#);
}

#[test]
fn a_post_of_a_forum_bears_its_subject_once() {
    let first = message(json!({ "id": POST, "channel_id": POST, "content": "On the roof?" }));
    assert_snapshot!(event("MESSAGE_CREATE", &first), @r#"{"posted":{"messages":["334385199974967050/334385199974967050"],"thread":"334385199974967050","subject":"A garden","content":{"text":[{"text":"On the roof?"}]}}}"#);
    let second = message(json!({ "channel_id": POST, "content": "Or not" }));
    assert_snapshot!(event("MESSAGE_CREATE", &second), @r#"{"posted":{"messages":["334385199974967050/334385199974967060"],"reply_to":["334385199974967050/334385199974967050"],"thread":"334385199974967050","content":{"text":[{"text":"Or not"}]}}}"#);
}

#[test]
fn files_stickers_polls_and_embeds_are_kept() {
    let said = message(json!({
        "webhook_id": "6",
        "attachments": [
            { "id": "8", "filename": "bed.png", "title": "Ein Beet 🌱", "description": "A bed of roses", "size": 9,
              "content_type": "image/png", "url": "https://cdn.discordapp.com/x", "proxy_url": "" },
            { "id": "9", "filename": "voice-message.ogg", "content_type": "audio/ogg", "waveform": "AA==", "duration_secs": 2.5 },
        ],
        "sticker_items": [{ "id": "4", "name": "Wave", "format_type": 1 }, { "id": "5", "name": "Cat", "format_type": 3 }],
        "poll": { "question": { "text": "Friday?" }, "answers": [
            { "answer_id": 1, "poll_media": { "text": "Yes", "emoji": { "id": null, "name": "👍" } } },
            { "answer_id": 2, "poll_media": { "text": "No" } },
        ] },
        "embeds": [
            { "type": "article", "title": "A preview", "url": "https://example.org" },
            { "type": "rich", "title": "Build", "url": "https://example.org/1", "description": "It *works*",
              "fields": [{ "name": "Took", "value": "3 s" }], "footer": { "text": "CI" }, "author": { "name": "Robot" } },
        ],
    }));
    assert_snapshot!(event("MESSAGE_CREATE", &said), @r#"{"posted":{"messages":["334385199974967060"],"content":{"text":[{"text":"Robot"},{"text":"\n"},{"link":{"url":"https://example.org/1","children":[{"styled":{"style":"bold","children":[{"text":"Build"}]}}]}},{"text":"\n"},{"text":"It "},{"styled":{"style":"italic","children":[{"text":"works"}]}},{"text":"\n"},{"styled":{"style":"bold","children":[{"text":"Took"}]}},{"text":": "},{"text":"3 s"},{"text":"\n"},{"text":"CI"},{"text":"\n"},{"text":"Poll: "},{"styled":{"style":"bold","children":[{"text":"Friday?"}]}},{"text":"\n"},{"text":"- 👍 Yes"},{"text":"\n"},{"text":"- No"},{"text":"\n"},{"text":"[sticker: Cat]"}],"attachments":[{"kind":"photo","name":"Ein Beet 🌱.png","mime":"image/png","size":9,"alt":"A bed of roses","source":{"remote":{"channel":{"platform":"discord","id":"290926798999357250"},"file":"290926798999357250/334385199974967060/8"}}},{"kind":"voice","name":"voice-message.ogg","mime":"audio/ogg","size":null,"alt":null,"source":{"remote":{"channel":{"platform":"discord","id":"290926798999357250"},"file":"290926798999357250/334385199974967060/9"}}},{"kind":"sticker","name":null,"mime":"image/png","size":null,"alt":"Wave","source":{"remote":{"channel":{"platform":"discord","id":"290926798999357250"},"file":"sticker/4.png"}}}]}}}"#);
}

#[test]
fn previews_of_links_that_people_post_are_no_words_of_theirs() {
    let said = message(json!({
        "content": "https://x.com/ana/1",
        "embeds": [{ "type": "rich", "url": "https://x.com/ana/1", "description": "Somebody's words" }],
    }));
    assert_snapshot!(event("MESSAGE_CREATE", &said), @r#"{"posted":{"messages":["334385199974967060"],"content":{"text":[{"text":"https://x.com/ana/1"}]}}}"#);
}

#[test]
fn words_in_components_are_read_as_text() {
    let said = message(json!({
        "webhook_id": "6", "flags": 1 << 15,
        "components": [{ "type": 17, "components": [
            { "type": 10, "content": "## Build" },
            { "type": 9, "components": [{ "type": 10, "content": "It *works*" }], "accessory": { "type": 2, "label": "More" } },
            { "type": 1, "components": [{ "type": 2, "label": "Again" }] },
        ] }],
    }));
    assert_snapshot!(event("MESSAGE_CREATE", &said), @r#"{"posted":{"messages":["334385199974967060"],"content":{"text":[{"styled":{"style":"bold","children":[{"text":"Build"}]}},{"text":"\n"},{"text":"It "},{"styled":{"style":"italic","children":[{"text":"works"}]}}]}}}"#);
}

#[test]
fn forwarded_words_are_a_quote_and_no_answer() {
    let said = message(json!({
        "message_reference": { "type": 1, "message_id": "3", "channel_id": "4" },
        "message_snapshots": [{ "message": { "type": 0, "content": "Said before", "attachments": [
            { "id": "8", "filename": "bed.png", "content_type": "image/png" } ] } }],
    }));
    assert_snapshot!(event("MESSAGE_CREATE", &said), @r#"{"posted":{"messages":["334385199974967060"],"content":{"text":[{"quote":[{"text":"Said before"}]}],"attachments":[{"kind":"photo","name":"bed.png","mime":"image/png","size":null,"alt":null,"source":{"remote":{"channel":{"platform":"discord","id":"290926798999357250"},"file":"290926798999357250/334385199974967060/8"}}}]}}}"#);
}

#[test]
fn who_speaks_is_told_apart() {
    let kind = |more: Value| match meaning("MESSAGE_CREATE", &message(more)) {
        Normalised::Events(events) => format!("{:?}", events[0].actor.kind),
        other => format!("{other:?}"),
    };
    let hi = "hi";
    assert_eq!(kind(json!({ "content": hi })), "Person");
    let bot = json!({ "id": "9", "username": "b", "bot": true });
    assert_eq!(kind(json!({ "content": hi, "author": bot })), "Bot");
    let us = json!({ "id": "1", "username": "causeway", "bot": true });
    assert_eq!(kind(json!({ "content": hi, "author": us })), "Ourselves");
    let hook = json!({ "content": hi, "webhook_id": "6", "application_id": "2", "author": { "id": "6", "username": "Bo" } });
    assert_eq!(kind(hook), "Ourselves");
    let foreign = json!({ "content": hi, "webhook_id": "6", "application_id": null, "author": { "id": "6", "username": "Bo" } });
    assert_eq!(kind(foreign), "Bot");
}

#[test]
fn names_are_those_of_the_server_and_hold_no_number() {
    for (member, global, username, expected) in [
        (Some("Ana \u{202e}B\n"), Some("x"), "y", "Ana B"),
        (None, Some("Ana"), "y", "Ana"),
        (None, None, "ana_9", "ana_9"),
        (None, Some("+49 170 1234567"), "ana_9", "ana_9"),
        (None, None, "", "Somebody"),
    ] {
        let said = message(json!({
            "content": "hi", "member": { "nick": member },
            "author": { "id": "9", "username": username, "global_name": global },
        }));
        let Normalised::Events(events) = meaning("MESSAGE_CREATE", &said) else {
            panic!("{said}");
        };
        assert_eq!(events[0].actor.display_name, expected);
        assert_eq!(events[0].actor.picture, None);
    }
}

#[test]
fn only_what_its_author_changed_is_an_edit() {
    let edited = message(
        json!({ "content": "new", "edited_timestamp": "2017-07-11T17:30:00.123456+00:00" }),
    );
    assert_snapshot!(shown(meaning("MESSAGE_UPDATE", &edited)), @r#"{"key":"edit/334385199974967060/1499794200123456","channel":{"platform":"discord","id":"290926798999357250"},"at":1499794200123,"actor":{"account":"53908099506183680","display_name":"Ana of the garden","picture":"https://cdn.discordapp.com/avatars/53908099506183680/a_bab14f271d565501444b2ca3be944b25.png","kind":"person"},"event":{"edited":{"message":"334385199974967060","content":{"text":[{"text":"new"}]}}}}"#);
    let preview =
        message(json!({ "content": "https://example.org", "embeds": [{ "type": "link" }] }));
    assert_eq!(
        meaning("MESSAGE_UPDATE", &preview),
        Normalised::Ignored("not-edited")
    );
    let odd = message(json!({ "content": "new", "edited_timestamp": "yesterday" }));
    assert_eq!(meaning("MESSAGE_UPDATE", &odd), MALFORMED);
}

#[test]
fn discords_own_lines_are_ignored_by_name() {
    for kind in [1, 3, 4, 6, 7, 8, 18, 21, 22, 24, 46, 999] {
        let line = message(json!({ "type": kind, "content": "x" }));
        let meaning = meaning("MESSAGE_CREATE", &line);
        assert_eq!(meaning, Normalised::Ignored("system-message"), "{kind}");
    }
    assert_eq!(
        meaning("MESSAGE_CREATE", &message(json!({}))),
        Normalised::Ignored("nothing-said")
    );
}

#[test]
fn a_channel_that_nobody_told_of_is_asked_for() {
    let said = message(json!({ "channel_id": "4", "content": "hi" }));
    assert_eq!(
        meaning("MESSAGE_CREATE", &said),
        Normalised::Unknown(Snowflake(4))
    );
    let mut private = message(json!({ "channel_id": "4", "content": "hi" }));
    private.as_object_mut().unwrap().remove("guild_id");
    assert!(matches!(
        meaning("MESSAGE_CREATE", &private),
        Normalised::Events(_)
    ));
}

#[test]
fn our_own_role_is_us_and_no_other_role_is() {
    let mut known = known();
    for (id, tags) in [
        ("78", json!({ "bot_id": "1" })),
        ("79", json!({ "bot_id": "3" })),
        (
            "80",
            json!({ "premium_subscriber": null, "integration_id": "1" }),
        ),
        ("81", Value::Null),
    ] {
        let role = json!({ "id": id, "name": "Causeway", "managed": true, "tags": tags });
        let created = json!({ "guild_id": GUILD, "role": role });
        known.learn("GUILD_ROLE_CREATE", &created.to_string());
    }
    for (said, asked) in [
        ("<@&78> room list", Some("room list")),
        ("<@&78>", Some("help")),
        ("Ask <@&78>", None),
        ("<@&77> help", None),
        ("<@&79> help", None),
        ("<@&80> help", None),
        ("<@&81> help", None),
        ("<@&82> help", None),
        ("<@&1> help", None),
    ] {
        let message = message(json!({ "content": said, "mention_roles": ["78"] }));
        let Normalised::Events(events) = meaning_to("MESSAGE_CREATE", &message, &known) else {
            panic!("{said}");
        };
        match (&events[0].event, asked) {
            (Event::Commanded { text, .. }, Some(asked)) => assert_eq!(text, asked),
            (Event::Posted(_), None) => {}
            (other, _) => panic!("{said}: {other:?}"),
        }
    }
}

/// Whoever sends it before it was chosen from the list sends words.
#[test]
fn a_command_that_was_sent_as_words_is_ours() {
    for (said, asked) in [
        ("/causeway room list", Some("room list")),
        (
            "/causeway room unlink <#12>",
            Some("room unlink discord:12"),
        ),
        ("/causeway", Some("help")),
        ("/privat on", Some("privat on")),
        ("/status of the bus?", None),
        ("/shrug whatever", None),
    ] {
        let message = message(json!({ "content": said }));
        let Normalised::Events(events) = meaning("MESSAGE_CREATE", &message) else {
            panic!("{said}");
        };
        match (&events[0].event, asked) {
            (Event::Commanded { text, .. }, Some(asked)) => assert_eq!(text, asked),
            (Event::Posted(_), None) => {}
            (other, _) => panic!("{said}: {other:?}"),
        }
    }
}
