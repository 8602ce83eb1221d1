//! A Telegram that stands in for the real one: a Bot API server with memory, whose people write, edit,
//! react and leave. Everything that it says is legal by the published schema; it shares no type with an adapter.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::{Notify, watch};

mod answer;
mod chat;
mod deeds;
mod faults;
mod files;
mod forms;
mod ids;
mod keeping;
mod limits;
mod message;
mod methods;
mod params;
mod people;
mod places;
mod said;
pub mod schema;
mod server;
mod service;
mod text;
mod updates;
mod view;
mod webhook;
mod wire;
mod world;

pub use faults::{Broken, Faults, Forbidden, ServerError};
pub use ids::{ChatId, MessageId, UserId};
pub use keeping::{Counters, Logged};
pub use people::Misuse;
pub use said::{FileKind, Said, SaidFile};
pub use schema::Schema;
pub use view::{
    AttachmentView, ChatView, MemberView, MessageView, ReactionView, ReplyView, TelegramView,
    TopicView,
};

use world::World;

/// What to do with a request that the published schema does not allow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strictness {
    /// Written down in `violations`, and otherwise done.
    Record,
    /// Written down and answered 400.
    Refuse,
}

/// A handle: all clones are the same Telegram.
#[derive(Clone)]
pub struct Telegram {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    /// Rung when an update was queued or a poller has to give way.
    arrived: Notify,
    changes: watch::Sender<u64>,
    schema: OnceLock<Arc<Schema>>,
    strict: AtomicBool,
}

impl Telegram {
    /// Empty but for the bot of this token, as in `123456:abc`; its id is what stands before the colon.
    pub fn new(bot_token: &str) -> Telegram {
        Telegram {
            inner: Arc::new(Inner {
                world: Mutex::new(World::new(bot_token)),
                arrived: Notify::new(),
                changes: watch::Sender::new(0),
                schema: OnceLock::new(),
                strict: AtomicBool::new(false),
            }),
        }
    }

    /// From now on requests, answers and updates are checked, and what is not legal is written down.
    /// The first schema stays.
    pub fn check_against(&self, schema: Arc<Schema>, strictness: Strictness) {
        self.look(|world| world.updates.schema = Some(schema.clone()));
        let strict = strictness == Strictness::Refuse;
        self.inner.strict.store(strict, Ordering::Relaxed);
        let _ = self.inner.schema.set(schema);
    }

    /// What was not legal by the schema so far, ours and theirs, one sentence each.
    pub fn violations(&self) -> Vec<String> {
        self.look(|world| world.updates.violations.clone())
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

    /// Changes the world, then tells those who wait for updates and those who watch.
    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let (outcome, fresh) = {
            let mut world = self.lock();
            let outcome = change(&mut world);
            (outcome, world.updates.take_fresh())
        };
        if fresh {
            self.inner.arrived.notify_waiters();
        }
        self.inner.changes.send_modify(|count| *count += 1);
        outcome
    }
}
