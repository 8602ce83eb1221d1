//! What a payload says, and keeping raw what was not understood.

use calls::{hash, now};
use conversation::{EventKey, Intake, IntakeError, RawEvent};
use serde_json::Value;

use crate::adapter::Slack;
use crate::id::PLATFORM;
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
        key: EventKey(format!("raw/{}", hash(body))),
        reason,
        body: body.to_owned(),
    };
    calls::set_aside(raw, intake).await
}
