//! What is handed in, together and until it is taken.

use calls::insist;
use conversation::{ChannelRef, EventKey, Inbound, Intake, IntakeError, RawEvent, Timestamp};

use serde_json::Value;

use crate::id::{PLATFORM, Snowflake};
use crate::inbound::{Dispatch, Normalised};
use crate::known::{Known, KnownChannel};

/// What is handed in.
#[derive(Debug)]
pub(crate) enum Offer {
    Events(Vec<Inbound>),
    Raw(RawEvent),
}

pub(crate) fn offer(meaning: Normalised, dispatch: &Dispatch<'_>, known: &Known) -> Option<Offer> {
    match meaning {
        Normalised::Events(events) => Some(Offer::Events(events)),
        Normalised::Unreadable(reason) => Some(Offer::Raw(raw(reason, dispatch, known))),
        Normalised::Ignored(reason) => {
            tracing::debug!(
                dispatch.kind = dispatch.kind,
                dispatch.reason = reason,
                "ignored a dispatch of Discord"
            );
            None
        }
        Normalised::Unknown(_) => Some(Offer::Raw(raw("channel-not-told", dispatch, known))),
    }
}

pub(crate) fn raw(reason: &'static str, dispatch: &Dispatch<'_>, known: &Known) -> RawEvent {
    tracing::warn!(
        raw.kind = dispatch.kind,
        raw.reason = reason,
        raw.size_bytes = dispatch.data.len(),
        "a dispatch of Discord cannot be understood"
    );
    RawEvent {
        platform: PLATFORM.into(),
        places: places(dispatch, known),
        key: EventKey(format!("raw/{}", dispatch.name)),
        reason,
        body: dispatch.data.as_bytes().to_owned(),
    }
}

/// Where it happened, as far as that can be told: the channel or thread, and what that stands for.
fn places(dispatch: &Dispatch<'_>, known: &Known) -> Vec<ChannelRef> {
    let told: Value = serde_json::from_str(dispatch.data).unwrap_or_default();
    let is_itself = dispatch.kind.starts_with("CHANNEL_") || dispatch.kind.starts_with("THREAD_");
    let name = if is_itself { "id" } else { "channel_id" };
    let Some(channel) = told[name].as_str().and_then(Snowflake::parse) else {
        return Vec::new();
    };
    let larger = known.place(channel).and_then(KnownChannel::stands_for);
    std::iter::once(channel)
        .chain(larger)
        .map(Snowflake::channel)
        .collect()
}

/// Together, so that one commit carries them all; again and again until all were taken.
pub(crate) async fn hand_in(offers: &[Offer], intake: &dyn Intake) {
    let meanwhile = "Discord's events wait until they can be taken in";
    insist(meanwhile, || give(offers, intake)).await;
}

async fn give(offers: &[Offer], intake: &dyn Intake) -> Result<(), IntakeError> {
    let mut events = Vec::new();
    for offer in offers {
        match offer {
            Offer::Raw(raw) => intake.set_aside(raw.clone()).await?,
            Offer::Events(some) => events.extend(some.iter().cloned()),
        }
    }
    match events.is_empty() {
        true => Ok(()),
        false => intake.accept(events).await,
    }
}

/// Again and again until it is on disk.
pub(crate) async fn note(intake: &dyn Intake, channel: &ChannelRef, since: Option<Timestamp>) {
    let meanwhile = "what was not heard on Discord cannot be noted now";
    insist(meanwhile, || intake.note_unheard(channel, since)).await;
}
