//! The whole state behind one lock: people, channels, webhooks, gateway sessions and faults. Nothing here waits.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use super::answer::{ApiError, Checked};
use super::cdn::Cdn;
use super::channel::{Channel, Kind, Permission};
use super::exchange::{Counters, Exchange, Logged};
use super::faults::Faults;
use super::gateway::Gateway;
use super::guild::{Bot, Guild, Member, User, Webhook};
use super::ids::{ChannelId, Clock, MessageId};
use super::interaction::Interaction;
use super::limits::Limits;
use super::message::{By, Message};
use crate::kit::{self, Kit, Stand, now_ms};

/// A handle: all clones are the same Discord.
pub type Discord = Stand<World>;

#[derive(Default)]
pub struct World {
    pub(crate) kit: Kit<World>,
    pub(crate) bot: Bot,
    pub(crate) guild: Guild,
    pub(crate) users: HashMap<u64, User>,
    pub(crate) channels: BTreeMap<u64, Channel>,
    /// Channels in the order in which they came to be.
    pub(crate) order: Vec<u64>,
    pub(crate) webhooks: BTreeMap<u64, Webhook>,
    pub(crate) interactions: BTreeMap<u64, Interaction>,
    pub(crate) commands: Vec<serde_json::Value>,
    pub(crate) cdn: Cdn,
    pub(crate) gateway: Gateway,
    pub(crate) limits: Limits,
    /// Nonces that are to be kept unique, with their author's message.
    nonces: VecDeque<(String, u64, u64)>,
    clock: Clock,
}

/// How many nonces are remembered; the real server forgets them after a few minutes.
const REMEMBERED_NONCES: usize = 2_000;

impl kit::World for World {
    type Key = u64;
    type Place<'a> = ChannelId;
    type Faults = Faults;
    type Counters = Counters;
    type Logged = Logged;
    type Seen = Exchange;

    fn kit(&mut self) -> &mut Kit<World> {
        &mut self.kit
    }
}

impl kit::State for World {
    fn take_fresh(&mut self) -> bool {
        self.gateway.take_fresh()
    }
}

impl Discord {
    /// One guild with nothing in it but its owner and the bot of this token, whose number is what the first
    /// third of the token holds in base64, if it does.
    pub fn new(bot_token: &str) -> Discord {
        Stand::of(World::new(bot_token))
    }

    /// How many people, roles and @everyone the bot and its webhooks rang at.
    pub fn pings(&self) -> u64 {
        self.look(|world| world.kit.counters.pings)
    }
}

impl World {
    fn new(token: &str) -> World {
        let mut clock = Clock::default();
        let now = now_ms();
        let id = id_in(token).unwrap_or_else(|| clock.next(now));
        let guild_id = clock.next(now);
        let owner = clock.next(now);
        let bot = User {
            is_bot: true,
            avatar: None,
            ..User::new(id, "Causeway")
        };
        let member = Member {
            joined_at: now,
            ..Member::default()
        };
        World {
            bot: Bot {
                token: token.to_owned(),
                id,
                may_read_content: true,
                ..Bot::default()
            },
            guild: Guild {
                id: guild_id,
                name: "Neighbours".into(),
                owner,
                members: BTreeMap::from([(id, member.clone()), (owner, member)]),
                roles: vec![(guild_id, "@everyone".into())],
                has_bot: true,
                ..Guild::default()
            },
            users: HashMap::from([(id, bot), (owner, User::new(owner, "Olive"))]),
            clock,
            ..World::default()
        }
    }

    pub(crate) fn new_id(&mut self) -> u64 {
        self.clock.next(now_ms())
    }

    pub(crate) fn new_channel(&mut self, kind: Kind, name: &str) -> u64 {
        let id = self.new_id();
        let mut channel = Channel::new(id, kind, name);
        channel.position = self.order.len();
        self.put_channel(channel);
        id
    }

    pub(crate) fn put_channel(&mut self, channel: Channel) {
        self.order.push(channel.id);
        self.channels.insert(channel.id, channel);
    }

    /// A channel, as far as the bot can see it.
    pub(crate) fn channel(&self, id: u64) -> Checked<&Channel> {
        let channel = self.channels.get(&id).ok_or(ApiError::UNKNOWN_CHANNEL)?;
        let is_in = channel.kind == Kind::Private || self.guild.has_bot;
        refuse!(!(is_in && self.sees(channel)) => ApiError::MISSING_ACCESS);
        Ok(channel)
    }

    /// A private thread is for those who were put into it, and for those who manage threads.
    pub(crate) fn sees(&self, channel: &Channel) -> bool {
        let members = channel.thread.as_ref().map(|it| &it.members);
        let is_member = members.is_some_and(|it| it.contains(&self.bot.id));
        let is_shut = channel.is_private_thread() && !is_member;
        self.may(channel, Permission::ViewChannel)
            && (!is_shut || self.may(channel, Permission::ManageThreads))
    }

