//! The one writer: many callers' work in one transaction, so that one sync to disk serves them all.
//!
//! **Invariant:** work is done in the order in which it was handed in, as far as anybody could tell (`apart.rs`), and answered
//! after the commit.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, OnceLock},
    time::Duration,
};

use conversation::CommunityId;
use futures::{FutureExt, future::BoxFuture};
use tokio::{
    sync::{Notify, mpsc, oneshot},
    task::JoinHandle,
};

use crate::{
    Answer, Error, Result, Tx, directory::SharedDirectory, file::Opened, keys::InstallationKey,
};

pub(crate) use spare::Spare;

mod apart;
mod lines;
mod spare;

use apart::{Batch, apart};
use lines::{Lines, Ticket, Tickets};

/// As much work as shares one commit.
const LARGEST_BATCH: usize = 256;
/// So often a transaction is done again that crossed another one's way.
const MOST_CROSSINGS: u32 = 5;
/// Callers wait when this much is queued.
const QUEUE: usize = 1024;

#[derive(Clone)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Vec<Box<dyn Job>>>,
    task: Arc<Mutex<Option<JoinHandle<()>>>>,
    stop: Arc<Notify>,
    tickets: Tickets,
}

/// What is done within a transaction; twice, if a neighbour in it failed.
pub type Writing<T> = Box<dyn for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T>> + Send>;

pub type Instead<T> = Box<dyn FnOnce(&Error) -> Writing<T> + Send>;

/// Work that stands in a line, as the events of one channel do.
pub struct InLine<T> {
    pub line: String,
    /// Whose it is, as far as is known; `INSTALLATION` of what is no community's.
    pub community: CommunityId,
    pub work: Writing<T>,
    /// Where the work can never be done: what is done in its place, so that nobody waits behind it for ever.
    pub instead: Instead<T>,
    /// Called after the commit, even if the caller has gone.
    pub then: Box<dyn FnOnce(&T) + Send>,
}

/// Where the writer writes.
pub(crate) struct Database {
    pub(crate) connections: Spare,
    /// As of the last commit that changed them, or newer.
    pub(crate) directory: SharedDirectory,
    pub(crate) keys: Arc<InstallationKey>,
    /// Our epoch, where another process may have taken over without our noticing.
    pub(crate) fence: Arc<OnceLock<i64>>,
    pub(crate) opened: Opened,
    /// Woken by a commit in which notices began or ended.
    pub(crate) told: Arc<Notify>,
    /// Woken by a commit in which something falls due that did not, or earlier.
    pub(crate) clock: Arc<Notify>,
    /// Told of each that a commit left to be given or changed.
    pub(crate) answers: mpsc::UnboundedSender<Answer>,
    /// No transaction takes longer. A file is never silent.
    pub(crate) longest: Option<Duration>,
}

trait Job: Send {
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, Result<()>>;
    fn ticket(&self) -> Option<&Ticket>;
    fn community(&self) -> Option<&CommunityId>;
    /// True if something else is to be done in its place.
    fn gives_way(&mut self, error: &Error) -> bool;
    fn answer(self: Box<Self>, outcome: Result<()>);
}

struct Pending<T> {
    work: Writing<T>,
    community: Option<CommunityId>,
    result: Option<T>,
    stands: Option<Stands<T>>,
    answer: oneshot::Sender<Result<T>>,
}

/// What work in a line has beside itself.
struct Stands<T> {
    ticket: Ticket,
    instead: Option<Instead<T>>,
    then: Box<dyn FnOnce(&T) + Send>,
}

