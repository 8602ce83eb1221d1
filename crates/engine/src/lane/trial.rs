//! Is it the message, or its channel? A message that fails again and again lets the next one pass. If that goes through, the
//! first is tried once more at once, and given up if it fails even then; if not, the channel fails for all, and nobody is
//! blamed.

use std::time::Duration;

use conversation::{DeliveryId, Timestamp};
use store::{Suspect, Work};

use crate::perform::{Outcome, Says};

/// Others pass only right after the first has failed: a channel may have recovered since.
const RIGHT_AFTER: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub(super) struct Trial {
    /// The first in line, and when it failed.
    suspect: Option<(DeliveryId, Timestamp)>,
    /// Others went through where it did not: it has one more attempt.
    condemned: Option<DeliveryId>,
    /// The channel failed for all: nobody else is tried before the first is.
    rests_until: Timestamp,
}

impl Trial {
    pub(super) fn condemned(&self) -> Option<DeliveryId> {
        self.condemned.clone()
    }

    pub(super) fn suspect(&self, now: Timestamp) -> Option<Suspect> {
        let (delivery, failed_at) = self.suspect.clone()?;
        Some(Suspect {
            delivery,
            has_just_failed: now.since(failed_at) <= RIGHT_AFTER,
        })
    }

    pub(super) fn rests(&self, now: Timestamp) -> Option<Timestamp> {
        (now < self.rests_until).then_some(self.rests_until)
    }

    /// The attempt that was its last ends it.
    pub(super) fn judged(&self, work: &Work, outcome: Outcome) -> Outcome {
        match outcome {
            Outcome::Failed(error)
                if self.condemned.as_ref() == Some(&work.delivery)
                    && Says::of(&error) == Says::ChannelFails =>
            {
                Outcome::Faulty {
                    in_doubt: work.in_doubt || error.is_doubt(),
                    error,
                }
            }
            other => other,
        }
    }

    pub(super) fn learn(&mut self, work: &Work, outcome: &Outcome, now: Timestamp) {
        match (outcome.says(), &work.passes_by) {
            (Says::ChannelTakesMessages, passed) => {
                *self = Trial {
                    condemned: passed.as_ref().map(|it| it.delivery.clone()),
                    ..Trial::default()
                }
            }
            (Says::ChannelFails, Some(passed)) => self.rests_until = passed.due,
            (Says::ChannelFails, None) => self.suspect = Some((work.delivery.clone(), now)),
            (Says::Nothing, Some(_)) => {}
            (Says::Nothing, None) => *self = Trial::default(),
        }
    }
}
