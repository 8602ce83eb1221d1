//! A Discord that stands in for the real one: REST, gateway and CDN with memory, whose people write, edit,
//! react and open threads. It shares no type with an adapter, and knows nothing of the published schema.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::{Notify, watch};

mod answer;
mod call;
mod cdn;
mod channel;
mod deeds;
mod exchange;
mod faults;
mod forms;
mod gateway;
mod ids;
mod interactions;
mod keeping;
mod limits;
mod mentions;
mod message;
mod people;
mod picture;
mod places;
mod posting;
mod routes;
mod said;
mod server;
mod view;
mod wire;
mod wire_guild;
mod wire_message;
mod world;

pub use channel::Permission;
pub use exchange::{Answered, Exchange, Observer, Strictness};
pub use faults::{Broken, Faults, Forbidden, RateLimit, ServerError};
pub use gateway::GatewayFaults;
pub use ids::{ChannelId, InteractionId, MessageId, RoleId, UserId, WebhookId};
pub use interactions::InteractionView;
pub use keeping::{Counters, Logged};
pub use people::Misuse;
pub use said::{Said, SaidFile, SaidPoll};
pub use view::{
    AttachmentView, ChannelView, DiscordView, MemberView, MessageView, PollView, ReactionView,
    ReplyView, WebhookView,
};

use world::World;

/// A handle: all clones are the same Discord.
#[derive(Clone)]
pub struct Discord {
    inner: Arc<Inner>,
}

struct Inner {
    world: Mutex<World>,
    /// Rung when an event was queued or a socket is to do something.
    arrived: Notify,
    changes: watch::Sender<u64>,
    observer: OnceLock<(Strictness, Observer)>,
}

impl Discord {
    /// One guild with nothing in it but its owner and the bot of this token, whose number is what the first
    /// third of the token holds in base64, if it does.
    pub fn new(bot_token: &str) -> Discord {
        Discord {
            inner: Arc::new(Inner {
                world: Mutex::new(World::new(bot_token)),
                arrived: Notify::new(),
                changes: watch::Sender::new(0),
                observer: OnceLock::new(),
            }),
        }
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

    /// Changes the world, then tells the sockets and those who watch.
    fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        let (outcome, fresh) = {
            let mut world = self.lock();
            let outcome = change(&mut world);
            (outcome, world.gateway.take_fresh())
        };
        if fresh {
            self.inner.arrived.notify_waiters();
        }
        self.inner.changes.send_modify(|count| *count += 1);
        outcome
    }
}
