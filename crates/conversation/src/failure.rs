//! Errors named by what to do next, and the one function that chooses it.

use std::time::Duration;

use serde::Serialize;

use crate::{ChannelRef, Timestamp};

#[cfg(test)]
mod tests;

/// Why an adapter could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SendError {
    /// Nothing was sent: the platform, or our own count of its limits, says wait.
    #[error("the platform asks to wait {} s", wait.as_secs_f32())]
    RateLimited { wait: Duration },
    /// Nothing was sent, or the platform said plainly that it was not taken.
    #[error("the platform cannot be reached: {0}")]
    Unavailable(String),
    /// The platform takes others, and puts off this very message, or this reader.
    #[error("the platform puts the message off: {0}")]
    PutOff(String),
    /// It may be this reader's trouble or everybody's: whoever comes next tells.
    #[error("the platform does not take the message: {said}")]
    Unclear { said: String, is_final: bool },
    /// With its files it is larger than the platform takes: its words may go without them.
    #[error("the message is larger than the platform takes: {0}")]
    TooLarge(String),
    /// It may have arrived: a retry could post it twice.
    #[error("no answer after the message went out: {0}")]
    Uncertain(String),
    /// This message will never be taken; the author is told.
    #[error("the platform refused the message: {0}")]
    Refused(String),
    #[error("the channel is closed to us: {0}")]
    ChannelGone(String),
    #[error("the channel is now {0}")]
    ChannelMoved(ChannelRef),
    #[error("the account cannot be used: {0}")]
    Unauthorised(String),
    /// A part of the work is done and must not be done again.
    #[error("stopped half way: {cause}")]
    Interrupted {
        /// Handed back at the next attempt in `Post::progress`.
        progress: String,
        cause: Box<SendError>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NextStep {
    RetryAt(Timestamp),
    /// Look at that time whether it arrived, then go on from there.
    ReconcileAt(Timestamp),
    /// To the dead letters; the channel goes on.
    Dead,
    /// The channel is closed: its link rests until staff opens it again.
    SuspendLink,
    /// The channel has another id; send there at once.
    MoveTo(ChannelRef),
    /// The whole account is refused: its channels rest until staff acts.
    SuspendAccount,
}

impl SendError {
    /// What the adapter says of it, as far as it says anything.
    pub fn words(&self) -> String {
        match self {
            SendError::Unclear { said, .. } => said.clone(),
            SendError::Unavailable(words)
            | SendError::PutOff(words)
            | SendError::TooLarge(words)
            | SendError::Uncertain(words)
            | SendError::Refused(words)
            | SendError::ChannelGone(words)
            | SendError::Unauthorised(words) => words.clone(),
            SendError::Interrupted { cause, .. } => cause.words(),
            SendError::RateLimited { .. } | SendError::ChannelMoved(_) => self.to_string(),
        }
    }

    /// The same, with what the adapter says of it said otherwise.
    #[must_use]
    pub fn in_words(self, say: &dyn Fn(&str) -> String) -> SendError {
        match self {
            SendError::Unclear { said, is_final } => SendError::Unclear {
                said: say(&said),
                is_final,
            },
            SendError::Unavailable(words) => SendError::Unavailable(say(&words)),
            SendError::PutOff(words) => SendError::PutOff(say(&words)),
            SendError::TooLarge(words) => SendError::TooLarge(say(&words)),
            SendError::Uncertain(words) => SendError::Uncertain(say(&words)),
            SendError::Refused(words) => SendError::Refused(say(&words)),
            SendError::ChannelGone(words) => SendError::ChannelGone(say(&words)),
            SendError::Unauthorised(words) => SendError::Unauthorised(say(&words)),
            SendError::Interrupted { progress, cause } => SendError::Interrupted {
                progress,
                cause: Box::new(cause.in_words(say)),
            },
            other @ (SendError::RateLimited { .. } | SendError::ChannelMoved(_)) => other,
        }
    }

    /// The message may have arrived.
    pub fn is_doubt(&self) -> bool {
        match self {
            SendError::Uncertain(_) => true,
            SendError::Interrupted { cause, .. } => cause.is_doubt(),
            _ => false,
        }
    }
}

/// How patient we are with one channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// A delivery that could have been made for so long is dead.
    pub life: Duration,
    /// A single message whose own fate stays in doubt holds its channel back no longer than this.
    pub hold_back: Duration,
    /// The longest wait that we believe a platform.
    pub longest_wait: Duration,
}

/// The attempt that failed, and its surroundings.
#[derive(Debug, Clone, Copy)]
pub struct Attempt {
    /// 1 for the first; where a doubt is left, 1 for the first doubt.
    pub number: u32,
    /// Without the time in which nothing could be sent, for which neither the message nor its channel is to blame.
    pub age: Duration,
    pub now: Timestamp,
    /// From -1 to 1: moves the wait by up to a fifth, so that a crowd does not come back as one.
    pub jitter: f64,
}

/// The waits after each attempt; the last one repeats.
const BACKOFF: [Duration; 8] = [
    Duration::from_secs(1),
    Duration::from_secs(3),
    Duration::from_secs(10),
    Duration::from_secs(30),
    Duration::from_secs(2 * 60),
    Duration::from_secs(10 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(60 * 60),
];

/// How often a message may fail before others pass it by.
pub const MOST_FAILURES: u32 = 3;

pub fn after_failure(error: &SendError, attempt: &Attempt, policy: &RetryPolicy) -> NextStep {
    match error {
        SendError::Refused(_)
        | SendError::TooLarge(_)
        | SendError::Unclear { is_final: true, .. } => NextStep::Dead,
        SendError::ChannelGone(_) => NextStep::SuspendLink,
        SendError::ChannelMoved(to) => NextStep::MoveTo(to.clone()),
        SendError::Unauthorised(_) => NextStep::SuspendAccount,
        SendError::Interrupted { cause, .. } => after_failure(cause, attempt, policy),
        _ if attempt.age >= policy.life => NextStep::Dead,
        // Whether it is the message or its channel, whoever comes behind it finds out.
        SendError::Uncertain(_) => NextStep::ReconcileAt(next_look(attempt, policy)),
        SendError::RateLimited { wait } => {
            // Never before the platform's own time, however impatient our schedule.
            NextStep::RetryAt(attempt.now.plus((*wait).min(policy.longest_wait)))
        }
        SendError::Unavailable(_) | SendError::PutOff(_) | SendError::Unclear { .. } => {
            NextStep::RetryAt(attempt.now.plus(backoff(attempt)))
        }
    }
}

/// Each look may leave one copy more where nobody can be asked, so looks become rare as attempts do. One is made when the
/// message may hold its channel back no longer.
fn next_look(attempt: &Attempt, policy: &RetryPolicy) -> Timestamp {
    let wait = backoff(attempt);
    let left = policy.hold_back.saturating_sub(attempt.age);
    match left.is_zero() {
        true => attempt.now.plus(wait),
        false => attempt.now.plus(wait.min(left.max(BACKOFF[0]))),
    }
}

fn backoff(attempt: &Attempt) -> Duration {
    let nth = usize::try_from(attempt.number.saturating_sub(1)).unwrap_or(usize::MAX);
    let wait = BACKOFF[nth.min(BACKOFF.len() - 1)];
    wait.mul_f64(1.0 + 0.2 * attempt.jitter.clamp(-1.0, 1.0))
}
