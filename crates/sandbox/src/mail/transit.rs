//! What becomes of a mail between its author and the server.

use std::time::Duration;

use serde::Serialize;

use crate::kit::now_ms;

/// Where a sent mail is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Transit {
    pub state: TransitState,
    pub attempts: u32,
    /// What the server said last.
    pub answer: Option<String>,
    pub next_attempt_at_ms: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TransitState {
    Queued,
    Waiting,
    Refused,
}

impl Transit {
    pub(crate) fn queued() -> Transit {
        Transit {
            state: TransitState::Queued,
            attempts: 0,
            answer: None,
            next_attempt_at_ms: None,
        }
    }

    pub(crate) fn waiting(attempts: u32, answer: String, wait: Duration) -> Transit {
        let wait_ms = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
        Transit {
            state: TransitState::Waiting,
            next_attempt_at_ms: Some(now_ms().saturating_add(wait_ms)),
            ..Transit::refused(attempts, answer)
        }
    }

    pub(crate) fn refused(attempts: u32, answer: String) -> Transit {
        Transit {
            state: TransitState::Refused,
            attempts,
            answer: Some(answer),
            ..Transit::queued()
        }
    }
}
