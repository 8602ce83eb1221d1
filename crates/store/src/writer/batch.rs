//! Many pieces of work in one transaction.
//!
//! **Invariant:** one bad piece of work does not take its neighbours with it: they are done again without it. What it left to be
//! written together is written at once then, so that one knows whose it was.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::Duration,
};

use conversation::ChannelId;
use futures::FutureExt;
use tokio::sync::{Notify, mpsc};

use super::{
    Spare,
    apart::Batch,
    follow::{Followed, Follows, follow_ups},
    job::Job,
    lines::Lines,
};
use crate::{
    Answer, Error, Foresight, Result, Tx,
    directory::{Change, SharedDirectory},
    file::Opened,
    keys::InstallationKey,
};

/// So often a transaction is done again that crossed another one's way.
const MOST_CROSSINGS: u32 = 5;

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
    /// Whoever goes on with what a transaction left for a channel.
    pub(crate) follows: Arc<OnceLock<Arc<dyn Follows>>>,
    /// No transaction takes longer. A file is never silent.
    pub(crate) longest: Option<Duration>,
}

enum Failure {
    /// The work at that place failed; its neighbours did not.
    One(usize, Error),
    All(Error),
    /// One of several did whose rows were written together.
    Some,
}

/// How the pieces of work are done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Together,
    /// Each is written before the next begins.
    EachAlone,
}

pub(super) async fn commit(database: &Database, lines: &mut Lines, mut batch: Batch) -> Attempts {
    let (mut crossings, mut manner) = (0, Manner::Together);
    let mut followed = Followed::new();
    while !batch.is_empty() {
        for job in batch.extract_if(.., |job| lines.is_behind(job.place())) {
            job.answer(Err(Error::Behind));
        }
        match in_time(database, (&mut batch, &mut followed), manner).await {
            Ok(attempts) => {
                for job in batch {
                    lines.done(job.place());
                    job.answer(Ok(&followed));
                }
                return attempts;
            }
            Err(Failure::Some) => manner = Manner::EachAlone,
            Err(Failure::One(place, error)) if batch[place].gives_way(&error) => {}
            Err(Failure::One(place, error)) => {
                let job = batch.remove(place);
                lines.failed(job.place());
                job.answer(Err(error));
            }
            // Another process held what we wanted, and wanted what we held: it is through now.
            Err(Failure::All(error)) if error.is_a_crossing() && crossings < MOST_CROSSINGS => {
                crossings += 1;
            }
            Err(Failure::All(error)) => {
                batch.iter().for_each(|job| lines.failed(job.place()));
                batch
                    .into_iter()
                    .for_each(|job| job.answer(Err(error.shared())));
                break;
            }
        }
    }
    Attempts::default()
}

/// A server may vanish without a word, and TCP would wait for hours.
async fn in_time(
    database: &Database,
    work: (&mut Batch, &mut Followed),
    manner: Manner,
) -> Result<Attempts, Failure> {
    let Some(longest) = database.longest else {
        return together(database, work, manner).await;
    };
    let done = tokio::time::timeout(longest, together(database, work, manner)).await;
    done.unwrap_or(Err(Failure::All(Error::Sql(sqlx::Error::PoolTimedOut))))
}

async fn together(
    database: &Database,
    (batch, followed): (&mut Batch, &mut Followed),
    manner: Manner,
) -> Result<Attempts, Failure> {
    let foresight = foresight(batch, manner);
    let mut tx = Tx::begin(database, foresight)
        .await
        .map_err(|error| match manner {
            // What is foreseen may be what it refuses: then nothing is.
            Manner::Together if !error.is_of_the_database() => Failure::Some,
            _ => Failure::All(error),
        })?;
    let mut done = one_after_another(&mut tx, (batch, 0), manner).await;
    if done.is_ok() {
        done = go_on(database, (&mut tx, followed), batch, manner).await;
    }
    match done {
        Ok(()) => {
            let known = Known::of(&mut tx);
            let committed = database.commit(tx).await;
            committed.map_err(|error| match manner {
                Manner::Together => whose(error, 0, batch),
                Manner::EachAlone => Failure::All(error),
            })?;
            let attempts = known.attempts;
            known.tell(database);
            Ok(attempts)
        }
        Err(failure) => {
            tx.abandon().await;
            Err(failure)
        }
    }
}

