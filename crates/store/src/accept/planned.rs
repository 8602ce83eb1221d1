//! The deliveries that were planned for an event, as rows of the outbox.

use conversation::{DeliveryState, Fate, MessageId, PlannedDelivery, Timestamp};

use super::Recorded;
use crate::{
    Answer, Entry, Result, Tx,
    id::new_id,
    together::{SEQ, Together},
    tx::MOST_ROWS,
};

/// In the order in which they are to be made.
pub(crate) struct Deliveries<'a> {
    pub(crate) entry: &'a Entry,
    pub(crate) message: &'a MessageId,
    pub(crate) planned: &'a [PlannedDelivery],
    /// By the way on which whoever asked is answered, and not in its channel's queue.
    pub(crate) is_answer: bool,
    pub(crate) now: Timestamp,
}

impl Deliveries<'_> {
    /// As many as go together. The others go by `insert`.
    pub(super) fn put(self, rows: &mut Together) -> Self {
        let (planned, rest) = self.planned.split_at(self.planned.len().min(MOST_ROWS));
        if !planned.is_empty() {
            self.put_rows(planned, rows);
        }
        Deliveries {
            planned: rest,
            ..self
        }
    }

    pub(crate) async fn insert(mut self, tx: &mut Tx) -> Result<()> {
        for delivery in self.planned.iter().filter(|_| self.is_answer) {
            let (channel, message) = (delivery.channel.clone(), self.message.clone());
            tx.is_to_answer(Answer { channel, message });
        }
        while !self.planned.is_empty() {
            let mut rows = Together::default();
            self = self.put(&mut rows);
            rows.write(tx).await?;
        }
        Ok(())
    }

    fn put_rows(&self, planned: &[PlannedDelivery], rows: &mut Together) {
        let community = &self.entry.community.0;
        let row = format!("(?, ?, {SEQ}, ?, ?, ?, ?, ?, ?, 0, 0, '[]', 0, ?, {AT_ONCE})");
        rows.take_seqs(community, planned.len()).add(format!(
            "insert into delivery (community_id, id, seq, message_id, channel_id, operation, state, waits_for, reason,
               attempts, epoch, remote_ids, revision, created_at, next_attempt_at) values {}",
            vec![row; planned.len()].join(", ")
        ));
        for (left, delivery) in (1_i64..=planned.len() as i64).rev().zip(planned) {
            let (state, reason) = state_of(delivery.fate);
            let waits_for = match delivery.fate {
                Fate::Wait(what) => Some(what.as_str()),
                Fate::Send if self.is_answer => Some("asker"),
                _ => None,
            };
            rows.bind(community)
                .bind(new_id(self.now))
                .bind(community)
                .bind(left)
                .bind(&self.message.0)
                .bind(&delivery.channel.0)
                .bind(delivery.operation.as_str())
                .bind(state.as_str())
                .bind(waits_for)
                .bind(reason)
                .bind(self.now.0);
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

/// Whatever the clock says then.
const AT_ONCE: i64 = 0;

fn state_of(fate: Fate) -> (DeliveryState, Option<&'static str>) {
    match fate {
        Fate::Send => (DeliveryState::ToDo, None),
        Fate::Suppress(rule) => (DeliveryState::Suppressed, Some(rule)),
        Fate::Wait(what) => (DeliveryState::Waiting, Some(what.rule())),
        Fate::Hold(rule) => (DeliveryState::Held, Some(rule)),
    }
}
