//! What can go wrong on purpose, switchable while it runs: for one channel or for all of Slack, for events and for sockets.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::answer::ApiError;
use super::limits::Tier;
use crate::kit::{self, Refused, Troubles, strikes, troubles, until, whole_seconds};

pub use crate::kit::{Broken, ServerError};

/// All off by default. Times count from when they are set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Only these methods suffer, by their published names; none named means all.
    pub methods: Vec<String>,
    /// Requests get 429 with `Retry-After` for so long; each method waits by itself, and of a channel its requests only.
    pub rate_limit_s: Option<f64>,
    pub retry_after: RetryAfter,
    /// One message a second in a channel, and the tiers of all other methods.
    pub real_limits: bool,
    pub server_error: Option<ServerError>,
    /// 200 with this `error`: `fatal_error`, `internal_error`, `token_revoked`, `account_inactive`, …
    pub error: Option<ErrorAnswer>,
    /// The connection ends before the answer.
    pub cut: Option<Broken>,
    /// The connection stays, and nothing ever comes.
    pub never_answer: Option<Broken>,
    /// 200 with a body that is no JSON.
    pub malformed: Option<Broken>,
    pub latency_ms: u64,
}

/// How the header of a 429 is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetryAfter {
    #[default]
    Honest,
    Missing,
    /// `soon`
    Words,
    Negative,
    /// Ten years.
    Huge,
}

/// For a time, for a number of requests, or until it is switched off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ErrorAnswer {
    pub error: String,
    /// Whether the method is carried out all the same, as happens behind a `fatal_error`.
    pub accepted: bool,
    pub for_s: Option<f64>,
    pub next: Option<u64>,
}

impl Default for ErrorAnswer {
    fn default() -> ErrorAnswer {
        ErrorAnswer {
            error: "fatal_error".into(),
            accepted: false,
            for_s: None,
            next: None,
        }
    }
}

/// What happens to events on their way, over sockets and pushes alike.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EventFaults {
    /// Each event comes so many more times, with the same `event_id`.
    pub duplicates: u32,
    /// So many events are gathered (for a second at most) and come in reverse order.
    pub reorder: usize,
    /// So many of the next events are never sent.
    pub lose_next: u64,
    pub odd: Option<Odd>,
    /// `message_replied` comes beside each reply, without its `subtype`, as Slack documents of itself.
    pub message_replied: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Odd {
    /// Fields that clients like to expect are left out: `client_msg_id`, `blocks`, `team`, `event_ts`, `channel_type`, `authorizations`.
    MissingFields,
    /// The event's `user`, `text` and `channel` are left out.
    MissingEssentials,
    /// Fields that nobody has heard of.
    UnknownFields,
    /// An event type that nobody has heard of, before each real one.
    UnknownTypes,
    /// Metadata and attachments of odd types beside the words.
    OddTypes,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SocketFaults {
    /// Sockets stay open, take what comes, and say nothing any more: no event, no ping, no pong.
    pub silent: bool,
    /// `apps.connections.open` answers `internal_error`.
    pub refuse: bool,
    /// Each socket is dropped without a word after so long.
    pub drop_every_ms: Option<u64>,
}

/// Why Slack ends a socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disconnect {
    /// It ends in about ten seconds (`Waits::warning`).
    Warning,
    RefreshRequested,
    /// Socket Mode was switched off; new sockets are refused until `enable_socket_mode`.
    LinkDisabled,
}

/// The request that is to be judged.
pub struct Asked {
    pub(crate) method: &'static str,
    pub(crate) tier: Tier,
    pub(crate) channel: Option<String>,
}

/// A method, in a channel where it has one.
pub(crate) type Wait = (&'static str, Option<String>);

impl Asked {
    pub(crate) fn wait(&self) -> Wait {
        (self.method, self.channel.clone())
    }
}

impl kit::Faults for Faults {
    type Key = String;
    type Asked = Asked;
    type Refusal = ApiError;
    type Wait = Wait;

    fn places(asked: &Asked) -> Vec<String> {
        asked.channel.iter().cloned().collect()
    }

    fn waits(asked: &Asked) -> Vec<Wait> {
        vec![asked.wait()]
    }

    fn frees(channel: &String, wait: &Wait) -> bool {
        wait.1.as_ref() == Some(channel)
    }

    fn concerns(&self, asked: &Asked) -> bool {
        self.methods.is_empty() || self.methods.iter().any(|it| it == asked.method)
    }

    fn limits(&self, asked: &Asked, since: Instant, now: Instant) -> Option<kit::Limit<Faults>> {
        let end = until(since, self.rate_limit_s?, now)?;
        // A header that cannot be read names no time before which a request would be early.
        let is_read = matches!(self.retry_after, RetryAfter::Honest | RetryAfter::Huge);
        let error = too_many(end - now, self.retry_after);
        Some((error, is_read.then(|| (asked.wait(), end))))
    }

    fn refuses(&mut self, _: &Asked, since: Instant, now: Instant) -> Option<Refused<ApiError>> {
        let it = self.error.as_mut()?;
        let is_struck = strikes((it.for_s, &mut it.next), since, now);
        is_struck.then(|| (ApiError::named(&it.error), it.accepted))
    }

    fn server_error(status: u16) -> ApiError {
        ApiError::server(status)
    }

    fn troubles(&mut self) -> Troubles<'_> {
        troubles!(self)
    }
}

pub(crate) fn too_many(remaining: Duration, header: RetryAfter) -> ApiError {
    let seconds = whole_seconds(remaining);
    ApiError::too_many(match header {
        RetryAfter::Honest => Some(seconds.to_string()),
        RetryAfter::Missing => None,
        RetryAfter::Words => Some("soon".into()),
        RetryAfter::Negative => Some(format!("-{seconds}")),
        RetryAfter::Huge => Some("315360000".into()),
    })
}
