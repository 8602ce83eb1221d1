//! How the outbox of a channel is looked at, and who is passed by.

use std::sync::Arc;

use conversation::{ChannelId, DeliveryId, MOST_FAILURES, MessageId, Timestamp};
use sqlx::{Row, any::AnyRow};

use crate::row;

/// A delivery whose message the caller holds already: its content is not read again.
#[derive(Debug, Clone)]
pub struct Known {
    pub delivery: DeliveryId,
    pub revision: u32,
}

/// How the outbox of a channel is looked at.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// What is due by then may go.
    pub now: Timestamp,
    pub known: Option<Known>,
    /// What failed again and again, and came before this, may let others pass.
    pub doubtful_before: Timestamp,
    pub suspect: Option<Suspect>,
    /// These are handed out whatever their time.
    pub at_once: Vec<DeliveryId>,
    /// Of this answer alone, which is in no channel's queue.
    pub answer: Option<MessageId>,
    /// For rooms that have no `most_parts` of their own.
    pub most_parts: u32,
}

/// The first of a channel, which failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspect {
    pub delivery: DeliveryId,
    /// Who was let pass and failed as well is passed by.
    pub failed_with_it: Vec<DeliveryId>,
    /// Else it is tried again before others pass.
    pub has_just_failed: bool,
}

impl Look {
    /// What is open there, as SQL: `$2` is the id.
    pub(super) fn queue<'a>(&'a self, channel: &'a ChannelId) -> (&'static str, &'a str) {
        match &self.answer {
            None => (
                "channel_id = $2 and state in ('to_do', 'sending', 'uncertain') and waits_for is null",
                channel.as_str(),
            ),
            Some(message) => (
                "message_id = $2 and state in ('to_do', 'sending', 'uncertain') and waits_for = 'asker'",
                message.as_str(),
            ),
        }
    }
}

/// Deliveries that wait while another goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedBy {
    pub deliveries: Vec<DeliveryId>,
    /// When the first of them is tried again.
    pub due: Timestamp,
}

impl Suspect {
    pub(super) fn may_be_passed(&self, head: &AnyRow, look: &Look) -> bool {
        self.delivery.as_str() == head.get::<&str, _>("id")
            && row::number(head, "attempts") >= MOST_FAILURES
            && Timestamp(head.get("created_at")) <= look.doubtful_before
    }

    /// What changes a message waits behind it.
    pub(super) fn is_passed_with(&self, next: &AnyRow, passed: &[Arc<AnyRow>]) -> bool {
        let message = |row: &AnyRow| row.get::<String, _>("message_id");
        let id = DeliveryId(next.get("id"));
        self.failed_with_it.contains(&id) || passed.iter().any(|it| message(it) == message(next))
    }
}

pub(super) fn passed_by(passed: &[Arc<AnyRow>]) -> PassedBy {
    PassedBy {
        deliveries: passed.iter().map(|it| DeliveryId(it.get("id"))).collect(),
        due: Timestamp(passed[0].get("next_attempt_at")),
    }
}
