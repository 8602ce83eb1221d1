//! Facts, plan and record in one transaction, as the engine does it, for chats.

use conversation::{Event, Facts, Inbound, Policy, Timestamp, Verdict, arbitrary::chat, plan};
use store::{Entry, Recorded, Result, Tx};

pub(super) async fn take_in(
    tx: &mut Tx,
    (event, entry): (&Inbound, &Entry),
    mut facts: Facts,
    now: Timestamp,
) -> Result<(Verdict, Recorded)> {
    let event = &mut event.clone();
    facts.repeat = !tx
        .events()
        .first_time(&entry.community.0, event, now)
        .await?;
    if !facts.repeat {
        let changed = match &event.event {
            Event::Edited { message, .. } => vec![message.clone()],
            Event::Deleted { messages } => messages.clone(),
            Event::Reacted(change) => vec![change.message.clone()],
            _ => Vec::new(),
        };
        facts.target = match &event.event {
            Event::Posted(posted) => {
                facts.own_copy = tx.messages(entry).is_copy(&posted.messages).await?;
                tx.messages(entry).answered(posted).await?
            }
            _ => tx.messages(entry).target(&changed).await?,
        };
    }
    let policy = Policy {
        capabilities: &|_| chat(),
        storm: Default::default(),
    };
    let plan = plan(&facts, event, &policy);
    let recorded = tx
        .messages(entry)
        .record(event, facts.target.as_ref(), &plan, now)
        .await?;
    Ok((plan.verdict, recorded))
}
