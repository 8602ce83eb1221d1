//! One step of a delivery: one call of the adapter, or one call for each reader.

use conversation::{
    Adapter, Addressee, Content, Markup, Operation, OperationKind, Outbound, Receipt, Reconciled,
    SendError, Timestamp,
};
use store::Work;

use super::{DELETED_BEFORE_SENT, DELETED_MEANWHILE, Next, Outcome, Step};
use crate::{
    Engine,
    files::{Bringing, soon},
};

/// As people are told where a file is left out that its platform found too large.
const TOO_LARGE: &str = "larger than can be sent there";

impl Engine {
    /// After a doubt, the platform's own memory is asked first, where it has one. It does not say in which revision
    /// the message stands there: taken for the first, it is changed by the edits that wait behind.
    pub(super) async fn deliver(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        (step, revision): (&Step, u32),
        now: Timestamp,
    ) -> Result<Outcome, SendError> {
        if work.in_doubt
            && let Reconciled::Found(receipt) = adapter.reconcile(&step.outbound).await?
        {
            // Whether it said the newest of several edits is not known either.
            let oldest = if step.is_correction {
                work.standing_revision + 1
            } else {
                0
            };
            return Ok(step.arrived(receipt, oldest.min(revision)));
        }
        match work.operation {
            OperationKind::Post if work.deleted => {
                return Ok(Outcome::Needless(DELETED_BEFORE_SENT));
            }
            OperationKind::Edit if work.deleted => return Ok(Outcome::Needless(DELETED_MEANWHILE)),
            _ => {}
        }
        let directory = self.store.directory();
        if let Some(entry) = directory.by_id(&work.channel_id) {
            let readers = self.readership(entry, adapter).await;
            let readers = readers.map_err(|error| SendError::Unavailable(error.to_string()))?;
            if let Some(readers) = readers {
                let whom = (adapter, entry, readers.as_ref());
                return self.hand_out(work, whom, (step, revision), now).await;
            }
        }
        let receipt = self.send(work, adapter, (step, None), now).await?;
        Ok(step.arrived(receipt, revision))
    }

    /// What is too large goes without its files, and says where they are.
    pub(super) async fn send(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        (step, to): (&Step, Option<Addressee>),
        now: Timestamp,
    ) -> Result<Receipt, SendError> {
        let outbound = Outbound {
            to,
            ..step.outbound.clone()
        };
        match adapter.send(&outbound).await {
            Err(SendError::TooLarge(why)) => {
                match self.smaller(work, adapter, &outbound, now).await {
                    Some(smaller) => adapter.send(&smaller).await,
                    None => Err(SendError::Refused(why)),
                }
            }
            answer => answer,
        }
    }

    /// None without files, or where nothing would be left.
    pub(super) async fn smaller(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        outbound: &Outbound,
        now: Timestamp,
    ) -> Option<Outbound> {
        let (Operation::Post(post) | Operation::Edit { post, .. }) = &outbound.operation else {
            return None;
        };
        if post.part.files.is_empty() {
            return None;
        }
        let to = adapter.capabilities(&work.channel);
        let bringing = Bringing {
            adapters: &self.adapters,
            to: &to,
            home: &work.home.platform,
            until: soon(),
            now,
        };
        let mut attachments = Vec::new();
        for file in &post.part.files {
            attachments.push(
                self.files
                    .elsewhere(&file.attachment, TOO_LARGE, &bringing)
                    .await,
            );
        }
        let text = match work.brings.is_empty() {
            true => work.content.text.clone(),
            false => Markup::default(),
        };
        let posts = self.shown(work, Content { text, attachments }, &to, now);
        match self.next_part(work, &posts) {
            Next::Send(step) => Some(Outbound {
                to: outbound.to.clone(),
                ..step.outbound
            }),
            _ => None,
        }
    }
}
