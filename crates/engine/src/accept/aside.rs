//! Events that are kept raw: of a channel that is in no room, and those over which we stumble each time, for their platform
//! must not offer them for ever and bring nothing else.

use std::sync::Arc;

use conversation::{Event, EventKey, Inbound, RawEvent, Timestamp};
use store::{Error, Result, Tx, Writing};

use super::{Accepted, larger::in_the_larger_place};

const UNKNOWN_CHANNEL: &str = "unknown-channel";
const UNUSABLE: &str = "unusable-event";

/// It may be a link that staff forgot.
pub(super) async fn from_nowhere(tx: &mut Tx, event: &Inbound, now: Timestamp) -> Result<Accepted> {
    tracing::info!(channel.ref = %event.channel, "event of a channel in no room: kept, not relayed");
    keep(tx, event, ("", UNKNOWN_CHANNEL), now).await
}

pub(super) fn instead(event: Arc<Inbound>, error: &Error, now: Timestamp) -> Writing<Accepted> {
    tracing::error!(channel.ref = %event.channel, event.key = %event.key, %error, "an event cannot be taken in: kept raw, not relayed");
    Box::new(move |tx| {
        let event = event.clone();
        Box::pin(async move {
            let directory = tx.directory().await?;
            let entry = directory.find(&in_the_larger_place(&event, &directory).channel);
            let community = entry.map_or("", |it| it.community.as_str());
            keep(tx, &event, (community, UNUSABLE), now).await
        })
    })
}

/// What was left out of a message's words, once, and with its message.
pub(super) async fn elided(tx: &mut Tx, event: &Inbound, now: Timestamp) -> Result<()> {
    let Event::Posted(posted) = &event.event else {
        return Ok(());
    };
    if posted.elided.trim().is_empty() {
        return Ok(());
    }
    let raw = RawEvent {
        platform: event.channel.platform.clone(),
        key: EventKey(format!("{}:elided", event.key)),
        reason: "elided-text",
        body: posted.elided.as_bytes().to_vec(),
    };
    tx.set_aside(&raw, now).await.map(|_| ())
}

async fn keep(
    tx: &mut Tx,
    event: &Inbound,
    (community, reason): (&str, &'static str),
    now: Timestamp,
) -> Result<Accepted> {
    let event = &mut event.clone();
    if tx.first_time(community, event, now).await? {
        let raw = RawEvent {
            platform: event.channel.platform.clone(),
            key: event.key.clone(),
            reason,
            body: serde_json::to_vec(event)?,
        };
        tx.record_verdict(community, event, reason).await?;
        tx.set_aside(&raw, now).await?;
    }
    Ok(Accepted::dropped(reason))
}