    pub(crate) fn channel_mut(&mut self, id: u64) -> Checked<&mut Channel> {
        self.channel(id)?;
        let channel = self.channels.get_mut(&id);
        channel.ok_or(ApiError::UNKNOWN_CHANNEL)
    }

    /// What is taken in a channel is taken in its threads too.
    pub(crate) fn may(&self, channel: &Channel, permission: Permission) -> bool {
        let parent = channel.parent.and_then(|it| self.channels.get(&it));
        let mut places = std::iter::once(channel).chain(parent);
        places.all(|it| !it.denied.contains(&permission))
    }

    pub(crate) fn needs(&self, channel: u64, permission: Permission) -> Checked {
        refuse!(!self.may(self.channel(channel)?, permission) => ApiError::MISSING_PERMISSIONS);
        Ok(())
    }

    /// A message that somebody asks for.
    pub(crate) fn found(&self, (channel, id): (u64, u64)) -> Checked<&Message> {
        let message = self.message(channel, id);
        message.ok_or(ApiError::UNKNOWN_MESSAGE)
    }

    /// In an archived thread nothing changes.
    pub(crate) fn still_open(&self, channel: u64) -> Checked {
        let place = self.channels.get(&channel);
        refuse!(place.ok_or(ApiError::UNKNOWN_CHANNEL)?.is_archived() => ApiError::ARCHIVED);
        Ok(())
    }

    pub(crate) fn message(&self, channel: u64, id: u64) -> Option<&Message> {
        self.channels.get(&channel)?.messages.get(&id)
    }

    pub(crate) fn message_mut(&mut self, channel: u64, id: u64) -> Option<&mut Message> {
        self.channels.get_mut(&channel)?.messages.get_mut(&id)
    }

    /// As people see the name: nick, else display name, else user name.
    pub(crate) fn shown_name(&self, user: u64) -> String {
        let nick = self.guild.members.get(&user).and_then(|it| it.nick.clone());
        let user = self.users.get(&user);
        nick.or_else(|| Some(user?.name())).unwrap_or_default()
    }

    pub(crate) fn author_name(&self, by: &By) -> String {
        match by {
            By::User(id) => self.shown_name(*id),
            By::Webhook { name, .. } => name.clone(),
        }
    }

    /// Gives the message its number and its place. The channel must exist.
    pub(crate) fn insert(&mut self, mut message: Message) -> u64 {
        if message.id == 0 {
            message.id = self.new_id();
        }
        let (id, author) = (message.id, self.author_name(&message.by));
        self.count(&message, author);
        let Some(channel) = self.channels.get_mut(&message.channel) else {
            return id;
        };
        channel.last_message = Some(id);
        if let Some(thread) = &mut channel.thread
            && id != channel.id
        {
            thread.message_count += 1;
            thread.ever_sent += 1;
        }
        channel.messages.insert(id, message);
        while self.kit.last.is_some_and(|it| channel.messages.len() > it) {
            if let Some((_, old)) = channel.messages.pop_first() {
                self.cdn.forget(&old.attachments);
            }
        }
        id
    }

    fn count(&mut self, message: &Message, author: String) {
        let from_bot = message.user().is_none_or(|it| it == self.bot.id);
        let counters = &mut self.kit.counters;
        match from_bot {
            _ if message.is_system() => {}
            true => {
                counters.bot_messages += 1;
                counters.pings += message.pings.count() as u64;
            }
            false => counters.people_messages += 1,
        }
        if from_bot {
            self.kit.log(&message.channel, || Logged {
                message_id: MessageId(message.id),
                author,
                text: message.content.clone(),
                received_at: SystemTime::now(),
            });
        }
    }

    /// The message of the same author with this nonce, if it is remembered.
    pub(crate) fn of_nonce(&self, nonce: &str) -> Option<&Message> {
        let known = self.nonces.iter().rev().find(|(it, _, _)| it == nonce)?;
        self.message(known.1, known.2)
    }

    pub(crate) fn remember_nonce(&mut self, nonce: String, channel: u64, message: u64) {
        self.nonces.push_back((nonce, channel, message));
        if self.nonces.len() > REMEMBERED_NONCES {
            self.nonces.pop_front();
        }
    }
}

/// The first third of a bot's token is its number in base64.
fn id_in(token: &str) -> Option<u64> {
    let first = token.split('.').next()?.trim_end_matches('=');
    let bytes = URL_SAFE_NO_PAD
        .decode(first)
        .or_else(|_| STANDARD_NO_PAD.decode(first));
    String::from_utf8(bytes.ok()?)
        .ok()?
        .parse()
        .ok()
        .filter(|it| *it > 0)
}
