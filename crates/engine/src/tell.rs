//! Tells authors what became of their messages, where it is not what they expect: an answer of the bridge's own, sent
//! as every other message is.

use conversation::{
    Arg, AuthorKind, Capabilities, ChannelRef, Distribution, Fate, Link, MessageId, OperationKind,
    Phrase, Timestamp,
};
use store::{Result, Say, To, Work, given_up, given_up_with_others};
use words::{
    BEGINNING_DELIVERED, NOT_DELIVERED, NOT_YET, NOT_YET_FOR, PERHAPS_NOT_DELIVERED, Sentence,
};

use crate::{
    Engine,
    perform::{LATE, Outcome},
};

mod why;

/// More are told at the next look.
const AT_ONCE: u32 = 200;

impl Engine {
    /// Tells those whose messages have waited for long. Says how many it told.
    pub async fn tell_authors(&self, now: Timestamp) -> Result<usize> {
        let before = now.minus(LATE);
        let overdue = self.store.overdue(before, AT_ONCE).await?;
        let news = overdue.into_iter().filter_map(|late| {
            let phrase = match late.reason.as_deref() {
                Some(reason) => about(NOT_YET_FOR, &late.channel).with("why", why(reason)),
                None => about(NOT_YET, &late.channel),
            };
            self.to_author(late.message, &late.home, late.news, phrase)
        });
        let news: std::sync::Arc<[Say]> = news.collect();
        if news.is_empty() {
            return Ok(0);
        }
        let job = news.clone();
        let told = self.store.write(move |tx| {
            let news = job.clone();
            Box::pin(async move {
                let mut told = 0;
                for say in news.iter() {
                    told += usize::from(tx.say(say, now).await?.is_some());
                }
                Ok(told)
            })
        });
        let told = told.await?;
        news.iter().for_each(|it| self.wake_at(&it.home.channel.at));
        Ok(told)
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
            && work.home != work.channel
            && work.author.kind != AuthorKind::Ourselves
            && !work.deleted;
        if !concerns_the_author {
            return None;
        }
        let what = match (outcome.is_doubt(), work.remote_ids.is_empty()) {
            (true, _) => PERHAPS_NOT_DELIVERED,
            (false, true) => NOT_DELIVERED,
            (false, false) => BEGINNING_DELIVERED,
        };
        let phrase = about(what, &work.channel).with("why", why(reason));
        let news = match outcome {
            // All that waited for a closed channel ends together.
            Outcome::Closed => given_up_with_others(&work.channel_id, &work.speaker.person, now),
            _ => given_up(&work.delivery),
        };
        self.to_author(work.message.clone(), &work.home, news, phrase)
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
