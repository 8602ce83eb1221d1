//! One way out of a channel, step by step, until nothing is left to do or the engine stops.

use std::{sync::Arc, time::Duration};

use conversation::Timestamp;
use store::Store;
use tokio::{
    sync::Notify,
    time::{Instant, sleep_until},
};
use tokio_util::sync::CancellationToken;

use super::{failed, system_now};
use crate::{Step, WayOut};

/// A store that fails is asked again after this.
pub(super) const STORE_RETRY: Duration = Duration::from_secs(1);
/// No wait is longer, whatever a clock that was set wrong made of it.
const LONGEST_WAIT: Duration = Duration::from_secs(2 * 3600);

/// When a lane's next delivery is due, by a clock that nobody sets.
#[derive(Default)]
struct Alarm(Option<(Timestamp, Instant)>);

impl Alarm {
    fn set(&mut self, at: Timestamp) -> Instant {
        match self.0 {
            Some((same, until)) if same == at => until,
            _ => {
                let until = Instant::now() + at.since(system_now()).min(LONGEST_WAIT);
                self.0 = Some((at, until));
                until
            }
        }
    }

    fn rings(&mut self) -> Option<Timestamp> {
        let due = self.0.take_if(|(_, until)| *until <= Instant::now());
        due.map(|(at, _)| at)
    }
}

pub(super) async fn run_way(
    mut way: impl WayOut,
    store: Store,
    waker: Arc<Notify>,
    stop: CancellationToken,
) {
    let mut alarm = Alarm::default();
    while !stop.is_cancelled() {
        let until = match way.step(system_now()).await {
            Ok(Step::Again) => continue,
            Ok(Step::Idle) if way.may_end() => return,
            Ok(Step::Idle) => Instant::now() + LONGEST_WAIT,
            Ok(Step::NotBefore(at)) => alarm.set(at),
            Err(error) if store.is_lost_by(&error) => return,
            Err(error) => {
                failed(&error, "the store failed; what is to go out waits");
                Instant::now() + STORE_RETRY
            }
        };
        tokio::select! {
            () = waker.notified() => {}
            () = sleep_until(until) => {}
            () = stop.cancelled() => {}
        }
        if let Some(at) = alarm.rings() {
            way.time_has_come(at);
        }
    }
    if let Err(error) = way.settle(system_now()).await {
        tracing::error!(%error, "the last result could not be written down; it is looked into at the next start");
    }
}
