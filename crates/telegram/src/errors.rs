//! How a call can fail, and what to do next. **Invariant:** no error text holds the token, which is a part of
//! every address.

#[cfg(test)]
mod tests;

use std::time::Duration;

use calls::{Repeated, Transit};
use conversation::SendError;
use serde_json::Value;

use crate::closed;
use crate::id::ChatAddress;

/// For a `retry_after` that is missing or makes no sense.
const USUAL_WAIT: Duration = Duration::from_secs(5);

/// A longer one is not believed: nobody would be heard for years. For messages the core has its own.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum CallError {
    /// No answer of Telegram's.
    #[error(transparent)]
    Transit(#[from] Transit),
    /// Telegram said no.
    #[error("{} {}", .0.code, .0.description)]
    Answered(Refusal),
    /// Something before Telegram answered: a proxy, a load balancer.
    #[error("HTTP status {status}")]
    Foreign { status: u16, wait: Option<Duration> },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) code: i64,
    pub(crate) description: String,
    pub(crate) parameters: Option<Value>,
}

impl calls::Trouble for CallError {
    fn is_final(&self) -> Option<SendError> {
        match self {
            CallError::Answered(refusal) if matches!(refusal.code, 401 | 404) => {
                Some(refusal.unauthorised())
            }
            _ => None,
        }
    }

    fn asked_to_wait(&self) -> Duration {
        let wait = match self {
            CallError::Answered(refusal) if refusal.code == 429 => refusal.retry_after(),
            CallError::Foreign { status: 429, wait } => wait.unwrap_or(USUAL_WAIT),
            _ => Duration::ZERO,
        };
        wait.min(LONGEST_WAIT)
    }

    fn is_answer(&self) -> bool {
        matches!(self, CallError::Answered(_))
    }
}

impl CallError {
    pub(crate) fn says(&self, words: &str) -> bool {
        matches!(self, CallError::Answered(refusal) if refusal.says(words))
    }

    /// Of a file; of a method it says that the token is wrong.
    pub(crate) fn is_not_found(&self) -> bool {
        match self {
            CallError::Answered(refusal) => refusal.code == 404,
            CallError::Foreign { status, .. } => *status == 404,
            CallError::Transit(_) => false,
        }
    }

    pub(crate) fn is_conflict(&self) -> bool {
        matches!(self, CallError::Answered(refusal) if refusal.code == 409)
    }

    pub(crate) fn into_send_error(self, place: ChatAddress, repeated: Repeated) -> SendError {
        match self {
            CallError::Transit(transit) => transit.into_send_error(repeated),
            CallError::Answered(refusal) => refusal.into_send_error(place, repeated),
            CallError::Foreign { status: 429, wait } => SendError::RateLimited {
                wait: wait.unwrap_or(USUAL_WAIT),
            },
            CallError::Foreign { status: 413, .. } => {
                SendError::Refused("the file is larger than the server takes".to_owned())
            }
            CallError::Foreign { status, .. } => {
                SendError::Unavailable(format!("HTTP status {status}"))
            }
        }
    }
}

impl Refusal {
    /// Telegram writes its own names in capitals and its sentences in small letters.
    fn says(&self, words: &str) -> bool {
        let description = self.description.to_ascii_lowercase();
        description.contains(&words.to_ascii_lowercase())
    }

    fn says_one_of(&self, list: &[&str]) -> bool {
        list.iter().any(|words| self.says(words))
    }

    fn unauthorised(&self) -> SendError {
        let said = &self.description;
        SendError::Unauthorised(format!(
            "Telegram does not take `telegram.token` ({said}): copy it again from @BotFather"
        ))
    }

    fn into_send_error(self, place: ChatAddress, repeated: Repeated) -> SendError {
        if let Some(chat) = self.parameter("migrate_to_chat_id").and_then(Value::as_i64) {
            let topic = place.topic;
            return SendError::ChannelMoved(ChatAddress { chat, topic }.channel());
        }
        match self.code {
            429 => SendError::RateLimited {
                wait: self.retry_after(),
            },
            401 | 404 => self.unauthorised(),
            403 => self.closed(),
            409 | 500.. => SendError::Unavailable(self.description),
            _ if self.says_one_of(CHANNEL_GONE) => self.closed(),
            _ if repeated == Repeated::Doubles && self.is_muted() => self.closed(),
            _ => SendError::Refused(self.description),
        }
    }

    fn closed(self) -> SendError {
        let cure = closed::cure(&self.description);
        SendError::ChannelGone(format!("{}: {cure}", self.description))
    }

    /// A group that takes no photos takes words still: only the message is refused then.
    fn is_muted(&self) -> bool {
        self.says_one_of(MUTED) && !self.says_one_of(ONE_KIND_ONLY)
    }

    fn retry_after(&self) -> Duration {
        let wait = self.parameter("retry_after").and_then(Value::as_f64);
        wait.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
            .unwrap_or(USUAL_WAIT)
    }

    fn parameter(&self, name: &str) -> Option<&Value> {
        self.parameters.as_ref()?.get(name)
    }
}

/// Whatever is asked for, the place is closed to us.
const CHANNEL_GONE: &[&str] = &[
    "chat not found",
    "group chat was deactivated",
    "group chat was deleted",
    "message thread not found",
    "TOPIC_CLOSED",
    "TOPIC_DELETED",
    "TOPIC_ID_INVALID",
    "CHANNEL_PRIVATE",
    "PEER_ID_INVALID",
    "bot is not a member",
    "have no access to the user",
];

/// We are in the chat and may not speak.
const MUTED: &[&str] = &[
    "not enough rights",
    "have no rights to send",
    "have no write access",
    "need administrator rights",
    "CHAT_ADMIN_REQUIRED",
    "CHAT_WRITE_FORBIDDEN",
    "CHAT_RESTRICTED",
    "CHAT_SEND_PLAIN_FORBIDDEN",
    "USER_BANNED_IN_CHANNEL",
];

const ONE_KIND_ONLY: &[&str] = &[
    "to send photos",
    "to send videos",
    "to send video",
    "to send audios",
    "to send music",
    "to send documents",
    "to send voice",
    "to send stickers",
    "to send animations",
    "to send media",
    "to send polls",
    "to send other",
];
