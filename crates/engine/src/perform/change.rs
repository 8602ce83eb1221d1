//! An edit: where the platform changes a message, part by part; where it does not, in words beside it.

use conversation::{Adapter, AuthorKind, Content, Operation, Timestamp};
use store::Work;

use super::{
    DELETED_MEANWHILE, Next, Outcome,
    correct::is_said_beside,
    parts::{self, Change},
};
use crate::{Engine, draft::Draft};

impl Engine {
    pub(super) async fn next_change(
        &self,
        work: &Work,
        adapter: &dyn Adapter,
        draft: &mut Option<Draft>,
        now: Timestamp,
    ) -> Result<Next, Outcome> {
        let is_beside = is_said_beside(work, &adapter.capabilities(&work.to.channel), now);
        // What may stand there must be found, so that the delete behind can take it back.
        if work.said.deleted && !work.attempt.in_doubt {
            return Ok(Next::Needless(DELETED_MEANWHILE));
        }
        if work.standing.revision >= work.said.revision {
            return Ok(Next::Needless("already-current"));
        }
        if is_beside && work.said.author.kind == AuthorKind::Ourselves {
            // What it says by now is no correction that anybody would miss.
            return Ok(Next::Needless("edits-unsupported"));
        }
        if is_beside {
            return self.correct(work, adapter, draft, now).await;
        }
        let draft = self.drafted(work, adapter, draft, now).await?;
        Ok(self.next_edit(work, &draft.posts))
    }

    fn next_edit(&self, work: &Work, parts: &[Content]) -> Next {
        let changes = parts::changes(parts, work);
        let post = |part: usize| self.post(work, parts[part].clone(), (part, parts.len()));
        let targets = |at: usize| work.standing.parts[at].clone();
        let operation = match changes.get(work.sent.parts.len()) {
            Some(Change::Edit { part, at }) => Operation::Edit {
                targets: targets(*at),
                post: post(*part),
            },
            Some(Change::Post(part)) => Operation::Post(post(*part)),
            Some(Change::Delete(at)) => Operation::Delete {
                targets: targets(*at),
            },
            None => return Next::Needless("nothing-to-say"),
        };
        Next::send(work, operation, changes.len())
    }
}
