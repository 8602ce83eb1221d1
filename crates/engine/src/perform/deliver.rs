//! One step of a delivery: one call of the adapter, or one call for each reader.

use super::{
    AdapterCall, DELETED_BEFORE_SENT, DELETED_MEANWHILE, Layout, Next, Outcome, Sending,
    hand_out::hand_out, unavailable,
};
use conversation::{
    Addressee, Markup, Operation, OperationKind, Outbound, Receipt, Reconciled, SendError, Support,
};
use store::SeenBy;

/// As people are told where a file is left out that its platform found too large.
const TOO_LARGE: &str = "larger than can be sent there";

impl Sending<'_> {
    /// After a doubt, the platform's own memory is asked first, where it has one. It does not say in which revision
    /// the message stands there: taken for the first, it is changed by the edits that wait behind.
    pub(super) async fn deliver(&self, call: &AdapterCall) -> Result<Outcome, SendError> {
        let Sending { by, work, .. } = *self;
        if work.attempt.in_doubt
            && let Reconciled::Found(receipt) = self.adapter.reconcile(&call.outbound).await?
        {
            // Whether it said the newest of several edits is not known either.
            let oldest = if call.is_correction {
                work.standing.revision + 1
            } else {
                0
            };
            return Ok(call.arrived(receipt, oldest.min(call.revision)));
        }
        if let Some(rule) = self.kept_back() {
            return Ok(Outcome::Needless(rule));
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
        let directory = by.store.directory();
        // What one person alone is told is handed out to nobody.
        let of_list = directory.by_id(&work.to.id);
        if let Some(entry) = of_list.filter(|_| work.own.seen_by == SeenBy::All) {
            let readers = by.readerships.of(entry).await;
            if let Some(readers) = readers.map_err(unavailable)? {
                return hand_out(*self, (entry, &readers), call).await;
            }
        }
        let receipt = self.send(call, None).await?;
        Ok(call.arrived(receipt, call.revision))
    }

    /// What is too large goes without its files, and says where they are.
    pub(super) async fn send(
        &self,
        call: &AdapterCall,
        to: Option<Addressee>,
    ) -> Result<Receipt, SendError> {
        let outbound = Outbound {
            to,
            ..call.outbound.clone()
        };
        match self.adapter.send(&outbound).await {
            Err(SendError::TooLarge(why)) => match self.smaller(&outbound).await {
                Some(smaller) => self.adapter.send(&smaller).await,
                None => Err(SendError::Refused(why)),
            },
            answer => answer,
        }
    }

    /// None without files, or where nothing would be left.
    pub(super) async fn smaller(&self, outbound: &Outbound) -> Option<Outbound> {
        let (Operation::Post(post) | Operation::Edit { post, .. }) = &outbound.operation else {
            return None;
        };
        if post.part.files.is_empty() {
            return None;
        }
        let mut to = self.can();
        // Nor a text that would go as a file.
        to.attachments.support = Support::None;
        let mut without = self.work.clone();
        if !without.brings.is_empty() {
            without.said.content.text = Markup::default();
        }
        let without = Sending {
            work: &without,
            ..*self
        };
        let layout = Layout::new(&without, to);
        let absent = layout.refused(&post.part.files, TOO_LARGE).await;
        let posts = layout.posts(absent).await.ok()?;
        match self.next_part(&posts) {
            Next::Send(call) => Some(Outbound {
                to: outbound.to.clone(),
                ..call.outbound
            }),
            _ => None,
        }
    }
}
