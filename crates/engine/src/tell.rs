//! Tells authors what became of their messages, where it is not what they expect: an answer of the bridge's own, sent
//! as every other message is.

use std::{sync::Arc, time::Duration};

use conversation::{
    AuthorKind, Capabilities, ChannelId, ChannelRef, Distribution, Fate, Link, MessageId,
    OperationKind, Timestamp,
};
use store::{Due, Overdue, OwnWords, Result, Work, given_up, given_up_with_others};

use crate::{
    Engine,
    clock::Done,
    perform::{LATE, Outcome},
};

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
                let untold = tx.untold(place, AT_ONCE).await?;
                let is_late =
                    |it: &&Overdue| it.created_at <= now.minus(LATE) || it.created_at > now;
                let next = untold.iter().find(|it| !is_late(it));
                let next = next.map(|it| it.created_at.plus(LATE));
                let mut done = Done::default();
                for late in untold.iter().filter(is_late) {
                    if let Some(words) = engine.words_of_delay(late)
                        && tx.say(&words, now).await?
                    {
                        done.woken.push(words.home.channel.id);
                    }
                }
                if tx.has_open_posts(place).await? {
                    let again = next.unwrap_or(now.plus(LATE));
                    let is_all = untold.len() < usize::try_from(AT_ONCE).unwrap_or(usize::MAX);
                    done.next = Some(if is_all { again } else { now.plus(SOON) });
                }
                Ok(done)
            })
        });
        work.await
    }

    fn words_of_delay(&self, late: &Overdue) -> Option<OwnWords> {
        let where_to = self.label(&late.channel);
        let text = match late.reason.as_deref().map(in_short) {
            Some(why) => format!("Not delivered to {where_to} yet: {why}. It is tried again."),
            None => format!("Not delivered to {where_to} yet. It is tried again."),
        };
        self.own_words(late.message.clone(), &late.home, late.news.clone(), text)
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
