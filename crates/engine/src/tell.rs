//! Tells authors what became of their messages, where it is not what they expect: an answer of the bridge's own, sent
//! as every other message is.

use conversation::{
    AuthorKind, Capabilities, ChannelRef, Distribution, Fate, Link, MessageId, OperationKind,
    Timestamp,
};
use store::{OwnWords, Result, Work, given_up, given_up_with_others};

use crate::{
    Engine,
    perform::{LATE, Outcome},
};

/// More are told at the next look.
const AT_ONCE: u32 = 200;

impl Engine {
    /// Tells those whose messages have waited for long. Says how many it told.
    pub async fn tell_authors(&self, now: Timestamp) -> Result<usize> {
        let before = now.minus(LATE);
        let overdue = self.store.overdue(before, AT_ONCE).await?;
        let news = overdue.into_iter().filter_map(|late| {
            let where_to = self.label(&late.channel);
            let text = match late.reason.as_deref().map(in_short) {
                Some(why) => format!("Not delivered to {where_to} yet: {why}. It is tried again."),
                None => format!("Not delivered to {where_to} yet. It is tried again."),
            };
            self.own_words(late.message, &late.home, late.news, text)
        });
        let news: std::sync::Arc<[OwnWords]> = news.collect();
        if news.is_empty() {
            return Ok(0);
        }
        let job = news.clone();
        let told = self.store.write(move |tx| {
            let news = job.clone();
            Box::pin(async move {
                let mut told = 0;
                for words in news.iter() {
                    told += usize::from(tx.say_about(words, now).await?);
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
    ) -> Option<OwnWords> {
        let concerns_the_author = work.operation == OperationKind::Post
            && work.home != work.channel
            && work.author.kind != AuthorKind::Ourselves
            && !work.deleted;
        if !concerns_the_author {
            return None;
        }
        let what = match (outcome.is_doubt(), work.remote_ids.is_empty()) {
            (true, _) => "Perhaps not delivered",
            (false, true) => "Not delivered",
            (false, false) => "Only the beginning was delivered",
        };
        let text = format!(
            "{what} to {}: {}.",
            self.label(&work.channel),
            in_short(reason)
        );
        let news = match outcome {
            // All that waited for a closed channel ends together.
            Outcome::Closed => given_up_with_others(&work.channel_id, &work.speaker.person, now),
            _ => given_up(&work.delivery),
        };
        self.own_words(work.message.clone(), &work.home, news, text)
    }

    fn own_words(
        &self,
        about: MessageId,
        home: &ChannelRef,
        news: String,
        text: String,
    ) -> Option<OwnWords> {
        let directory = self.store.directory();
        let home = directory.find(home)?.clone();
        if home.channel.has_left() || home.channel.link != Link::Active {
            return None;
        }
        let can = self.capabilities(&home.channel.at);
        Some(OwnWords {
            about,
            home,
            news,
            text,
            fate: fate_of_own_words(can.as_ref()),
        })
    }

    fn label(&self, channel: &ChannelRef) -> String {
        let can = self.capabilities(channel);
        can.map_or_else(|| channel.platform.to_string(), |it| it.label.to_owned())
    }
}

pub(crate) fn fate_of_own_words(home: Option<&Capabilities>) -> Fate {
    match home.map(|it| it.distribution) {
        Some(Distribution::ByPlatform) => Fate::Send,
        Some(Distribution::ByUs) | None => Fate::Suppress("for-the-author-alone"),
    }
}

/// Without what the platform itself said, which is for staff.
fn in_short(reason: &str) -> &str {
    reason.split(':').next().unwrap_or(reason)
}
