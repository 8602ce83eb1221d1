//! What is counted, and what is written down of what the app said.

use std::collections::BTreeMap;
use std::time::SystemTime;

use serde::Serialize;

use super::ids::Ts;

/// One message of the app, written down when it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub ts: Ts,
    pub thread: Option<Ts>,
    pub text: String,
    pub username: Option<String>,
    pub received_at: SystemTime,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    pub requests: u64,
    /// By the method's published name.
    pub by_method: BTreeMap<String, u64>,
    /// By the `error` of the answer, or by HTTP status.
    pub errors: BTreeMap<String, u64>,
    /// Requests that came before the time which a 429 had named.
    pub early_requests: u64,
    /// Messages of the app that were accepted.
    pub bot_messages: u64,
    /// Messages of people.
    pub people_messages: u64,
    /// People and groups that messages of the app rang for.
    pub pings: u64,
    /// Events made, each counted once.
    pub events: u64,
    /// Envelopes acknowledged and pushes answered with 2xx.
    pub acks: u64,
    /// Deliveries of an event after its first.
    pub redeliveries: u64,
    /// Events that were given up after the last try.
    pub lost_events: u64,
    pub sockets_opened: u64,
}

impl AsMut<u64> for Counters {
    fn as_mut(&mut self) -> &mut u64 {
        &mut self.early_requests
    }
}
