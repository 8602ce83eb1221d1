//! One destination channel's way out: its deliveries in order, one at a time. An answer to one person alone has a lane of its own.
//!
//! **Invariant:** the attempt is committed before the send, and the result of one delivery is committed
//! together with the claim of the next, so that a channel costs one sync for each message.

use std::sync::Arc;

use conversation::{ChannelId, CommunityId, MessageId, OperationKind, Timestamp};
use store::{Answer, Claim, Entry, Error, Look, Progress, Result, Say, Work};

use crate::{
    conclude::{Aftermath, Attempted, Conclusion, conclude},
    draft::Draft,
    notices::dead_notice,
    perform::{Dispatcher, Outcome},
    tells::made_for,
    underway::OnItsWay,
};

mod claiming;
mod failing;
mod first;
mod late;
mod trial;
mod turn;

use claiming::{Claiming, Taking, why_over};
use failing::Failing;
pub(crate) use first::FirstTurn;
pub use late::LateLane;
use trial::Trial;
use turn::Turn;

/// What a step found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something was sent, or tried: there may be more.
    Again,
    NotBefore(Timestamp),
    Idle,
}

/// One way out of a channel, step by step.
pub trait WayOut: Send + 'static {
    /// Commits the last result, takes what is next and makes it.
    fn step(&mut self, now: Timestamp) -> impl Future<Output = Result<Step>> + Send;

    /// What waits for that time may go, whatever the clock says.
    fn time_has_come(&mut self, at: Timestamp);

    /// With nothing to do it may be forgotten: what it knows can be found out again.
    fn may_end(&self) -> bool {
        true
    }

    /// Commits what is not on disk yet, and takes nothing new.
    fn settle(&mut self, now: Timestamp) -> impl Future<Output = Result<()>> + Send;
}

pub struct Lane {
    dispatcher: Arc<Dispatcher>,
    channel: ChannelId,
    /// It gives this answer alone: what it comes to says nothing of the channel, and nothing of the channel stops it.
    answer: Option<MessageId>,
    result: Option<(Box<Work>, Outcome)>,
    /// Of a delivery that is not done with its first post.
    draft: Option<Draft>,
    /// As late as this it is, if the clock went back since.
    reached: Timestamp,
    /// The channel left its room, and nothing waits for it any more.
    is_swept: bool,
    /// The rooms of its community as they were when the last attempt began.
    rooms: Option<i64>,
    trial: Trial,
    failing: Failing,
    /// When the last attempt began.
    began: Timestamp,
    /// Until what it came to is on disk.
    on_its_way: Option<OnItsWay>,
}

impl WayOut for Lane {
    async fn step(&mut self, now: Timestamp) -> Result<Step> {
        match self.try_step(now).await {
            Err(error @ Error::Unreadable(_)) => self.step_over(&error, now).await,
            outcome => outcome,
        }
    }

    fn time_has_come(&mut self, at: Timestamp) {
        self.reached = at;
    }

    /// Nobody would else take off the board what staff was told.
    fn may_end(&self) -> bool {
        !self.failing.is_told()
    }

    async fn settle(&mut self, now: Timestamp) -> Result<()> {
        self.advance(now, Taking::Nothing).await.map(|_| ())
    }
}

impl Lane {
    pub(crate) fn new(dispatcher: Arc<Dispatcher>, channel: ChannelId) -> Lane {
        Lane {
            dispatcher,
            channel,
            answer: None,
            result: None,
            draft: None,
            reached: Timestamp(0),
            is_swept: false,
            rooms: None,
            trial: Trial::default(),
            failing: Failing::default(),
            began: Timestamp(0),
            on_its_way: None,
        }
    }

    pub(crate) fn answering(dispatcher: Arc<Dispatcher>, answer: Answer) -> Lane {
        Lane {
            answer: Some(answer.message),
            ..Lane::new(dispatcher, answer.channel)
        }
    }

    /// The last result is sound on its own, or else there was none: then the head of the queue is not.
    async fn step_over(&mut self, error: &Error, now: Timestamp) -> Result<Step> {
        let entry = self.dispatcher.store.channel(&self.channel).await?;
        match (self.result.is_some(), entry) {
            // It may have been one behind the head.
            (false, _) if self.trial.end() => {}
            (false, Some(entry)) => self.give_up_head(entry, error.to_string(), now).await?,
            _ => self.settle(now).await?,
        }
        Ok(Step::Again)
    }

