//! What people do, and how their platforms tell of it.

use conversation::{
    Author, AuthorKind, ChannelRef, Content, Event, EventKey, Inbound, Posted, ReactionChange,
    RemoteId,
};

use crate::{Town, channel::at, platform::A_MOMENT};

impl Town {
    /// Someone writes in a channel; the platform tells us.
    pub async fn says(&mut self, channel: &str, who: &str, text: &str) {
        self.speak(channel, who, (None, text), None).await;
    }

    /// Someone begins a thread with a subject.
    pub async fn writes(&mut self, channel: &str, who: &str, subject: &str, text: &str) {
        self.speak(channel, who, (Some(subject), text), None).await;
    }

    /// Someone answers the post that holds the words `to`.
    pub async fn replies(&mut self, channel: &str, who: &str, to: &str, text: &str) {
        let at = at(channel);
        let parent = self.platform(&at).find(&at.id, to);
        self.speak(channel, who, (None, text), Some(parent)).await;
    }

    pub async fn edits(&mut self, channel: &str, who: &str, words: &str, text: &str) {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        self.platform(&at).change(&message, |it| {
            it.text = text.to_owned();
            it.edited = true;
        });
        let content = Content::plain(text);
        self.happens(&at, who, Event::Edited { message, content })
            .await;
    }

    pub async fn deletes(&mut self, channel: &str, who: &str, words: &str) {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        self.platform(&at).change(&message, |it| it.deleted = true);
        let messages = vec![message];
        self.happens(&at, who, Event::Deleted { messages }).await;
    }

    pub async fn reacts(&mut self, channel: &str, who: &str, words: &str, emoji: &str) {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        let change = ReactionChange {
            message,
            added: vec![emoji.to_owned()],
            removed: Vec::new(),
        };
        self.happens(&at, who, Event::Reacted(change)).await;
    }

    /// Anything else that a platform may tell.
    pub async fn happens(&mut self, at: &ChannelRef, who: &str, event: Event) {
        self.n_events += 1;
        let event = Inbound {
            within: None,
            key: EventKey(format!("event-{}", self.n_events)),
            channel: at.clone(),
            at: self.now,
            actor: person(who),
            event,
        };
        self.hand_in(event).await;
    }

    async fn speak(
        &mut self,
        channel: &str,
        who: &str,
        (subject, text): (Option<&str>, &str),
        parent: Option<RemoteId>,
    ) {
        self.time_passes(A_MOMENT);
        let at = at(channel);
        let id = self
            .platform(&at)
            .people_say(&at.id, who, text, parent.clone());
        let posted = Posted {
            thread: None,
            messages: vec![id],
            reply_to: parent.into_iter().collect(),
            subject: subject.map(str::to_owned),
            content: Content::plain(text),
        };
        self.happens(&at, who, Event::Posted(posted)).await;
    }

    /// A platform tells of something; platforms deliver at least once.
    pub async fn hears(&mut self, event: Inbound) {
        self.hand_in(event).await;
    }

    async fn hand_in(&self, event: Inbound) {
        self.engine
            .accept(event.clone(), self.now)
            .await
            .expect("accepted");
        self.engine
            .accept(event, self.now)
            .await
            .expect("accepted again");
    }

    /// A platform that does not know our posts for ours tells of them after its receipt.
    pub(crate) async fn hear_late_echoes(&mut self) -> usize {
        let echoes: Vec<_> = self
            .platforms
            .values()
            .flat_map(|it| it.take_late_echoes())
            .collect();
        for echo in &echoes {
            self.hand_in(echo.clone()).await;
        }
        echoes.len()
    }
}

fn person(name: &str) -> Author {
    Author {
        picture: None,
        account: RemoteId(format!("account-of-{name}")),
        display_name: name.to_owned(),
        kind: AuthorKind::Person,
    }
}
