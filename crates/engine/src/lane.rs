//! One destination channel's way out: its deliveries in order, one at a time.
//!
//! **Invariant:** the attempt is committed before the send, and the result of one delivery is committed
//! together with the claim of the next, so that a channel costs one sync for each message.

use std::sync::Arc;

use conversation::{ChannelId, CommunityId, Link, Platform, Timestamp};
use store::{
    Claim, Entry, Error, INSTALLATION, Look, Notice, NoticeKind, Progress, Result, Say, Tx, Work,
};

use crate::{
    Engine,
    accept::closed_notice,
    conclude::{Aftermath, Attempted, Conclusion, conclude},
    draft::Draft,
    perform::Outcome,
};

mod claiming;
mod failing;
mod late;
mod trial;

use claiming::{Claiming, Taking, why_over};
use failing::Failing;
pub use late::LateLane;
use trial::Trial;

/// What a step found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Something was sent, or tried: there may be more.
    Again,
    NotBefore(Timestamp),
    Idle,
}

pub struct Lane {
    channel: ChannelId,
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
}

impl Lane {
    pub fn new(channel: ChannelId) -> Lane {
        Lane {
            channel,
            result: None,
            draft: None,
            reached: Timestamp(0),
            is_swept: false,
            rooms: None,
            trial: Trial::default(),
            failing: Failing::default(),
            began: Timestamp(0),
        }
    }

    /// What waits for that time may go, whatever the clock says.
    pub fn time_has_come(&mut self, at: Timestamp) {
        self.reached = at;
    }

    /// Nobody would else take off the board what staff was told.
    pub(crate) fn may_end(&self) -> bool {
        !self.failing.is_told()
    }

    /// Commits the last result, takes the next delivery and makes it.
    pub async fn step(&mut self, engine: &Engine, now: Timestamp) -> Result<Step> {
        match self.try_step(engine, now).await {
            Err(error @ Error::Unreadable(_)) => self.step_over(engine, &error, now).await,
            outcome => outcome,
        }
    }

    /// The last result is sound on its own, or else there was none: then the head of the queue is not.
    async fn step_over(&mut self, engine: &Engine, error: &Error, now: Timestamp) -> Result<Step> {
        let entry = engine.store.channel(&self.channel).await?;
        match (self.result.is_some(), entry) {
            // It may have been one behind the head.
            (false, _) if self.trial.end() => {}
            (false, Some(entry)) => {
                self.give_up_head(engine, entry, error.to_string(), now)
                    .await?
            }
            _ => self.settle(engine, now).await?,
        }
        Ok(Step::Again)
    }

