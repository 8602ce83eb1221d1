//! The switches that are on now, as the page shows them. Times are Unix milliseconds, and past ones are over.

use serde::Serialize;

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

/// One of them. Seconds of 0 switch it off.
pub(super) enum Trouble {
    RateLimit(u32),
    ServerError(u32),
    Cut(u32),
    Latency(u64),
}

impl Requests {
    pub(super) fn turn(&mut self, trouble: Trouble) {
        match trouble {
            Trouble::RateLimit(seconds) => self.rate_limit = until(seconds),
            Trouble::ServerError(seconds) => self.server_error = until(seconds),
            Trouble::Cut(seconds) => self.cut = until(seconds),
            Trouble::Latency(ms) => self.latency = ms,
        }
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
