//! Handing in what was understood, and keeping raw what was not. Shared by polling and webhook.

use calls::hash;
use conversation::{EventKey, Intake, IntakeError, RawEvent};

use crate::id::PLATFORM;
use crate::inbound::{Bot, Normalised, places};

/// The events of one update, together, so that one commit carries them all.
pub(crate) async fn offer(
    meaning: &Normalised,
    bot: &Bot,
    intake: &dyn Intake,
) -> Result<(), IntakeError> {
    match meaning {
        Normalised::Events(events) => intake.accept(events.clone()).await,
        Normalised::Ignored(reason) => {
            tracing::debug!(update.reason = reason, "ignored an update of Telegram");
            Ok(())
        }
        Normalised::Unreadable { reason, raw } => {
            set_aside(reason, raw.as_bytes(), bot, intake).await
        }
    }
}

pub(crate) async fn set_aside(
    reason: &'static str,
    body: &[u8],
    bot: &Bot,
    intake: &dyn Intake,
) -> Result<(), IntakeError> {
    let raw = RawEvent {
        platform: PLATFORM.into(),
        places: places(body),
        key: EventKey(format!("raw:{}:{}", bot.id, hash(body))),
        reason,
        body: body.to_owned(),
    };
    calls::set_aside(raw, intake).await
}
