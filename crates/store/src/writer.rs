//! The one writer: many callers' work in one transaction, so that one sync to disk serves them all.
//!
//! **Invariant:** work is done in the order in which it was handed in, as far as anybody could tell (`apart.rs`), and answered
//! after the commit.

use std::sync::{Arc, Mutex};

use tokio::{
    sync::{Notify, mpsc},
    task::JoinHandle,
};

use crate::{Error, Result};

pub(crate) use batch::{Attempts, Database};
pub use follow::{FollowUp, Follows};
pub(crate) use job::About;
pub use job::{InLine, Instead, Then, Writing};
pub use lines::Place;
pub(crate) use spare::Spare;

mod apart;
mod batch;
mod follow;
mod job;
mod lines;
mod rhythm;
mod spare;

use apart::apart;
use batch::commit;
use job::{Answered, Job, Stands, pending};
use lines::{Lines, Places};
use rhythm::Rhythm;

/// As much work as shares one commit.
const LARGEST_BATCH: usize = 256;
/// Callers wait when this much is queued.
const QUEUE: usize = 1024;

#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Vec<Box<dyn Job>>>,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
    stop: Arc<Notify>,
    places: Places,
}

impl Writer {
    pub(crate) fn start(database: Database) -> Writer {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let stop = Arc::new(Notify::new());
        let places = Places::default();
        let lines = Lines::new(places.clone());
        let task = tokio::spawn(run((database, lines), jobs, stop.clone()));
        Writer {
            queue,
            task: Arc::new(Mutex::new(Some(task))),
            stop,
            places,
        }
    }

    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: Writing<T>,
        about: About,
    ) -> Result<T> {
        let (job, answered) = pending((work, about), None);
        self.hand_in(vec![job]).await?;
        answered.await.map_err(|_| Error::Closed)?
    }

    /// All at once, each in its line. The answers come in the same order.
    pub(crate) async fn write_in_lines<T: Send + 'static>(
        &self,
        works: Vec<InLine<T>>,
    ) -> Vec<Result<T>> {
        let (jobs, answers): (Vec<_>, Vec<_>) = works.into_iter().map(placed).unzip();
        // An answer is an error, too, if nobody took the work.
        let _ = self.hand_in(jobs).await;
        let mut outcomes = Vec::with_capacity(answers.len());
        for answered in answers {
            outcomes.push(answered.await.unwrap_or(Err(Error::Closed)));
        }
        outcomes
    }

    /// To be taken before anything is waited for: who waits together is not woken in order.
    pub(crate) fn place_in(&self, line: &str) -> Place {
        self.places.take(line)
    }

    async fn hand_in(&self, jobs: Vec<Box<dyn Job>>) -> Result<()> {
        self.queue.send(jobs).await.map_err(|_| Error::Closed)
    }

    pub(crate) async fn stop(&self) {
        self.stop.notify_one();
        let task = self.task.lock().expect("no panic under this lock").take();
        if let Some(task) = task {
            let _ = task.await;
        }
    }
}

fn placed<T: Send + 'static>(it: InLine<T>) -> (Box<dyn Job>, Answered<T>) {
    let stands = Stands {
        place: it.place,
        instead: Some(it.instead),
        then: it.then,
    };
    let about = About {
        community: Some(it.community),
        foresight: it.foresight,
    };
    pending((it.work, about), Some(stands))
}

async fn run(
    (database, mut lines): (Database, Lines),
    mut jobs: mpsc::Receiver<Vec<Box<dyn Job>>>,
    stop: Arc<Notify>,
) {
    let (mut taken, mut rhythm) = (Vec::new(), Rhythm::default());
    loop {
        tokio::select! {
            biased;
            // However busy we are: what is queued is still done, and nothing more is taken.
            () = stop.notified() => { jobs.close(); continue }
            n = jobs.recv_many(&mut taken, LARGEST_BATCH) => if n == 0 { return database.connections.close().await },
        }
        rhythm.gather(&mut taken, &mut jobs).await;
        let mut waiting = taken.drain(..).flatten().peekable();
        while waiting.peek().is_some() {
            let batch = waiting.by_ref().take(LARGEST_BATCH).collect();
            for batch in apart(database.connections.engine(), batch) {
                rhythm.note(commit(&database, &mut lines, batch).await);
            }
        }
    }
}

#[cfg(test)]
mod tests;
