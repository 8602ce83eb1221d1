//! The deliveries that were planned for an event, as rows of the outbox.

use conversation::{CommunityId, DeliveryState, Fate, MessageId, PlannedDelivery, Timestamp};

use super::Recorded;
use crate::{Answer, Tx, id::new_id, together::row};

/// In the order in which they are to be made.
pub(crate) struct Deliveries<'a> {
    pub(crate) community: &'a CommunityId,
    pub(crate) message: &'a MessageId,
    pub(crate) planned: &'a [PlannedDelivery],
    /// By the way on which whoever asked is answered, and not in its channel's queue.
    pub(crate) is_answer: bool,
    pub(crate) now: Timestamp,
}

impl Deliveries<'_> {
    pub(crate) fn put(&self, tx: &mut Tx) {
        let community = &self.community.0;
        for delivery in self.planned {
            if self.is_answer {
                let (channel, message) = (delivery.channel.clone(), self.message.clone());
                tx.is_to_answer(Answer { channel, message });
            }
            let (state, reason) = state_of(delivery.fate);
            let waits_for = match delivery.fate {
                Fate::Wait(what) => Some(what.as_str()),
                Fate::Send if self.is_answer => Some("asker"),
                _ => None,
            };
            let row = row![
                community,
                new_id(self.now),
                &self.message.0,
                &delivery.channel.0,
                delivery.operation.as_str(),
                state.as_str(),
                waits_for,
                reason,
                self.now.0,
                None::<String>,
            ];
            if delivery.fate == Fate::Send && !self.is_answer {
                tx.left_for.insert(delivery.channel.clone());
            }
            tx.put_delivery((community, &delivery.channel), row);
        }
    }
}

impl Recorded {
    pub(super) fn note(&mut self, planned: &[PlannedDelivery]) {
        for delivery in planned {
            match delivery.fate {
                Fate::Send => self.woken.push(delivery.channel.clone()),
                Fate::Hold(_) => self.held += 1,
                Fate::Suppress(_) | Fate::Wait(_) => {}
            }
        }
    }
}

fn state_of(fate: Fate) -> (DeliveryState, Option<&'static str>) {
    match fate {
        Fate::Send => (DeliveryState::ToDo, None),
        Fate::Suppress(rule) => (DeliveryState::Suppressed, Some(rule)),
        Fate::Wait(what) => (DeliveryState::Waiting, Some(what.rule())),
        Fate::Hold(rule) => (DeliveryState::Held, Some(rule)),
    }
}
