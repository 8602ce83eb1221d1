//! An edit: where the platform changes a message, part by part; where it does not, in words beside it.

use conversation::{AuthorKind, Content, Operation};

use super::{
    DELETED_MEANWHILE, Next, Outcome, Sending,
    correct::is_said_beside,
    parts::{self, Change},
};
use crate::draft::Draft;

impl Sending<'_> {
    pub(super) async fn next_change(&self, draft: &mut Option<Draft>) -> Result<Next, Outcome> {
        let work = self.work;
        let is_beside = is_said_beside(work, &self.can(), self.now);
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
            return self.correct(draft).await;
        }
        let draft = self.drafted(draft).await?;
        Ok(self.next_edit(&draft.posts))
    }

    fn next_edit(&self, parts: &[Content]) -> Next {
        let work = self.work;
        let changes = parts::changes(parts, work);
        let post = |part: usize| self.post(parts[part].clone(), (part, parts.len()));
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
