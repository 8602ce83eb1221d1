//! A stand-in's state behind one lock. Nothing waits while it holds the lock; those who wait look again after each change.

use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::board::Faults;
use super::kept::Kit;

/// The whole state of a stand-in.
pub trait World: Sized {
    /// A channel, as the state names it.
    type Key: Clone + Eq + Hash;
    /// A channel, as callers name it.
    type Place<'a>: Into<Self::Key>;
    type Faults: Faults<Key = Self::Key>;
    type Counters: Clone + Default + AsMut<u64>;
    /// One message that the bot said.
    type Logged: Clone;
    /// What is shown to somebody who knows what is legal.
    type Seen;

    fn kit(&mut self) -> &mut Kit<Self>;

    /// Whether a change left something for those who wait.
    fn take_fresh(&mut self) -> bool {
        true
    }
}

/// A handle: all clones are the same stand-in.
pub struct Stand<W>(Arc<Inner<W>>);

struct Inner<W> {
    world: Mutex<W>,
    /// Rung when those who wait are to look again.
    arrived: Notify,
    changes: watch::Sender<u64>,
}

impl<W> Clone for Stand<W> {
    fn clone(&self) -> Stand<W> {
        Stand(self.0.clone())
    }
}

impl<W: World> Stand<W> {
    pub(crate) fn of(world: W) -> Stand<W> {
        Stand(Arc::new(Inner {
            world: Mutex::new(world),
            arrived: Notify::new(),
            changes: watch::Sender::new(0),
        }))
    }

    /// Counts up when anything that people can see has changed; several changes may come as one.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.0.changes.subscribe()
    }

    fn lock(&self) -> MutexGuard<'_, W> {
        // A panic elsewhere must not turn into one here: the world is only ever changed whole.
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads, or changes what nobody watches.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&mut W) -> T) -> T {
        look(&mut self.lock())
    }

    /// Changes the world, then tells those who wait and those who watch.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut W) -> T) -> T {
        let (outcome, fresh) = {
            let mut world = self.lock();
            (change(&mut world), world.take_fresh())
        };
        if fresh {
            self.ring();
        }
        self.0.changes.send_modify(|count| *count += 1);
        outcome
    }

    pub(crate) fn ring(&self) {
        self.0.arrived.notify_waiters();
    }

    /// Looks again after each change, and at the time that the look asks for, until it finds something.
    pub(crate) async fn until<T>(
        &self,
        mut look: impl FnMut(&mut W) -> Result<T, Option<Instant>>,
    ) -> T {
        loop {
            let arrived = self.0.arrived.notified();
            tokio::pin!(arrived);
            // Listening begins before the look, so that nothing that arrives in between is missed.
            arrived.as_mut().enable();
            match self.look(&mut look) {
                Ok(found) => return found,
                Err(None) => arrived.await,
                Err(Some(due)) => {
                    let _ = tokio::time::timeout_at(due, arrived).await;
                }
            }
        }
    }
}
