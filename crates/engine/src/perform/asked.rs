//! What answers one person alone.
//!
//! **Invariant:** an answer that the platform takes no longer is given up in silence: who asked long ago asks again, staff has
//! nothing to mend, and nobody else sees it instead.

use conversation::{DirectMessages, SendError, Timestamp};
use store::SeenBy;

use super::{Outcome, Sending};

pub(super) use conversation::REQUEST_EXPIRED;

pub(super) fn has_ended(seen_by: &SeenBy, now: Timestamp) -> bool {
    match seen_by {
        SeenBy::All => false,
        SeenBy::Asker(way_back) => way_back.until <= now,
        SeenBy::Nobody => true,
    }
}

/// What may be otherwise in a moment is tried again; nothing else is, for it speaks of the way alone.
pub(super) fn unanswered(error: SendError) -> Outcome {
    match error {
        SendError::RateLimited { .. }
        | SendError::Unavailable(_)
        | SendError::PutOff(_)
        | SendError::Uncertain(_)
        | SendError::Interrupted { .. } => Outcome::Failed(error),
        _ => Outcome::Needless(REQUEST_EXPIRED),
    }
}

impl Sending<'_> {
    /// It waits for its person, unless it may have gone already.
    pub(super) async fn is_shut(&self) -> bool {
        let (work, can) = (self.work, self.can());
        if work.attempt.in_doubt || !matches!(can.direct_messages, DirectMessages::WithinHours(_)) {
            return false;
        }
        let entry = self.by.store.channel(&work.to.id).await;
        entry.is_ok_and(|it| it.is_some_and(|it| it.channel.is_shut(&can, self.now)))
    }
}
