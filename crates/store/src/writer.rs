//! The one writer: many callers' work in one transaction, so that one sync to disk serves them all.
//!
//! **Invariant:** work is done in the order in which it was handed in, and answered after the commit.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, OnceLock, atomic::AtomicI64},
};

use futures::{FutureExt, future::BoxFuture};
use sqlx::AnyPool;
use tokio::{
    sync::{mpsc, oneshot},
    task::JoinHandle,
};

use crate::{Error, Result, Tx};

mod lines;

use lines::{Lines, Place, Tickets};

/// As much work as shares one commit.
const LARGEST_BATCH: usize = 256;
/// Callers wait when this much is queued.
const QUEUE: usize = 1024;

#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
    stop: Arc<tokio::sync::Notify>,
    tickets: Tickets,
}

/// Where the writer writes.
pub(crate) struct Database {
    pub(crate) pool: AnyPool,
    pub(crate) begin: &'static str,
    pub(crate) next_seq: Arc<AtomicI64>,
    /// Our epoch, where another process may have taken over without our noticing.
    pub(crate) fence: Arc<OnceLock<i64>>,
}

trait Job: Send {
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, Result<()>>;
    fn place(&self) -> Option<&Place>;
    fn answer(self: Box<Self>, outcome: Result<()>);
}

type Then<T> = Box<dyn FnOnce(&T) + Send>;

struct Pending<T, F> {
    work: F,
    result: Option<T>,
    place: Option<Place>,
    /// What follows from the commit.
    then: Option<Then<T>>,
    answer: oneshot::Sender<Result<T>>,
}

impl<T, F> Job for Pending<T, F>
where
    T: Send + 'static,
    F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + 'static,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, Result<()>> {
        let work = (self.work)(tx);
        let result = &mut self.result;
        Box::pin(async move {
            *result = Some(work.await?);
            Ok(())
        })
    }

    fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        let answer = match (outcome, self.result) {
            (Ok(()), Some(result)) => {
                if let Some(then) = self.then {
                    then(&result);
                }
                Ok(result)
            }
            (Ok(()), None) => Err(Error::Closed),
            (Err(error), _) => Err(error),
        };
        // A caller that no longer waits has nothing to lose: the work is committed or it is not.
        let _ = self.answer.send(answer);
    }
}

impl Writer {
    pub(crate) fn start(database: Database) -> Writer {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let stop = Arc::new(tokio::sync::Notify::new());
        let tickets = Tickets::default();
        let lines = Lines::new(tickets.clone());
        let task = tokio::spawn(run((database, lines), jobs, stop.clone()));
        Writer {
            queue,
            task: Arc::new(Mutex::new(Some(task))),
            stop,
            tickets,
        }
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        self.hand_in(work, None, None).await
    }

    pub(crate) async fn write_in_line<T, F>(
        &self,
        line: &str,
        work: F,
        then: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        let place = self.tickets.take(line);
        self.hand_in(work, Some(place), Some(Box::new(then))).await
    }

    async fn hand_in<T, F>(&self, work: F, place: Option<Place>, then: Option<Then<T>>) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Pending {
            work,
            result: None,
            place,
            then,
            answer,
        });
        self.queue.send(job).await.map_err(|_| Error::Closed)?;
        answered.await.map_err(|_| Error::Closed)?
    }

    pub(crate) async fn stop(&self) {
        self.stop.notify_one();
        let task = self.task.lock().expect("no panic under this lock").take();
        if let Some(task) = task {
            let _ = task.await;
        }
    }
}

async fn run(
    (database, mut lines): (Database, Lines),
    mut jobs: mpsc::Receiver<Box<dyn Job>>,
    stop: Arc<tokio::sync::Notify>,
) {
    let mut batch = Vec::new();
    loop {
        tokio::select! {
            biased;
            // However busy we are: what is queued is still done, and nothing more is taken.
            () = stop.notified() => { jobs.close(); continue }
            n = jobs.recv_many(&mut batch, LARGEST_BATCH) => if n == 0 { return database.pool.close().await },
        }
        commit(&database, &mut lines, std::mem::take(&mut batch)).await;
    }
}

enum Failure {
    /// The work at that place failed; its neighbours did not.
    OfOne(usize, Error),
    OfAll(Error),
}

/// One bad piece of work must not take its neighbours with it: they are done again without it.
async fn commit(database: &Database, lines: &mut Lines, mut batch: Vec<Box<dyn Job>>) {
    while !batch.is_empty() {
        for job in batch.extract_if(.., |job| lines.is_behind(job.place())) {
            job.answer(Err(Error::Behind));
        }
        match together(database, &mut batch).await {
            Ok(()) => return batch.into_iter().for_each(|job| job.answer(Ok(()))),
            Err(Failure::OfOne(place, error)) => {
                let job = batch.remove(place);
                lines.failed(job.place());
                job.answer(Err(error));
            }
            Err(Failure::OfAll(error)) => {
                batch.iter().for_each(|job| lines.failed(job.place()));
                return batch
                    .into_iter()
                    .for_each(|job| job.answer(Err(error.shared())));
            }
        }
    }
}

async fn together(database: &Database, batch: &mut [Box<dyn Job>]) -> Result<(), Failure> {
    let mut tx = database.begin().await.map_err(Failure::OfAll)?;
    match one_after_another(&mut tx, batch).await {
        Ok(()) => tx.commit().await.map_err(Failure::OfAll),
        Err(failure) => {
            tx.abandon().await;
            Err(failure)
        }
    }
}

async fn one_after_another(tx: &mut Tx, batch: &mut [Box<dyn Job>]) -> Result<(), Failure> {
    for (place, job) in batch.iter_mut().enumerate() {
        match alone(job, tx).await {
            Ok(()) => {}
            Err(error) if error.is_of_the_database() => return Err(Failure::OfAll(error)),
            Err(error) => return Err(Failure::OfOne(place, error)),
        }
    }
    Ok(())
}

/// The writer must outlive work that panics: everybody needs it.
async fn alone(job: &mut Box<dyn Job>, tx: &mut Tx) -> Result<()> {
    AssertUnwindSafe(async { job.run(tx).await })
        .catch_unwind()
        .await
        .unwrap_or(Err(Error::Panicked))
}

impl Database {
    async fn begin(&self) -> Result<Tx> {
        let mut tx = Tx::begin(&self.pool, self.begin, self.next_seq.clone()).await?;
        let Some(&epoch) = self.fence.get() else {
            return Ok(tx);
        };
        match tx.check_epoch(epoch).await {
            Ok(()) => Ok(tx),
            Err(error) => {
                tx.abandon().await;
                Err(error)
            }
        }
    }
}

#[cfg(test)]
mod tests;
