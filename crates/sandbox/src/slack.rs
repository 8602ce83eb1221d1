//! A Slack that stands in for the real one: a workspace with memory behind the Web API, Socket Mode and the Events API,
//! whose people write, edit, react, press and leave. It shares no type with an adapter.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};

mod answer;
mod answers;
mod app;
mod blocks;
mod channel;
mod compose;
mod deeds;
mod delivery;
mod dispatch;
mod doors;
mod emoji;
mod event_faults;
mod events;
mod faults;
mod files;
mod forms;
mod ids;
mod inline;
mod interactions;
mod judge;
mod keeping;
mod limits;
mod member;
mod message;
mod methods;
mod mrkdwn;
mod params;
mod people;
mod pings;
mod places;
mod push;
mod render;
mod said;
mod schema;
mod server;
mod signature;
mod socket;
mod view;
mod viewing;
mod workspace;
mod world;

pub use app::{App, Tokens};
pub use delivery::{RequestUrls, UrlState, Waits};
pub use faults::{
    Broken, Disconnect, ErrorAnswer, EventFaults, Faults, Odd, RetryAfter, ServerError,
    SocketFaults,
};
pub use ids::{ChannelId, GroupId, NotATs, Ts, UserId, ViewId};
pub use keeping::{Counters, Logged};
pub use people::Misuse;
pub use said::{Said, SaidFile};
pub use view::{
    ButtonView, ChannelView, EphemeralView, FileView, MemberView, MessageView, ModalView, Piece,
    ReactionView, SlackView, Span,
};

use world::World;

/// What to do with a request that the public documentation does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Written down in `violations`, and otherwise done.
    Record,
    /// Written down and answered `invalid_arguments`.
    Refuse,
}

/// A handle: all clones are the same Slack.
#[derive(Clone)]
pub struct Slack {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    /// Rung when there is something to deliver.
    arrived: Notify,
    changes: watch::Sender<u64>,
    strict: AtomicBool,
}

impl Slack {
    /// A workspace with nobody in it but the app's bot user.
    pub fn new(tokens: Tokens) -> Slack {
        Slack {
            inner: Arc::new(Inner {
                world: Mutex::new(World::new(tokens)),
                arrived: Notify::new(),
                changes: watch::Sender::new(0),
                strict: AtomicBool::new(false),
            }),
        }
    }

    /// Requests are always checked and what is not legal is written down; this says what else happens to it.
    pub fn set_strictness(&self, strictness: Strictness) {
        let strict = strictness == Strictness::Refuse;
        self.inner.strict.store(strict, Ordering::Relaxed);
    }

    /// What was not legal by the public documentation so far, one sentence each.
    pub fn violations(&self) -> Vec<String> {
        self.look(|world| world.violations.clone())
    }

    /// Counts up when anything that people can see has changed; several changes may come as one.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.inner.changes.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, World> {
        // A panic elsewhere must not turn into one here: the world is only ever changed whole.
        self.inner
            .world
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads, or changes what nobody watches.
    fn look<T>(&self, look: impl FnOnce(&mut World) -> T) -> T {
        look(&mut self.lock())
    }

    /// Changes the world, then wakes the deliverer and those who watch.
    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let outcome = change(&mut self.lock());
        self.inner.arrived.notify_one();
        self.inner.changes.send_modify(|count| *count += 1);
        outcome
    }
}