    async fn give_up_head(&self, entry: Entry, reason: String, now: Timestamp) -> Result<()> {
        let channel = self.dispatcher.log.channel(&self.channel);
        tracing::error!(channel.ref = channel, "what is to be sent next cannot be read: it is given up");
        let case = Arc::new((entry, self.look(now), reason));
        let given_up = self.dispatcher.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (entry, look, reason) = &*case;
                tx.outbox(entry).give_up_head(look, reason).await?;
                let notice = dead_notice(entry, now);
                tx.notices(&entry.community).tell_once(&notice).await
            })
        });
        given_up.await
    }

    async fn try_step(&mut self, now: Timestamp) -> Result<Step> {
        let looks_again = self.conclusion(now).is_some_and(|it| it.stops_the_lane());
        let back_off = self.trial.backs_off_until(now.max(self.reached));
        let taking = match back_off {
            Some(_) => Taking::Nothing,
            None => self.taking().await?,
        };
        match (self.advance(now, taking).await?, back_off) {
            (Claim::Idle, _) if looks_again => Ok(Step::Again),
            (Claim::Idle, Some(until)) => Ok(Step::NotBefore(until)),
            (Claim::Idle, None) => Ok(Step::Idle),
            (Claim::NotBefore(at), _) => Ok(Step::NotBefore(at)),
            (Claim::Work(work), _) => {
                self.reached = Timestamp(0);
                self.make(work, taking, now).await;
                Ok(Step::Again)
            }
        }
    }

    async fn make(&mut self, mut work: Box<Work>, taking: Taking, now: Timestamp) {
        let community = CommunityId(work.community.clone());
        self.rooms = self.dispatcher.store.directory().revision_of(&community);
        self.began = now;
        // An answer to one person alone has nobody who answers it where others are heard.
        let is_seen = self.answer.is_none() && work.operation == OperationKind::Post;
        self.on_its_way = is_seen.then(|| self.dispatcher.underway.begin(&work.to.channel));
        let outcome = match taking {
            Taking::WhatIsOver => Outcome::Closed,
            _ => {
                let looked_up = self.dispatcher.look_up(&mut work, now).await;
                let made = made_for(&work);
                let put = looked_up.and_then(|()| self.dispatcher.put_into_words(&mut work));
                let outcome = match put {
                    Ok(()) => {
                        self.dispatcher.introduce(&mut work, now).await;
                        self.dispatcher.perform(&work, &mut self.draft, now).await
                    }
                    Err(unsaid) => unsaid,
                };
                self.dispatcher.files.take_away(&made).await;
                self.draft.take_if(|_| !made.is_empty());
                self.trial.judge(&work, outcome, now)
            }
        };
        self.draft.take_if(|it| !it.is_long());
        self.result = Some((work, outcome));
    }

    async fn taking(&self) -> Result<Taking> {
        let entry = self.dispatcher.store.channel(&self.channel).await?;
        let Some(entry) = entry else {
            return Ok(Taking::Nothing);
        };
        let platform = &entry.channel.at.platform;
        Ok(match &self.answer {
            None => Taking::from(&self.dispatcher, &entry),
            Some(_) if self.dispatcher.adapters.contains_key(platform) => Taking::WhatIsDue,
            Some(_) => Taking::Nothing,
        })
    }

    async fn advance(&mut self, now: Timestamp, taking: Taking) -> Result<Claim> {
        let Some(turn) = self.turn(now, taking).await?.map(Arc::new) else {
            return Ok(Claim::Idle);
        };
        let (job, community) = (turn.clone(), turn.community());
        let whose = (&community, turn.foresight());
        let written = self.dispatcher.store.write_foreseeing(whose, move |tx| {
            let job = job.clone();
            Box::pin(async move { job.write(tx).await })
        });
        let (failing, claim) = written.await?;
        self.result = None;
        self.on_its_way = None;
        self.is_swept = turn.has_left();
        self.failing = failing;
        if let Some(words) = &turn.bad_news {
            self.dispatcher.wake.lane_at(&words.home.channel.at);
        }
        if let Some(conclusion) = &turn.conclusion {
            self.after(conclusion).await?;
        }
        Ok(claim)
    }

    async fn turn(&self, now: Timestamp, taking: Taking) -> Result<Option<Turn>> {
        let entry = self.dispatcher.store.channel(&self.channel).await?;
        Ok(self.turn_at(entry, (now, taking)))
    }

    /// None if there is nothing to write and nothing to take.
    fn turn_at(&self, entry: Option<Entry>, (now, taking): (Timestamp, Taking)) -> Option<Turn> {
        let conclusion = self.conclusion(now);
        let of_queue = entry.as_ref().filter(|_| self.answer.is_none());
        let over = of_queue.and_then(|it| why_over(&it.channel));
        let sweeps = over.filter(|_| conclusion.is_some() || !self.is_swept);
        let claims_nothing = entry.is_none() || taking == Taking::Nothing;
        if claims_nothing && conclusion.is_none() && sweeps.is_none() {
            return None;
        }
        let (failing, change) = match (of_queue, &self.result) {
            (Some(entry), Some((_, outcome))) => {
                self.failing.after(entry, (self.began, outcome), now)
            }
            _ => (self.failing, None),
        };
        Some(Turn {
            bad_news: conclusion.as_ref().and_then(|it| self.bad_news(it, now)),
            claiming: Claiming {
                taking,
                look: self.look(now),
                epoch: self.dispatcher.store.epoch(),
                dispatcher: self.dispatcher.clone(),
                now,
            },
            rooms: self.rooms,
            entry,
            conclusion,
            sweeps,
            failing,
            change,
        })
    }

    fn look(&self, now: Timestamp) -> Look {
        Look {
            now: now.max(self.reached),
            answer: self.answer.clone(),
            known: self.draft.as_ref().map(Draft::known),
            doubtful_before: now.minus(self.dispatcher.retries.hold_back()),
            suspect: self.trial.suspect(now),
            at_once: self.trial.condemned().to_vec(),
            most_parts: self.dispatcher.most_parts,
        }
    }

    fn bad_news(&self, conclusion: &Conclusion, now: Timestamp) -> Option<Say> {
        match (&conclusion.finish.progress, &self.result) {
            (Progress::Dead { reason }, Some((work, outcome))) => {
                self.dispatcher.authors.bad_news(work, reason, outcome, now)
            }
            _ => None,
        }
    }

    fn conclusion(&self, now: Timestamp) -> Option<Conclusion> {
        let (work, outcome) = self.result.as_ref()?;
        let platform = &work.to.channel.platform;
        let policy = self.dispatcher.retries.policy(platform);
        let attempted = Attempted {
            age: self.dispatcher.retries.age(platform, work.created_at, now),
            now,
            jitter: jitter(work),
        };
        Some(conclude(work, outcome, &policy, &attempted))
    }

    /// What must follow once the conclusion is on disk.
    async fn after(&self, conclusion: &Conclusion) -> Result<()> {
        let Dispatcher { store, log, .. } = &*self.dispatcher;
        match &conclusion.aftermath {
            Aftermath::Nothing | Aftermath::Edited { .. } | Aftermath::Corrected { .. } => {}
            Aftermath::Dead => {
                let (channel, delivery) = (log.channel(&self.channel), &conclusion.finish.delivery);
                tracing::warn!(delivery.id = %delivery, channel.ref = channel, "delivery given up");
            }
            Aftermath::SuspendLink { .. } => {
                store.refresh_directory().await?;
            }
            Aftermath::MoveChannel(to) => {
                let channel = log.channel(&self.channel);
                tracing::info!(channel.ref = channel, "the channel has another id on its platform now");
                store.refresh_directory().await?;
                self.dispatcher.wake.lane_at(to);
            }
            Aftermath::RefuseAccount { .. } => {
                if let Some(entry) = store.channel(&self.channel).await? {
                    self.dispatcher.refusals.note(&entry.channel.at.platform);
                }
            }
        }
        Ok(())
    }
}

/// From -1 to 1, by the delivery and its attempt: spread over a crowd, and the same in every test.
fn jitter(work: &Work) -> f64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (&work.delivery, work.attempt.number).hash(&mut hasher);
    let steps = u16::try_from(hasher.finish() % 2001).unwrap_or(0);
    f64::from(steps) / 1000.0 - 1.0
}
