//! Tells authors what became of their messages, where it is not what they expect: an answer of the bridge's own, sent
//! as every other message is.

use std::{sync::Arc, time::Duration};

use conversation::{
    Arg, AuthorKind, Capabilities, ChannelId, ChannelRef, Distribution, Fate, Link, MessageId,
    OperationKind, Phrase, Timestamp,
};
use store::{Due, Overdue, Result, Say, To, Work, given_up, given_up_with_others};
use words::{
    BEGINNING_DELIVERED, NOT_DELIVERED, NOT_YET, NOT_YET_FOR, PERHAPS_NOT_DELIVERED, Sentence,
};

use crate::{
    Engine,
    clock::{Done, NO_JUMP},
    perform::{LATE, Outcome},
};

mod why;

/// More are told soon after.
const AT_ONCE: u32 = 200;
const SOON: Duration = Duration::from_secs(30);

impl Engine {
    /// Tells those whose messages to the channel have waited for long. The row stands for as long as anything waits there.
    pub(crate) async fn tell_authors(self: &Arc<Engine>, due: &Due, now: Timestamp) -> Result<()> {
        let place = (due.community.clone(), ChannelId(due.about.clone()));
        let case = Arc::new((self.clone(), place));
        let work = self.in_one(due, move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (engine, (community, channel)) = &*case;
                let place = (community, channel);
                let untold = tx.backlog(place.0, place.1).untold(AT_ONCE).await?;
                let is_late = |it: &&Overdue| {
                    let is_of_a_wrong_clock = it.created_at > now.plus(NO_JUMP);
                    it.created_at <= now.minus(LATE) || is_of_a_wrong_clock
                };
                let next = untold.iter().find(|it| !is_late(it));
                let next = next.map(|it| it.created_at.plus(LATE));
                let mut done = Done::default();
                for late in untold.iter().filter(is_late) {
                    if let Some(words) = engine.words_of_delay(late)
                        && tx.own_words().say(&words, now).await?.is_some()
                    {
                        done.woken.push(words.home.channel.id);
                    }
                }
                if tx.backlog(place.0, place.1).has_open_posts().await? {
                    let again = next.unwrap_or(now.plus(LATE));
                    let is_all = untold.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
                    done.next = Some(if is_all { again } else { now.plus(SOON) });
                }
                Ok(done)
            })
        });
        work.await
    }

    fn words_of_delay(&self, late: &Overdue) -> Option<Say> {
        let phrase = match late.reason.as_deref() {
            Some(reason) => about(NOT_YET_FOR, &late.channel).with("why", why(reason)),
            None => about(NOT_YET, &late.channel),
        };
        self.to_author(late.message.clone(), &late.home, late.news.clone(), phrase)
    }

    /// What the author hears of a message that was given up.
    pub(crate) fn bad_news(
        &self,
        work: &Work,
        reason: &str,
        outcome: &Outcome,
        now: Timestamp,
    ) -> Option<Say> {
        let concerns_the_author = work.operation == OperationKind::Post
            && work.said.home != work.to.channel
            && work.said.author.kind != AuthorKind::Ourselves
            && !work.said.deleted;
        if !concerns_the_author {
            return None;
        }
        let what = match (outcome.is_doubt(), work.sent.parts.is_empty()) {
            (true, _) => PERHAPS_NOT_DELIVERED,
            (false, true) => NOT_DELIVERED,
            (false, false) => BEGINNING_DELIVERED,
        };
        let phrase = about(what, &work.to.channel).with("why", why(reason));
        let news = match outcome {
            // All that waited for a closed channel ends together.
            Outcome::Closed => given_up_with_others(&work.to.id, &work.said.speaker.person, now),
            _ => given_up(&work.delivery),
        };
        self.to_author(work.message.clone(), &work.said.home, news, phrase)
    }

    fn to_author(
        &self,
        about: MessageId,
        home: &ChannelRef,
        key: String,
        phrase: Phrase,
    ) -> Option<Say> {
        let directory = self.store.directory();
        let home = directory.find(home)?.clone();
        if home.channel.has_left() || home.channel.link != Link::Active {
            return None;
        }
        let can = self.capabilities(&home.channel.at);
        Some(Say {
            to: To::Message(about),
            fate: fate_of_own_words(can.as_ref()),
            ..Say::to(home, key, phrase, Vec::new())
        })
    }
}

fn about(sentence: Sentence, channel: &ChannelRef) -> Phrase {
    Phrase::of(sentence).with("channel", Arg::Platform(channel.platform.clone()))
}

pub(crate) fn fate_of_own_words(home: Option<&Capabilities>) -> Fate {
    match home.map(|it| it.distribution) {
        Some(Distribution::ByPlatform) => Fate::Send,
        Some(Distribution::ByUs) | None => Fate::Suppress("for-the-author-alone"),
    }
}

/// Without what the platform itself said, which is for staff.
fn why(reason: &str) -> Arg {
    Arg::sentence(why::of(reason))
}
