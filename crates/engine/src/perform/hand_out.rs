//! A post to each reader of its channel, one after the other.
//!
//! **Invariant:** what became of it for one reader is on disk before the next takes the place on the way, so a process that dies
//! repeats what was under way and nothing else; and what is one reader's trouble is nobody else's.

use std::{
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use conversation::{Adapter, Outbound, Receipt, SendError, Timestamp};
use futures::future::join_all;
use store::{Became, Begun, Entry, HandOut, Work};

use super::{Outcome, Step, became::Before};
use crate::{
    Engine,
    readers::{Member, Readership},
};

mod passed;

use passed::Passed;

/// Before a result that the store did not take is offered to it again.
const STORE_RETRY: Duration = Duration::from_secs(1);

/// One post on its way.
struct Round<'a> {
    engine: &'a Engine,
    adapter: &'a dyn Adapter,
    work: &'a Work,
    entry: &'a Entry,
    readers: &'a Readership,
    outbound: &'a Outbound,
    /// Without its files, where it turned out to be too large.
    smaller: tokio::sync::OnceCell<Option<Outbound>>,
    hand_out: Arc<HandOut>,
    passed: Mutex<Passed>,
    /// What keeps everybody from getting anything.
    trouble: OnceLock<SendError>,
    now: Timestamp,
}

impl Engine {
    pub(super) async fn hand_out(
        &self,
        work: &Work,
        (adapter, entry, readers): (&dyn Adapter, &Entry, &Readership),
        (step, revision): (&Step, u32),
        now: Timestamp,
    ) -> Result<Outcome, SendError> {
        let author = self.author_among(work, readers);
        let hand_out = Arc::new(HandOut {
            community: work.community.clone(),
            channel: work.channel_id.clone(),
            delivery: work.delivery.clone(),
            part: i64::try_from(work.remote_ids.len()).unwrap_or(0),
            revision,
        });
        let begun = self.begin(hand_out.clone(), author, now).await?;
        let round = Round {
            engine: self,
            adapter,
            work,
            entry,
            readers,
            outbound: &step.outbound,
            smaller: tokio::sync::OnceCell::new(),
            hand_out,
            passed: Mutex::new(Passed::new(readers, &begun, author)),
            trouble: OnceLock::new(),
            now,
        };
        let is_open = |it: &&Member| {
            it.number > begun.through
                && !begun.settled.contains(&it.number)
                && Some(it.number) != author
        };
        let open: Vec<&Member> = readers.all.iter().filter(is_open).collect();
        let next = AtomicUsize::new(0);
        let ways = (0..readers.at_once).map(|_| round.walk(&open, &next));
        join_all(ways).await;
        round.outcome(step, revision)
    }

    /// Whoever wrote it in the channel itself has it.
    fn author_among(&self, work: &Work, readers: &Readership) -> Option<i64> {
        let is_author = |it: &&Member| it.to.account == work.author.account;
        let found = readers.all.iter().find(is_author);
        found
            .filter(|_| work.home.platform == work.channel.platform)
            .map(|it| it.number)
    }

    async fn begin(
        &self,
        hand_out: Arc<HandOut>,
        author: Option<i64>,
        now: Timestamp,
    ) -> Result<Begun, SendError> {
        let begun = self.store.write(move |tx| {
            let hand_out = hand_out.clone();
            Box::pin(async move { tx.begin_hand_out(&hand_out, author, now).await })
        });
        begun
            .await
            .map_err(|error| SendError::Unavailable(error.to_string()))
    }
}

