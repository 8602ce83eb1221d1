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

/// As much work as shares one commit.
const LARGEST_BATCH: usize = 256;
/// Callers wait when this much is queued.
const QUEUE: usize = 1024;

#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Box<dyn Job>>,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
    stop: Arc<tokio::sync::Notify>,
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
    fn answer(self: Box<Self>, outcome: Result<()>);
}

struct Pending<T, F> {
    work: F,
    result: Option<T>,
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

    fn answer(self: Box<Self>, outcome: Result<()>) {
        let answer = match (outcome, self.result) {
            (Ok(()), Some(result)) => Ok(result),
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
        let task = tokio::spawn(run(database, jobs, stop.clone()));
        Writer {
            queue,
            task: Arc::new(Mutex::new(Some(task))),
            stop,
        }
    }

    pub(crate) async fn write<T, F>(&self, work: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel();
        let job = Box::new(Pending {
            work,
            result: None,
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
    database: Database,
    mut jobs: mpsc::Receiver<Box<dyn Job>>,
    stop: Arc<tokio::sync::Notify>,
) {
    let mut batch = Vec::new();
    loop {
        tokio::select! {
            biased;
            n = jobs.recv_many(&mut batch, LARGEST_BATCH) => if n == 0 { return database.pool.close().await },
            () = stop.notified() => { jobs.close(); continue }
        }
        commit(&database, std::mem::take(&mut batch)).await;
    }
}

enum Failure {
    /// The work at that place failed; its neighbours did not.
    OfOne(usize, Error),
    OfAll(Error),
}

/// One bad piece of work must not take its neighbours with it: they are done again without it.
async fn commit(database: &Database, mut batch: Vec<Box<dyn Job>>) {
    while !batch.is_empty() {
        match together(database, &mut batch).await {
            Ok(()) => return batch.into_iter().for_each(|job| job.answer(Ok(()))),
            Err(Failure::OfOne(place, error)) => batch.remove(place).answer(Err(error)),
            Err(Failure::OfAll(error)) => {
                let what = error.to_string();
                let each = |job: Box<dyn Job>| job.answer(Err(Error::Together(what.clone())));
                return batch.into_iter().for_each(each);
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
            Err(error) if is_of_the_connection(&error) => return Err(Failure::OfAll(error)),
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

fn is_of_the_connection(error: &Error) -> bool {
    matches!(
        error,
        Error::Sql(
            sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::Protocol(_)
                | sqlx::Error::WorkerCrashed
        )
    )
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
