//! What a platform says later of something that we posted.

use conversation::{Event, Inbound, Timestamp};
use store::{Entry, Result, Tx};

use crate::lane::dead_notice;

/// What was taken for sent and never arrived is a dead letter, which staff hears of as of any other.
pub(super) async fn tell(
    tx: &mut Tx,
    entry: &Entry,
    event: &Inbound,
    now: Timestamp,
) -> Result<()> {
    match &event.event {
        Event::Failed { message: part, why } => {
            let Some(target) = tx.target(entry, std::slice::from_ref(part)).await? else {
                return Ok(());
            };
            if tx.fail_later(entry, &target.id, part, why).await? {
                let notice = dead_notice(entry, now);
                tx.notify_once(&entry.community, &notice).await?;
            }
            Ok(())
        }
        Event::Confirmed { message: part } => {
            match tx.target(entry, std::slice::from_ref(part)).await? {
                Some(target) => tx.confirm(entry, &target.id).await,
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
