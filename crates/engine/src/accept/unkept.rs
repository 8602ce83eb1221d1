//! Where no word is kept: of channels in no room, and of what is said to the bot alone.
//!
//! **Invariant:** whatever comes from there, understood or not, leaves its kind, its channel, its time and a count; and of
//! whoever speaks to the bot alone not even the channel, unless a community knows them (`private.rs`).

use conversation::{ChannelRef, Event, Inbound, RawEvent, Timestamp, days_kept};
use store::{Result, Tx, Unkept};

use super::{accepted::Accepted, outlook::Outlook};
use crate::requests::Stray;

pub(super) const UNKNOWN_CHANNEL: &str = "unknown-channel";

/// And nothing else of it stays.
pub(super) async fn counted(
    tx: &mut Tx,
    event: &Inbound,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Accepted> {
    let of = (&event.channel.platform, &event.key);
    let mut accepted = Accepted::dropped(UNKNOWN_CHANNEL);
    if matches!(event.event, Event::Closed { .. }) {
        // Nobody can link it any more.
        tx.events().forget_unkept(&event.channel).await?;
    } else if tx.events().first_stopped(of, UNKNOWN_CHANNEL, now).await? {
        count(tx, (&event.channel, event.event.kind()), outlook, now).await?;
        accepted.stray = Stray::of(event, &outlook.adapters.describe(&event.channel));
        accepted.is_unanswered = accepted.stray.is_none();
    }
    Ok(accepted)
}

/// Its id, if it is kept: raw, for as long as its reason says.
pub(crate) async fn raw(
    tx: &mut Tx,
    raw: &RawEvent,
    outlook: &Outlook,
    now: Timestamp,
) -> Result<Option<String>> {
    let mut is_elsewhere = !raw.places.is_empty();
    for place in &raw.places {
        is_elsewhere &= !is_linked(tx, place).await?;
    }
    if !is_elsewhere && days_kept(raw.reason) > 0 {
        return tx.events().set_aside(raw, now).await.map(Some);
    }
    if let Some(channel) = raw.places.first() {
        count(tx, (channel, raw.reason), outlook, now).await?;
    }
    Ok(None)
}

pub(super) async fn count(
    tx: &mut Tx,
    (channel, kind): (&ChannelRef, &'static str),
    outlook: &Outlook,
    now: Timestamp,
) -> Result<()> {
    let known = outlook.adapters.describe(channel);
    let channel = known.linked_as.as_ref().unwrap_or(channel);
    let what = Unkept {
        platform: &channel.platform,
        channel: Some(channel).filter(|_| !known.is_direct),
        name: known.name.filter(|_| !known.is_direct),
        kind,
    };
    let is_first = tx.events().count_unkept(&what, now).await?;
    if is_first && !known.is_direct && !is_linked(tx, channel).await? {
        tracing::info!(channel.ref = %channel, kind, "heard from a channel in no room: not relayed, and not kept; `causeway room heard` lists such channels, `causeway room link` links one");
    }
    Ok(())
}

async fn is_linked(tx: &mut Tx, channel: &ChannelRef) -> Result<bool> {
    Ok(tx
        .directory()
        .rooms_at(channel, None)
        .await?
        .is_linked(channel))
}
