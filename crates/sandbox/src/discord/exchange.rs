//! What is counted and written down, and requests and answers for somebody who knows the published schema. The stand-in
//! itself does not.

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde::Serialize;
use serde_json::Value;

use super::ids::MessageId;

/// One request, and what was answered once that is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Exchange {
    pub method: String,
    /// Below `/api/v10`, without the query.
    pub path: String,
    pub query: String,
    /// The JSON of the body, or of the field `payload_json` in a form with files.
    pub body: Option<Value>,
    /// Of the parts of a form with files.
    pub files: usize,
    /// None before it is carried out: an illegal request can still be refused then.
    pub answer: Option<Answered>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    pub status: u16,
    /// None where the body is empty.
    pub body: Option<Value>,
}

/// One message of the bot or of a webhook, written down when it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub message_id: MessageId,
    /// The name that it was shown under.
    pub author: String,
    pub text: String,
    pub received_at: SystemTime,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    pub requests: u64,
    /// By method and template: `POST /channels/{channel_id}/messages`.
    pub by_route: BTreeMap<&'static str, u64>,
    /// By HTTP status, 200 to 299 apart.
    pub errors: BTreeMap<u16, u64>,
    /// Requests that came before the time which a 429 had named.
    pub early_requests: u64,
    /// Messages of the bot and of webhooks that were accepted.
    pub bot_messages: u64,
    /// Messages of people.
    pub people_messages: u64,
    /// People, roles and @everyone that messages of the bot and of webhooks rang at.
    pub pings: u64,
    /// Messages that were not made again because their nonce was known.
    pub known_nonces: u64,
    /// Sockets of the gateway that were opened.
    pub connections: u64,
    pub identifies: u64,
    /// IDENTIFYs within 5 s of the one before: more than the real server takes.
    pub hasty_identifies: u64,
    pub resumes: u64,
    /// RESUMEs that were answered with op 9.
    pub refused_resumes: u64,
    pub heartbeats: u64,
    /// Events that went to sessions, once per session.
    pub events: u64,
}

impl AsMut<u64> for Counters {
    fn as_mut(&mut self) -> &mut u64 {
        &mut self.early_requests
    }
}
