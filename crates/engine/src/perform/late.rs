//! What waits for one reader alone, made as it is said now.

use std::panic::AssertUnwindSafe;

use conversation::{Adapter, OperationKind, Receipt, Reply, SendError, Timestamp};
use futures::FutureExt;
use store::{Became, LateWork, Work};

use super::{Dispatcher, Next, Outcome, Sending, became::Before};
use crate::{
    conclude::NEWER,
    readers::{Member, Readership},
};

/// Why a reader waits for a file that follows what they have.
const NO_FILE: &str = "the file cannot be had";

impl Dispatcher {
    /// None if there is nothing to say any more. An error is everybody's.
    pub(crate) async fn perform_late(
        &self,
        late: &LateWork,
        (adapter, readers, reader): (&dyn Adapter, &Readership, &Member),
        now: Timestamp,
    ) -> Option<Result<Became, SendError>> {
        let platform = &late.work.to.channel.platform;
        let life = self.retries.policy(platform).life;
        if self.retries.age(platform, late.work.created_at, now) >= life {
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
        Some(before.became(&self.retries, &late.work, answer, now))
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
        loop {
            let sending = Sending {
                by: self,
                adapter,
                work: &work,
                now,
            };
            let left_out = match sending.outbound(&mut None).await {
                Ok(Next::Send(call)) => {
                    return Some(sending.send(&call, Some(reader.to.clone())).await);
                }
                Ok(Next::Needless(_) | Next::Complete) => return None,
                Err(Outcome::GoesWithout(left_out)) => left_out,
                Err(Outcome::Failed(error)) => return Some(Err(error)),
                Err(_) => return Some(Err(SendError::PutOff(NO_FILE.to_owned()))),
            };
            // Each look may miss another one.
            work.without.left_out.extend(left_out);
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
