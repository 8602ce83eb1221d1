//! The engine at work on the real clock: a listener for each adapter, a lane for each channel with something to do.

use std::{
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use conversation::Timestamp;
use store::Error;
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{Engine, log::Log};

mod clock;
mod lanes;
mod way;

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

/// Of what passes the store tells itself, once.
fn failed(error: &Error, what: &str) {
    match error.passes() {
        true => tracing::debug!(%error, "{what}"),
        false => tracing::error!(%error, "{what}"),
    }
}
