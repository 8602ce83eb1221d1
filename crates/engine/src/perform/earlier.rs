//! What may stand there in words that its author changed since: some platforms know a message by its words alone.

use conversation::Reconciled;

use super::{Next, Outcome, Sending};

impl Sending<'_> {
    /// Taken for the first revision, as whatever is found: the edits that wait behind it change it.
    pub(super) async fn arrived_before_its_edit(&self) -> Result<Option<Outcome>, Outcome> {
        for content in &self.work.said.earlier {
            let mut before = self.work.clone();
            before.said.content = content.clone();
            let before = Sending {
                work: &before,
                ..*self
            };
            let Next::Send(call) = before.next_part(&before.posts().await?) else {
                continue;
            };
            if let Reconciled::Found(receipt) = self.adapter.reconcile(&call.outbound).await? {
                return Ok(Some(call.arrived(receipt, 0)));
            }
        }
        Ok(None)
    }
}
