//! What a platform says later of something that we posted.

use conversation::{Event, Inbound, Timestamp};
use store::{Entry, Result, Tx};

use crate::notices::dead_notice;

/// What was taken for sent and never arrived is a dead letter, which staff hears of as of any other.
pub(super) async fn tell(
    tx: &mut Tx,
    entry: &Entry,
    event: &Inbound,
    now: Timestamp,
) -> Result<()> {
    match &event.event {
        Event::Failed { message: part, why } => {
            let Some(target) = tx
                .messages(entry)
                .target(std::slice::from_ref(part))
                .await?
            else {
                return Ok(());
            };
            if tx.outbox(entry).fail_later(&target.id, part, why).await? {
                let notice = dead_notice(entry, now);
                tx.notices(&entry.community).tell_once(&notice).await?;
            }
            Ok(())
        }
        Event::Confirmed { message: part } => {
            match tx
                .messages(entry)
                .target(std::slice::from_ref(part))
                .await?
            {
                Some(target) => tx.outbox(entry).confirm(&target.id).await,
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
