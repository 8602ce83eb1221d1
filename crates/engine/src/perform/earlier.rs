//! What may stand there in words that its author changed since: some platforms know a message by its words alone.

use conversation::{Adapter, Reconciled, Timestamp};
use store::Work;

use super::{Next, Outcome};
use crate::Engine;

impl Engine {
    /// Taken for the first revision, as whatever is found: the edits that wait behind it change it.
    pub(super) async fn arrived_before_its_edit(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        now: Timestamp,
    ) -> Result<Option<Outcome>, Outcome> {
        for content in &work.said.earlier {
            let mut before = work.clone();
            before.said.content = content.clone();
            let posts = self.posts(&before, adapter, now).await?;
            let Next::Send(step) = self.next_part(&before, &posts) else {
                continue;
            };
            if let Reconciled::Found(receipt) = adapter.reconcile(&step.outbound).await? {
                return Ok(Some(Outcome::Arrived {
                    receipt,
                    files: step.files,
                    of: step.of,
                    revision: 0,
                    is_correction: false,
                }));
            }
        }
        Ok(None)
    }
}
