//! What a payload says, and keeping raw what was not understood.

use calls::{hash, now};
use conversation::{ChannelRef, EventKey, Intake, IntakeError, RawEvent};
use serde_json::Value;

use crate::bot::Slack;
use crate::form::About;
use crate::id::{self, PLATFORM};
use crate::inbound::{
    CHANNEL_RENAMED, Context, Ids, Normalised, PROFILE_CHANGED, event_of, normalise_value,
};

/// At once: whoever is not known yet is named later, by whoever needs the name.
pub(crate) fn understand(slack: &Slack, payload: &Value) -> Normalised {
    let event = event_of(payload);
    let names = slack.people.names(&Ids::of(event));
    let app = slack.app().cloned().unwrap_or_default();
    let context = Context {
        app: &app,
        names: &names,
        now: now(),
    };
    let mut meaning = normalise_value(payload, &context);
    match &mut meaning {
        Normalised::Events(events) => events.iter_mut().for_each(|it| slack.deleted.tell(it)),
        Normalised::Ignored(PROFILE_CHANGED) => slack.people.changed(event),
        Normalised::Ignored(CHANNEL_RENAMED) => {
            if let Some(id) = event["channel"]["id"].as_str() {
                slack.people.forget(id);
            }
        }
        _ => {}
    }
    meaning
}

pub(crate) async fn set_aside(
    reason: &'static str,
    body: &[u8],
    intake: &dyn Intake,
) -> Result<(), IntakeError> {
    let raw = RawEvent {
        platform: PLATFORM.into(),
        places: places(body),
        key: EventKey(format!("raw/{}", hash(body))),
        reason,
        body: body.to_owned(),
    };
    calls::set_aside(raw, intake).await
}

/// Where it happened, as far as that can be told. What bears no channel, and somebody who did it, was for the app alone.
fn places(body: &[u8]) -> Vec<ChannelRef> {
    let payload: Value = serde_json::from_slice(body).unwrap_or_default();
    let it = event_of(&payload);
    let form = it["view"]["private_metadata"].as_str().map(form_in);
    let told = [
        it["channel"].as_str(),
        it["channel"]["id"].as_str(),
        it["channel_id"].as_str(),
        it["item"]["channel"].as_str(),
        it["container"]["channel_id"].as_str(),
        form.as_deref(),
        it["user"].as_str(),
        it["user"]["id"].as_str(),
        it["user_id"].as_str(),
    ];
    let told = told.into_iter().flatten().find(|it| !it.is_empty());
    told.map(id::channel).into_iter().collect()
}

/// Where what a form is about was said, by what stands in it.
fn form_in(metadata: &str) -> String {
    let question = || metadata.split_once('/').map(|it| it.0.to_owned());
    let about = serde_json::from_str::<About>(metadata).map(|it| it.channel);
    about.ok().or_else(question).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_payload_that_cannot_be_read_tells_where_it_was() {
        let event = |event: Value| json!({"type": "event_callback", "event": event});
        let socket = |payload: Value| json!({"envelope_id": "e", "payload": payload});
        for (payload, expected) in [
            (
                event(json!({"type": "message", "channel": "D1", "text": 7})),
                "slack:D1",
            ),
            (
                socket(event(json!({"type": "new", "channel": {"id": "C1"}}))),
                "slack:C1",
            ),
            (
                event(json!({"type": "reaction_added", "item": {"channel": "C1"}, "user": "U1"})),
                "slack:C1",
            ),
            (
                json!({"type": "block_actions", "container": {"channel_id": "C1"}}),
                "slack:C1",
            ),
            (
                json!({"type": "view_submission", "view": {"private_metadata": "D1/17.1"}}),
                "slack:D1",
            ),
            (
                json!({"type": "view_submission", "view": {"private_metadata": r#"{"command":"help","channel":"C2"}"#}}),
                "slack:C2",
            ),
            (
                json!({"command": "/causeway", "channel_id": "C1", "user_id": "U1"}),
                "slack:C1",
            ),
            (event(json!({"type": "new", "user": "U1"})), "slack:U1"),
            (event(json!({"type": "new"})), ""),
        ] {
            let places = places(payload.to_string().as_bytes());
            let places: Vec<_> = places.iter().map(ToString::to_string).collect();
            assert_eq!(places.join(" "), expected, "{payload}");
        }
        assert!(places(b"{").is_empty());
    }
}
