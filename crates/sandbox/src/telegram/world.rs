//! The whole state behind one lock: people, chats, files, waiting updates and faults. Nothing here waits.

use std::collections::{BTreeMap, HashMap};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::answer::{ApiError, Checked};
use super::chat::{Chat, ChatKind, Standing};
use super::faults::Faults;
use super::files::Files;
use super::given::{Counters, Logged, Seen};
use super::ids::{ChatId, MessageId};
use super::limits::Limits;
use super::message::Stored;
use super::methods::Menu;
use super::updates::Updates;
use crate::kit::{self, Kit};

/// A handle: all clones are the same Telegram.
pub type Telegram = kit::Stand<World>;

#[derive(Default)]
pub struct World {
    pub(crate) kit: Kit<World>,
    pub(crate) bot: Bot,
    pub(crate) users: HashMap<i64, User>,
    pub(crate) chats: BTreeMap<i64, Chat>,
    /// Chats in the order in which they came to be.
    pub(crate) order: Vec<i64>,
    pub(crate) files: Files,
    pub(crate) updates: Updates,
    pub(crate) limits: Limits,
    pub(crate) commands: BTreeMap<Menu, Value>,
    /// Queries of pressed buttons that were answered, with what whoever pressed saw.
    pub(crate) answered: Vec<(String, String)>,
    last_shared_message: MessageId,
    last_user: i64,
    last_group: i64,
    last_token: u64,
}

#[derive(Debug, Default)]
pub(crate) struct Bot {
    pub(crate) token: String,
    pub(crate) id: i64,
    /// With privacy on, a bot that is no administrator sees only what speaks to it.
    pub(crate) privacy: bool,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) is_bot: bool,
    pub(crate) first_name: String,
    pub(crate) last_name: Option<String>,
    pub(crate) username: Option<String>,
}

impl User {
    pub(crate) fn new(id: i64, name: &str) -> User {
        let (first, last) = match name.trim().split_once(' ') {
            Some((first, last)) => (first, Some(last.trim().to_owned())),
            None => (name.trim(), None),
        };
        User {
            id,
            first_name: first.to_owned(),
            last_name: last,
            ..User::default()
        }
    }

    pub(crate) fn name(&self) -> String {
        match &self.last_name {
            Some(last) => format!("{} {last}", self.first_name),
            None => self.first_name.clone(),
        }
    }
}

impl kit::World for World {
    type Key = i64;
    type Place<'a> = ChatId;
    type Faults = Faults;
    type Counters = Counters;
    type Logged = Logged;
    type Seen = Seen;

    fn kit(&mut self) -> &mut Kit<World> {
        &mut self.kit
    }
}

impl kit::State for World {
    fn take_fresh(&mut self) -> bool {
        self.updates.take_fresh()
    }
}

impl Telegram {
    /// Empty but for the bot of this token, as in `123456:abc`; its id is what stands before the colon.
    pub fn new(bot_token: &str) -> Telegram {
        kit::Stand::of(World::new(bot_token))
    }
}

impl World {
    fn new(token: &str) -> World {
        let id = token.split(':').next().and_then(|it| it.parse().ok());
        let id = id.unwrap_or(4_242_424_242);
        let bot = User {
            is_bot: true,
            username: Some("causeway_bot".into()),
            ..User::new(id, "Causeway")
        };
        World {
            bot: Bot {
                token: token.to_owned(),
                id,
                ..Bot::default()
            },
            users: HashMap::from([(id, bot)]),
            last_user: 700_000_000,
            ..World::default()
        }
    }

    pub(crate) fn new_user(&mut self, name: &str) -> i64 {
        self.last_user += 1;
        let id = self.last_user;
        self.users.insert(id, User::new(id, name));
        id
    }

    /// The ids lie in the real ranges, which client libraries tell the kinds of chat apart by.
    pub(crate) fn new_chat(&mut self, kind: ChatKind, title: &str) -> i64 {
        self.last_group += 1;
        let id = match kind {
            ChatKind::Group => -4_200_000_000 - self.last_group,
            _ => -1_002_200_000_000 - self.last_group,
        };
        self.put_chat(Chat::new(id, kind, title, Standing::Administrator));
        id
    }

    pub(crate) fn put_chat(&mut self, chat: Chat) {
        self.order.push(chat.id);
        self.chats.insert(chat.id, chat);
    }

    /// The private chat of a person, made when somebody needs it.
    pub(crate) fn private_chat(&mut self, user: i64) -> Option<&mut Chat> {
        let name = self.users.get(&user)?.name();
        if !self.chats.contains_key(&user) {
            let mut chat = Chat::new(user, ChatKind::Private, &name, Standing::NotStarted);
            chat.members.push(user);
            self.put_chat(chat);
        }
        self.chats.get_mut(&user)
    }

    /// Where the bot wants to act, in the real server's words where it cannot.
    pub(crate) fn chat(&self, id: i64) -> Checked<&Chat> {
        self.chats.get(&id).ok_or_else(chat_not_found)
    }

    pub(crate) fn chat_mut(&mut self, id: i64) -> Checked<&mut Chat> {
        self.chats.get_mut(&id).ok_or_else(chat_not_found)
    }

    pub(crate) fn user(&self, id: i64) -> Option<&User> {
        self.users.get(&id)
    }

    pub(crate) fn new_token(&mut self) -> u64 {
        self.last_token += 1;
        self.last_token
    }

    /// Gives the message its id and its place. The chat must exist.
    pub(crate) fn insert(&mut self, chat_id: i64, mut message: Stored) -> MessageId {
        let Some(chat) = self.chats.get_mut(&chat_id) else {
            return 0;
        };
        let count = match chat.counts_its_own_messages() {
            true => &mut chat.last_message,
            false => &mut self.last_shared_message,
        };
        *count += 1;
        let id = *count;
        message.id = id;
        if message.from == self.bot.id {
            self.kit.counters.bot_messages += 1;
            self.kit.log(&chat_id, || Logged {
                message_id: id,
                text: message.text.clone(),
                received_at: SystemTime::now(),
            });
        } else {
            self.kit.counters.people_messages += 1;
        }
        chat.messages.insert(id, message);
        while self.kit.last.is_some_and(|it| chat.messages.len() > it) {
            let dropped = chat.messages.pop_first();
            chat.forgotten = dropped.map_or(chat.forgotten, |(id, _)| id);
        }
        id
    }

    pub(crate) fn push_update(&mut self, kind: &str, chat: i64, body: &Value) {
        if let Some(json) = self.updates.push(kind, chat, body) {
            let parsed = || serde_json::from_str(&json).unwrap_or_default();
            let _ = self.show("our update", || Seen::Update(parsed()));
        }
    }

    /// The first thing that is wrong, where that means that a request is to be refused.
    pub(crate) fn show(&mut self, whose: &str, seen: impl FnOnce() -> Seen) -> Option<String> {
        match self.kit.is_observed() {
            true => self.kit.show(whose, &seen()),
            false => None,
        }
    }

    pub(crate) fn message(&self, chat: i64, id: MessageId) -> Option<&Stored> {
        self.chats.get(&chat)?.messages.get(&id)
    }

    pub(crate) fn message_mut(&mut self, chat: i64, id: MessageId) -> Option<&mut Stored> {
        self.chats.get_mut(&chat)?.messages.get_mut(&id)
    }
}

fn chat_not_found() -> ApiError {
    ApiError::bad("chat not found")
}

/// Unix seconds, the only unit of time that the Bot API knows.
pub(crate) fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |it| i64::try_from(it.as_secs()).unwrap_or(i64::MAX))
}