impl Round<'_> {
    /// One way out of several: the next reader, until there is none.
    async fn walk(&self, open: &[&Member], next: &AtomicUsize) {
        while let Some(reader) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
            self.to(reader).await;
        }
    }

    async fn to(&self, reader: &Member) {
        if self.trouble.get().is_some() || self.engine.stop.is_cancelled() {
            return;
        }
        let answer = match self.send(reader).await {
            // Where nobody is reached, it is not this reader's trouble.
            Err(error @ SendError::Uncertain(_)) if !self.has_reached_anybody() => {
                let _ = self.trouble.set(error);
                return;
            }
            answer => answer,
        };
        let before = Before {
            doubts: 0,
            attempts: 1,
            is_alone: true,
        };
        match self.engine.became(self.work, answer, before, self.now) {
            Ok(became) => self.settle(reader, became).await,
            Err(error) => {
                let _ = self.trouble.set(error);
            }
        }
    }

    fn has_reached_anybody(&self) -> bool {
        let passed = self.passed.lock().expect("no panic under this lock");
        passed.n_reached + self.work.handed_to > 0
    }

    async fn send(&self, reader: &Member) -> Result<Receipt, SendError> {
        let to = |outbound: &Outbound| Outbound {
            to: Some(reader.to.clone()),
            ..outbound.clone()
        };
        // What was too large for one is not tried whole for those behind.
        let smaller = self.smaller.get().and_then(Option::as_ref);
        match self
            .adapter
            .send(&to(smaller.unwrap_or(self.outbound)))
            .await
        {
            Err(SendError::TooLarge(why)) if smaller.is_none() => {
                let smaller = self
                    .engine
                    .smaller(self.work, self.adapter, self.outbound, self.now);
                match self.smaller.get_or_init(|| smaller).await {
                    Some(smaller) => self.adapter.send(&to(smaller)).await,
                    None => Err(SendError::Refused(why)),
                }
            }
            answer => answer,
        }
    }

    /// Until it is on disk nothing else happens at this place on the way.
    async fn settle(&self, reader: &Member, became: Became) {
        let is_reached = became == Became::Reached;
        let through = {
            let mut passed = self.passed.lock().expect("no panic under this lock");
            match &became {
                Became::Reached => {
                    passed.n_reached += 1;
                    self.readers.note_taken(self.now);
                }
                Became::Waits { .. } => passed.n_waiting += 1,
                Became::Refused { said } => passed.last_refusal = Some(said.clone()),
            }
            // Whoever has no row yet must not be spoken for.
            match is_reached {
                true => passed.pass(reader.number),
                false => passed.through,
            }
        };
        let news = Arc::new(reader.news(self.entry, &became, 1, self.now));
        let case = Arc::new((self.hand_out.clone(), became, through));
        let who = (self.entry, reader);
        while let Err(error) = self.engine.settle_reader(&case, who, &news, self.now).await {
            tracing::debug!(%error, "a reader's result could not be written down yet");
            if self.engine.stop.is_cancelled() || self.engine.store.is_lost_by(&error) {
                let _ = self.trouble.set(SendError::Unavailable(error.to_string()));
                return;
            }
            tokio::time::sleep(STORE_RETRY).await;
        }
        if !is_reached {
            let mut passed = self.passed.lock().expect("no panic under this lock");
            passed.pass(reader.number);
        }
    }

    fn outcome(self, step: &Step, revision: u32) -> Result<Outcome, SendError> {
        if let Some(error) = self.trouble.into_inner() {
            return Err(error);
        }
        let passed = self.passed.into_inner().expect("no panic under this lock");
        if !passed.is_complete() {
            return Ok(Outcome::Paused);
        }
        if passed.n_waiting > 0 {
            self.engine.wake(&self.work.channel_id);
        }
        match passed.last_refusal {
            Some(said) if passed.n_reached + self.work.handed_to == 0 && passed.n_waiting == 0 => {
                Err(SendError::Refused(format!(
                    "no reader's server takes it: {said}"
                )))
            }
            _ => {
                let id = self.adapter.own_id(self.outbound);
                let receipt = Receipt {
                    remote_ids: id.into_iter().collect(),
                    thread: None,
                };
                Ok(step.arrived(receipt, revision))
            }
        }
    }
}
