//! What is handed in, together and until it is taken.

use calls::Backoff;
use conversation::{ChannelRef, EventKey, Inbound, Intake, IntakeError, RawEvent, Timestamp};

use crate::id::PLATFORM;
use crate::inbound::{Dispatch, Normalised};

/// What is handed in.
#[derive(Debug)]
pub(crate) enum Offer {
    Events(Vec<Inbound>),
    Raw(RawEvent),
}

pub(super) fn offer(meaning: Normalised, dispatch: &Dispatch<'_>) -> Option<Offer> {
    match meaning {
        Normalised::Events(events) => Some(Offer::Events(events)),
        Normalised::Unreadable(reason) => Some(Offer::Raw(raw(reason, dispatch))),
        Normalised::Ignored(reason) => {
            tracing::debug!(
                dispatch.kind = dispatch.kind,
                dispatch.reason = reason,
                "ignored a dispatch of Discord"
            );
            None
        }
        Normalised::Unknown(_) => Some(Offer::Raw(raw("channel-not-told", dispatch))),
    }
}

pub(crate) fn raw(reason: &'static str, dispatch: &Dispatch<'_>) -> RawEvent {
    tracing::warn!(
        raw.kind = dispatch.kind,
        raw.reason = reason,
        raw.size_bytes = dispatch.data.len(),
        "kept a dispatch of Discord that cannot be understood"
    );
    RawEvent {
        platform: PLATFORM.into(),
        key: EventKey(format!("raw/{}", dispatch.name)),
        reason,
        body: dispatch.data.as_bytes().to_owned(),
    }
}

/// Together, so that one commit carries them all; again and again until all were taken.
pub(crate) async fn hand_in(offers: &[Offer], intake: &dyn Intake) {
    let mut backoff = Backoff::default();
    while let Err(error) = give(offers, intake).await {
        tracing::warn!(%error, "Discord's events wait until they can be taken in");
        tokio::time::sleep(backoff.next()).await;
    }
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
pub(super) async fn note(intake: &dyn Intake, channel: &ChannelRef, since: Option<Timestamp>) {
    let mut backoff = Backoff::default();
    while let Err(error) = intake.note_unheard(channel, since).await {
        tracing::warn!(%error, "what was not heard on Discord cannot be noted now");
        tokio::time::sleep(backoff.next()).await;
    }
}
