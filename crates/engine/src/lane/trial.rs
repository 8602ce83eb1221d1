//! Is it the message, or its channel? A message that stays in doubt lets the next one pass: if that goes through, the first
//! is faulty and is given up; if not, the channel fails for all, and nobody is blamed.

use conversation::{DeliveryId, SendError, Timestamp};
use store::Work;

use crate::perform::Outcome;

#[derive(Debug, Default)]
pub(super) struct Trial {
    /// Others went through where it did not.
    faulty: Option<DeliveryId>,
    /// The channel failed for all: nobody else is tried before the first is.
    rests_until: Timestamp,
}

/// What an attempt says of the channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Channel {
    TakesMessages,
    Fails,
    Unknown,
}

impl Trial {
    pub(super) fn faulty(&self) -> Option<DeliveryId> {
        self.faulty.clone()
    }

    pub(super) fn is_lost_by(&self, work: &Work) -> bool {
        self.faulty.as_ref() == Some(&work.delivery)
    }

    pub(super) fn rests(&self, now: Timestamp) -> Option<Timestamp> {
        (now < self.rests_until).then_some(self.rests_until)
    }

    pub(super) fn learn(&mut self, work: &Work, outcome: &Outcome) {
        if self.is_lost_by(work) {
            self.faulty = None;
        }
        match (of_channel(outcome), &work.passes_by) {
            (Channel::TakesMessages, passed) => {
                self.rests_until = Timestamp(0);
                self.faulty = passed.as_ref().map(|it| it.delivery.clone());
            }
            (Channel::Fails, Some(passed)) => self.rests_until = passed.due,
            (Channel::Fails, None) | (Channel::Unknown, _) => {}
        }
    }
}

fn of_channel(outcome: &Outcome) -> Channel {
    match outcome {
        Outcome::Arrived { .. } | Outcome::Complete => Channel::TakesMessages,
        Outcome::Failed(error) => of_channel_by(error),
        Outcome::Needless(_)
        | Outcome::GoesWithout(_)
        | Outcome::Panicked
        | Outcome::Deadly
        | Outcome::Faulty
        | Outcome::Closed => Channel::Unknown,
    }
}

fn of_channel_by(error: &SendError) -> Channel {
    match error {
        // A plain no is an answer.
        SendError::Refused(_) | SendError::PutOff(_) => Channel::TakesMessages,
        SendError::Unavailable(_) | SendError::Uncertain(_) => Channel::Fails,
        SendError::Interrupted { cause, .. } => of_channel_by(cause),
        SendError::RateLimited { .. }
        | SendError::ChannelGone(_)
        | SendError::ChannelMoved(_)
        | SendError::Unauthorised(_) => Channel::Unknown,
    }
}
