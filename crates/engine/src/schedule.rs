//! The one clock: what falls due is done, each row by itself.
//!
//! **Invariant:** what falls due ends in rows, in the transaction that strikes it off or sets its next time. A row that fails is
//! put off alone; one that takes long keeps none of the others.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex},
    time::Duration,
};

use conversation::{ChannelId, Timestamp};
use futures::{FutureExt, future::BoxFuture};
use store::{Due, DueKind, Error, Result, Retention, Store, Tx};
use tokio_util::sync::CancellationToken;

use crate::{accept::Outlook, files::Files, retries::Retries, tell::Authors, wake::Wake};

mod consent;
mod follow;
mod gather;
mod keep;
mod late;
mod take_back;

/// At one look by hand.
const AT_ONCE: usize = 500;
/// Clocks are put right by as much all the time, and nothing comes much later for it.
const NO_JUMP: Duration = Duration::from_secs(60);

pub(crate) struct Scheduler {
    pub(crate) store: Store,
    pub(crate) outlook: Outlook,
    pub(crate) files: Arc<Files>,
    pub(crate) retries: Retries,
    pub(crate) retention: Retention,
    pub(crate) authors: Authors,
    pub(crate) wake: Wake,
    /// When it was last looked for what is due.
    pub(crate) looked_at: Mutex<Timestamp>,
    pub(crate) stop: CancellationToken,
}

/// What became of a row.
#[derive(Debug, Default)]
struct Done {
    /// When it falls due again, if it does.
    next: Option<Timestamp>,
    /// Where something is to be sent now.
    woken: Vec<ChannelId>,
}

impl Done {
    /// There is nothing to send.
    fn until(next: Option<Timestamp>) -> Done {
        Done {
            next,
            woken: Vec::new(),
        }
    }
}

/// As if the clock had gone back since it was last looked.
pub(crate) const NEVER_LOOKED: Timestamp = Timestamp(i64::MAX);

impl Scheduler {
    /// Does all that is due, one after the other. Says how much that was.
    pub(crate) async fn fall_due(&self, now: Timestamp) -> Result<usize> {
        let mut due = self.earliest_due(&DueKind::ALL, AT_ONCE, now).await?;
        due.retain(|it| it.at <= now);
        for it in &due {
            self.do_due(it, now).await?;
        }
        Ok(due.len())
    }

    /// The earliest rows of these kinds. At the first look, and where the clock jumped back since the last one, all are looked over first.
    pub(crate) async fn earliest_due(
        &self,
        kinds: &[DueKind],
        limit: usize,
        now: Timestamp,
    ) -> Result<Vec<Due>> {
        let looked_at = || self.looked_at.lock().expect("no panic under this lock");
        let before = *looked_at();
        if before > now.plus(NO_JUMP) {
            let delays = self.outlook.delays;
            let set = self
                .store
                .write(move |tx| Box::pin(async move { tx.clock().set(&delays, now).await }));
            set.await?;
        }
        *looked_at() = now;
        self.store.earliest_due(kinds, limit).await
    }

    /// An error is the store's: then nothing is put off either.
    pub(crate) async fn do_due(&self, due: &Due, now: Timestamp) -> Result<()> {
        let done = AssertUnwindSafe(self.do_kind(due, now)).catch_unwind();
        let Err(error) = done.await.unwrap_or(Err(Error::Panicked)) else {
            return Ok(());
        };
        if error.passes() || self.store.is_lost_by(&error) {
            return Err(error);
        }
        tracing::error!(%error, due.kind = due.kind.as_str(), due.about, "what was due could not be done; it is tried again");
        let of = due.clone();
        let put_off = self.store.write_in(&due.community, move |tx| {
            let of = of.clone();
            Box::pin(async move { tx.clock().put_off(&of, now).await })
        });
        put_off.await
    }

    async fn do_kind(&self, due: &Due, now: Timestamp) -> Result<()> {
        match due.kind {
            DueKind::Correction => self.say_corrections(due, now).await,
            DueKind::Digest => self.say_digest(due, now).await,
            DueKind::File => self.look_for_files(due, now).await,
            DueKind::EarlyChange => self.look_for_early(due, now).await,
            DueKind::Erasure => self.erase_the_rest(due, now).await,
            DueKind::Lateness => self.tell_authors(due, now).await,
            DueKind::Consent => self.end_unagreed(due, now).await,
            DueKind::Retention => self.expire(due, now).await,
            DueKind::TakingBack => self.take_back(due, now).await,
            DueKind::Forgetting => self.forget(due, now).await,
        }
    }

    /// The work, and in the same transaction when it falls due again.
    async fn in_one<F>(&self, due: &Due, work: F) -> Result<()>
    where
        F: for<'t> Fn(&'t mut Tx, &'t Due) -> BoxFuture<'t, Result<Done>> + Send + Sync + 'static,
    {
        let case = Arc::new((due.clone(), work));
        let done = self.store.write_in(&due.community, move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let done = case.1(tx, &case.0).await?;
                tx.clock().done_until(&case.0, done.next).await?;
                Ok(done.woken)
            })
        });
        self.wake.lanes(&done.await?);
        Ok(())
    }
}
