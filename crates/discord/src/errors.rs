//! How a call can fail, and what to do next. **Invariant:** no error text holds a token; a refusal that somebody
//! can cure says how.

#[cfg(test)]
mod tests;

use std::time::Duration;

use calls::{Repeated, Transit};
use conversation::SendError;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum CallError {
    /// Nothing went out: our own count of Discord's limits, or Discord itself, says wait.
    #[error("Discord asks to wait {} s", .0.as_secs_f32())]
    TooEarly(Duration),
    /// No answer of Discord's.
    #[error(transparent)]
    Transit(#[from] Transit),
    /// It succeeded, and what it returned is not what we know.
    #[error("the answer is not what the call returns")]
    Unreadable,
    /// Discord said no.
    #[error("{} {} {}", .0.status, .0.code, .0.message)]
    Answered(Refusal),
    /// Something before Discord answered: a proxy, a load balancer.
    #[error("HTTP status {status}")]
    Foreign { status: u16 },
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    /// Discord's own number, 0 where it gives none.
    pub(crate) code: u64,
    pub(crate) message: String,
}

/// The numbers of Discord's errors that we act upon.
pub(crate) mod code {
    pub(crate) const UNKNOWN_CHANNEL: u64 = 10003;
    pub(crate) const UNKNOWN_GUILD: u64 = 10004;
    pub(crate) const UNKNOWN_MEMBER: u64 = 10007;
    pub(crate) const UNKNOWN_MESSAGE: u64 = 10008;
    pub(crate) const UNKNOWN_USER: u64 = 10013;
    pub(crate) const UNKNOWN_EMOJI: u64 = 10014;
    pub(crate) const UNKNOWN_WEBHOOK: u64 = 10015;
    pub(crate) const INVALID_WEBHOOK_TOKEN: u64 = 50027;
    pub(crate) const ALREADY_ACKNOWLEDGED: u64 = 40060;
    pub(crate) const THREAD_ARCHIVED: u64 = 50083;
    pub(crate) const MISSING_ACCESS: u64 = 50001;
    pub(crate) const MISSING_PERMISSIONS: u64 = 50013;
    pub(crate) const NO_TEXT_CHANNEL: u64 = 50008;
    pub(crate) const NOT_IN_SUCH_A_CHANNEL: u64 = 50024;
    pub(crate) const REPLY_WITHOUT_HISTORY: u64 = 160_002;
    pub(crate) const THREAD_EXISTS: u64 = 160_004;
}

/// Discord asks to try again later: writing is off or overloaded, or Cloudflare before it lets nobody through.
const FOR_A_WHILE: &[u64] = &[20028, 20029, 40004, 40006, 40062, 40333, 110_000, 130_000];

impl calls::Trouble for CallError {
    fn is_final(&self) -> Option<SendError> {
        match self {
            CallError::Answered(refusal) if refusal.is_of_the_token() => Some(unauthorised()),
            _ => None,
        }
    }

    fn asked_to_wait(&self) -> Duration {
        match self {
            CallError::TooEarly(wait) => *wait,
            _ => Duration::ZERO,
        }
    }

    fn is_answer(&self) -> bool {
        match self {
            CallError::Answered(refusal) => refusal.status < 500,
            _ => false,
        }
    }
}

impl CallError {
    pub(crate) fn is(&self, code: u64) -> bool {
        matches!(self, CallError::Answered(refusal) if refusal.code == code)
    }

    /// The webhook is gone, or its token was changed.
    pub(crate) fn is_lost_webhook(&self) -> bool {
        self.is(code::UNKNOWN_WEBHOOK) || self.is(code::INVALID_WEBHOOK_TOKEN)
    }

    /// We may not look there.
    pub(crate) fn is_shut(&self) -> bool {
        self.is(code::MISSING_ACCESS) || self.is(code::MISSING_PERMISSIONS)
    }

    /// Of a call that may be repeated.
    pub(crate) fn harmless(self) -> SendError {
        self.into_send_error(Repeated::IsHarmless)
    }

    pub(crate) fn into_send_error(self, repeated: Repeated) -> SendError {
        match self {
            CallError::TooEarly(wait) => SendError::RateLimited { wait },
            CallError::Transit(transit) => transit.into_send_error(repeated),
            CallError::Unreadable => repeated.doubt(CallError::Unreadable.to_string()),
            CallError::Answered(refusal) => refusal.into_send_error(repeated),
            CallError::Foreign { status: 413 } => too_large(),
            CallError::Foreign { status } if is_doubtful(status) => {
                repeated.doubt(format!("HTTP status {status}"))
            }
            CallError::Foreign { status } => {
                SendError::Unavailable(format!("HTTP status {status}"))
            }
        }
    }
}

/// 503 says that nobody took the request; with the others it may have been taken before the failure.
fn is_doubtful(status: u16) -> bool {
    status >= 500 && status != 503
}

impl Refusal {
    /// A webhook has a token of its own, and another can be made.
    fn is_of_the_token(&self) -> bool {
        self.status == 401 && self.code != code::INVALID_WEBHOOK_TOKEN
    }

    fn into_send_error(self, repeated: Repeated) -> SendError {
        if self.is_of_the_token() {
            return unauthorised();
        }
        let message = self.message;
        match (self.status, self.code) {
            (_, code::UNKNOWN_CHANNEL | code::UNKNOWN_GUILD) => {
                SendError::ChannelGone("the channel is deleted, or hidden from Causeway".to_owned())
            }
            (_, code::MISSING_ACCESS) => SendError::ChannelGone(
                "Causeway cannot see this channel: give its role View Channel and Read Message History, or, in a \
                 private thread, mention the bot"
                    .to_owned(),
            ),
            (_, code::MISSING_PERMISSIONS | code::REPLY_WITHOUT_HISTORY) => SendError::ChannelGone(format!(
                "Causeway lacks a permission in this channel ({message}): give its role Manage Webhooks, \
                 Send Messages, Send Messages in Threads, Create Public Threads, Attach Files, Add Reactions and \
                 Read Message History"
            )),
            (_, 50007) => SendError::Refused(
                "this person takes no direct messages from Causeway: they can allow them in the privacy \
                 settings of the server"
                    .to_owned(),
            ),
            (_, 50278) => SendError::Refused(
                "this person shares no server with Causeway any more".to_owned(),
            ),
            (_, code::NO_TEXT_CHANNEL | code::NOT_IN_SUCH_A_CHANNEL) => SendError::ChannelGone(
                "nobody can write there: take it out of its room with `causeway room unlink`, and link a text channel, \
                 a forum or a thread"
                    .to_owned(),
            ),
            (_, 30058) => SendError::ChannelGone(
                "the server has as many webhooks as Discord allows: delete some in its settings, under Integrations"
                    .to_owned(),
            ),
            (_, 30007) => SendError::ChannelGone(
                "the channel has as many webhooks as Discord allows: delete one in its settings, \
                 under Integrations"
                    .to_owned(),
            ),
            (_, 160_005) => SendError::Refused(
                "the thread is locked: a moderator can unlock it".to_owned(),
            ),
            (_, 40005) | (413, _) => too_large(),
            (503, _) => SendError::Unavailable(message),
            (..500, code) if FOR_A_WHILE.contains(&code) => SendError::Unavailable(message),
            (500.., _) => repeated.doubt(message),
            _ => SendError::Refused(message),
        }
    }
}

fn unauthorised() -> SendError {
    SendError::Unauthorised(
        "Discord does not take `discord.token`: copy it again from \
         https://discord.com/developers/applications, page \"Bot\""
            .to_owned(),
    )
}

fn too_large() -> SendError {
    SendError::Refused("the file is larger than Discord takes".to_owned())
}
