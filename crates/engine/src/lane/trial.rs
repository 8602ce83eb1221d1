//! Is it the message, or its channel? A message that fails again and again lets the next one pass. If that goes through, the
//! first is tried once more at once, and given up if it fails even then; if not, the lane backs off, ever longer, before
//! another one is let pass. Who was let pass and failed is not blamed, unless others go through.

use std::time::Duration;

use conversation::{DeliveryId, Timestamp};
use store::{Suspect, Work};

use crate::perform::{Outcome, Says};

/// Others pass only right after the first has failed: a channel may have recovered since.
const RIGHT_AFTER: Duration = Duration::from_secs(5);
/// Before one more is let pass; the last repeats. A few that nobody can send end soon, and an outage costs few tries.
const BACK_OFFS: [Duration; 4] = [
    Duration::from_secs(30),
    Duration::from_secs(5 * 60),
    Duration::from_secs(30 * 60),
    Duration::from_secs(60 * 60),
];

#[derive(Debug, Default)]
pub(super) struct Trial {
    /// The first in line, and when it failed.
    suspect: Option<(DeliveryId, Timestamp)>,
    /// Those who were let pass, and failed too.
    failed: Vec<DeliveryId>,
    /// Others went through where these did not: each has one more attempt.
    condemned: Vec<DeliveryId>,
    back_off_until: Timestamp,
}

impl Trial {
    pub(super) fn condemned(&self) -> &[DeliveryId] {
        &self.condemned
    }

    pub(super) fn suspect(&self, now: Timestamp) -> Option<Suspect> {
        let (delivery, failed_at) = self.suspect.clone()?;
        Some(Suspect {
            delivery,
            failed_with_it: self.failed.clone(),
            has_just_failed: now.since(failed_at) <= RIGHT_AFTER,
        })
    }

    /// Whoever is first is first again. False if they were.
    pub(super) fn end(&mut self) -> bool {
        self.suspect.take().is_some()
    }

    pub(super) fn backs_off_until(&self, now: Timestamp) -> Option<Timestamp> {
        (now < self.back_off_until).then_some(self.back_off_until)
    }

    /// What an attempt comes to, after all that is known of the channel.
    pub(super) fn judge(&mut self, work: &Work, outcome: Outcome, now: Timestamp) -> Outcome {
        let says = outcome.says();
        let is_condemned = self.condemned.contains(&work.delivery);
        self.condemned.retain(|it| *it != work.delivery);
        match outcome {
            Outcome::Failed(error) if is_condemned && says == Says::ChannelFails => {
                Outcome::Faulty {
                    in_doubt: work.attempt.in_doubt || error.is_doubt(),
                    error,
                }
            }
            outcome => {
                self.learn(work, says, now);
                outcome
            }
        }
    }

    fn learn(&mut self, work: &Work, says: Says, now: Timestamp) {
        match (says, &work.attempt.passes_by) {
            (Says::ChannelTakesMessages, Some(passed)) => {
                *self = Trial {
                    condemned: passed.deliveries.clone(),
                    ..Trial::default()
                }
            }
            (Says::ChannelFails, Some(passed)) => {
                let back_off = BACK_OFFS[self.failed.len().min(BACK_OFFS.len() - 1)];
                self.back_off_until = passed.due.min(now.plus(back_off));
                self.failed.push(work.delivery.clone());
            }
            (Says::ChannelFails, None) => self.suspect = Some((work.delivery.clone(), now)),
            (Says::Nothing, Some(_)) => {}
            (Says::ChannelTakesMessages | Says::Nothing, None) => {
                let condemned = std::mem::take(&mut self.condemned);
                *self = Trial {
                    condemned,
                    ..Trial::default()
                }
            }
        }
    }
}
