//! Deletes, reactions, commands, and channels that open and close.

use proptest::prelude::*;

use super::*;

#[test]
fn deleted_messages_are_named_by_their_place() {
    let one = json!({ "id": "8", "channel_id": CHANNEL, "guild_id": GUILD });
    assert_snapshot!(shown(meaning("MESSAGE_DELETE", &one)), @r#"{"key":"delete/8","channel":{"platform":"discord","id":"290926798999357250"},"at":1500000000000,"actor":{"account":"unknown","display_name":"Somebody","kind":"person"},"event":{"deleted":{"messages":["8"]}}}"#);
    let many = json!({ "ids": ["8", "9"], "channel_id": THREAD, "guild_id": GUILD });
    assert_snapshot!(event("MESSAGE_DELETE_BULK", &many), @r#"{"deleted":{"messages":["334385199974967042/8","334385199974967042/9"]}}"#);
    let mut known = known();
    known.will_delete(Snowflake(8));
    assert_eq!(
        meaning_to("MESSAGE_DELETE", &one, &known),
        Normalised::Ignored("ourselves")
    );
}

fn reaction(emoji: Value) -> Value {
    json!({
        "user_id": "53908099506183680", "channel_id": THREAD, "message_id": "8", "guild_id": GUILD,
        "member": { "user": { "id": "53908099506183680", "username": "ana" }, "nick": "Ana" }, "emoji": emoji,
    })
}

#[test]
fn reactions_come_and_go_by_person() {
    let thumb = reaction(json!({ "id": null, "name": "👍" }));
    assert_snapshot!(shown(meaning("MESSAGE_REACTION_ADD", &thumb)), @r#"{"key":"react/s/7","channel":{"platform":"discord","id":"290926798999357250"},"at":1500000000000,"actor":{"account":"53908099506183680","display_name":"Ana","kind":"person"},"event":{"reacted":{"message":"334385199974967042/8","added":["👍"],"removed":[]}}}"#);
    let picture = reaction(json!({ "id": "41771983429993937", "name": "party", "animated": true }));
    assert_snapshot!(event("MESSAGE_REACTION_REMOVE", &picture), @r#"{"reacted":{"message":"334385199974967042/8","added":[],"removed":["✨"]}}"#);
    let mut ours = thumb;
    ours["user_id"] = json!("1");
    ours.as_object_mut().unwrap().remove("member");
    assert_eq!(
        meaning("MESSAGE_REACTION_ADD", &ours),
        Normalised::Ignored("ourselves")
    );
}

#[test]
fn reactions_that_a_moderator_clears_go_one_by_one() {
    let cleared = json!({ "channel_id": CHANNEL, "message_id": "8", "guild_id": GUILD });
    assert_eq!(
        meaning("MESSAGE_REACTION_REMOVE_ALL", &cleared),
        Normalised::Ignored("reactions-never-seen")
    );
    let mut known = known();
    for (person, emoji) in [(5, "👍"), (6, "🎉")] {
        let it = crate::known::ReactionOf {
            message: Snowflake(8),
            person: Snowflake(person),
            emoji: emoji.to_owned(),
        };
        known.reacted(it, true);
    }
    assert_snapshot!(shown(meaning_to("MESSAGE_REACTION_REMOVE_ALL", &cleared, &known)), @r#"
    {"key":"react/s/7/0","channel":{"platform":"discord","id":"290926798999357250"},"at":1500000000000,"actor":{"account":"5","display_name":"Somebody","kind":"person"},"event":{"reacted":{"message":"8","added":[],"removed":["👍"]}}}
    {"key":"react/s/7/1","channel":{"platform":"discord","id":"290926798999357250"},"at":1500000000000,"actor":{"account":"6","display_name":"Somebody","kind":"person"},"event":{"reacted":{"message":"8","added":[],"removed":["🎉"]}}}
    "#);
}

#[test]
fn commands_and_buttons_say_what_was_meant() {
    let interaction = |kind: u64, data: Value| {
        json!({
            "id": "334385199974967070", "application_id": "2", "type": kind, "token": "secret", "version": 1,
            "guild_id": GUILD, "channel_id": CHANNEL, "data": data, "message": { "id": "8" },
            "member": { "user": { "id": "53908099506183680", "username": "ana" }, "nick": "Ana" },
        })
    };
    let command = interaction(
        2,
        json!({ "id": "1", "name": "causeway", "options": [
        { "name": "room", "type": 2, "options": [{ "name": "link", "type": 1, "options": [
            { "name": "channel", "type": 3, "value": "telegram:-1" }, { "name": "days", "type": 4, "value": 3 } ] }] } ] }),
    );
    assert_snapshot!(shown(meaning("INTERACTION_CREATE", &command)), @r#"{"key":"interaction/334385199974967070","channel":{"platform":"discord","id":"290926798999357250"},"at":1499794044250,"actor":{"account":"53908099506183680","display_name":"Ana","kind":"person"},"event":{"commanded":{"message":"334385199974967070","text":"room link channel=\"telegram:-1\" days=\"3\""}}}"#);
    let button = interaction(3, json!({ "custom_id": "yes", "component_type": 2 }));
    assert_snapshot!(event("INTERACTION_CREATE", &button), @r#"{"pressed":{"message":"8","button":"yes"}}"#);
    let modal = interaction(5, json!({}));
    assert_eq!(
        meaning("INTERACTION_CREATE", &modal),
        Normalised::Ignored("interaction-of-no-use")
    );
}

#[test]
fn channels_close_and_open_with_their_server() {
    let gone = json!({ "id": GUILD });
    assert_snapshot!(shown(meaning("GUILD_DELETE", &gone)), @r#"
    {"key":"guild_delete/s/7/290926798999357250","channel":{"platform":"discord","id":"290926798999357250"},"at":1500000000000,"actor":{"account":"unknown","display_name":"Somebody","kind":"person"},"event":{"closed":{"why":"the bot was put out of the server: invite it again"}}}
    {"key":"guild_delete/s/7/290926798999357251","channel":{"platform":"discord","id":"290926798999357251"},"at":1500000000000,"actor":{"account":"unknown","display_name":"Somebody","kind":"person"},"event":{"closed":{"why":"the bot was put out of the server: invite it again"}}}
    "#);
    let outage = json!({ "id": GUILD, "unavailable": true });
    assert_eq!(
        meaning("GUILD_DELETE", &outage),
        Normalised::Ignored("server-unavailable")
    );
    assert_eq!(
        meaning("GUILD_CREATE", &gone),
        Normalised::Ignored("learnt")
    );
    let channel = json!({ "id": CHANNEL, "type": 0, "guild_id": GUILD });
    assert_snapshot!(event("CHANNEL_DELETE", &channel), @r#"{"closed":{"why":"it is deleted: take it out of its room with `causeway room unlink`, and link another"}}"#);
    let post = json!({ "id": POST, "type": 11, "guild_id": GUILD, "parent_id": FORUM });
    assert_snapshot!(event("THREAD_DELETE", &post), @r#"{"deleted":{"messages":["334385199974967050/334385199974967050"]}}"#);
    let thread = json!({ "id": THREAD, "type": 11, "guild_id": GUILD, "parent_id": CHANNEL });
    assert_eq!(
        meaning("THREAD_DELETE", &thread),
        Normalised::Ignored("thread-deleted")
    );
}

/// Discord tells of our own roles without being asked, and of private threads that let us in or put us out.
#[test]
fn what_lets_us_in_again_is_heard() {
    let member = |id: &str| json!({ "guild_id": GUILD, "user": { "id": id }, "roles": ["77"] });
    let Normalised::Events(events) = meaning("GUILD_MEMBER_UPDATE", &member("1")) else {
        panic!("nothing opened");
    };
    let opened: Vec<_> = events.iter().map(|it| it.channel.id.as_str()).collect();
    assert_eq!(opened, [CHANNEL, FORUM]);
    assert!(events.iter().all(|it| it.event == Event::Opened));
    assert_eq!(
        meaning("GUILD_MEMBER_UPDATE", &member("9")),
        Normalised::Ignored("of-no-use")
    );
    let private = json!({ "id": "60", "type": 12, "guild_id": GUILD, "parent_id": CHANNEL });
    assert_snapshot!(event("THREAD_CREATE", &private), @r#""opened""#);
    assert_snapshot!(event("THREAD_UPDATE", &private), @r#""opened""#);
    assert_snapshot!(event("THREAD_DELETE", &private), @r#"{"closed":{"why":"it is deleted: take it out of its room with `causeway room unlink`, and link another"}}"#);
    let open = json!({ "id": THREAD, "type": 11, "guild_id": GUILD, "parent_id": CHANNEL });
    assert_eq!(
        meaning("THREAD_UPDATE", &open),
        Normalised::Ignored("learnt")
    );
    let mut known = known();
    known.learn("THREAD_CREATE", &private.to_string());
    let out = |thread: &str, who: &str| json!({ "id": thread, "guild_id": GUILD, "member_count": 3, "removed_member_ids": [who] });
    let told = meaning_to("THREAD_MEMBERS_UPDATE", &out("60", "1"), &known);
    assert!(shown(told).contains("mention it there"));
    for (thread, who) in [("60", "9"), (THREAD, "1")] {
        assert_eq!(
            meaning_to("THREAD_MEMBERS_UPDATE", &out(thread, who), &known),
            Normalised::Ignored("of-no-use")
        );
    }
}

const KINDS: &[&str] = &[
    "READY",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "MESSAGE_REACTION_ADD",
    "MESSAGE_REACTION_REMOVE",
    "MESSAGE_REACTION_REMOVE_ALL",
    "INTERACTION_CREATE",
    "THREAD_DELETE",
    "CHANNEL_DELETE",
    "GUILD_CREATE",
    "GUILD_DELETE",
    "THREAD_CREATE",
    "THREAD_MEMBERS_UPDATE",
    "THREAD_LIST_SYNC",
    "GUILD_MEMBER_UPDATE",
    "GUILD_ROLE_CREATE",
    "NEW_TOMORROW",
];

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        prop::sample::select(&["1", CHANNEL, THREAD, GUILD, "", "x", "<@1> **a**"][..])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        let name = prop::sample::select(FIELDS);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..6).prop_map(|fields| {
                let fields = fields
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value));
                Value::Object(fields.collect())
            }),
        ]
    })
}

const FIELDS: &[&str] = &[
    "id",
    "ids",
    "channel_id",
    "guild_id",
    "message_id",
    "user_id",
    "type",
    "content",
    "author",
    "member",
    "user",
    "username",
    "attachments",
    "embeds",
    "poll",
    "question",
    "answers",
    "message_reference",
    "message_snapshots",
    "message",
    "emoji",
    "name",
    "data",
    "token",
    "options",
    "parent_id",
    "channels",
    "threads",
    "roles",
    "role",
    "edited_timestamp",
    "sticker_items",
    "mentions",
    "nick",
    "unavailable",
];

proptest! {
    /// R39: whatever comes, it is read, ignored or kept.
    #[test]
    fn no_payload_makes_the_reader_panic(
        kind in prop::sample::select(KINDS),
        odd in json_value(),
        base in any::<bool>(),
    ) {
        let data = match (base, &odd) {
            (true, Value::Object(_)) => message(odd),
            _ => odd,
        };
        let mut known = known();
        known.learn(kind, &data.to_string());
        let first = meaning_to(kind, &data, &known);
        prop_assert_eq!(&first, &meaning_to(kind, &data, &known));
        known.forget(kind, &data.to_string());
    }
}
