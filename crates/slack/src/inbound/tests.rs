//! Payloads as Slack documents them, and what they mean.
#![allow(clippy::unwrap_used)]

use conversation::{AttachmentSource, Event, Inbound};
use insta::assert_snapshot;
use serde_json::{Value, json};

use super::*;

mod asked;
mod whose;

fn app() -> App {
    App {
        user_id: "UBRIDGE".to_owned(),
        bot_id: "BBRIDGE".to_owned(),
        team_id: "T1".to_owned(),
        enterprise_id: None,
        is_enterprise_install: false,
        app_id: Some("A1".to_owned()),
    }
}

fn names() -> Names {
    let user = |name: &str, is_bot| User {
        name: name.to_owned(),
        picture: Some(format!("https://avatars.example/{name}.png")),
        is_bot,
    };
    let mut names = Names::default();
    names.users.insert("U1".to_owned(), user("Ana", false));
    names.users.insert("U2".to_owned(), user("Bo", false));
    names.users.insert("U3".to_owned(), user("Helper", true));
    names.places.insert("C2".to_owned(), "songs".to_owned());
    names.places.insert("S1".to_owned(), "stewards".to_owned());
    names
}

fn wrapped(event: &Value) -> Value {
    json!({
        "token": "x", "team_id": "T1", "api_app_id": "A1", "type": "event_callback",
        "event_id": "Ev1", "event_time": 1_700_000_000, "event": event,
        "authorizations": [{"team_id": "T1", "user_id": "UBRIDGE", "is_bot": true}],
    })
}

fn told(event: Value) -> String {
    shown(&normalise(
        &wrapped(&event).to_string(),
        &app(),
        &names(),
        Timestamp(1),
    ))
}

fn shown(meaning: &Normalised) -> String {
    match meaning {
        Normalised::Events(events) => events.iter().map(line).collect::<Vec<_>>().join("\n"),
        Normalised::Ignored(reason) => format!("ignored: {reason}"),
        Normalised::Revoked(reason) => format!("revoked: {reason}"),
        Normalised::SentBack(words) => format!("sent back: {words}"),
        Normalised::Unreadable { reason, .. } => format!("kept: {reason}"),
    }
}

fn line(it: &Inbound) -> String {
    let actor = &it.actor;
    let said = |content: &conversation::Content| {
        let mut said = format!("{:?}", content.text.plain_text());
        for file in &content.attachments {
            let AttachmentSource::Remote { file: id, .. } = &file.source else {
                unreachable!()
            };
            let (name, alt) = (file.name.as_deref(), file.alt.as_deref());
            said += &format!(
                " [{:?} {id} {} {}]",
                file.kind,
                name.unwrap_or("-"),
                alt.unwrap_or("-")
            );
        }
        said
    };
    let event = match &it.event {
        Event::Posted(posted) => {
            let thread = posted.thread.as_ref().map(|it| format!(" in {it}"));
            format!(
                "posted {}{}: {}",
                posted.messages[0],
                thread.unwrap_or_default(),
                said(&posted.content)
            )
        }
        Event::Edited { message, content } => format!("edited {message}: {}", said(content)),
        other => format!("{other:?}"),
    };
    format!(
        "{} at {} {}({:?}) {event}",
        it.key, it.at.0, actor.display_name, actor.kind
    )
}

fn message(more: Value) -> Value {
    let mut message = json!({
        "type": "message", "channel": "C1", "channel_type": "channel", "user": "U1", "team": "T1",
        "ts": "1700000000.000100", "event_ts": "1700000000.000100",
        "client_msg_id": "c-1", "text": "Who comes?",
    });
    for (name, value) in more.as_object().unwrap() {
        message[name] = value.clone();
    }
    message
}

