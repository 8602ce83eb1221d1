//! Answering whoever asked, alone: by the way back that came with what they did, or where they and the bridge are alone.
//!
//! **Invariant:** where there is neither, the group hears once an hour where the answer is to be had, and nothing of it. Whoever asks
//! again and again is answered as often as anybody reads, not as often as they ask.

use std::time::Duration;

use conversation::{Adapter, ChannelId, Event, Phrase, Support, Timestamp, WayBack};
use serde_json::{Value, json};
use store::{Choice, Entry, Request, Result, Say, Surface, To, Tx};
use words::{SEE_ANSWER_LABEL, Sentence, TALK_ALONE_LABEL};

use super::{
    Act, Asker, Reply, Told,
    authorise::{Authorised, Refused},
};

/// The same is said to somebody once in that time.
const SAME_MS: i64 = 10_000;
/// Each command waits for an answer of its own, which costs its platform little.
const ALONE_MS: i64 = 1_000;
const HOUR_MS: i64 = 3_600_000;

/// How whoever asked can be answered alone.
pub(super) enum Way {
    /// By what came with what they did.
    Back,
    /// By that, but it takes no files.
    WordsAlone,
    Chat(Box<Entry>),
    /// Not yet.
    Door,
}

impl Asker<'_> {
    pub(super) async fn way(&self, tx: &mut Tx, in_files: bool, now: Timestamp) -> Result<Way> {
        let is_open = |it: &WayBack| it.until > now;
        let has_way_back = self.event.way_back.as_ref().is_some_and(is_open);
        if has_way_back && (!in_files || self.is_answered_with_files()) {
            return Ok(Way::Back);
        }
        if !self.chats.is_empty() {
            return Ok(Way::Chat(Box::new(self.entry.clone())));
        }
        let chat = match &self.identity {
            Some(identity) => tx.private_chats().of(self.entry, identity).await?,
            None => None,
        };
        Ok(match chat {
            Some(chat) => Way::Chat(Box::new(chat)),
            None if has_way_back => Way::WordsAlone,
            None => Way::Door,
        })
    }

    pub(super) async fn answer(
        &self,
        tx: &mut Tx,
        reply: Reply,
        way: &Way,
        now: Timestamp,
    ) -> Result<Told> {
        let key = self.key_of(&reply.phrase);
        Ok(match way {
            Way::Back | Way::WordsAlone => Told {
                by_way_back: self.answer_alone(tx, reply, key, now).await?,
                woken: Vec::new(),
            },
            Way::Chat(chat) => Told::openly(say_in_private(tx, chat, (reply, key), now).await?),
            Way::Door => Told::default(),
        })
    }

    /// What a command comes to is said each time, for it may be another thing; the same words are not.
    fn key_of(&self, phrase: &Phrase) -> String {
        let of_command = phrase.told().is_some() || phrase.args.contains_key("command");
        match of_command {
            true => self.entry.account_hash(&self.event.key.0),
            false => String::new(),
        }
    }

    async fn answer_alone(
        &self,
        tx: &mut Tx,
        reply: Reply,
        key: String,
        now: Timestamp,
    ) -> Result<bool> {
        let Some(way_back) = &self.event.way_back else {
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
            key: format!("{}-{}-{slot}{key}", said(&reply.phrase), self.who()),
            to: To::Asker(id),
            ..with_buttons(self.entry, reply)
        };
        Ok(tx.own_words().say(&words, now).await?.is_some())
    }

    /// Nothing is done before whoever asked can be told of it, but what lets them step back. Where each message is a topic of its own, a line would be one more.
    pub(super) async fn show_the_door(
        &self,
        tx: &mut Tx,
        (says, authorised): (Sentence, Result<Authorised<Act>, Refused>),
        now: Timestamp,
    ) -> Result<Told> {
        let act = match authorised {
            // Others read where it was said, and no row is to hold it.
            Ok(act) if act.get().holds_a_secret() => Act::Help,
            Ok(act) => act.into_inner(),
            Err(Refused::NoPerson) => return Ok(Told::default()),
            // Of what may not be done, no row is to hold what was typed.
            Err(_) => Act::Help,
        };
        let at = &self.entry.channel.at;
        let Some(adapter) = self.adapters.get(&at.platform) else {
            return Ok(Told::default());
        };
        let subjects = adapter.capabilities(at).subjects;
        let Some(door) = self
            .door(adapter.as_ref(), act)
            .filter(|_| subjects != Support::Native)
        else {
            return Ok(Told::default());
        };
        let slot = now.0.div_euclid(HOUR_MS);
        let what = format!("{}-{}", door.act, self.entry.channel.id);
        let words = Say {
            key: format!("talk-alone-{what}-{}-{slot}", self.who()),
            buttons: vec![door],
            until: Some(now.plus(Duration::from_millis(HOUR_MS.unsigned_abs()))),
            ..plainly(self.entry, Phrase::of(says))
        };
        say(tx, &words, now).await.map(Told::openly)
    }

    /// A press may be answered alone where words are not: then it asks for the same. Else it opens the chat.
    fn door(&self, adapter: &dyn Adapter, act: Act) -> Option<Choice> {
        let community = &self.entry.community;
        if adapter.answers_presses() {
            return Some(Choice {
                label: Phrase::of(SEE_ANSWER_LABEL),
                act: json!(act),
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
    (reply, key): (Reply, String),
    now: Timestamp,
) -> Result<Vec<ChannelId>> {
    let slot = now.0.div_euclid(SAME_MS);
    let words = Say {
        key: format!("{}-{}-{slot}{key}", said(&reply.phrase), chat.channel.id),
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
