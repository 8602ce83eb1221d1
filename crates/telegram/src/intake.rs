//! Handing in what was understood, and keeping raw what was not. Shared by polling and webhook.

use conversation::{EventKey, Inbound, Intake, IntakeError, RawEvent};
use futures::future::join_all;

use crate::id::PLATFORM;
use crate::inbound::{Bot, Normalised, content_hash};

/// The events of one update, in order, waiting together, so that one commit carries them all.
pub(crate) async fn offer(
    meaning: &Normalised,
    bot: &Bot,
    intake: &dyn Intake,
) -> Result<(), IntakeError> {
    match meaning {
        Normalised::Events(events) => accept_all(events, intake).await,
        Normalised::Ignored(reason) => {
            tracing::debug!(update.reason = reason, "ignored an update of Telegram");
            Ok(())
        }
        Normalised::Unreadable { reason, raw } => {
            set_aside(reason, raw.as_bytes(), bot, intake).await
        }
    }
}

async fn accept_all(events: &[Inbound], intake: &dyn Intake) -> Result<(), IntakeError> {
    let accepts = events.iter().map(|event| intake.accept(event.clone()));
    join_all(accepts).await.into_iter().collect()
}

pub(crate) async fn set_aside(
    reason: &'static str,
    body: &[u8],
    bot: &Bot,
    intake: &dyn Intake,
) -> Result<(), IntakeError> {
    let hash = content_hash(body);
    tracing::warn!(
        raw.hash = hash,
        raw.reason = reason,
        raw.size_bytes = body.len(),
        "kept an update of Telegram that cannot be understood"
    );
    let raw = RawEvent {
        platform: PLATFORM.into(),
        key: EventKey(format!("raw:{}:{hash}", bot.id)),
        reason,
        body: body.to_owned(),
    };
    intake.set_aside(raw).await
}
