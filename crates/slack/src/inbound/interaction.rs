//! Buttons that were pressed and forms that were sent.

use conversation::{Content, Event, Inbound, RemoteId};
use serde_json::Value;

use super::meaning::{Context, Meaning, items, one, text};
use super::{author, form, key};
use crate::form::FORM;
use crate::{id, way};

/// Ours bear this name; a number follows, because names are unique within a message.
pub(crate) const ACTION: &str = "causeway-";

pub(super) fn pressed(payload: &Value, context: &Context<'_>) -> Meaning {
    let ours = |it: &&Value| {
        text(it, "action_id").is_some_and(|it| it.starts_with(ACTION)) && it["type"] == "button"
    };
    let Some(action) = items(payload, "actions").find(ours) else {
        return Meaning::Ignored("foreign-button");
    };
    read_press(payload, action, context).unwrap_or(Meaning::Unreadable("malformed-press"))
}

fn read_press(payload: &Value, action: &Value, context: &Context<'_>) -> Option<Meaning> {
    let container = &payload["container"];
    let channel = text(&payload["channel"], "id").or_else(|| text(container, "channel_id"))?;
    let message = text(container, "message_ts").or_else(|| text(&payload["message"], "ts"))?;
    let user = text(&payload["user"], "id")?;
    let action_ts = text(action, "action_ts")?;
    Some(one(Inbound {
        way_back: text(payload, "response_url").and_then(|it| way::by_press(it, context.now)),
        ..calls::happened(
            key::of(&["press", channel, message, user, action_ts]),
            id::channel(channel),
            id::at(action_ts)?,
            author::of_user(user, context),
            Event::Pressed {
                message: message.into(),
                button: text(action, "value")?.to_owned(),
            },
        )
    }))
}

/// A form is of a command, or answers the message that its `private_metadata` names, as `C123/1700000000.000100`.
pub(super) fn submitted(payload: &Value, context: &Context<'_>) -> Meaning {
    let view = &payload["view"];
    if view["callback_id"] == FORM {
        return form::sent(payload, context);
    }
    let asked = text(view, "private_metadata").and_then(|it| it.split_once('/'));
    let Some((channel, question)) = asked.filter(|(_, ts)| id::at(ts).is_some()) else {
        return Meaning::Ignored("foreign-form");
    };
    let read = || {
        let (view_id, user) = (text(view, "id")?, text(&payload["user"], "id")?);
        let answer = RemoteId::from(view_id);
        Some(one(calls::happened(
            key::of(&["answer", channel, question, view_id]),
            id::channel(channel),
            context.now,
            author::of_user(user, context),
            Event::Answered {
                message: answer,
                question: question.into(),
                content: Content::plain(&answers(&view["state"]["values"]).join("\n")),
            },
        )))
    };
    read().unwrap_or(Meaning::Unreadable("malformed-form"))
}

/// In the order of Slack's JSON: what was written, or the label of what was chosen.
fn answers(values: &Value) -> Vec<String> {
    let blocks = values.as_object().into_iter().flat_map(|it| it.values());
    let actions = blocks.flat_map(|it| it.as_object().into_iter().flat_map(|it| it.values()));
    actions.filter_map(answer).collect()
}

fn answer(action: &Value) -> Option<String> {
    let label = |option: &Value| text(&option["text"], "text").map(str::to_owned);
    text(action, "value")
        .map(str::to_owned)
        .or_else(|| label(&action["selected_option"]))
        .or_else(|| {
            let chosen: Vec<String> = items(action, "selected_options")
                .filter_map(label)
                .collect();
            (!chosen.is_empty()).then(|| chosen.join(", "))
        })
        .or_else(|| text(action, "selected_date").map(str::to_owned))
}
