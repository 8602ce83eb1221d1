//! Events that are kept raw: those over which we stumble each time, for their platform must not offer them for ever and
//! bring nothing else, and what was left out of words that went on.

use std::sync::Arc;

use conversation::{ChannelRef, Event, EventKey, Inbound, RawEvent, Timestamp};
use store::{Error, Released, Result, Tx, Writing};

use super::{accepted::Accepted, larger::in_the_larger_place, outlook::Outlook, unkept};

const UNUSABLE: &str = "unusable-event";

/// Of a channel in no room nothing is kept here either.
pub(super) fn instead(
    (event, outlook): (Arc<Inbound>, Outlook),
    error: &Error,
    now: Timestamp,
) -> Writing<Accepted> {
    tracing::error!(event.kind = event.event.kind(), platform = %event.channel.platform, %error, "an event cannot be taken in: it is not relayed");
    Box::new(move |tx| {
        let (event, outlook) = (event.clone(), outlook.clone());
        Box::pin(async move {
            let directory = tx
                .directory()
                .rooms_at(&event.channel, event.within.as_ref())
                .await?;
            let event = in_the_larger_place(&event, &directory);
            match directory.find(&event.channel) {
                Some(entry) => {
                    let community = entry.community.0.clone();
                    keep(tx, &event, (&community, &outlook), now).await
                }
                None => unkept::counted(tx, &event, &outlook, now).await,
            }
        })
    })
}

async fn keep(
    tx: &mut Tx,
    event: &Inbound,
    (community, outlook): (&str, &Outlook),
    now: Timestamp,
) -> Result<Accepted> {
    let event = &mut event.clone();
    if tx.events().first_time(community, event, now).await? {
        tx.events()
            .record_verdict(community, event, UNUSABLE)
            .await?;
        let body = serde_json::to_vec(event)?;
        let raw = raw(&event.channel, &event.key, (UNUSABLE, body));
        unkept::raw(tx, &raw, outlook, now).await?;
    }
    Ok(Accepted::dropped(UNUSABLE))
}

/// What was left out of a message's words, once, and with its message.
pub(super) async fn elided(
    tx: &mut Tx,
    event: &Inbound,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<()> {
    let Event::Posted(posted) = &event.event else {
        return Ok(());
    };
    if posted.elided.trim().is_empty() {
        return Ok(());
    }
    let key = EventKey(format!("{}:elided", event.key));
    let body = posted.elided.as_bytes().to_vec();
    let raw = raw(&event.channel, &key, ("elided-text", body));
    unkept::raw(tx, &raw, outlook, now).await.map(drop)
}

fn raw(channel: &ChannelRef, key: &EventKey, (reason, body): (&'static str, Vec<u8>)) -> RawEvent {
    RawEvent {
        platform: channel.platform.clone(),
        places: vec![channel.clone()],
        key: key.clone(),
        reason,
        body,
    }
}

/// What staff released, and we stumble over.
pub(super) fn released_instead(
    (released, outlook): (Arc<Released>, Outlook),
    error: &Error,
    now: Timestamp,
) -> Writing<Accepted> {
    tracing::error!(channel.ref = %released.channel, held.id = released.id, %error, "what was released cannot be taken in: kept raw, not relayed");
    Box::new(move |tx| {
        let (released, outlook) = (released.clone(), outlook.clone());
        Box::pin(async move {
            if let Some(event) = tx
                .held(&released.community)
                .take_released(&released.id)
                .await?
            {
                let key = EventKey(released.id.clone());
                let raw = raw(&released.channel, &key, (UNUSABLE, event.into_bytes()));
                unkept::raw(tx, &raw, &outlook, now).await?;
            }
            Ok(Accepted::dropped(UNUSABLE))
        })
    })
}
