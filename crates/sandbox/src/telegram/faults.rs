//! What can go wrong on purpose, switchable while it runs, for one chat or for all of Telegram.

use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use super::answer::ApiError;
use crate::kit::{self, Refused, Troubles, troubles, until, whole_seconds};
pub use crate::kit::{Broken, ServerError};

/// All off by default. Times count from when they are set.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Faults {
    /// Only these methods suffer, by their published names; none named means all.
    pub methods: Vec<String>,
    /// Only requests whose text holds these words suffer.
    pub words: Option<String>,
    /// Whatever acts on a chat gets 429 with the seconds that remain.
    pub rate_limit_s: Option<f64>,
    /// 30 messages a second for the bot, 1 a second in a chat, 20 a minute in a group.
    pub real_limits: bool,
    pub server_error: Option<ServerError>,
    /// The connection ends before the answer.
    pub cut: Option<Broken>,
    /// The connection stays, and nothing ever comes.
    pub never_answer: Option<Broken>,
    /// 200 with a body that is no JSON.
    pub malformed: Option<Broken>,
    pub latency_ms: u64,
    /// Whatever acts on a chat gets 403.
    pub forbidden: Option<Forbidden>,
    /// `getUpdates` gets 409, as if somebody else used the token.
    pub conflict: bool,
    /// Every request gets 401, as if the token had been revoked.
    pub unauthorised: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forbidden {
    Kicked,
    Blocked,
}

/// The request that is to be judged.
pub struct Asked {
    pub(crate) method: &'static str,
    pub(crate) chat: Option<i64>,
    pub(crate) text: Option<String>,
    /// How many messages it would post.
    pub(crate) posts: usize,
}

pub(crate) const OTHER_POLLER: &str =
    "terminated by other getUpdates request; make sure that only one bot instance is running";

impl kit::Faults for Faults {
    type Key = i64;
    type Asked = Asked;
    type Refusal = ApiError;
    type Wait = i64;

    fn places(asked: &Asked) -> Vec<i64> {
        asked.chat.into_iter().collect()
    }

    fn waits(asked: &Asked) -> Vec<i64> {
        Faults::places(asked)
    }

    fn frees(chat: &i64, wait: &i64) -> bool {
        chat == wait
    }

    fn concerns(&self, asked: &Asked) -> bool {
        let is_meant = |it: &String| it.eq_ignore_ascii_case(asked.method);
        let holds = |it: &String| asked.text.as_ref().is_some_and(|text| text.contains(it));
        (self.methods.is_empty() || self.methods.iter().any(is_meant))
            && self.words.as_ref().is_none_or(holds)
    }

    fn limits(&self, asked: &Asked, since: Instant, now: Instant) -> Option<kit::Limit<Faults>> {
        let end = until(since, self.rate_limit_s?, now)?;
        let acts_on_one = asked.chat.is_some() || !self.methods.is_empty();
        let error = ApiError::too_many(whole_seconds(end - now));
        acts_on_one.then(|| (error, asked.chat.map(|chat| (chat, end))))
    }

    fn refuses(&mut self, asked: &Asked, _: Instant, _: Instant) -> Option<Refused<ApiError>> {
        let error = match self.forbidden.filter(|_| asked.chat.is_some()) {
            _ if self.unauthorised => ApiError::unauthorized(),
            _ if self.conflict && asked.method == "getUpdates" => ApiError::conflict(OTHER_POLLER),
            Some(Forbidden::Kicked) => {
                ApiError::forbidden("bot was kicked from the supergroup chat")
            }
            Some(Forbidden::Blocked) => ApiError::forbidden("bot was blocked by the user"),
            None => return None,
        };
        Some((error, false))
    }

    fn server_error(status: u16) -> ApiError {
        ApiError::server(status)
    }

    fn troubles(&mut self) -> Troubles<'_> {
        troubles!(self)
    }
}