    async fn give_up_head(
        &self,
        engine: &Engine,
        entry: Entry,
        reason: String,
        now: Timestamp,
    ) -> Result<()> {
        let channel = engine.channel_in_logs(&self.channel);
        tracing::error!(channel.ref = channel, "what is to be sent next cannot be read: it is given up");
        let case = Arc::new((entry, reason));
        let given_up = engine.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (entry, reason) = &*case;
                tx.outbox(entry).give_up_head(reason).await?;
                let notice = dead_notice(entry, now);
                tx.notices(&entry.community).tell_once(&notice).await?;
                Ok(())
            })
        });
        given_up.await
    }

    async fn try_step(&mut self, engine: &Engine, now: Timestamp) -> Result<Step> {
        let looks_again = self
            .conclusion(engine, now)
            .is_some_and(|it| it.stops_the_lane());
        let rests = self.trial.rests(now.max(self.reached));
        let taking = match rests {
            Some(_) => Taking::Nothing,
            None => self.taking(engine).await?,
        };
        match (self.advance(engine, now, taking).await?, rests) {
            (Claim::Idle, _) if looks_again => Ok(Step::Again),
            (Claim::Idle, Some(until)) => Ok(Step::NotBefore(until)),
            (Claim::Idle, None) => Ok(Step::Idle),
            (Claim::NotBefore(at), _) => Ok(Step::NotBefore(at)),
            (Claim::Work(work), _) => {
                self.reached = Timestamp(0);
                self.make(engine, work, taking, now).await;
                Ok(Step::Again)
            }
        }
    }

    async fn make(&mut self, engine: &Engine, mut work: Box<Work>, taking: Taking, now: Timestamp) {
        let community = CommunityId(work.community.clone());
        self.rooms = engine.store.directory().revision_of(&community);
        self.began = now;
        let outcome = match taking {
            Taking::WhatIsOver => Outcome::Closed,
            _ => {
                let outcome = match engine.put_into_words(&mut work) {
                    Ok(()) => {
                        engine.introduce(&mut work, now).await;
                        engine.perform(&work, &mut self.draft, now).await
                    }
                    Err(unknown) => unknown,
                };
                self.trial.judge(&work, outcome, now)
            }
        };
        self.draft.take_if(|it| !it.is_long());
        self.result = Some((work, outcome));
    }

    async fn taking(&self, engine: &Engine) -> Result<Taking> {
        let entry = engine.store.channel(&self.channel).await?;
        Ok(entry.map_or(Taking::Nothing, |it| engine.taking_from(&it)))
    }

    /// Commits the last result and takes nothing new.
    pub async fn settle(&mut self, engine: &Engine, now: Timestamp) -> Result<()> {
        self.advance(engine, now, Taking::Nothing).await.map(|_| ())
    }

    async fn advance(&mut self, engine: &Engine, now: Timestamp, taking: Taking) -> Result<Claim> {
        let entry = engine.store.channel(&self.channel).await?;
        let conclusion = self.conclusion(engine, now);
        let has_left = entry.as_ref().is_some_and(|it| it.channel.has_left());
        let over = entry.as_ref().and_then(|it| why_over(&it.channel));
        let sweeps = over.filter(|_| conclusion.is_some() || !self.is_swept);
        let rests = entry.is_none() || taking == Taking::Nothing;
        if rests && conclusion.is_none() && sweeps.is_none() {
            return Ok(Claim::Idle);
        }
        let claiming = Claiming {
            taking,
            look: self.look(engine, now),
            epoch: engine.store.epoch(),
            patience: engine.patience(entry.as_ref(), now),
        };
        let bad_news = conclusion
            .as_ref()
            .and_then(|it| self.bad_news(engine, it, now));
        let rooms = self.rooms;
        let (failing, news) = match (&entry, &self.result) {
            (Some(entry), Some((_, outcome))) => {
                self.failing.after(entry, (self.began, outcome), now)
            }
            _ => (self.failing, None),
        };
        let community = entry
            .as_ref()
            .map_or(INSTALLATION, |it| it.community.clone());
        let shared = Arc::new((conclusion, entry, claiming, bad_news, news));
        let job = shared.clone();
        let (failing, claim) = engine
            .store
            .write_in(&community, move |tx| {
                let job = job.clone();
                Box::pin(async move {
                    let (conclusion, entry, claiming, bad_news, news) = &*job;
                    if let (Some(news), Some(entry)) = (news, entry) {
                        news.tell(tx, (entry, rooms)).await?;
                    }
                    if let Some(conclusion) = conclusion {
                        record(tx, conclusion, (entry.as_ref(), rooms), now).await?;
                    }
                    if let Some(words) = bad_news {
                        tx.own_words().say(words, now).await?;
                    }
                    if let (Some(entry), Some(rule)) = (entry, sweeps) {
                        tx.backlog(&entry.community, &entry.channel.id)
                            .stop(rule)
                            .await?;
                    }
                    let open = conclusion.as_ref().is_none_or(|it| !it.stops_the_lane());
                    match entry {
                        Some(entry) if open => {
                            let claim = claiming.claim(tx, entry).await?;
                            Ok((failing.settle(tx, (entry, taking, &claim)).await?, claim))
                        }
                        _ => Ok((failing, Claim::Idle)),
                    }
                })
            })
            .await?;
        self.result = None;
        self.is_swept = has_left;
        self.failing = failing;
        if let Some(words) = &shared.3 {
            engine.wake_at(&words.home.channel.at);
        }
        if let Some(conclusion) = &shared.0 {
            return engine.after(conclusion, &self.channel, claim).await;
        }
        Ok(claim)
    }

    fn look(&self, engine: &Engine, now: Timestamp) -> Look {
        Look {
            now: now.max(self.reached),
            known: self.draft.as_ref().map(Draft::known),
            doubtful_before: now.minus(engine.settings.retry.hold_back),
            suspect: self.trial.suspect(now),
            at_once: self.trial.condemned().to_vec(),
            most_parts: engine.settings.most_parts,
        }
    }

    fn bad_news(&self, engine: &Engine, conclusion: &Conclusion, now: Timestamp) -> Option<Say> {
        match (&conclusion.finish.progress, &self.result) {
            (Progress::Dead { reason }, Some((work, outcome))) => {
                engine.bad_news(work, reason, outcome, now)
            }
            _ => None,
        }
    }

    fn conclusion(&self, engine: &Engine, now: Timestamp) -> Option<Conclusion> {
        let (work, outcome) = self.result.as_ref()?;
        let platform = &work.to.channel.platform;
        let policy = engine.retry_policy(platform);
        let attempted = Attempted {
            age: engine.pauses().age(platform, work.created_at, now),
            now,
            jitter: jitter(work),
        };
        Some(conclude(work, outcome, &policy, &attempted))
    }
}

