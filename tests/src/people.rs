//! What people do, and how their platforms tell of it.

use std::sync::Arc;

use conversation::{
    Arg, Author, AuthorKind, ChannelRef, Content, Event, EventKey, Inbound, Phrase, Posted, Proof,
    ReactionChange, RemoteId,
};

use store::{Entry, Say};
use words::COMMUNITY_NAME;

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

    /// Someone answers what stands last in the channel.
    pub async fn replies_to_the_newest(&mut self, channel: &str, who: &str, text: &str) {
        let at = at(channel);
        let newest = self.platform(&at).seen(&at.id).pop();
        let parent = newest.expect("something stands there").id;
        self.speak(channel, who, (None, text), Some(parent)).await;
    }

    /// Someone writes into the thread in which the words stand, in answer to nobody.
    pub async fn joins_in(&mut self, channel: &str, who: &str, words: &str, text: &str) {
        self.time_passes(A_MOMENT);
        let at = at(channel);
        let platform = self.platform(&at).clone();
        let beside = platform.find(&at.id, words);
        let place = platform.place(&at.id, Some(beside), "");
        assert!(!place.is_new, "there is a thread already");
        let id = platform.people_say(&at.id, who, (None, text), None);
        platform.put_into(&id, &place);
        let posted = Posted {
            messages: vec![id],
            reply_to: Vec::new(),
            thread: place.thread,
            subject: None,
            content: Content::plain(text),
            elided: String::new(),
            twin: None,
        };
        self.happens(&at, who, Event::Posted(posted)).await;
    }

    /// Someone takes a reaction back.
    pub async fn takes_back(&mut self, channel: &str, who: &str, words: &str, emoji: &str) {
        let at = at(channel);
        let message = self.platform(&at).find(&at.id, words);
        let change = ReactionChange {
            message,
            added: Vec::new(),
            removed: vec![emoji.to_owned()],
        };
        self.happens(&at, who, Event::Reacted(change)).await;
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

    /// The bridge says the name of the oldest community to whoever is alone with it there, once for each key.
    pub async fn bridge_says(&mut self, channel: &str, key: &str) {
        let community = |chat: &Entry| Arg::Community(chat.community.clone());
        let name =
            move |chat: &Entry| Phrase::of(COMMUNITY_NAME).with("community", community(chat));
        self.bridge_says_alone(channel, key, name).await;
    }

    /// Anything else.
    pub async fn bridge_says_alone(
        &mut self,
        channel: &str,
        key: &str,
        phrase: impl Fn(&Entry) -> Phrase + Send + Sync + 'static,
    ) {
        let (case, now) = (Arc::new((at(channel), key.to_owned(), phrase)), self.now);
        let said = self.store.write(move |tx| {
            let case = case.clone();
            Box::pin(async move {
                let (at, key, phrase) = &*case;
                let chat = tx.private_chats().at(at).await?.remove(0);
                let (key, phrase) = (key.clone(), phrase(&chat.entry));
                let to = vec![chat.entry.channel.id.clone()];
                tx.own_words()
                    .say(&Say::to(chat.entry, key, phrase, to), now)
                    .await
            })
        });
        assert!(said.await.expect("said").is_some());
    }

    /// Anything else that a platform may tell.
    pub async fn happens(&mut self, at: &ChannelRef, who: &str, event: Event) {
        let event = self.event(at, who, event);
        self.hand_in(event).await;
    }

    /// As the platform would tell of it now.
    pub(crate) fn event(&mut self, at: &ChannelRef, who: &str, event: Event) -> Inbound {
        self.n_events += 1;
        let platform = self.platform(at);
        let thread = match &event {
            Event::Posted(posted) => posted.thread.clone(),
            Event::Edited { message, .. } => platform.thread_of(message),
            Event::Deleted { messages } => platform.thread_of(&messages[0]),
            Event::Reacted(change) => platform.thread_of(&change.message),
            _ => None,
        };
        let (channel, within) = platform.told_in(at, thread.as_ref());
        Inbound {
            within,
            key: EventKey(format!("event-{}", self.n_events)),
            channel,
            at: self.now,
            actor: person(who),
            proof: Proof::OfPlatform,
            way_back: None,
            event,
        }
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
        let platform = self.platform(&at).clone();
        let place = platform.place(&at.id, parent.clone(), subject.unwrap_or_default());
        let id = platform.people_say(&at.id, who, (subject, text), parent.clone());
        platform.put_into(&id, &place);
        let posted = Posted {
            thread: place.thread,
            messages: vec![id],
            reply_to: parent.into_iter().collect(),
            subject: subject.map(str::to_owned),
            content: Content::plain(text),
            elided: String::new(),
            twin: None,
        };
        self.happens(&at, who, Event::Posted(posted)).await;
    }

    /// A platform tells of something; platforms deliver at least once.
    pub async fn hears(&mut self, event: Inbound) {
        self.hand_in(event).await;
    }

    /// One behind the other, and none before the other is done with.
    pub async fn hears_while_it_delivers(&mut self, events: [Inbound; 2]) {
        let (engine, now) = (self.engine.clone(), self.now);
        let [first, second] = events.map(|it| engine.accept(it, now));
        let (first, second, ()) = tokio::join!(first, second, self.step_once());
        first.and(second).expect("accepted");
    }

    pub(crate) async fn hand_in(&self, event: Inbound) {
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

pub(crate) fn person(name: &str) -> Author {
    Author {
        picture: None,
        account: account_of(name),
        display_name: name.to_owned(),
        kind: AuthorKind::Person,
    }
}

pub(crate) fn account_of(name: &str) -> RemoteId {
    RemoteId(format!("account-of-{name}"))
}
