//! What can go wrong on purpose with requests, switchable while it runs, for one channel or for all of Discord.
//! A channel's faults hold in its threads too.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::answer::ApiError;
use crate::kit::{self, Refused, Troubles, troubles, until};
pub use crate::kit::{Broken, ServerError};

/// All off by default. Times count from when they are set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Only these routes suffer, as Discord's documentation writes them: `POST /channels/{channel_id}/messages`.
    /// A word without a blank means all routes that hold it: `reactions`. None named means all.
    pub routes: Vec<String>,
    pub rate_limit: Option<RateLimit>,
    /// Buckets per route and channel or webhook, and 50 requests a second in all.
    pub real_limits: bool,
    pub server_error: Option<ServerError>,
    /// The connection ends before the answer.
    pub cut: Option<Broken>,
    /// The connection stays, and nothing ever comes.
    pub never_answer: Option<Broken>,
    /// 200 with a body that is no JSON.
    pub malformed: Option<Broken>,
    pub latency_ms: u64,
    pub forbidden: Option<Forbidden>,
    /// Every request gets 401, as if the token had been revoked.
    pub unauthorised: bool,
}

/// Requests get 429 until the seconds are over.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RateLimit {
    pub for_s: f64,
    /// Said to hold for the whole bot, not for the one bucket.
    pub global: bool,
    /// What is said instead of the seconds that remain, word for word: `soon`, `-1`, `1e99`, or nothing at all.
    pub says: Option<String>,
    /// A page of HTML as the proxy in front of Discord answers, without JSON and without bucket headers.
    pub from_proxy: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forbidden {
    /// 50001: the channel cannot be seen.
    MissingAccess,
    /// 50013: it can be seen, and this cannot be done there.
    MissingPermissions,
}

/// A 429, and how it says how long.
#[derive(Debug, Clone, Default)]
pub struct Limited {
    pub(crate) remaining: Duration,
    pub(crate) global: bool,
    pub(crate) says: Option<String>,
    pub(crate) from_proxy: bool,
}

#[derive(Debug)]
pub enum Refusal {
    Error(ApiError),
    Limit(Limited),
}

/// The request that is to be judged.
#[derive(Clone, Copy)]
pub struct Asked {
    /// Method and template.
    pub(crate) route: &'static str,
    pub(crate) channel: Option<u64>,
    pub(crate) parent: Option<u64>,
    /// The channel or webhook that buckets are counted by; 0 where there is none.
    pub(crate) major: u64,
}

/// A route in a place; None is the bot as a whole.
pub(crate) type Wait = Option<(&'static str, u64)>;

impl Asked {
    pub(crate) fn wait(self, global: bool) -> Wait {
        (!global).then_some((self.route, self.major))
    }
}

impl kit::Faults for Faults {
    type Key = u64;
    type Asked = Asked;
    type Refusal = Refusal;
    type Wait = Wait;

    fn places(asked: &Asked) -> Vec<u64> {
        let parent = asked.parent.filter(|it| asked.channel != Some(*it));
        asked.channel.into_iter().chain(parent).collect()
    }

    fn waits(asked: &Asked) -> Vec<Wait> {
        vec![asked.wait(false), None]
    }

    fn frees(_: &u64, _: &Wait) -> bool {
        true
    }

    fn concerns(&self, asked: &Asked) -> bool {
        let mut routes = self.routes.iter();
        self.routes.is_empty()
            || routes.any(|it| match it.contains(' ') {
                true => it.eq_ignore_ascii_case(asked.route),
                false => asked.route.contains(it.as_str()),
            })
    }

    fn limits(&self, asked: &Asked, since: Instant, now: Instant) -> Option<kit::Limit<Faults>> {
        let limit = self.rate_limit.as_ref()?;
        let end = until(since, limit.for_s, now)?;
        let limited = Limited {
            remaining: end - now,
            global: limit.global,
            says: limit.says.clone(),
            from_proxy: limit.from_proxy,
        };
        let wait = (asked.wait(limit.global), end);
        Some((Refusal::Limit(limited), Some(wait)))
    }

    fn refuses(&mut self, _: &Asked, _: Instant, _: Instant) -> Option<Refused<Refusal>> {
        let error = match self.forbidden {
            _ if self.unauthorised => ApiError::UNAUTHORIZED,
            Some(Forbidden::MissingAccess) => ApiError::MISSING_ACCESS,
            Some(Forbidden::MissingPermissions) => ApiError::MISSING_PERMISSIONS,
            None => return None,
        };
        Some((Refusal::Error(error), false))
    }

    fn server_error(status: u16) -> Refusal {
        Refusal::Error(ApiError::server(status))
    }

    fn troubles(&mut self) -> Troubles<'_> {
        troubles!(self)
    }
}
