//! The first turn of a lane that has nothing to do: a part of the transaction that leaves something for it, so that a message at rest
//! costs two syncs, one when it comes and one when it has gone.
//!
//! **Invariant:** a lane that begins so is at work from that moment on, and what it took goes out, also while the engine stops.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard},
};

use conversation::ChannelId;
use futures::FutureExt;
use store::{Directory, FollowUp, Follows};
use tokio::{
    sync::{Notify, mpsc::UnboundedSender},
    task::Id,
};

use super::{
    lanes::{Name, Whose},
    system_now,
};
use crate::{FirstTurn, Lane, perform::Dispatcher};

/// Who is at work.
#[derive(Default)]
pub(super) struct AtWork {
    pub(super) lanes: HashMap<Name, Worker>,
    /// Nobody begins any more.
    pub(super) is_over: bool,
}

impl AtWork {
    /// Whoever was woken after its last look stays at work: its waker.
    pub(super) fn ended(&mut self, name: &Name) -> Option<Arc<Notify>> {
        let worker = self.lanes.remove(name)?;
        worker.waker.notified().now_or_never()?;
        let waker = worker.waker.clone();
        let task = None;
        self.lanes.insert(name.clone(), Worker { task, ..worker });
        Some(waker)
    }
}

pub(super) struct Worker {
    /// None until it is running.
    pub(super) task: Option<Id>,
    pub(super) waker: Arc<Notify>,
}

/// A lane that begins, and what its first turn comes to.
pub(super) struct First {
    pub(super) name: Name,
    pub(super) lane: Lane,
    pub(super) turn: FirstTurn,
    pub(super) waker: Arc<Notify>,
}

pub(super) struct Starter {
    pub(super) dispatcher: Arc<Dispatcher>,
    pub(super) at_work: Arc<Mutex<AtWork>>,
    pub(super) begun: UnboundedSender<First>,
}

pub(super) fn locked(at_work: &Mutex<AtWork>) -> MutexGuard<'_, AtWork> {
    at_work.lock().expect("no panic under this lock")
}

impl Follows for Starter {
    fn follow(&self, channel: &ChannelId, rooms: &Directory) -> Option<FollowUp> {
        // Single readers may wait as well, and have a lane of their own.
        if self.dispatcher.readerships.has(channel) {
            return None;
        }
        let mut at_work = locked(&self.at_work);
        let name = (channel.clone(), Whose::Everybodys);
        if at_work.is_over || at_work.lanes.contains_key(&name) {
            return None;
        }
        let lane = Lane::new(self.dispatcher.clone(), channel.clone());
        let (follow_up, turn) = lane.first_turn(rooms, system_now())?;
        let waker = Arc::<Notify>::default();
        let first = First {
            name: name.clone(),
            lane,
            turn,
            waker: waker.clone(),
        };
        // Whoever runs the lanes is gone.
        self.begun.send(first).ok()?;
        at_work.lanes.insert(name, Worker { task: None, waker });
        Some(follow_up)
    }
}
