//! What people do and their platforms tell of later, or in another order.

use conversation::{Content, Event, Inbound, Posted, ReactionChange, RemoteId};

use crate::{Town, channel::at, platform::A_MOMENT};

impl Town {
    /// Someone writes in a channel; the platform tells us when it likes.
    pub fn will_say(&mut self, channel: &str, who: &str, text: &str) -> Inbound {
        self.will_speak(channel, who, text, None)
    }

    pub fn will_reply(&mut self, channel: &str, who: &str, words: &str, text: &str) -> Inbound {
        let at = at(channel);
        let answered = self.platform(&at).find(&at.id, words);
        self.will_speak(channel, who, text, Some(answered))
    }

    fn will_speak(
        &mut self,
        channel: &str,
        who: &str,
        text: &str,
        reply_to: Option<RemoteId>,
    ) -> Inbound {
        self.time_passes(A_MOMENT);
        let at = at(channel);
        let id = self
            .platform(&at)
            .people_say(&at.id, who, (None, text), reply_to.clone());
        let posted = Posted {
            messages: vec![id],
            reply_to: reply_to.into_iter().collect(),
            thread: None,
            subject: None,
            content: Content::plain(text),
            elided: String::new(),
            twin: None,
        };
        self.event(&at, who, Event::Posted(posted))
    }

    pub fn will_edit(&mut self, channel: &str, who: &str, words: &str, text: &str) -> Inbound {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        self.platform(&at)
            .change(&message, |it| text.clone_into(&mut it.text));
        let content = Content::plain(text);
        self.event(&at, who, Event::Edited { message, content })
    }

    pub fn will_delete(&mut self, channel: &str, who: &str, words: &str) -> Inbound {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        self.platform(&at).change(&message, |it| it.deleted = true);
        let messages = vec![message];
        self.event(&at, who, Event::Deleted { messages })
    }

    pub fn will_react(&mut self, channel: &str, who: &str, words: &str, emoji: &str) -> Inbound {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        let change = ReactionChange {
            message,
            added: vec![emoji.to_owned()],
            removed: Vec::new(),
        };
        self.event(&at, who, Event::Reacted(change))
    }
}
