//! Messages: new, changed and deleted. **Invariant:** a message of a kind that we do not know is kept raw.

use conversation::{AuthorKind, Event, Inbound, Node, Posted, Proof, RemoteId, Style, Timestamp};
use serde_json::Value;

use super::meaning::{Context, Meaning, one, text};
use super::{author, command, content, key};
use crate::{id, way};

/// What Slack says in a channel in the form of a message. Who comes and goes is told by events of their own.
const SYSTEM: &[&str] = &[
    "assistant_app_thread",
    "bot_add",
    "bot_disable",
    "bot_enable",
    "bot_remove",
    "canvas_comment_added",
    "channel_archive",
    "channel_canvas_updated",
    "channel_convert_to_private",
    "channel_convert_to_public",
    "channel_join",
    "channel_leave",
    "channel_name",
    "channel_posting_permissions",
    "channel_purpose",
    "channel_topic",
    "channel_unarchive",
    "ekm_access_denied",
    "file_comment",
    "group_archive",
    "group_join",
    "group_leave",
    "group_name",
    "group_purpose",
    "group_topic",
    "group_unarchive",
    "huddle_thread",
    "joiner_notification",
    "joiner_notification_for_inviter",
    "pinned_item",
    "reminder_add",
    "reminder_delete",
    "sh_room_created",
    "sh_room_shared",
    "slackbot_response",
    "tabbed_canvas_updated",
    "unpinned_item",
];

pub(super) fn message(event: &Value, context: &Context<'_>) -> Meaning {
    if event["is_ephemeral"] == true {
        return Meaning::Ignored("seen-by-one");
    }
    let understood = match text(event, "subtype") {
        // Slack says of itself that it forgets the subtype of `message_replied`.
        None if event["message"].is_object() && event.get("user").is_none() => {
            Some(Meaning::Ignored("thread-counter"))
        }
        // Also sent to the channel or not, a reply is told once, in its thread.
        None | Some("file_share" | "me_message" | "thread_broadcast" | "bot_message") => {
            posted(event, context)
        }
        Some("message_changed") => changed(event, context),
        Some("message_deleted") => deleted(event, context),
        Some("message_replied") => Some(Meaning::Ignored("thread-counter")),
        Some("tombstone") => Some(Meaning::Ignored("tombstone")),
        Some(subtype) if SYSTEM.contains(&subtype) => Some(Meaning::Ignored("system-message")),
        Some(_) => Some(Meaning::Unreadable("unknown-subtype")),
    };
    understood.unwrap_or(Meaning::Unreadable("malformed-message"))
}

/// `None` if something that every message has is missing.
fn posted(message: &Value, context: &Context<'_>) -> Option<Meaning> {
    let (channel, ts) = (text(message, "channel")?, text(message, "ts")?);
    let at = id::at(ts)?;
    let actor = author::of_message(message, context)?;
    let thread = text(message, "thread_ts").filter(|it| *it != ts);
    let words = command::addressed(message, context).filter(|_| actor.kind == AuthorKind::Person);
    if let Some(words) = words {
        return Some(one(Inbound {
            key: key::of(&["post", channel, ts]),
            channel: id::channel(channel),
            within: None,
            at,
            // Between one person and us an answer is an ordinary message, which stays.
            way_back: match channel.starts_with('D') {
                true => None,
                false => way::to_person(actor.account.as_str(), thread, at),
            },
            actor,
            proof: Proof::OfPlatform,
            event: Event::Commanded {
                message: ts.into(),
                text: words,
            },
        }));
    }
    let mut content = content::of(message, channel, context);
    if content.is_empty() {
        return Some(Meaning::Unreadable("nothing-understood"));
    }
    if message["subtype"] == "me_message" {
        let children = std::mem::take(&mut content.text.0);
        let style = Style::Italic;
        content.text.0 = vec![Node::Styled { style, children }];
    }
    let event = Event::Posted(Posted {
        messages: vec![ts.into()],
        reply_to: thread.map(RemoteId::from).into_iter().collect(),
        thread: thread.map(RemoteId::from),
        subject: None,
        content,
        elided: String::new(),
        twin: None,
    });
    Some(one(calls::happened(
        key::of(&["post", channel, ts]),
        id::channel(channel),
        at,
        actor,
        event,
    )))
}

/// Slack tells by the same name that a preview was added, or that a thread grew: what its author did bears a
/// new `edited`.
fn changed(event: &Value, context: &Context<'_>) -> Option<Meaning> {
    let channel = text(event, "channel")?;
    let message = &event["message"];
    let ts = text(message, "ts")?;
    if message["subtype"] == "tombstone" {
        // The root of a thread leaves this behind when it is deleted.
        let at = text(event, "ts").and_then(id::at).unwrap_or(context.now);
        return Some(gone(event, (channel, ts), at, context));
    }
    let edited = text(&message["edited"], "ts");
    let before = text(&event["previous_message"]["edited"], "ts");
    let Some(edited) = edited.filter(|it| Some(*it) != before) else {
        return Some(Meaning::Ignored("preview-or-counter"));
    };
    let at = id::at(edited)?;
    let actor = author::of_message(message, context)?;
    let content = content::of(message, channel, context);
    if content.is_empty() {
        return Some(Meaning::Unreadable("nothing-understood"));
    }
    let message = RemoteId::from(ts);
    Some(one(calls::happened(
        key::of(&["edit", channel, ts, edited]),
        id::channel(channel),
        at,
        actor,
        Event::Edited { message, content },
    )))
}

fn deleted(event: &Value, context: &Context<'_>) -> Option<Meaning> {
    let channel = text(event, "channel")?;
    let ts = text(event, "deleted_ts").or_else(|| text(&event["previous_message"], "ts"))?;
    id::at(ts)?;
    let at = text(event, "ts").and_then(id::at).unwrap_or(context.now);
    Some(gone(event, (channel, ts), at, context))
}

/// Slack does not say who deleted a message; most often it is its author.
fn gone(
    event: &Value,
    (channel, ts): (&str, &str),
    at: Timestamp,
    context: &Context<'_>,
) -> Meaning {
    let actor = author::of_message(&event["previous_message"], context);
    one(calls::happened(
        key::of(&["delete", channel, ts]),
        id::channel(channel),
        at,
        actor.unwrap_or_else(author::slack_itself),
        Event::Deleted {
            messages: vec![ts.into()],
        },
    ))
}
