//! The places at our door. **Invariant:** no more callers are inside than there are places; where all are taken, whoever
//! keeps us waiting longest makes room for who comes, and nobody whom we are serving does.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;
use tokio_util::sync::{CancellationToken, WaitForCancellationFutureOwned};

#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    /// From the first byte of a request to the end of its header, and for a caller who says nothing.
    pub(super) header: Duration,
    /// For a whole request, and for whoever stops taking its answer.
    pub(super) request: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Before the first byte of a request.
    Silent,
    Header,
    /// The header is here, and somebody of ours waits for more.
    Body,
    /// It is our turn.
    Served,
}

pub(super) struct Places {
    most: usize,
    patience: Patience,
    inside: Mutex<Vec<Visit>>,
    changed: Arc<Notify>,
}

impl Places {
    pub(super) fn new(most: usize, patience: Patience) -> Arc<Places> {
        Arc::new(Places {
            most,
            patience,
            inside: Mutex::default(),
            changed: Arc::default(),
        })
    }

    /// Waits only while all who are inside are being served.
    pub(super) async fn take(self: &Arc<Places>) -> Seat {
        loop {
            if let Some(visit) = self.enter() {
                let places = Arc::clone(self);
                return Seat { places, visit };
            }
            self.changed.notified().await;
        }
    }

    fn enter(&self) -> Option<Visit> {
        let mut inside = lock(&self.inside);
        if inside.len() < self.most {
            let visit = Visit::new(self.patience, Arc::clone(&self.changed));
            inside.push(visit.clone());
            return Some(visit);
        }
        let waited_for = inside.iter().filter_map(|it| Some((it.waits_since()?, it)));
        if let Some((_, longest)) = waited_for.min_by_key(|(since, _)| *since) {
            longest.0.sent_away.cancel();
        }
        None
    }
}

/// Given back when it is dropped.
pub(super) struct Seat {
    places: Arc<Places>,
    pub(super) visit: Visit,
}

impl Drop for Seat {
    fn drop(&mut self) {
        lock(&self.places.inside).retain(|it| !Arc::ptr_eq(&it.0, &self.visit.0));
        self.places.changed.notify_one();
    }
}

/// How far one caller is.
#[derive(Clone)]
pub(super) struct Visit(Arc<Progress>);

struct Progress {
    patience: Patience,
    /// With the time at which the request began, or something of an answer was taken.
    stage: Mutex<(Stage, Instant)>,
    sent_away: CancellationToken,
    changed: Arc<Notify>,
}

impl Visit {
    fn new(patience: Patience, changed: Arc<Notify>) -> Visit {
        Visit(Arc::new(Progress {
            patience,
            stage: Mutex::new((Stage::Silent, Instant::now())),
            sent_away: CancellationToken::new(),
            changed,
        }))
    }

    pub(super) fn stage(&self) -> Stage {
        lock(&self.0.stage).0
    }

    pub(super) fn turn(&self, stage: Stage) {
        lock(&self.0.stage).0 = stage;
        if stage != Stage::Served {
            self.0.changed.notify_one();
        }
    }

    /// `true` where a request begins.
    pub(super) fn heard(&self) -> bool {
        let mut stage = lock(&self.0.stage);
        let begins = stage.0 == Stage::Silent;
        if begins {
            *stage = (Stage::Header, Instant::now());
        }
        begins
    }

    pub(super) fn answered(&self) {
        lock(&self.0.stage).1 = Instant::now();
    }

    /// So long they are heard, if they do nothing more.
    pub(super) fn end(&self) -> Instant {
        let (stage, since) = *lock(&self.0.stage);
        let patience = match stage {
            Stage::Silent | Stage::Header => self.0.patience.header,
            Stage::Body | Stage::Served => self.0.patience.request,
        };
        since + patience
    }

    /// Ends when somebody needs their place.
    pub(super) fn sent_away(&self) -> WaitForCancellationFutureOwned {
        self.0.sent_away.clone().cancelled_owned()
    }

    fn waits_since(&self) -> Option<Instant> {
        let (stage, since) = *lock(&self.0.stage);
        let is_going = self.0.sent_away.is_cancelled();
        (stage != Stage::Served && !is_going).then_some(since)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
