//! The engine at work on the real clock: a listener for each adapter, a lane for each channel with something to do.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use conversation::Timestamp;
use store::{Error, Store};
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    Engine,
    log::{OperatorLog, Reported},
    receive::receive,
};

mod clock;
mod first;
mod lanes;
mod way;

use clock::keep_the_clock;
use lanes::Lanes;

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
        for adapter in self.dispatcher.adapters.values() {
            tasks.spawn(receive(self.clone(), adapter.clone(), stop.clone()));
        }
        let woken = self.woken.lock().expect("no panic under this lock").take();
        if let Some((woken, answers)) = woken.zip(self.store.answers()) {
            tasks.spawn(Lanes::new(self, stop.clone()).run(woken, answers));
        }
        tasks.spawn(check_store(self.store.clone(), stop.clone()));
        tasks.spawn(keep_the_clock(self.scheduler.clone(), stop.clone()));
        tasks.spawn(keep_beating(self.store.clone(), stop.clone()));
        tasks.spawn(keep_log(self.dispatcher.log.clone(), stop.clone()));
        Running { stop, tasks }
    }
}

/// Once: what is damaged is as it was at the start, and whoever writes there finds it.
async fn check_store(store: Store, stop: CancellationToken) {
    let checked = tokio::select! {
        checked = store.check_whole() => checked,
        () = stop.cancelled() => return,
    };
    match checked {
        Ok(()) => tracing::debug!("the store was read from end to end"),
        Err(error) => tracing::error!(%error, "the store could not be read from end to end"),
    }
}

/// What the store does not hear of in time was no time for anybody's message.
async fn keep_beating(store: Store, stop: CancellationToken) {
    while !stop.is_cancelled() {
        match store.beat(system_now()).await {
            Ok(()) => {}
            Err(error) if store.is_lost_by(&error) => return,
            Err(error) => failed(&error, "the store could not hear that we are at work"),
        }
        tokio::select! {
            () = sleep(BEAT) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// Looks when something began or is over here, and now and then for what another process did.
async fn keep_log(log: OperatorLog, stop: CancellationToken) {
    let mut reported = Reported::default();
    while !stop.is_cancelled() {
        match log.notices(&mut reported, system_now()).await {
            Ok(()) => {}
            Err(error) if log.store.is_lost_by(&error) => return,
            Err(error) => failed(&error, "notices could not be read"),
        }
        tokio::select! {
            () = log.store.notices_change() => {}
            () = sleep(BEAT) => {}
            () = stop.cancelled() => return,
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

/// Of what passes the store tells itself, once.
fn failed(error: &Error, what: &str) {
    match error.passes() {
        true => tracing::debug!(%error, "{what}"),
        false => tracing::error!(%error, "{what}"),
    }
}
