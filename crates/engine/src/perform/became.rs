//! From an adapter's answer to what became of a post for one reader.

use conversation::{Attempt, NextStep, Receipt, SendError, Timestamp, after_failure};
use store::{Became, Work};

use crate::retries::Retries;

/// So often it may stay open whether a reader has it, for each attempt may leave a copy; then it is left at that.
pub(super) const MOST_DOUBTS: u32 = 5;
/// Where others are reached meanwhile, once more is enough.
const MOST_DOUBTS_ALONE: u32 = 2;
/// As after so many attempts is waited before a doubt is looked into: whatever it was may be over then.
const DOUBT_WAITS_AS_AFTER: u32 = 5;

/// What went before an attempt for one reader.
#[derive(Debug, Clone, Copy)]
pub(super) struct Before {
    /// How often it stayed open whether it arrived.
    pub(super) doubts: u32,
    /// This one included.
    pub(super) attempts: u32,
    /// Others were reached meanwhile, so a doubt is this reader's own.
    pub(super) is_alone: bool,
}

impl Before {
    /// Beside others who are reached.
    pub(super) fn first() -> Before {
        Before {
            doubts: 0,
            attempts: 1,
            is_alone: true,
        }
    }

    /// An error is everybody's.
    pub(super) fn became(
        self,
        retries: &Retries,
        work: &Work,
        answer: Result<Receipt, SendError>,
        now: Timestamp,
    ) -> Result<Became, SendError> {
        let error = match answer {
            Ok(_) => return Ok(Became::Reached),
            Err(
                SendError::Refused(said)
                | SendError::TooLarge(said)
                | SendError::Unclear {
                    said,
                    is_final: true,
                },
            ) => return Ok(Became::Refused { said }),
            Err(
                error
                @ (SendError::PutOff(_) | SendError::Uncertain(_) | SendError::Unclear { .. }),
            ) => error,
            Err(error) => return Err(error),
        };
        let platform = &work.to.channel.platform;
        let attempt = Attempt {
            number: match error.is_doubt() {
                true => self.attempts.max(DOUBT_WAITS_AS_AFTER),
                false => self.attempts,
            },
            age: retries.age(platform, work.created_at, now),
            now,
            jitter: 0.0,
        };
        let in_doubt = error.is_doubt();
        let most = match self.is_alone {
            true => MOST_DOUBTS_ALONE,
            false => MOST_DOUBTS,
        };
        let said = error.words();
        if in_doubt && self.doubts + 1 >= most {
            let said = format!("nobody knows whether it arrived: {said}");
            return Ok(Became::Refused { said });
        }
        Ok(
            match after_failure(&error, &attempt, &retries.policy(platform)) {
                NextStep::RetryAt(until) | NextStep::ReconcileAt(until) => Became::Waits {
                    said,
                    until,
                    in_doubt,
                },
                _ => Became::Refused { said },
            },
        )
    }
}
