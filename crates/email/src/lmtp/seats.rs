//! Who is in a session, and who of them keeps us waiting.
//!
//! **Invariant:** where all seats are taken, whoever has handed in nothing for longest makes room, and nobody whose mail is
//! being taken in does.

use std::{
    io,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use tokio::{sync::Notify, time::Instant};

/// Without those who are asked to go: they leave as soon as they are looked at.
#[derive(Default)]
pub(super) struct Seats(Vec<Weak<Seat>>);

impl Seats {
    /// None if all are taken and nobody can go.
    pub(super) fn take(&mut self, most: usize) -> Option<Arc<Seat>> {
        self.0.retain(|it| it.strong_count() > 0);
        if self.0.len() >= most {
            self.make_room()?;
        }
        let seat = Arc::new(Seat::new());
        self.0.push(Arc::downgrade(&seat));
        Some(seat)
    }

    fn make_room(&mut self) -> Option<()> {
        let seats = self.0.iter().enumerate();
        let waited_for = seats.filter_map(|(at, it)| Some((it.upgrade()?.waits_since()?, at)));
        let (_, longest) = waited_for.min()?;
        if let Some(seat) = self.0.swap_remove(longest).upgrade() {
            seat.needed.notify_one();
        }
        Some(())
    }
}

pub(super) struct Seat {
    progress: Mutex<Progress>,
    needed: Notify,
}

struct Progress {
    /// When they came, or last handed in a mail.
    since: Instant,
    is_waited_for: bool,
}

impl Seat {
    pub(super) fn new() -> Seat {
        Seat {
            progress: Mutex::new(Progress {
                since: Instant::now(),
                is_waited_for: false,
            }),
            needed: Notify::new(),
        }
    }

    /// For what only the client can bring to an end. An error of kind `ConnectionAborted` if the seat is needed.
    pub(super) async fn while_waiting<T>(
        &self,
        what: impl Future<Output = io::Result<T>>,
    ) -> io::Result<T> {
        self.lock().is_waited_for = true;
        let outcome = tokio::select! {
            biased;
            outcome = what => outcome,
            () = self.needed.notified() => Err(io::ErrorKind::ConnectionAborted.into()),
        };
        self.lock().is_waited_for = false;
        outcome
    }

    pub(super) fn handed_in(&self) {
        self.lock().since = Instant::now();
    }

    fn waits_since(&self) -> Option<Instant> {
        let progress = self.lock();
        progress.is_waited_for.then_some(progress.since)
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
