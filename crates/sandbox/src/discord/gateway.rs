//! The gateway: sessions that outlive their sockets, with what each is still to be told, in order.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub(crate) mod dispatch;
mod opcodes;
mod session;
pub(super) mod socket;

use session::Session;

/// What can go wrong on purpose with the gateway. All off by default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GatewayFaults {
    /// Sockets that are open, or are opened while this is on, never say a word again: no acknowledgement,
    /// no event. Switching it off helps only new sockets.
    pub silent: bool,
    /// Heartbeats are acknowledged; IDENTIFY and RESUME are never answered.
    pub mute: bool,
    /// New sockets are answered 503.
    pub refuse_connections: bool,
    /// Every RESUME is answered with op 9, not resumable.
    pub refuse_resume: bool,
    /// Every event comes twice, under two sequence numbers.
    pub duplicate: bool,
    /// These fields are left out of events; dots go down: `member.joined_at`.
    pub without: Vec<String>,
    /// Events carry fields that nobody knows.
    pub unknown_fields: bool,
    /// So many IDENTIFYs are left today; the next closes the socket with 4004, as the real server does
    /// when it resets the token.
    pub identifies_left: Option<u32>,
}

pub(crate) struct Gateway {
    pub(crate) faults: GatewayFaults,
    sessions: BTreeMap<String, Session>,
    lines: HashMap<u64, Line>,
    last_line: u64,
    fresh: bool,
    heartbeat_ms: u64,
    /// How many events a session keeps for a RESUME.
    kept: usize,
    last_identify_ms: i64,
}

/// A socket that is open.
#[derive(Default)]
struct Line {
    orders: VecDeque<Order>,
    silent: bool,
}

#[derive(Debug, Clone)]
enum Order {
    Say(Arc<str>),
    Close(u16),
    /// Ends without a closing frame.
    Drop,
}

/// The real server's interval.
const HEARTBEAT_MS: u64 = 41_250;

impl Default for Gateway {
    fn default() -> Gateway {
        Gateway {
            faults: GatewayFaults::default(),
            sessions: BTreeMap::new(),
            lines: HashMap::new(),
            last_line: 0,
            fresh: false,
            heartbeat_ms: HEARTBEAT_MS,
            kept: 5_000,
            last_identify_ms: 0,
        }
    }
}

impl Gateway {
    pub(crate) fn take_fresh(&mut self) -> bool {
        std::mem::take(&mut self.fresh)
    }

    fn order(&mut self, order: &Order) {
        self.fresh = true;
        for line in self.lines.values_mut() {
            line.orders.push_back(order.clone());
        }
    }

    fn open_line(&mut self) -> u64 {
        self.last_line += 1;
        let line = Line {
            silent: self.faults.silent,
            ..Line::default()
        };
        self.lines.insert(self.last_line, line);
        self.last_line
    }

    fn close_line(&mut self, line: u64) {
        self.lines.remove(&line);
        for session in self.sessions.values_mut() {
            session.line = session.line.filter(|it| *it != line);
        }
    }
}
