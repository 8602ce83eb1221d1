//! What waits for one reader alone, made as it is said now.

use std::panic::AssertUnwindSafe;

use conversation::{Adapter, OperationKind, Receipt, Reply, SendError, Timestamp};
use futures::FutureExt;
use store::{Became, LateWork, Work};

use super::{Next, Outcome, Step, became::Before};
use crate::{
    Engine,
    conclude::NEWER,
    readers::{Member, Readership},
};

impl Engine {
    /// None if there is nothing to say any more. An error is everybody's.
    pub(crate) async fn perform_late(
        &self,
        late: &LateWork,
        (adapter, readers, reader): (&dyn Adapter, &Readership, &Member),
        now: Timestamp,
    ) -> Option<Result<Became, SendError>> {
        let platform = &late.work.to.channel.platform;
        let life = self.retry_policy(platform).life;
        if self.pauses().age(platform, late.work.created_at, now) >= life {
            let hours = life.as_secs() / 3600;
            let said = late.said.as_deref().unwrap_or("no answer");
            let said = format!("it was tried for {hours} hours: {said}");
            return Some(Ok(Became::Refused { said }));
        }
        let attempt = AssertUnwindSafe(self.attempt_late(late, (adapter, reader), now));
        let answer = match attempt.catch_unwind().await {
            Ok(answer) => answer?,
            Err(_) => Err(SendError::Uncertain(
                "sending it failed in an unexpected way".into(),
            )),
        };
        let before = Before {
            doubts: late.doubts,
            attempts: late.attempts,
            is_alone: readers.has_taken_since(late.said_at),
        };
        Some(self.became(&late.work, answer, before, now))
    }

    async fn attempt_late(
        &self,
        late: &LateWork,
        (adapter, reader): (&dyn Adapter, &Member),
        now: Timestamp,
    ) -> Option<Result<Receipt, SendError>> {
        let mut work = as_said_late(&late.work);
        if self.put_into_words(&mut work).is_err() {
            return Some(Err(SendError::Refused(NEWER.to_owned())));
        }
        self.introduce(&mut work, now).await;
        match self.step_late(&mut work, adapter, now).await {
            Err(error) => Some(Err(error)),
            Ok(None) => None,
            Ok(Some(step)) => {
                let to = Some(reader.to.clone());
                Some(self.send(&work, adapter, (&step, to), now).await)
            }
        }
    }

    async fn step_late(
        &self,
        work: &mut Work,
        adapter: &dyn Adapter,
        now: Timestamp,
    ) -> Result<Option<Step>, SendError> {
        match self.outbound(work, adapter, &mut None, now).await {
            Ok(Next::Send(step)) => Ok(Some(*step)),
            Ok(Next::Needless(_) | Next::Complete) => Ok(None),
            Err(Outcome::GoesWithout(files)) => {
                work.without.left_out.extend(files);
                let next = self.outbound(work, adapter, &mut None, now).await;
                Ok(match next {
                    Ok(Next::Send(step)) => Some(*step),
                    _ => None,
                })
            }
            Err(Outcome::Failed(error)) => Err(error),
            Err(_) => Ok(None),
        }
    }
}

/// What was corrected meanwhile is said in full: what stands before this reader, nobody knows.
fn as_said_late(work: &Work) -> Work {
    let is_correction = work.operation == OperationKind::Edit && work.brings.is_empty();
    if !is_correction {
        return work.clone();
    }
    let corrected = work.standing.parts.concat().into_iter().next();
    let mut post = work.as_post(work.said.content.clone());
    post.context.reply = corrected.map(|to| Reply {
        to,
        ancestors: Vec::new(),
    });
    post
}