impl<T: Send + 'static> Job for Pending<T> {
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> BoxFuture<'t, Result<()>> {
        let work = (self.work)(tx);
        let result = &mut self.result;
        Box::pin(async move {
            *result = Some(work.await?);
            Ok(())
        })
    }

    fn ticket(&self) -> Option<&Ticket> {
        self.stands.as_ref().map(|it| &it.ticket)
    }

    fn community(&self) -> Option<&CommunityId> {
        self.community.as_ref()
    }

    fn gives_way(&mut self, error: &Error) -> bool {
        let instead = self.stands.as_mut().and_then(|it| it.instead.take());
        match instead {
            Some(instead) if error.is_permanent() => {
                self.work = instead(error);
                true
            }
            _ => false,
        }
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        let answer = match (outcome, self.result) {
            (Ok(()), Some(result)) => {
                if let Some(stands) = self.stands {
                    (stands.then)(&result);
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
        let stop = Arc::new(Notify::new());
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

    /// Of one community, where it is said which.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: Writing<T>,
        community: Option<CommunityId>,
    ) -> Result<T> {
        let (job, answered) = pending((work, community), None);
        self.hand_in(vec![job]).await?;
        answered.await.map_err(|_| Error::Closed)?
    }

    /// All at once, each in its line. The answers come in the same order.
    pub(crate) async fn write_in_lines<T: Send + 'static>(
        &self,
        works: Vec<InLine<T>>,
    ) -> Vec<Result<T>> {
        let (jobs, answers): (Vec<_>, Vec<_>) = works.into_iter().map(|it| self.placed(it)).unzip();
        // An answer is an error, too, if nobody took the work.
        let _ = self.hand_in(jobs).await;
        let mut outcomes = Vec::with_capacity(answers.len());
        for answered in answers {
            outcomes.push(answered.await.unwrap_or(Err(Error::Closed)));
        }
        outcomes
    }

    /// Takes its place before anything is waited for: who waits together is not woken in order.
    fn placed<T: Send + 'static>(&self, it: InLine<T>) -> (Box<dyn Job>, Answered<T>) {
        let stands = Stands {
            ticket: self.tickets.take(&it.line),
            instead: Some(it.instead),
            then: it.then,
        };
        pending((it.work, Some(it.community)), Some(stands))
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

type Answered<T> = oneshot::Receiver<Result<T>>;

fn pending<T: Send + 'static>(
    (work, community): (Writing<T>, Option<CommunityId>),
    stands: Option<Stands<T>>,
) -> (Box<dyn Job>, Answered<T>) {
    let (answer, answered) = oneshot::channel();
    let pending = Pending {
        work,
        community,
        result: None,
        stands,
        answer,
    };
    (Box::new(pending), answered)
}

async fn run(
    (database, mut lines): (Database, Lines),
    mut jobs: mpsc::Receiver<Vec<Box<dyn Job>>>,
    stop: Arc<Notify>,
) {
    let mut taken = Vec::new();
    loop {
        tokio::select! {
            biased;
            // However busy we are: what is queued is still done, and nothing more is taken.
            () = stop.notified() => { jobs.close(); continue }
            n = jobs.recv_many(&mut taken, LARGEST_BATCH) => if n == 0 { return database.connections.close().await },
        }
        let mut waiting = taken.drain(..).flatten().peekable();
        while waiting.peek().is_some() {
            let batch = waiting.by_ref().take(LARGEST_BATCH).collect();
            for batch in apart(database.connections.engine(), batch) {
                commit(&database, &mut lines, batch).await;
            }
        }
    }
}

enum Failure {
    /// The work at that place failed; its neighbours did not.
    OfOne(usize, Error),
    OfAll(Error),
}

/// One bad piece of work must not take its neighbours with it: they are done again without it.
async fn commit(database: &Database, lines: &mut Lines, mut batch: Batch) {
    let mut crossings = 0;
    while !batch.is_empty() {
        for job in batch.extract_if(.., |job| lines.is_behind(job.ticket())) {
            job.answer(Err(Error::Behind));
        }
        match in_time(database, &mut batch).await {
            Ok(()) => return batch.into_iter().for_each(|job| job.answer(Ok(()))),
            Err(Failure::OfOne(place, error)) if batch[place].gives_way(&error) => {}
            Err(Failure::OfOne(place, error)) => {
                let job = batch.remove(place);
                lines.failed(job.ticket());
                job.answer(Err(error));
            }
            // Another process held what we wanted, and wanted what we held: it is through now.
            Err(Failure::OfAll(error)) if error.is_a_crossing() && crossings < MOST_CROSSINGS => {
                crossings += 1;
            }
            Err(Failure::OfAll(error)) => {
                batch.iter().for_each(|job| lines.failed(job.ticket()));
                return batch
                    .into_iter()
                    .for_each(|job| job.answer(Err(error.shared())));
            }
        }
    }
}

/// A server may vanish without a word, and TCP would wait for hours.
async fn in_time(database: &Database, batch: &mut [Box<dyn Job>]) -> Result<(), Failure> {
    let Some(longest) = database.longest else {
        return together(database, batch).await;
    };
    let done = tokio::time::timeout(longest, together(database, batch)).await;
    done.unwrap_or(Err(Failure::OfAll(Error::Sql(sqlx::Error::PoolTimedOut))))
}

async fn together(database: &Database, batch: &mut [Box<dyn Job>]) -> Result<(), Failure> {
    let mut tx = database.begin().await.map_err(Failure::OfAll)?;
    match one_after_another(&mut tx, batch).await {
        Ok(()) => {
            let (changes, has_told) = (tx.changes(), tx.has_told());
            let has_set_clock = tx.has_set_clock();
            let (direct, answers) = (tx.changed_directs(), tx.take_answers());
            database.commit(tx).await.map_err(Failure::OfAll)?;
            if has_told {
                database.told.notify_one();
            }
            if has_set_clock {
                database.clock.notify_one();
            }
            database.directory.learn(&changes);
            if !direct.is_empty() {
                database.directory.direct.forget(&direct);
            }
            for answer in answers {
                // Nobody listens in tests, where lanes are stepped by hand.
                let _ = database.answers.send(answer);
            }
            Ok(())
        }
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
        let mut tx = Tx::begin(self).await?;
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

    async fn commit(&self, tx: Tx) -> Result<()> {
        match self.opened.check_before_commit() {
            Ok(()) => tx.commit().await,
            Err(error) => {
                tx.abandon().await;
                Err(error)
            }
        }
    }
}

#[cfg(test)]
mod tests;
