//! One step of a delivery: one call of the adapter, or one call for each reader.

use conversation::{
    Adapter, Addressee, Markup, Operation, OperationKind, Outbound, Receipt, Reconciled, SendError,
    Support, Timestamp,
};
use futures::future::join_all;
use store::Work;

use super::{DELETED_BEFORE_SENT, DELETED_MEANWHILE, Next, Outcome, Step};
use crate::Engine;

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
        if work.attempt.in_doubt
            && let Reconciled::Found(receipt) = adapter.reconcile(&step.outbound).await?
        {
            // Whether it said the newest of several edits is not known either.
            let oldest = if step.is_correction {
                work.standing.revision + 1
            } else {
                0
            };
            return Ok(step.arrived(receipt, oldest.min(revision)));
        }
        match work.operation {
            OperationKind::Post if work.said.deleted => {
                return Ok(Outcome::Needless(DELETED_BEFORE_SENT));
            }
            OperationKind::Edit if work.said.deleted => {
                return Ok(Outcome::Needless(DELETED_MEANWHILE));
            }
            _ => {}
        }
        let directory = self.store.directory();
        if let Some(entry) = directory.by_id(&work.to.id) {
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
        let mut to = adapter.capabilities(&work.to.channel);
        // Nor a text that would go as a file.
        to.attachments.support = Support::None;
        let bringing = self.bringing(work, &to, now);
        let files = post.part.files.iter().map(|it| &it.attachment);
        let absent = files.map(|it| self.files.refused(it, TOO_LARGE, &bringing));
        let mut without = work.clone();
        if !work.brings.is_empty() {
            without.said.content.text = Markup::default();
        }
        let attachments = join_all(absent).await;
        let posts = self.shown(&without, attachments, &bringing).await.ok()?;
        match self.next_part(work, &posts) {
            Next::Send(step) => Some(Outbound {
                to: outbound.to.clone(),
                ..step.outbound
            }),
            _ => None,
        }
    }
}
