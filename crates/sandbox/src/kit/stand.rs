//! A stand-in's state behind one lock. Nothing waits while it holds the lock; those who wait look again after each change.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use tokio::sync::{Notify, watch};
use tokio::time::Instant;

use super::kept::{Observer, State, Strictness, World};

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

/// For whoever works only as long as somebody has the stand-in.
pub(crate) struct WeakStand<W>(Weak<Inner<W>>);

impl<W> WeakStand<W> {
    pub(crate) fn upgrade(&self) -> Option<Stand<W>> {
        self.0.upgrade().map(Stand)
    }
}

impl<W: State> Stand<W> {
    pub(crate) fn of(world: W) -> Stand<W> {
        Stand(Arc::new(Inner {
            world: Mutex::new(world),
            arrived: Notify::new(),
            changes: watch::Sender::new(0),
        }))
    }

    pub(crate) fn downgrade(&self) -> WeakStand<W> {
        WeakStand(Arc::downgrade(&self.0))
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

impl<W: World> Stand<W> {
    pub fn counters(&self) -> W::Counters {
        self.look(|world| world.kit().counters.clone())
    }

    /// Requests that came before the time which a 429 had named.
    pub fn early_requests(&self) -> u64 {
        self.look(|world| *world.kit().counters.as_mut())
    }

    /// From now on each channel keeps only its newest messages, so that a long load fits in memory.
    pub fn keep_last(&self, messages: usize) {
        self.look(|world| world.kit().last = Some(messages));
    }

    /// From now on all that the bot says is written down for `log_of`.
    pub fn keep_log(&self) {
        self.look(|world| world.kit().log = Some(HashMap::new()));
    }

    /// What the bot said in a channel since `keep_log`, in the order of acceptance.
    pub fn log_of(&self, place: W::Place<'_>) -> Vec<W::Logged> {
        self.log_since(place, 0)
    }

    /// The same without the first `skip` entries: cheap to ask again and again.
    pub fn log_since(&self, place: W::Place<'_>, skip: usize) -> Vec<W::Logged> {
        self.logged(place, |log| log.get(skip..).unwrap_or_default().to_vec())
    }

    /// How many messages `log_of` holds, without copying them.
    pub fn log_len(&self, place: W::Place<'_>) -> usize {
        self.logged(place, <[_]>::len)
    }

    fn logged<T>(&self, place: W::Place<'_>, read: impl FnOnce(&[W::Logged]) -> T) -> T {
        let place = place.into();
        self.look(|world| {
            let log = world.kit().log.as_ref();
            read(log.and_then(|it| it.get(&place)).map_or(&[], Vec::as_slice))
        })
    }

    /// What was not legal so far, ours and theirs, one sentence each.
    pub fn violations(&self) -> Vec<String> {
        self.look(|world| world.kit().violations.clone())
    }

    /// From now on requests and answers are shown to the observer, and what it finds is written down. Answers that a
    /// fault made up are not shown. It must not ask the stand-in for anything.
    pub fn observe(&self, strictness: Strictness, observer: Observer<W::Seen>) {
        self.look(|world| {
            let kit = world.kit();
            (kit.strictness, kit.observer) = (strictness, Some(observer));
        });
    }

    /// Sets the faults of one channel, or of the whole platform, in place of those that were set there before.
    pub fn set_faults(&self, place: Option<W::Place<'_>>, faults: W::Faults) {
        let place = place.map(Into::into);
        self.change(|world| world.kit().board.set(place, faults));
    }

    /// As they stand now: the numbers of requests that are left count down.
    pub fn faults(&self, place: Option<W::Place<'_>>) -> W::Faults {
        let place = place.map(Into::into);
        self.look(|world| world.kit().board.get(&place))
    }
}
