//! Events that are kept raw: of a channel that is in no room, and those over which we stumble each time, for their platform
//! must not offer them for ever and bring nothing else.

use std::sync::Arc;

use conversation::{ChannelRef, Event, EventKey, Inbound, RawEvent, Timestamp};
use store::{Error, Released, Result, Tx, Writing};

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
    let key = EventKey(format!("{}:elided", event.key));
    let body = posted.elided.as_bytes().to_vec();
    raw(tx, (&event.channel, &key), ("elided-text", body), now).await
}

async fn keep(
    tx: &mut Tx,
    event: &Inbound,
    (community, reason): (&str, &'static str),
    now: Timestamp,
) -> Result<Accepted> {
    let event = &mut event.clone();
    if tx.first_time(community, event, now).await? {
        tx.record_verdict(community, event, reason).await?;
        let body = serde_json::to_vec(event)?;
        raw(tx, (&event.channel, &event.key), (reason, body), now).await?;
    }
    Ok(Accepted::dropped(reason))
}

async fn raw(
    tx: &mut Tx,
    (channel, key): (&ChannelRef, &EventKey),
    (reason, body): (&'static str, Vec<u8>),
    now: Timestamp,
) -> Result<()> {
    let raw = RawEvent {
        platform: channel.platform.clone(),
        key: key.clone(),
        reason,
        body,
    };
    tx.set_aside(&raw, now).await.map(|_| ())
}

/// What staff released, and we stumble over.
pub(super) fn released_instead(
    released: Arc<Released>,
    error: &Error,
    now: Timestamp,
) -> Writing<Accepted> {
    tracing::error!(channel.ref = %released.channel, held.id = released.id, %error, "what was released cannot be taken in: kept raw, not relayed");
    Box::new(move |tx| {
        let released = released.clone();
        Box::pin(async move {
            if let Some(event) = tx.take_released(&released).await? {
                let key = EventKey(released.id.clone());
                let body = event.into_bytes();
                raw(tx, (&released.channel, &key), (UNUSABLE, body), now).await?;
            }
            Ok(Accepted::dropped(UNUSABLE))
        })
    })
}
