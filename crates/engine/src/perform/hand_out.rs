//! A post to each reader of its channel, one after the other.
//!
//! **Invariant:** what became of it for one reader is on disk before the next takes the place on the way, so a process that dies
//! repeats what was under way and nothing else; and what is one reader's trouble is nobody else's.

use std::{
    sync::{
        Arc, Mutex, MutexGuard, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use conversation::{CommunityId, Outbound, Receipt, SendError, Timestamp};
use futures::future::join_all;
use store::{Became, Begun, Entry, HandOut, OwnCopy, Work};

use super::{AdapterCall, Dispatcher, LATE, Outcome, Sending, became::Before, unavailable};
use crate::readers::{Member, Readership};

mod passed;
mod smaller;
mod unclear;

use passed::Passed;
use smaller::Smaller;
use unclear::{Heard, Unclear};

/// Before a result that the store did not take is offered to it again.
const STORE_RETRY: Duration = Duration::from_secs(1);

/// One post on its way.
struct Round<'a> {
    sending: Sending<'a>,
    entry: &'a Entry,
    readers: &'a Readership,
    call: &'a AdapterCall,
    smaller: Smaller,
    hand_out: Arc<HandOut>,
    passed: Mutex<Passed>,
    unclear: Mutex<Unclear<'a>>,
    /// What keeps everybody from getting anything.
    trouble: OnceLock<SendError>,
    began: (Timestamp, Instant),
}

pub(super) async fn hand_out(
    sending: Sending<'_>,
    (entry, readers): (&Entry, &Readership),
    call: &AdapterCall,
) -> Result<Outcome, SendError> {
    let Sending { by, work, now, .. } = sending;
    let author = author_among(work, readers);
    let part = i64::try_from(work.sent.parts.len()).unwrap_or(0);
    let hand_out = Arc::new(HandOut {
        community: work.community.clone(),
        channel: work.to.id.clone(),
        delivery: work.delivery.clone(),
        part,
        revision: call.revision,
    });
    let copy = sending.adapter.own_id(&call.outbound).map(|id| OwnCopy {
        message: work.message.clone(),
        id,
        part: i64::try_from(work.sent.parts.concat().len()).unwrap_or(0),
        is_correction: call.is_correction,
    });
    let begun = begin(by, hand_out.clone(), (author, copy), now).await?;
    let round = Round {
        sending,
        entry,
        readers,
        call,
        smaller: Smaller::default(),
        hand_out,
        passed: Mutex::new(Passed::new(readers, &begun, author)),
        unclear: Mutex::new(Unclear::before(work)),
        trouble: OnceLock::new(),
        began: (now, Instant::now()),
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
    round.end().await
}

async fn begin(
    by: &Dispatcher,
    hand_out: Arc<HandOut>,
    (author, copy): (Option<i64>, Option<OwnCopy>),
    now: Timestamp,
) -> Result<Begun, SendError> {
    let of = CommunityId(hand_out.community.clone());
    let (case, whose) = (Arc::new((hand_out, copy)), of.clone());
    let begun = by.store.write_in(&of, move |tx| {
        let (case, of) = (case.clone(), whose.clone());
        Box::pin(async move {
            // To thousands it takes long, and whoever waits behind it must hear of that.
            tx.clock().may_be_late((&of, &case.0.channel), LATE).await?;
            let about = (author, case.1.as_ref());
            tx.hand_out(&case.0).begin(about, now).await
        })
    });
    begun.await.map_err(unavailable)
}

async fn end(by: &Dispatcher, hand_out: Arc<HandOut>, last: i64) -> Result<(), SendError> {
    let of = CommunityId(hand_out.community.clone());
    let ended = by.store.write_in(&of, move |tx| {
        let hand_out = hand_out.clone();
        Box::pin(async move { tx.hand_out(&hand_out).end(last).await })
    });
    ended.await.map_err(unavailable)
}

/// Whoever wrote it on the same platform has it.
fn author_among(work: &Work, readers: &Readership) -> Option<i64> {
    let is_author = |it: &&Member| it.to.account == work.said.author.account;
    let found = readers.all.iter().find(is_author);
    found
        .filter(|_| work.said.home.platform == work.to.channel.platform)
        .map(|it| it.number)
}

impl<'a> Round<'a> {
    /// One way out of several: the next reader, until there is none.
    async fn walk(&self, open: &[&'a Member], next: &AtomicUsize) {
        while let Some(reader) = open.get(next.fetch_add(1, Ordering::Relaxed)) {
            let _way = self.readers.ways.acquire().await;
            if self.trouble.get().is_some() || self.sending.by.stop.is_cancelled() {
                return;
            }
            self.to(reader).await;
        }
    }

    async fn to(&self, reader: &'a Member) {
        let answer = self.send(reader).await;
        if let Err(error) = &answer
            && let Some(heard) = self.lock_unclear().hear(reader, error)
        {
            // Whose trouble it is shows with whoever comes next.
            if let Heard::Everybodys(error) = heard {
                let _ = self.trouble.set(error);
            }
            return;
        }
        match self.became(answer) {
            Ok(became) => {
                if became == Became::Reached {
                    self.settle_unclear().await;
                }
                self.settle(reader, became).await;
            }
            Err(error) => {
                let _ = self.trouble.set(error);
            }
        }
    }

    fn became(&self, answer: Result<Receipt, SendError>) -> Result<Became, SendError> {
        let Sending { by, work, .. } = self.sending;
        Before::first().became(&by.retries, work, answer, self.now())
    }

    /// Somebody is reached, so what others heard was theirs.
    async fn settle_unclear(&self) {
        let theirs = self.lock_unclear().take();
        for (reader, error) in theirs {
            if let Ok(became) = self.became(Err(error)) {
                self.settle(reader, became).await;
            }
        }
    }

    async fn send(&self, reader: &Member) -> Result<Receipt, SendError> {
        let to = |outbound: &Outbound| Outbound {
            to: Some(reader.to.clone()),
            ..outbound.clone()
        };
        let sending = Sending {
            now: self.now(),
            ..self.sending
        };
        // What was too large for several is not tried whole for those behind.
        if let Some(smaller) = self.smaller.for_all() {
            return sending.adapter.send(&to(smaller)).await;
        }
        match sending.adapter.send(&to(&self.call.outbound)).await {
            Err(SendError::TooLarge(why)) => {
                match self.smaller.get(sending.smaller(&self.call.outbound)).await {
                    Some(smaller) => sending.adapter.send(&to(smaller)).await,
                    None => Err(SendError::Refused(why)),
                }
            }
            answer => answer,
        }
    }

    /// Until it is on disk nothing else happens at this place on the way.
    async fn settle(&self, reader: &Member, became: Became) {
        let is_reached = became == Became::Reached;
        let now = self.now();
        let through = {
            let mut passed = self.lock_passed();
            passed.count(&became);
            // Whoever has no row yet must not be spoken for.
            match is_reached {
                true => passed.pass(reader.number),
                false => passed.through,
            }
        };
        if is_reached {
            self.readers.note_taken(now);
        }
        let change = reader.change(self.entry, &became, 1, now);
        let case = Arc::new((self.entry.clone(), became, change));
        let (by, number) = (self.sending.by, reader.number);
        let written = by.until_written(|| {
            let (case, hand_out) = (case.clone(), self.hand_out.clone());
            by.store.write_in(&self.entry.community, move |tx| {
                let (case, hand_out) = (case.clone(), hand_out.clone());
                Box::pin(async move {
                    let (entry, became, change) = &*case;
                    tx.hand_out(&hand_out)
                        .settle(number, (became, through), now)
                        .await?;
                    match change {
                        Some(change) => change.tell(tx, entry).await,
                        None => Ok(()),
                    }
                })
            })
        });
        match written.await {
            Ok(()) if is_reached => {}
            Ok(()) => {
                self.lock_passed().pass(reader.number);
            }
            Err(error) => {
                let _ = self.trouble.set(unavailable(error));
            }
        }
    }

    async fn end(self) -> Result<Outcome, SendError> {
        let Sending { by, work, .. } = self.sending;
        let has_reached = self.lock_passed().n_reached + work.sent.handed_to > 0;
        if let Some(error) = self.lock_unclear().at_the_end(has_reached) {
            let _ = self.trouble.set(error);
        }
        if self.trouble.get().is_none() {
            self.settle_unclear().await;
        }
        if let Some(error) = self.trouble.get() {
            return Err(error.clone());
        }
        let last = self.readers.all.last().map_or(0, |it| it.number);
        if !self.lock_passed().is_complete() {
            return Ok(Outcome::Paused);
        }
        end(by, self.hand_out.clone(), last).await?;
        let passed = self.passed.into_inner().expect("no panic under this lock");
        if passed.is_awaited {
            by.wake.lane(&work.to.id);
        }
        match passed.last_refusal {
            Some(said) if !has_reached && !passed.is_awaited => {
                let why = format!("every reader's server refuses it: {said}");
                Err(SendError::Refused(why))
            }
            _ => {
                let id = self.sending.adapter.own_id(&self.call.outbound);
                let receipt = Receipt {
                    remote_ids: id.into_iter().collect(),
                    thread: None,
                };
                Ok(self.call.arrived(receipt, self.call.revision))
            }
        }
    }

    /// A list of thousands takes its time.
    fn now(&self) -> Timestamp {
        let (began, at) = self.began;
        began.plus(at.elapsed())
    }

    fn lock_passed(&self) -> MutexGuard<'_, Passed> {
        self.passed.lock().expect("no panic under this lock")
    }

    fn lock_unclear(&self) -> MutexGuard<'_, Unclear<'a>> {
        self.unclear.lock().expect("no panic under this lock")
    }
}

impl Dispatcher {
    /// Offered to the store until it takes it: what it is about has happened.
    pub(crate) async fn until_written<T, F>(&self, write: impl Fn() -> F) -> store::Result<T>
    where
        F: Future<Output = store::Result<T>>,
    {
        loop {
            match write().await {
                Err(error) if error.passes() && !self.stop.is_cancelled() => {
                    tracing::debug!(%error, "what became of a post could not be written down yet");
                    tokio::time::sleep(STORE_RETRY).await;
                }
                written => return written,
            }
        }
    }
}
