//! The lanes at work: one for each channel for which something is to be done, one beside it where single readers wait, and one
//! for each answer to one person alone.
//!
//! **Invariant:** a lane that has nothing to do is gone. Whoever brings it something wakes it, and a wake that finds it ending
//! begins it anew.

use std::{
    collections::hash_map::Entry,
    sync::{Arc, Mutex},
    time::Duration,
};

use conversation::{ChannelId, MessageId};
use futures::future::try_join;
use store::Answer;
use tokio::{
    sync::{
        Notify,
        mpsc::{UnboundedReceiver, unbounded_channel},
    },
    task::{Id, JoinError, JoinSet},
    time::MissedTickBehavior,
};
use tokio_util::sync::CancellationToken;

use super::{
    failed,
    first::{AtWork, First, Starter, Worker, locked},
    system_now,
    way::run_way,
};
use crate::{Engine, Lane, LateLane, WayOut, accept::Ingest, perform::Dispatcher};

/// How soon a room or link that another process changed is seen.
const LOOK_FOR_CHANGES: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Whose {
    Everybodys,
    SingleReaders,
    /// Whoever asked is answered.
    Askers(MessageId),
}

pub(super) type Name = (ChannelId, Whose);

pub(super) struct Lanes {
    dispatcher: Arc<Dispatcher>,
    ingest: Arc<Ingest>,
    stop: CancellationToken,
    at_work: Arc<Mutex<AtWork>>,
    /// Lanes that began in a transaction.
    begun: UnboundedReceiver<First>,
    tasks: JoinSet<Name>,
    /// What was open when we began is woken.
    has_begun: bool,
    /// What staff released may wait.
    takes_in: bool,
}

impl Lanes {
    pub(super) fn new(engine: &Engine, stop: CancellationToken) -> Lanes {
        let at_work = Arc::<Mutex<AtWork>>::default();
        let (to_begin, begun) = unbounded_channel();
        engine.store.is_followed_by(Arc::new(Starter {
            dispatcher: engine.dispatcher.clone(),
            at_work: at_work.clone(),
            begun: to_begin,
        }));
        Lanes {
            dispatcher: engine.dispatcher.clone(),
            ingest: engine.ingest.clone(),
            stop,
            at_work,
            begun,
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
                Some(first) = self.begun.recv() => self.go_on(first),
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

    /// Looked at and begun under one lock: a transaction may begin the same lane at this moment.
    fn wake_one(&mut self, name: Name) {
        let waker = Arc::<Notify>::default();
        let worker = Worker {
            task: None,
            waker: waker.clone(),
        };
        match locked(&self.at_work).lanes.entry(name.clone()) {
            Entry::Occupied(at_work) => return at_work.get().waker.notify_one(),
            Entry::Vacant(free) => free.insert(worker),
        };
        self.begin(name, waker);
    }

    fn begin(&mut self, name: Name, waker: Arc<Notify>) {
        let (channel, dispatcher) = (name.0.clone(), self.dispatcher.clone());
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
        self.is_run_by(&name, id);
    }

    fn is_run_by(&self, name: &Name, id: Id) {
        if let Some(worker) = locked(&self.at_work).lanes.get_mut(name) {
            worker.task = Some(id);
        }
    }

    /// What it took in its first turn goes out first.
    fn go_on(&mut self, first: First) {
        let (store, stop) = (self.dispatcher.store.clone(), self.stop.clone());
        let First {
            name,
            mut lane,
            turn,
            waker,
        } = first;
        let whose = name.clone();
        let task = async move {
            lane.go_on_from(turn, system_now()).await;
            run_way(lane, store, waker, stop).await;
            whose
        };
        let id = self.tasks.spawn(task).id();
        self.is_run_by(&name, id);
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
                let woken = locked(&self.at_work).ended(&name);
                if let Some(waker) = woken {
                    self.begin(name, waker);
                }
            }
            Err(error) => {
                tracing::error!(%error, "a lane ended before its time");
                let mut at_work = locked(&self.at_work);
                at_work.lanes.retain(|_, it| it.task != Some(error.id()));
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
        locked(&self.at_work).is_over = true;
        while let Ok(first) = self.begun.try_recv() {
            self.go_on(first);
        }
        while self.tasks.join_next().await.is_some() {}
    }
}
