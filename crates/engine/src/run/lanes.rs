//! The lanes at work: one for each channel for which something is to be done, one beside it where single readers wait, and one
//! for each answer to one person alone.
//!
//! **Invariant:** a lane that has nothing to do is gone. Whoever brings it something wakes it, and a wake that finds it ending
//! begins it anew.

use std::{collections::HashMap, sync::Arc, time::Duration};

use conversation::{ChannelId, MessageId};
use futures::{FutureExt, future::try_join};
use store::Answer;
use tokio::{
    sync::{Notify, mpsc::UnboundedReceiver},
    task::{Id, JoinError, JoinSet},
    time::MissedTickBehavior,
};
use tokio_util::sync::CancellationToken;

use super::{failed, system_now, way::run_way};
use crate::{Engine, Lane, LateLane, WayOut, accept::Ingest, perform::Dispatcher};

/// How soon a room or link that another process changed is seen.
const LOOK_FOR_CHANGES: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Whose {
    Everybodys,
    SingleReaders,
    /// Whoever asked is answered.
    Askers(MessageId),
}

type Name = (ChannelId, Whose);

pub(super) struct Lanes {
    dispatcher: Arc<Dispatcher>,
    ingest: Arc<Ingest>,
    stop: CancellationToken,
    at_work: HashMap<Name, (Id, Arc<Notify>)>,
    tasks: JoinSet<Name>,
    /// What was open when we began is woken.
    has_begun: bool,
    /// What staff released may wait.
    takes_in: bool,
}

impl Lanes {
    pub(super) fn new(engine: &Engine, stop: CancellationToken) -> Lanes {
        Lanes {
            dispatcher: engine.dispatcher.clone(),
            ingest: engine.ingest.clone(),
            stop,
            at_work: HashMap::new(),
            tasks: JoinSet::new(),
            has_begun: false,
            takes_in: true,
        }
    }

    /// Wakes each lane that has something to send.
    pub(super) async fn run(
        mut self,
        mut woken: UnboundedReceiver<ChannelId>,
        mut answers: UnboundedReceiver<Answer>,
    ) {
        let stop = self.stop.clone();
        // Ticks however busy the lanes are: a wait that began anew after each of them would never end.
        let mut look = tokio::time::interval(LOOK_FOR_CHANGES);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                Some(channel) = woken.recv() => self.wake(&channel),
                Some(answer) = answers.recv() => self.wake_answer(answer),
                Some(ended) = self.tasks.join_next_with_id() => self.ended(ended),
                _ = look.tick() => self.look().await,
                () = stop.cancelled() => return self.finish().await,
            }
        }
    }

    fn wake(&mut self, channel: &ChannelId) {
        self.wake_one((channel.clone(), Whose::Everybodys));
        if self.dispatcher.readerships.has(channel) {
            self.wake_one((channel.clone(), Whose::SingleReaders));
        }
    }

    fn wake_answer(&mut self, answer: Answer) {
        self.wake_one((answer.channel, Whose::Askers(answer.message)));
    }

    fn wake_one(&mut self, name: Name) {
        match self.at_work.get(&name) {
            Some((_, waker)) => waker.notify_one(),
            None => self.begin(name),
        }
    }

    fn begin(&mut self, name: Name) {
        let (channel, waker) = (name.0.clone(), Arc::new(Notify::new()));
        let dispatcher = self.dispatcher.clone();
        let id = match &name.1 {
            Whose::Everybodys => self.begin_way(&name, Lane::new(dispatcher, channel), &waker),
            Whose::SingleReaders => {
                self.begin_way(&name, LateLane::new(dispatcher, channel), &waker)
            }
            Whose::Askers(message) => {
                let message = message.clone();
                let lane = Lane::answering(dispatcher, Answer { channel, message });
                self.begin_way(&name, lane, &waker)
            }
        };
        self.at_work.insert(name, (id, waker));
    }

    fn begin_way(&mut self, name: &Name, way: impl WayOut, waker: &Arc<Notify>) -> Id {
        let (store, stop) = (self.dispatcher.store.clone(), self.stop.clone());
        let (name, waker) = (name.clone(), waker.clone());
        let task = async move {
            run_way(way, store, waker, stop).await;
            name
        };
        self.tasks.spawn(task).id()
    }

    /// Of what panicked the log tells; the next look tries anew.
    fn ended(&mut self, ended: Result<(Id, Name), JoinError>) {
        match ended {
            Ok((_, name)) => {
                let waker = self.at_work.remove(&name).map(|(_, waker)| waker);
                // Woken after its last look.
                if waker.is_some_and(|it| it.notified().now_or_never().is_some()) {
                    self.begin(name);
                }
            }
            Err(error) => {
                tracing::error!(%error, "a lane ended before its time");
                self.at_work.retain(|_, (id, _)| *id != error.id());
                self.has_begun = false;
            }
        }
    }

    /// What is open at the start, what changed since, and what staff released. What fails is new at the next look.
    async fn look(&mut self) {
        if let Err(error) = self.dispatcher.store.refresh_directory().await {
            failed(&error, "the rooms could not be read again");
        }
        if !self.has_begun {
            self.wake_open().await;
        }
        if let Some(changed) = self.dispatcher.store.changed_channels() {
            for it in &changed {
                self.dispatcher.log.link(it);
                self.wake(&it.now.channel.id);
            }
            self.takes_in = true;
        }
        if self.takes_in {
            self.take_in_released().await;
        }
    }

    async fn wake_open(&mut self) {
        let store = &self.dispatcher.store;
        match try_join(store.open_channels(), store.open_answers()).await {
            Ok((open, answers)) => {
                open.iter().for_each(|it| self.wake(it));
                answers.into_iter().for_each(|it| self.wake_answer(it));
                self.has_begun = true;
            }
            Err(error) => failed(&error, "what is still to be sent could not be read"),
        }
    }

    async fn take_in_released(&mut self) {
        match self.ingest.take_in_released(system_now()).await {
            Ok(taken) => {
                self.takes_in = false;
                if taken > 0 {
                    tracing::info!(held.released = taken, "what staff released was taken in");
                }
            }
            Err(error) => failed(&error, "what staff released could not be taken in yet"),
        }
    }

    async fn finish(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}
