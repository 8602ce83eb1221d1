//! The engine at work on the real clock: a listener for each adapter, a lane for each channel.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use conversation::{ChannelId, Timestamp};
use store::{Directory, Error};
use tokio::{
    sync::Notify,
    task::JoinSet,
    time::{MissedTickBehavior, sleep},
};
use tokio_util::sync::CancellationToken;

use crate::{Engine, Lane, LateLane, log::Log};

mod clock;
mod way;

use way::{Way, run_way};

/// How soon a room or link that another process changed is seen.
const LOOK_FOR_CHANGES: Duration = Duration::from_millis(500);
const HOUSEKEEPING: Duration = Duration::from_secs(3600);
/// How often the store hears that we are at work.
const BEAT: Duration = Duration::from_secs(15);
/// What is under way may finish before a stop, so that all is over within 10 s.
const PATIENCE_AT_STOP: Duration = Duration::from_secs(8);

/// The only clock in the engine.
pub fn system_now() -> Timestamp {
    let since_epoch = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Timestamp(i64::try_from(since_epoch.as_millis()).unwrap_or(i64::MAX))
}

/// An engine at work, until it is told to stop.
pub struct Running {
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

impl Engine {
    pub fn start(self: &Arc<Engine>) -> Running {
        let stop = self.stop.clone();
        let mut tasks = JoinSet::new();
        for adapter in self.adapters.values() {
            tasks.spawn(self.clone().receive(adapter.clone(), stop.clone()));
        }
        tasks.spawn(self.clone().run_lanes(stop.clone()));
        tasks.spawn(self.clone().check_store(stop.clone()));
        tasks.spawn(self.clone().keep_the_clock(stop.clone()));
        tasks.spawn(self.clone().keep_beating(stop.clone()));
        tasks.spawn(self.clone().keep_log(stop.clone()));
        Running { stop, tasks }
    }

    /// Wakes each lane that has something to send, and starts one for each channel that is new.
    async fn run_lanes(self: Arc<Engine>, stop: CancellationToken) {
        let Some(mut woken) = self.woken.lock().expect("no panic under this lock").take() else {
            return;
        };
        let mut lanes = Lanes::new(self.clone(), stop.clone());
        // Ticks however busy the lanes are: a wait that began anew after each of them would never end.
        let mut look = tokio::time::interval(LOOK_FOR_CHANGES);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                Some(channel) = woken.recv() => lanes.wake(channel),
                _ = look.tick() => lanes.look_for_changes().await,
                () = stop.cancelled() => return lanes.finish().await,
            }
        }
    }

    /// Once: what is damaged is as it was at the start, and whoever writes there finds it.
    async fn check_store(self: Arc<Engine>, stop: CancellationToken) {
        let checked = tokio::select! {
            checked = self.store.check_whole() => checked,
            () = stop.cancelled() => return,
        };
        match checked {
            Ok(()) => tracing::debug!("the store was read from end to end"),
            Err(error) => tracing::error!(%error, "the store could not be read from end to end"),
        }
    }
}

impl Engine {
    /// What the store does not hear of in time was no time for anybody's message.
    async fn keep_beating(self: Arc<Engine>, stop: CancellationToken) {
        while !stop.is_cancelled() {
            match self.store.beat(system_now()).await {
                Ok(()) => {}
                Err(error) if self.store.is_lost_by(&error) => return,
                Err(error) => failed(&error, "the store could not hear that we are at work"),
            }
            tokio::select! {
                () = sleep(BEAT) => {}
                () = stop.cancelled() => return,
            }
        }
    }
}

impl Engine {
    /// Looks when something began or is over here, and now and then for what another process did.
    async fn keep_log(self: Arc<Engine>, stop: CancellationToken) {
        let mut log = Log::default();
        while !stop.is_cancelled() {
            match self.log_notices(&mut log, system_now()).await {
                Ok(()) => {}
                Err(error) if self.store.is_lost_by(&error) => return,
                Err(error) => failed(&error, "notices could not be read"),
            }
            tokio::select! {
                () = self.store.notices_change() => {}
                () = sleep(BEAT) => {}
                () = stop.cancelled() => return,
            }
        }
    }
}

impl Running {
    /// Stops listening, lets what is under way finish, and commits its results.
    pub async fn stop(mut self) {
        self.stop.cancel();
        let finished = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(PATIENCE_AT_STOP, finished)
            .await
            .is_err()
        {
            tracing::warn!(
                "some deliveries were still under way: they are looked into at the next start"
            );
        }
    }
}

struct Lanes {
    engine: Arc<Engine>,
    stop: CancellationToken,
    wakers: HashMap<ChannelId, Vec<Arc<Notify>>>,
    /// The newest rooms that the lanes were woken for.
    seen: Option<i64>,
    /// As the log last told of them.
    rooms: Arc<Directory>,
    tasks: JoinSet<()>,
}

impl Lanes {
    fn new(engine: Arc<Engine>, stop: CancellationToken) -> Lanes {
        Lanes {
            stop,
            wakers: HashMap::new(),
            seen: None,
            rooms: engine.store.directory(),
            engine,
            tasks: JoinSet::new(),
        }
    }

    fn wake(&mut self, channel: ChannelId) {
        if let Some(wakers) = self.wakers.get(&channel) {
            return wakers.iter().for_each(|it| it.notify_one());
        }
        let mut wakers = vec![self.run(Lane::new(channel.clone()))];
        if self.engine.has_readers(&channel) {
            wakers.push(self.run(LateLane::new(channel.clone())));
        }
        self.wakers.insert(channel, wakers);
    }

    fn run(&mut self, way: impl Way) -> Arc<Notify> {
        let waker = Arc::new(Notify::new());
        let (engine, stop) = (self.engine.clone(), self.stop.clone());
        self.tasks.spawn(run_way(way, engine, waker.clone(), stop));
        waker
    }

    /// Of private chats those in which something is still to be said.
    async fn wake_all(&mut self) {
        let directory = self.engine.store.directory();
        self.seen = directory.revision();
        self.engine.log_links(&self.rooms, &directory);
        for entry in directory.channels() {
            self.wake(entry.channel.id.clone());
        }
        self.rooms = directory;
        match self.engine.store.open_private_chats().await {
            Ok(chats) => chats.into_iter().for_each(|it| self.wake(it)),
            Err(error) => {
                self.seen = None;
                failed(&error, "private chats could not be read");
            }
        }
    }

    /// Somebody else in this process may have read the rooms before us. What staff released is looked for as well: what
    /// fails then is still new at the next look.
    async fn look_for_changes(&mut self) {
        if let Err(error) = self.engine.store.refresh_directory().await {
            failed(&error, "the rooms could not be read again");
        }
        if self.engine.store.directory().revision() == self.seen {
            return;
        }
        self.wake_all().await;
        match self.engine.take_in_released(system_now()).await {
            Ok(0) => {}
            Ok(taken) => tracing::info!(held.released = taken, "what staff released was taken in"),
            Err(error) => {
                self.seen = None;
                failed(&error, "what staff released could not be taken in yet");
            }
        }
    }

    async fn finish(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Of what passes the store tells itself, once.
fn failed(error: &Error, what: &str) {
    match error.passes() {
        true => tracing::debug!(%error, "{what}"),
        false => tracing::error!(%error, "{what}"),
    }
}
