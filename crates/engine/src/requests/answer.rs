//! Answering whoever asked, alone: by the way back that came with what they did, or where they and the bridge are alone.
//!
//! **Invariant:** where there is neither, the group hears once an hour where the answer is to be had, and nothing of it. Whoever asks
//! again and again is answered as often as anybody reads, not as often as they ask.

use conversation::{Adapter, ChannelId, Event, Phrase, Support, Timestamp};
use serde_json::{Value, json};
use store::{Choice, Entry, Request, Result, Say, Surface, To, Tx};
use words::{SEE_ANSWER_LABEL, TALK_ALONE, TALK_ALONE_LABEL};

use super::{Act, Asker, Reply, Told};

/// The same is said to somebody once in that time.
const SAME_MS: i64 = 10_000;
/// Each command waits for an answer of its own, which costs its platform little.
const ALONE_MS: i64 = 1_000;
const HOUR_MS: i64 = 3_600_000;

impl Asker<'_> {
    pub(super) async fn answer(&self, tx: &mut Tx, reply: Reply, now: Timestamp) -> Result<Told> {
        if self.event.way_back.is_some() {
            return Ok(Told {
                by_way_back: self.answer_alone(tx, reply, now).await?,
                woken: Vec::new(),
            });
        }
        self.answer_openly(tx, reply, now).await.map(Told::openly)
    }

    async fn answer_openly(
        &self,
        tx: &mut Tx,
        reply: Reply,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        if !self.chats.is_empty() {
            return say_in_private(tx, self.entry, reply, now).await;
        }
        let chat = match &self.identity {
            Some(identity) => tx.private_chats().of(self.entry, identity).await?,
            None => None,
        };
        match chat {
            Some(chat) => say_in_private(tx, &chat, reply, now).await,
            None => self.show_the_door(tx, reply.instead, now).await,
        }
    }

    async fn answer_alone(&self, tx: &mut Tx, reply: Reply, now: Timestamp) -> Result<bool> {
        let Some(way_back) = self.event.way_back.as_ref().filter(|it| it.until > now) else {
            return Ok(false);
        };
        let request = Request {
            entry: self.entry,
            identity: self.identity.as_ref(),
            surface: match &self.event.event {
                Event::Pressed { .. } => Surface::Button,
                Event::Commanded { .. } => Surface::Command,
                _ => Surface::Words,
            },
            act: &Value::String(reply.phrase.name.clone()),
            way_back,
        };
        let id = tx.requests().note(&request, now).await?;
        let slot = now.0.div_euclid(ALONE_MS);
        let words = Say {
            key: format!("{}-{}-{slot}", said(&reply.phrase), self.who()),
            to: To::Asker(id),
            ..with_buttons(self.entry, reply)
        };
        Ok(tx.own_words().say(&words, now).await?.is_some())
    }

    /// Where each message is a topic of its own, that would be one more.
    async fn show_the_door(
        &self,
        tx: &mut Tx,
        act: Option<Act>,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let at = &self.entry.channel.at;
        let Some(adapter) = self.adapters.get(&at.platform) else {
            return Ok(Vec::new());
        };
        let subjects = adapter.capabilities(at).subjects;
        let Some(door) = self
            .door(adapter.as_ref(), act)
            .filter(|_| subjects != Support::Native)
        else {
            return Ok(Vec::new());
        };
        let slot = now.0.div_euclid(HOUR_MS);
        let what = format!("{}-{}", door.act, self.entry.channel.id);
        let words = Say {
            key: format!("talk-alone-{what}-{}-{slot}", self.who()),
            buttons: vec![door],
            ..plainly(self.entry, Phrase::of(TALK_ALONE))
        };
        say(tx, &words, now).await
    }

    /// A press may be answered alone where words are not: then it asks for the same. Else it opens the chat.
    fn door(&self, adapter: &dyn Adapter, act: Option<Act>) -> Option<Choice> {
        let community = &self.entry.community;
        if adapter.answers_presses() {
            return Some(Choice {
                label: Phrase::of(SEE_ANSWER_LABEL),
                act: json!(act.unwrap_or_else(|| Act::of(&self.event.event, self.chats))),
                for_identity: self.identity.clone(),
            });
        }
        adapter.door(&community.0).map(|_| Choice {
            label: Phrase::of(TALK_ALONE_LABEL),
            act: json!(Act::Open(community.clone())),
            for_identity: None,
        })
    }

    pub(super) fn who(&self) -> String {
        let account = &self.event.actor.account;
        self.entry.account_hash(account.as_str())
    }
}

/// Where its person and the bridge are alone.
pub(crate) async fn say_in_private(
    tx: &mut Tx,
    chat: &Entry,
    reply: Reply,
    now: Timestamp,
) -> Result<Vec<ChannelId>> {
    let slot = now.0.div_euclid(SAME_MS);
    let words = Say {
        key: format!("{}-{}-{slot}", said(&reply.phrase), chat.channel.id),
        ..with_buttons(chat, reply)
    };
    say(tx, &words, now).await
}

/// What tells it from another.
fn said(phrase: &Phrase) -> String {
    json!(phrase).to_string()
}

fn with_buttons(home: &Entry, reply: Reply) -> Say {
    Say {
        buttons: reply.buttons,
        until: reply.until,
        ..plainly(home, reply.phrase)
    }
}

fn plainly(home: &Entry, phrase: Phrase) -> Say {
    let channel = home.channel.id.clone();
    Say::to(home.clone(), String::new(), phrase, vec![channel])
}

async fn say(tx: &mut Tx, words: &Say, now: Timestamp) -> Result<Vec<ChannelId>> {
    let said = tx.own_words().say(words, now).await?;
    Ok(said
        .map(|_| words.home.channel.id.clone())
        .into_iter()
        .collect())
}
