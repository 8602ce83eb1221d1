//! What waits to be told to the app: sent over a socket or pushed, and again until it is acknowledged or given up.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::time::Instant;

use super::answer::Checked;
use super::asked::Asked;
use super::faults::{EventFaults, SocketFaults};

/// How long Slack waits; the real times by default.
#[derive(Debug, Clone, PartialEq)]
pub struct Waits {
    /// For an answer to a push or an acknowledgement.
    pub ack: Duration,
    /// Before the first, second and third repetition of an event.
    pub retries: [Duration; 3],
    /// Between the pings of a socket.
    pub ping: Duration,
    /// Between the warning and the end of a socket.
    pub warning: Duration,
}

impl Default for Waits {
    fn default() -> Waits {
        Waits {
            ack: Duration::from_secs(3),
            retries: [0, 60, 300].map(Duration::from_secs),
            ping: Duration::from_secs(10),
            warning: Duration::from_secs(10),
        }
    }
}

impl Waits {
    /// The real times, but for this factor: 0.01 makes a minute 0.6 seconds.
    pub fn scaled(factor: f64) -> Waits {
        let real = Waits::default();
        Waits {
            ack: real.ack.mul_f64(factor),
            retries: real.retries.map(|it| it.mul_f64(factor)),
            ping: real.ping.mul_f64(factor),
            warning: real.warning.mul_f64(factor),
        }
    }
}

/// Where Slack pushes to; what has no address goes over sockets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestUrls {
    pub events: Option<String>,
    pub interactivity: Option<String>,
    pub commands: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum UrlState {
    #[default]
    Unset,
    /// `url_verification` is under way; events wait.
    Verifying,
    Verified,
    /// It did not answer the challenge; events are lost.
    Refused(String),
}

#[derive(Debug, Clone)]
pub(crate) enum Cargo {
    Event,
    Interactive(Asked),
    Slash(Asked),
}

#[derive(Debug, Clone)]
pub(crate) struct Parcel {
    pub(crate) cargo: Cargo,
    /// Events of one channel are pushed one after another.
    pub(crate) lane: String,
    pub(crate) payload: Arc<Value>,
    pub(crate) attempt: usize,
    pub(crate) reason: Option<&'static str>,
}

impl Parcel {
    pub(crate) fn new(cargo: Cargo, channel: Option<&str>, payload: Value) -> Parcel {
        Parcel {
            cargo,
            lane: channel.unwrap_or_default().to_owned(),
            payload: Arc::new(payload),
            attempt: 0,
            reason: None,
        }
    }
}

pub(crate) enum Out {
    Text(String),
    Close,
}

pub(crate) struct Socket {
    pub(crate) out: mpsc::UnboundedSender<Out>,
    /// When this is dropped, so is the connection.
    pub(crate) _line: oneshot::Sender<()>,
}

pub(crate) struct InFlight {
    pub(crate) parcel: Parcel,
    pub(crate) socket: u64,
    pub(crate) until: Instant,
}

#[derive(Default)]
pub(crate) struct Delivery {
    pub(crate) urls: RequestUrls,
    pub(crate) url_state: UrlState,
    pub(crate) waits: Waits,
    pub(crate) faults: EventFaults,
    pub(crate) socket_faults: watch::Sender<SocketFaults>,
    pub(crate) gathered: Vec<Parcel>,
    pub(crate) gathered_until: Option<Instant>,
    pub(crate) sockets: BTreeMap<u64, Socket>,
    pub(crate) link_disabled: bool,
    pub(crate) verify: bool,
    tickets: HashSet<String>,
    pub(crate) queue: BTreeMap<(Instant, u64), Parcel>,
    pub(crate) waiting_for_url: Vec<Parcel>,
    pub(crate) lanes: HashMap<String, VecDeque<Parcel>>,
    pub(crate) in_flight: HashMap<String, InFlight>,
    pub(crate) deadlines: BTreeSet<(Instant, String)>,
    pub(crate) count: u64,
    last_socket: u64,
    /// Sockets that were told that they end, and when they do.
    pub(crate) closings: Vec<(Instant, u64)>,
}

