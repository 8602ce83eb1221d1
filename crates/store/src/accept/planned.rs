//! The deliveries that were planned for an event, as rows of the outbox.

use conversation::{DeliveryState, Fate, MessageId, Plan, PlannedDelivery, Timestamp};

use super::Recorded;
use crate::{
    Entry, Result, Tx,
    id::new_id,
    tx::{MOST_ROWS, placeholders},
};

impl Tx {
    pub(super) async fn record_deliveries(
        &mut self,
        entry: &Entry,
        plan: &Plan,
        recorded: &mut Recorded,
        now: Timestamp,
    ) -> Result<()> {
        let Some(message) = recorded.message.clone() else {
            return Ok(());
        };
        self.insert_deliveries(entry, &message, &plan.deliveries, now)
            .await?;
        for delivery in &plan.deliveries {
            match delivery.fate {
                Fate::Send => recorded.woken.push(delivery.channel.clone()),
                Fate::Hold(_) => recorded.held += 1,
                Fate::Suppress(_) | Fate::Wait(_) => {}
            }
        }
        Ok(())
    }

    pub(crate) async fn insert_deliveries(
        &mut self,
        entry: &Entry,
        message: &MessageId,
        deliveries: &[PlannedDelivery],
        now: Timestamp,
    ) -> Result<()> {
        for chunk in deliveries.chunks(MOST_ROWS) {
            self.insert_rows(entry, message, chunk, now).await?;
        }
        Ok(())
    }

    async fn insert_rows(
        &mut self,
        entry: &Entry,
        message: &MessageId,
        deliveries: &[PlannedDelivery],
        now: Timestamp,
    ) -> Result<()> {
        let sql = format!(
            "insert into delivery (community_id, id, seq, message_id, channel_id, operation, state, waits_for, reason,
               attempts, epoch, remote_ids, revision, created_at, next_attempt_at) values {}",
            placeholders(deliveries.len(), 15)
        );
        let first_seq = self.take_seqs(deliveries.len());
        let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
        for (seq, delivery) in (first_seq..).zip(deliveries) {
            let (state, reason) = state_of(delivery.fate);
            let waits_for = match delivery.fate {
                Fate::Wait(what) => Some(what.as_str()),
                _ => None,
            };
            query = query
                .bind(entry.community.0.clone())
                .bind(new_id(now))
                .bind(seq)
                .bind(message.0.clone())
                .bind(delivery.channel.0.clone())
                .bind(delivery.operation.as_str())
                .bind(state.as_str())
                .bind(waits_for)
                .bind(reason)
                .bind(0_i64)
                .bind(0_i64)
                .bind("[]")
                .bind(0_i64)
                .bind(now.0)
                .bind(AT_ONCE);
        }
        query.execute(self.connection()).await?;
        Ok(())
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
