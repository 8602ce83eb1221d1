//! Handing in what was understood, and keeping raw what was not. **Invariant:** the intake hears of events in the
//! order in which they came, and of many before the first is on disk.

use calls::{accept_all, hash, now};
use conversation::{EventKey, Intake, IntakeError, RawEvent};
use serde_json::Value;

use crate::adapter::Slack;
use crate::id::PLATFORM;
use crate::inbound::{Context, Ids, Normalised, event_of, normalise_value};

/// `Ok` once everything that the payload says is on disk.
pub(crate) async fn take_in(
    slack: &Slack,
    payload: &Value,
    intake: &dyn Intake,
) -> Result<(), IntakeError> {
    let mut turn = slack.order.lock().await;
    turn.read_before(slack, intake, event_of(payload)).await;
    let meaning = understand(slack, payload).await;
    let mut offer = Box::pin(offer(slack, &meaning, intake));
    // At the first look the intake hears of it; others may follow while it is written.
    if let std::task::Poll::Ready(done) = futures::poll!(offer.as_mut()) {
        return done;
    }
    drop(turn);
    offer.await
}

pub(crate) async fn understand(slack: &Slack, payload: &Value) -> Normalised {
    let event = event_of(payload);
    match event["type"].as_str() {
        Some("user_change") => slack.people.changed(event),
        Some("channel_rename" | "group_rename") => {
            if let Some(id) = event["channel"]["id"].as_str() {
                slack.people.forget(id);
            }
        }
        _ => {}
    }
    let names = slack.people.names(&slack.api, &Ids::of(event)).await;
    let app = slack.app().cloned().unwrap_or_default();
    let context = Context {
        app: &app,
        names: &names,
        now: now(),
    };
    let mut meaning = normalise_value(payload, &context);
    if let Normalised::Events(events) = &mut meaning {
        events.iter_mut().for_each(|it| slack.deleted.tell(it));
    }
    meaning
}

pub(crate) async fn offer(
    slack: &Slack,
    meaning: &Normalised,
    intake: &dyn Intake,
) -> Result<(), IntakeError> {
    match meaning {
        Normalised::Events(events) => accept_all(events, intake).await,
        Normalised::Ignored(reason) => {
            tracing::debug!(event.reason = reason, "ignored an event of Slack");
            Ok(())
        }
        Normalised::Revoked(reason) => {
            slack.revoked.send_replace(Some(reason));
            Ok(())
        }
        Normalised::Unreadable { reason, raw } => set_aside(reason, raw.as_bytes(), intake).await,
    }
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
