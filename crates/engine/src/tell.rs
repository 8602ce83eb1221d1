//! Tells authors what became of their messages, where it is not what they expect: an answer of the bridge's own, sent
//! as every other message is.

use conversation::{
    Arg, AuthorKind, Capabilities, ChannelRef, Distribution, Fate, Link, MessageId, OperationKind,
    Phrase, Timestamp,
};
use store::{Overdue, Say, Store, To, Work, given_up, given_up_with_others};
use words::{
    BEGINNING_DELIVERED, NOT_DELIVERED, NOT_YET, NOT_YET_FOR, PERHAPS_NOT_DELIVERED, Sentence,
};

use crate::{adapters::Adapters, outcome::Outcome};

mod why;

/// Whom it may be told.
#[derive(Clone)]
pub(crate) struct Authors {
    pub(crate) store: Store,
    pub(crate) adapters: Adapters,
}

impl Authors {
    pub(crate) fn words_of_delay(&self, late: &Overdue) -> Option<Say> {
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
        let can = self.adapters.capabilities(&home.channel.at);
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
