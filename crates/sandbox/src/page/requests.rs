//! The switches that are on now, as the page shows them. Times are Unix milliseconds, and past ones are over.

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::kit::{Broken, ServerError, now_ms};

/// What the mail servers do, they say themselves.
#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Switches {
    pub(super) telegram: Telegram,
    pub(super) discord: Discord,
    pub(super) slack: Slack,
}

#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Telegram {
    #[serde(flatten)]
    pub(super) requests: Requests,
    pub(super) conflict: bool,
    pub(super) kick: bool,
    /// The group has become a supergroup, which nobody can take back.
    pub(super) migrate: bool,
}

#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Discord {
    #[serde(flatten)]
    pub(super) requests: Requests,
    pub(super) silent: bool,
    pub(super) refuse_resume: bool,
    pub(super) kick: bool,
    pub(super) permission: bool,
}

#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Slack {
    #[serde(flatten)]
    pub(super) requests: Requests,
    pub(super) remove: bool,
    pub(super) archive: bool,
    pub(super) scope: bool,
}

/// What can be wrong with requests to any platform.
#[derive(Debug, Default, Clone, Serialize)]
pub(super) struct Requests {
    pub(super) rate_limit: i64,
    server_error: i64,
    cut: i64,
    pub(super) latency: u64,
}

/// `telegram_rate_limit` for so long, `discord_kick` and whether it is on. What is not said is 0 or off.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Switch {
    pub(super) fault: String,
    pub(super) seconds: u32,
    pub(super) ms: u64,
    pub(super) on: bool,
    /// Whether a mail is kept before the line breaks.
    pub(super) kept: bool,
    /// Of a mailbox.
    pub(super) address: String,
}

impl Switch {
    pub(super) fn unknown(&self) -> Refusal {
        Refusal::bad(&format!("There is no fault {:?}.", self.fault))
    }
}

impl Requests {
    /// False where it is none of these.
    pub(super) fn turn(&mut self, what: &str, it: &Switch) -> bool {
        match what {
            "rate_limit" => self.rate_limit = until(it.seconds),
            "server_error" => self.server_error = until(it.seconds),
            "cut" => self.cut = until(it.seconds),
            "latency" => self.latency = it.ms,
            _ => return false,
        }
        true
    }

    pub(super) fn server_error(&self) -> Option<ServerError> {
        left(self.server_error).map(|seconds| ServerError {
            for_s: Some(seconds),
            ..ServerError::default()
        })
    }

    pub(super) fn cut(&self) -> Option<Broken> {
        left(self.cut).map(|seconds| Broken {
            for_s: Some(seconds),
            ..Broken::default()
        })
    }
}

pub(super) fn until(seconds: u32) -> i64 {
    match seconds {
        0 => 0,
        seconds => now_ms() + i64::from(seconds) * 1000,
    }
}

pub(super) fn left(until_ms: i64) -> Option<f64> {
    let left = until_ms - now_ms();
    // Below 2^53 by far: the switches last minutes.
    (left > 0).then_some(left as f64 / 1000.0)
}
