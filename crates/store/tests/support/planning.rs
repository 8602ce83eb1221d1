//! Facts, plan and record in one transaction, as the engine does it, for platforms that can do everything.

use conversation::{
    AttachmentLimits, Capabilities, DirectMessages, Distribution, EditLimits, Event, Facts,
    Inbound, Policy, Support, TextLimit, TextUnit, Timestamp, Verdict, plan,
};
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
        capabilities: &|_| capabilities(),
        storm: Default::default(),
    };
    let plan = plan(&facts, event, &policy);
    let recorded = tx
        .messages(entry)
        .record(event, facts.target.as_ref(), &plan, now)
        .await?;
    Ok((plan.verdict, recorded))
}

fn capabilities() -> Capabilities {
    let text = TextLimit {
        max: 4096,
        unit: TextUnit::Chars,
    };
    Capabilities {
        label: "Chat",
        text,
        caption: text,
        attachments: AttachmentLimits {
            support: Support::Native,
            max_upload: 1 << 20,
            max_download: 1 << 20,
            per_post: 10,
        },
        markup: Support::Native,
        replies: Support::Native,
        threads: Support::Native,
        subjects: Support::Fallback,
        edits: EditLimits {
            support: Support::Native,
            within: None,
        },
        deletes: Support::Native,
        deletes_seen: Support::Native,
        reactions: Support::Native,
        reactions_seen: Support::Native,
        author_name: Support::Native,
        author_picture: Support::Native,
        buttons: 0,
        direct_messages: DirectMessages::AnyTime,
        history: Support::Native,
        idempotency_key: Support::Native,
        distribution: Distribution::ByPlatform,
    }
}
