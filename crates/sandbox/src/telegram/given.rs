//! What is counted and written down, and requests, answers and updates for somebody who knows the published schema.

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde::Serialize;
use serde_json::{Map, Value};

use super::ids::MessageId;

/// Parameters, by how they were given.
#[derive(Default)]
pub struct Given {
    pub texts: Vec<(String, String)>,
    pub json: Map<String, Value>,
    /// By their fields.
    pub files: Vec<String>,
}

/// What somebody who knows the published schema is shown.
pub enum Seen {
    /// A method by its published name, with its parameters.
    Request(&'static str, Given),
    Answer(&'static str, Value),
    Update(Value),
}

/// One message of the bot, written down when it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub message_id: MessageId,
    /// The text, or the caption.
    pub text: String,
    pub received_at: SystemTime,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    pub requests: u64,
    /// By the method's published name.
    pub by_method: BTreeMap<&'static str, u64>,
    /// By HTTP status, 200 apart.
    pub errors: BTreeMap<u16, u64>,
    /// Requests to a chat that came before the time which a 429 had named.
    pub early_requests: u64,
    /// Messages of the bot that were accepted.
    pub bot_messages: u64,
    /// Messages of people.
    pub people_messages: u64,
}

impl AsMut<u64> for Counters {
    fn as_mut(&mut self) -> &mut u64 {
        &mut self.early_requests
    }
}