impl Engine {
    /// What must follow once the conclusion is on disk.
    async fn after(
        &self,
        conclusion: &Conclusion,
        channel: &ChannelId,
        claim: Claim,
    ) -> Result<Claim> {
        let delivery = &conclusion.finish.delivery;
        match &conclusion.aftermath {
            Aftermath::Nothing | Aftermath::Edited { .. } | Aftermath::Corrected { .. } => {}
            Aftermath::Dead => {
                let channel = self.channel_in_logs(channel);
                tracing::warn!(delivery.id = %delivery, channel.ref = channel, "delivery given up");
            }
            Aftermath::SuspendLink { .. } => {
                self.store.refresh_directory().await?;
            }
            Aftermath::MoveChannel(to) => {
                let channel = self.channel_in_logs(channel);
                tracing::info!(channel.ref = channel, "the channel has another id on its platform now");
                self.store.refresh_directory().await?;
                self.wake_at(to);
            }
            Aftermath::RefuseAccount { .. } => {
                if let Some(entry) = self.store.channel(channel).await? {
                    self.refuse(&entry.channel.at.platform);
                }
            }
        }
        Ok(claim)
    }

    pub(crate) fn refuse(&self, platform: &Platform) {
        let mut refused = self.refused.lock().expect("no panic under this lock");
        refused.insert(platform.clone());
    }
}

impl Conclusion {
    /// The channel's address or its right to be sent to has changed: look again before the next claim.
    fn stops_the_lane(&self) -> bool {
        !matches!(
            self.aftermath,
            Aftermath::Nothing
                | Aftermath::Edited { .. }
                | Aftermath::Corrected { .. }
                | Aftermath::Dead
        )
    }
}

async fn record(
    tx: &mut Tx,
    conclusion: &Conclusion,
    (entry, rooms): (Option<&Entry>, Option<i64>),
    now: Timestamp,
) -> Result<()> {
    let mut outcome = tx.outcome(&conclusion.finish);
    outcome.record().await?;
    let Some(entry) = entry else {
        return Ok(());
    };
    let channel = &entry.channel;
    let (of, notice) = match &conclusion.aftermath {
        Aftermath::Nothing => return Ok(()),
        Aftermath::Edited { revision } => return outcome.record_edit(*revision).await,
        Aftermath::Corrected { revision } => return outcome.record_correction(*revision).await,
        // Who is spoken to alone is found again once they speak.
        Aftermath::MoveChannel(_) | Aftermath::SuspendLink { .. } if channel.is_direct() => {
            return tx.channel(entry).set_link(Link::Suspended).await;
        }
        Aftermath::MoveChannel(to) => return tx.channel(entry).moves_to(to, now).await,
        // Perhaps it was opened while this attempt was under way: the next one tells.
        Aftermath::SuspendLink { .. }
            if tx.directory().revision_of(&entry.community).await? != rooms =>
        {
            return Ok(());
        }
        Aftermath::SuspendLink { why } => {
            tx.channel(entry).set_link(Link::Suspended).await?;
            (&entry.community, closed_notice(entry, why, now))
        }
        Aftermath::Dead => (&entry.community, dead_notice(entry, now)),
        Aftermath::RefuseAccount { why } => {
            let notice = refused_notice(&channel.at.platform, why, now);
            (&INSTALLATION, notice)
        }
    };
    tx.notices(of).tell_once(&notice).await.map(drop)
}

pub(crate) fn refused_notice(platform: &Platform, why: &str, now: Timestamp) -> Notice {
    let text = format!(
        "{why}. Nothing is sent to {platform} or heard from there until that is mended and Causeway is started again."
    );
    Notice::new(NoticeKind::AccountRefused, &*platform.0, text, now)
}

pub(crate) fn dead_notice(entry: &Entry, now: Timestamp) -> Notice {
    let text = "some messages could not be delivered: `causeway dead list` says which and why";
    let about = entry.name().to_string();
    Notice::new(NoticeKind::DeadLetter, about, text.to_owned(), now)
}

/// From -1 to 1, by the delivery and its attempt: spread over a crowd, and the same in every test.
fn jitter(work: &Work) -> f64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (&work.delivery, work.attempt.number).hash(&mut hasher);
    let steps = u16::try_from(hasher.finish() % 2001).unwrap_or(0);
    f64::from(steps) / 1000.0 - 1.0
}