#[test]
fn a_message_is_posted_by_its_author_in_its_thread() {
    assert_snapshot!(told(message(json!({}))), @r#"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "Who comes?""#);
    assert_snapshot!(told(message(json!({"thread_ts": "1600000000.000100", "parent_user_id": "U2"}))), @r#"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100 in 1600000000.000100: "Who comes?""#);
    assert_snapshot!(told(message(json!({"thread_ts": "1700000000.000100"}))), @r#"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "Who comes?""#);
    assert_snapshot!(told(message(json!({"subtype": "thread_broadcast", "thread_ts": "1600000000.000100", "root": {"ts": "1600000000.000100"}}))), @r#"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100 in 1600000000.000100: "Who comes?""#);
    assert_snapshot!(told(message(json!({"channel": "D1", "channel_type": "im"}))), @r#"post/D1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "Who comes?""#);
}

#[test]
fn programs_are_told_from_people_and_ourselves_from_programs() {
    let of = |more| told(message(more)).split(' ').nth(3).unwrap().to_owned();
    assert_snapshot!(of(json!({"user": "UBRIDGE", "bot_id": "BBRIDGE", "username": "Ana (Telegram)"})), @"Ana");
    let kind = |more| {
        let meaning = normalise(&message(more).to_string(), &app(), &names(), Timestamp(1));
        let Normalised::Events(events) = meaning else {
            unreachable!()
        };
        format!("{:?}", events[0].actor.kind)
    };
    assert_snapshot!(kind(json!({"user": "UBRIDGE", "bot_id": "BBRIDGE", "username": "Ana (Telegram)"})), @"Ourselves");
    assert_snapshot!(kind(json!({"user": "UBRIDGE"})), @"Ourselves");
    assert_snapshot!(kind(json!({"subtype": "bot_message", "user": null, "bot_id": "BBRIDGE"})), @"Ourselves");
    assert_snapshot!(kind(json!({"subtype": "bot_message", "user": null, "bot_id": "B2", "username": "Deploys"})), @"Bot");
    // By a token that the same app had before.
    assert_snapshot!(kind(json!({"subtype": "bot_message", "user": null, "bot_id": "BOLD", "app_id": "A1"})), @"Ourselves");
    assert_snapshot!(kind(json!({"user": "U9", "bot_id": "B2", "bot_profile": {"name": "Deploys"}})), @"Bot");
    assert_snapshot!(kind(json!({"user": "U3"})), @"Bot");
    assert_snapshot!(kind(json!({"user": "USLACKBOT"})), @"Bot");
    assert_snapshot!(kind(json!({"user": "U404"})), @"Person");
}

#[test]
fn a_guest_of_another_workspace_is_known_by_what_their_message_says() {
    let guest = json!({"user": "U404", "user_team": "T9", "user_profile": {
        "display_name": "Gus", "real_name": "Gus Guest", "image_72": "https://avatars.slack-edge.com/gus_72.png",
    }});
    let told = told(message(guest));
    assert!(told.contains(" Gus(Person) posted"), "{told}");
}

#[test]
fn only_what_the_author_did_is_an_edit() {
    let edited = json!({"user": "U1", "ts": "1700000009.000000"});
    let changed = |message: Value, before: Value| {
        told(json!({
            "type": "message", "subtype": "message_changed", "hidden": true, "channel": "C1",
            "ts": "1700000010.000200", "event_ts": "1700000010.000200",
            "message": message, "previous_message": before,
        }))
    };
    let now = message(json!({"text": "Who comes on Friday?", "edited": edited}));
    assert_snapshot!(changed(now.clone(), message(json!({}))), @r#"edit/C1/1700000000.000100/1700000009.000000 at 1700000009000 Ana(Person) edited 1700000000.000100: "Who comes on Friday?""#);
    // A preview was added, the thread grew.
    assert_snapshot!(changed(now.clone(), now), @"ignored: preview-or-counter");
    assert_snapshot!(changed(message(json!({"reply_count": 1})), message(json!({}))), @"ignored: preview-or-counter");
    let stone = json!({"type": "message", "subtype": "tombstone", "user": "USLACKBOT", "ts": "1700000000.000100", "text": "This message was deleted."});
    assert_snapshot!(changed(stone, message(json!({}))), @r#"delete/C1/1700000000.000100 at 1700000010000 Ana(Person) Deleted { messages: [RemoteId("1700000000.000100")] }"#);
}

#[test]
fn a_deleted_message_is_named() {
    let event = json!({"type": "message", "subtype": "message_deleted", "channel": "C1", "ts": "1700000010.000200",
        "deleted_ts": "1700000000.000100", "previous_message": message(json!({}))});
    assert_snapshot!(told(event), @r#"delete/C1/1700000000.000100 at 1700000010000 Ana(Person) Deleted { messages: [RemoteId("1700000000.000100")] }"#);
}

#[test]
fn what_the_system_says_is_ignored_and_what_nobody_knows_is_kept() {
    assert_snapshot!(told(message(json!({"subtype": "channel_join"}))), @"ignored: system-message");
    assert_snapshot!(told(message(json!({"subtype": "brand_new"}))), @"kept: unknown-subtype");
    assert_snapshot!(told(message(json!({"ts": null}))), @"kept: malformed-message");
    assert_snapshot!(told(message(json!({"user": null}))), @"kept: malformed-message");
    assert_snapshot!(told(message(json!({"text": "", "blocks": [{"type": "future"}]}))), @"kept: nothing-understood");
    assert_snapshot!(told(message(json!({"text": "x", "blocks": [{"type": "future"}], "metadata": 7, "attachments": [{"id": 1, "fields": [{"value": 5}]}], "new": {}}))), @r#"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "x""#);
    assert_snapshot!(told(json!({"type": "future_event"})), @"kept: unknown-event");
    assert_snapshot!(told(json!({"no": "type"})), @"kept: malformed-payload");
    assert_snapshot!(told(json!({"type": "message", "channel": "C1", "ts": "1.0", "message": {"ts": "1.0", "reply_count": 2}})), @"ignored: thread-counter");
    let read = |raw: &str| shown(&normalise(raw, &app(), &names(), Timestamp(1)));
    assert_snapshot!(read("{"), @"kept: malformed-payload");
    let mut foreign = wrapped(&message(json!({})));
    foreign["api_app_id"] = "A2".into();
    assert_snapshot!(read(&foreign.to_string()), @"ignored: another-app");
}

/// Who is not known yet has no name, until somebody shows it.
#[test]
fn people_channels_and_groups_are_named_and_never_by_their_ids() {
    let elements = json!([
        {"type": "user", "user_id": "U2"}, {"type": "text", "text": " see "},
        {"type": "channel", "channel_id": "C2"}, {"type": "text", "text": " with "},
        {"type": "usergroup", "usergroup_id": "S1"}, {"type": "text", "text": ", "},
        {"type": "user", "user_id": "U404"}, {"type": "text", "text": " and "}, {"type": "channel", "channel_id": "C404"},
    ]);
    let blocks = json!([{"type": "rich_text", "block_id": "b", "elements": [{"type": "rich_text_section", "elements": elements}]}]);
    assert_snapshot!(told(message(json!({"blocks": blocks}))), @r##"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "@Bo see #songs with @stewards, @ and #""##);
    let mrkdwn = "<@U2> see <#C2> and <#C2|> with <!subteam^S1>, <@U404> and <#C404|hidden>";
    assert_snapshot!(told(message(json!({"text": mrkdwn}))), @r##"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "@Bo see #songs and #songs with @stewards, @ and #""##);
}

#[test]
fn files_are_named_linked_or_said_to_be_out_of_reach() {
    let files = json!([
        {"id": "F1", "mode": "hosted", "name": "bed.png", "mimetype": "image/png", "size": 10, "alt_txt": "A bed", "url_private": "https://files.slack.com/x"},
        {"id": "F2", "mode": "snippet", "name": "plan.txt", "mimetype": "text/plain", "size": 3},
        {"id": "F3", "mode": "external", "is_external": true, "title": "Plan", "external_url": "https://docs.example/plan"},
        {"id": "F4", "mode": "tombstone"},
        {"id": "F5", "file_access": "check_file_info"},
    ]);
    assert_snapshot!(told(message(json!({"subtype": "file_share", "text": "", "files": files}))), @r#"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "Plan\n(a file that Slack does not show)" [Photo F1 bed.png A bed] [Document F2 plan.txt -] [Document F5 - -]"#);
}

#[test]
fn blocks_of_programs_and_shared_messages_become_words() {
    let blocks = json!([
        {"type": "header", "text": {"type": "plain_text", "text": "Deployed"}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "to the garden"}, "fields": [{"type": "plain_text", "text": "by Ana"}]},
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "image", "image_url": "x"}, {"type": "plain_text", "text": "today"}]},
    ]);
    assert_snapshot!(told(message(json!({"text": "fallback", "blocks": blocks}))), @r#"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "Deployed\nto the garden\nby Ana\ntoday""#);
    let shared = json!([{"is_share": true, "from_url": "https://x", "author_name": "Bo", "text": "said before"}]);
    assert_snapshot!(told(message(json!({"attachments": shared}))), @r#"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "Who comes?\nBo:\nsaid before""#);
    let preview = json!([{"from_url": "https://x", "title": "A page", "text": "Long ago"}]);
    assert_snapshot!(told(message(json!({"attachments": preview}))), @r#"post/C1/1700000000.000100 at 1700000000000 Ana(Person) posted 1700000000.000100: "Who comes?""#);
}

#[test]
fn reactions_are_told_as_unicode() {
    let react = |kind: &str, name: &str| {
        told(
            json!({"type": kind, "user": "U1", "reaction": name, "item_user": "U2", "event_ts": "1700000020.000300",
            "item": {"type": "message", "channel": "C1", "ts": "1700000000.000100"}}),
        )
    };
    assert_snapshot!(react("reaction_added", "+1::skin-tone-4"), @r#"react/C1/1700000000.000100/U1/+1::skin-tone-4/1700000020.000300 at 1700000020000 Ana(Person) Reacted(ReactionChange { message: RemoteId("1700000000.000100"), added: ["👍🏽"], removed: [] })"#);
    assert_snapshot!(react("reaction_removed", "party_parrot"), @r#"unreact/C1/1700000000.000100/U1/party_parrot/1700000020.000300 at 1700000020000 Ana(Person) Reacted(ReactionChange { message: RemoteId("1700000000.000100"), added: [], removed: [":party_parrot:"] })"#);
    assert_snapshot!(told(json!({"type": "reaction_added", "user": "U1", "reaction": "x", "item": {"type": "file", "file": "F1"}, "event_ts": "1.0"})), @"ignored: reaction-to-a-file");
}

#[test]
fn what_bears_no_time_of_its_own_has_that_of_its_wrapper() {
    let item = json!({"type": "message", "channel": "C1", "ts": "1700000000.000100"});
    let reaction = json!({"type": "reaction_added", "user": "U1", "reaction": "+1", "item": item});
    assert_snapshot!(told(reaction.clone()), @r#"react/C1/1700000000.000100/U1/+1/Ev1 at 1700000000000 Ana(Person) Reacted(ReactionChange { message: RemoteId("1700000000.000100"), added: ["👍"], removed: [] })"#);
    let left = json!({"type": "member_left_channel", "user": "U1", "channel": "C1"});
    assert_snapshot!(told(left), @"member_left_channel/C1/U1/Ev1 at 1700000000000 Ana(Person) Left");
    let alone = normalise(&reaction.to_string(), &app(), &names(), Timestamp(1));
    assert_snapshot!(shown(&alone), @"kept: malformed-reaction");
}

#[test]
fn a_channel_closes_and_opens_and_moves() {
    let told = |kind: &str, more: Value| {
        let mut event = json!({"type": kind, "channel": "C1", "event_ts": "1700000030.000400"});
        for (name, value) in more.as_object().unwrap() {
            event[name] = value.clone();
        }
        told(event)
    };
    assert_snapshot!(told("channel_archive", json!({"user": "U1"})), @r#"channel_archive/C1/U1/1700000030.000400 at 1700000030000 Ana(Person) Closed { why: "it is archived: unarchive the channel" }"#);
    assert_snapshot!(told("channel_unarchive", json!({"user": "U1"})), @"channel_unarchive/C1/U1/1700000030.000400 at 1700000030000 Ana(Person) Opened");
    assert_snapshot!(told("member_left_channel", json!({"user": "UBRIDGE"})), @r#"member_left_channel/C1/UBRIDGE/1700000030.000400 at 1700000030000 (Ourselves) Closed { why: "write /invite @Causeway in the channel" }"#);
    assert_snapshot!(told("member_joined_channel", json!({"user": "U2", "inviter": "U1"})), @"member_joined_channel/C1/U2/1700000030.000400 at 1700000030000 Bo(Person) Joined");
    assert_snapshot!(told("group_left", json!({})), @r#"group_left/C1//1700000030.000400 at 1700000030000 Slack(Person) Closed { why: "write /invite @Causeway in the channel" }"#);
    assert_snapshot!(told("channel_id_changed", json!({"channel": null, "old_channel_id": "G1", "new_channel_id": "C9"})), @r#"channel_id_changed/G1//1700000030.000400 at 1700000030000 Slack(Person) Moved { to: ChannelRef { platform: Platform("slack"), id: RemoteId("C9") } }"#);
    assert_snapshot!(told("channel_rename", json!({"channel": {"id": "C1", "name": "new"}})), @"ignored: channel-renamed");
    assert_snapshot!(told("member_left_channel", json!({"user": null})), @"kept: malformed-channel-event");
}

#[test]
fn the_end_of_the_app_is_told() {
    assert_snapshot!(told(json!({"type": "app_uninstalled"})), @"revoked: app_uninstalled");
    let mut of_others = wrapped(&json!({"type": "app_uninstalled"}));
    of_others["team_id"] = "T9".into();
    let of_others = normalise(&of_others.to_string(), &app(), &names(), Timestamp(1));
    assert_eq!(of_others, Normalised::Ignored("another-workspace"));
    assert_snapshot!(told(json!({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBRIDGE"]}})), @"revoked: token_revoked");
    assert_snapshot!(told(json!({"type": "tokens_revoked", "tokens": {"oauth": ["U1"]}})), @"ignored: other-token-revoked");
}

#[test]
fn every_id_in_a_message_is_looked_up() {
    let event = json!({"user": "U1", "text": "<@U2|bo> <#C2> <!subteam^S1> <!here> <http://x> <@", "blocks": [{"elements": [{"type": "user", "user_id": "U3"}]}]});
    let ids = Ids::of(&event);
    assert_eq!(ids.users, ["U1", "U2", "U3"]);
    assert_eq!(
        (ids.channels, ids.groups),
        (vec!["C2".to_owned()], vec!["S1".to_owned()])
    );
}

proptest::proptest! {
    /// R39.
    #[test]
    fn whatever_is_in_the_text_nothing_panics(text in "\\PC{0,60}", name in "[<>@#!|^A-Z0-9a-z ]{0,40}") {
        for text in [&text, &name] {
            let raw = message(json!({"text": text, "thread_ts": text, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}}]}));
            normalise(&raw.to_string(), &app(), &names(), Timestamp(1));
            normalise(text, &app(), &names(), Timestamp(1));
            emoji::to_name(text);
            emoji::to_unicode(text);
        }
    }
}