/// What has to be done outside the lock.
pub(crate) enum Job {
    Verify { url: String },
    Push { url: String, parcel: Parcel },
}

impl Delivery {
    pub(crate) fn enqueue(&mut self, parcel: Parcel, due: Instant) {
        self.count += 1;
        self.queue.insert((due, self.count), parcel);
    }

    pub(crate) fn new_ticket(&mut self) -> Checked<String> {
        refuse!(self.socket_faults.borrow().refuse => "internal_error");
        refuse!(self.link_disabled => "link_disabled");
        self.count += 1;
        let ticket = format!("ticket-{:08}", self.count);
        self.tickets.insert(ticket.clone());
        Ok(ticket)
    }

    /// A ticket is good for one socket.
    pub(crate) fn use_ticket(&mut self, ticket: &str) -> bool {
        self.tickets.remove(ticket)
    }

    pub(crate) fn new_socket(&mut self, socket: Socket) -> u64 {
        self.count += 1;
        self.sockets.insert(self.count, socket);
        self.count
    }

    /// Sockets take turns.
    pub(crate) fn next_socket(&mut self) -> Option<u64> {
        let behind = self.sockets.range(self.last_socket + 1..).next();
        let next = behind.or_else(|| self.sockets.iter().next());
        let id = *next?.0;
        self.last_socket = id;
        Some(id)
    }

    pub(crate) fn next_in_lane(&mut self, lane: &str) -> Option<Parcel> {
        let next = self.lanes.get_mut(lane)?.pop_front();
        if next.is_none() {
            self.lanes.remove(lane);
        }
        next
    }

    pub(crate) fn close_due(&mut self, now: Instant) {
        let sockets = &self.sockets;
        self.closings.retain(|(end, id)| {
            if *end > now {
                return true;
            }
            if let Some(socket) = sockets.get(id) {
                let _ = socket.out.send(Out::Close);
            }
            false
        });
    }

    /// Behind what is queued already.
    pub(crate) fn close_sockets(&mut self) {
        let now = Instant::now();
        self.closings
            .extend(self.sockets.keys().map(|id| (now, *id)));
    }

    pub(crate) fn next_due(&self) -> Option<Instant> {
        let queued = self.queue.keys().next().map(|it| it.0);
        let deadline = self.deadlines.first().map(|it| it.0);
        let closing = self.closings.iter().map(|it| it.0).min();
        let times = [queued, deadline, self.gathered_until, closing];
        times.into_iter().flatten().min()
    }

    pub(crate) fn take_in_flight(&mut self, envelope: &str) -> Option<Parcel> {
        let sent = self.in_flight.remove(envelope)?;
        self.deadlines.remove(&(sent.until, envelope.to_owned()));
        Some(sent.parcel)
    }

    pub(crate) fn url_of(&self, cargo: &Cargo) -> Option<String> {
        match cargo {
            Cargo::Event => self.urls.events.clone(),
            Cargo::Interactive(_) => self.urls.interactivity.clone(),
            Cargo::Slash(_) => self.urls.commands.clone(),
        }
    }

    pub(crate) fn envelope(&self, id: &str, parcel: &Parcel) -> String {
        let (kind, accepts) = match &parcel.cargo {
            Cargo::Event => ("events_api", false),
            Cargo::Interactive(asked) => ("interactive", matches!(asked, Asked::Submission { .. })),
            Cargo::Slash(_) => ("slash_commands", true),
        };
        let mut envelope = json!({
            "envelope_id": id, "payload": *parcel.payload, "type": kind, "accepts_response_payload": accepts,
        });
        if let Cargo::Event = parcel.cargo {
            envelope["retry_attempt"] = parcel.attempt.into();
            envelope["retry_reason"] = parcel.reason.unwrap_or_default().into();
        }
        envelope.to_string()
    }
}