fn foresight(batch: &[Box<dyn Job>], manner: Manner) -> Foresight {
    let mut foresight = Foresight::default();
    for job in batch.iter().filter(|_| manner == Manner::Together) {
        foresight.add(job.foresight().clone());
    }
    foresight
}

/// With what follows from what was done.
async fn go_on(
    database: &Database,
    (tx, followed): (&mut Tx, &mut Followed),
    batch: &mut Batch,
    manner: Manner,
) -> Result<(), Failure> {
    let Some(follows) = database.follows.get() else {
        return Ok(());
    };
    let begins = batch.len();
    batch.extend(follow_ups(tx, &**follows, followed));
    if begins < batch.len() && manner == Manner::Together {
        let foreseen = tx.foresee(foresight(&batch[begins..], manner)).await;
        foreseen.map_err(|error| whose(error, begins, batch))?;
    }
    one_after_another(tx, (batch, begins), manner).await
}

/// From that place on.
async fn one_after_another(
    tx: &mut Tx,
    (batch, begins): (&mut Batch, usize),
    manner: Manner,
) -> Result<(), Failure> {
    for place in begins..batch.len() {
        let mut done = alone(&mut batch[place], tx).await;
        if manner == Manner::EachAlone && done.is_ok() {
            done = tx.reading().await.map(|_| ());
        }
        done.map_err(|error| match manner {
            Manner::Together => whose(error, place, batch),
            Manner::EachAlone => of_one_or_all(error, place),
        })?;
    }
    Ok(())
}

/// What the database refuses may have been a row of another's that was still to be written.
fn whose(error: Error, place: usize, batch: &[Box<dyn Job>]) -> Failure {
    match of_one_or_all(error, place) {
        Failure::One(_, Error::Sql(_)) if batch.len() > 1 => Failure::Some,
        failure => failure,
    }
}

fn of_one_or_all(error: Error, place: usize) -> Failure {
    match error.is_of_the_database() {
        true => Failure::All(error),
        false => Failure::One(place, error),
    }
}

/// What a transaction brought about, for whoever waits for such.
struct Known {
    changes: Vec<Change>,
    has_told: bool,
    has_set_clock: bool,
    direct: Vec<ChannelId>,
    answers: Vec<Answer>,
    attempts: Attempts,
}

/// At deliveries.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Attempts {
    pub(crate) begun: u64,
    pub(crate) ended: u64,
}

impl Known {
    fn of(tx: &mut Tx) -> Known {
        Known {
            changes: tx.changes(),
            has_told: tx.has_told(),
            has_set_clock: tx.has_set_clock(),
            direct: tx.changed_directs(),
            answers: tx.take_answers(),
            attempts: tx.attempts,
        }
    }

    fn tell(self, database: &Database) {
        if self.has_told {
            database.told.notify_one();
        }
        if self.has_set_clock {
            database.clock.notify_one();
        }
        database.directory.learn(&self.changes);
        if !self.direct.is_empty() {
            database.directory.direct.forget(&self.direct);
        }
        for answer in self.answers {
            // Nobody listens in tests, where lanes are stepped by hand.
            let _ = database.answers.send(answer);
        }
    }
}

/// The writer must outlive work that panics: everybody needs it.
async fn alone(job: &mut Box<dyn Job>, tx: &mut Tx) -> Result<()> {
    AssertUnwindSafe(async { job.run(tx).await })
        .catch_unwind()
        .await
        .unwrap_or(Err(Error::Panicked))
}

impl Database {
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
