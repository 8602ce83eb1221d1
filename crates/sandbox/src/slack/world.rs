//! The whole state behind one lock: people, channels, files, waiting events and faults. Nothing here waits.

use std::collections::{BTreeMap, HashMap};
use std::time::SystemTime;

use serde::Serialize;

use super::answer::{ApiError, Checked};
use super::app::{App, Standing, Tokens};
use super::asked::Interactions;
use super::channel::{Channel, Kind};
use super::delivery::Delivery;
use super::faults::Faults;
use super::files::Files;
use super::ids::{ChannelId, Ts};
use super::inline;
use super::limits::Limits;
use super::member::{Member, UserGroup};
use super::message::Stored;
use crate::kit::{self, Kit, Stand, Strictness};

/// A handle: all clones are the same Slack.
pub type Slack = Stand<World>;

#[derive(Default)]
pub struct World {
    pub(crate) kit: Kit<World>,
    pub(crate) tokens: Tokens,
    pub(crate) app: App,
    pub(crate) standing: Standing,
    pub(crate) members: BTreeMap<String, Member>,
    pub(crate) groups: BTreeMap<String, UserGroup>,
    pub(crate) channels: HashMap<String, Channel>,
    /// Channels in the order in which they came to be.
    pub(crate) order: Vec<String>,
    /// The direct message of each person with the bot.
    pub(crate) direct: HashMap<String, String>,
    pub(crate) files: Files,
    pub(crate) delivery: Delivery,
    pub(crate) interactions: Interactions,
    pub(crate) limits: Limits,
    /// Where we can be reached, as in `http://127.0.0.1:4000`: for the addresses of files.
    pub(crate) base: String,
    count: u64,
}

impl kit::State for World {}

impl kit::World for World {
    type Key = String;
    type Place<'a> = &'a ChannelId;
    type Faults = Faults;
    type Counters = Counters;
    type Logged = Logged;
    type Seen = ();

    fn kit(&mut self) -> &mut Kit<World> {
        &mut self.kit
    }
}

impl Slack {
    /// A workspace with nobody in it but the app's bot user.
    pub fn new(tokens: Tokens) -> Slack {
        Stand::of(World::new(tokens))
    }

    /// Requests are always checked and what is not legal is written down; this says what else happens to it.
    pub fn set_strictness(&self, strictness: Strictness) {
        self.look(|world| world.kit.strictness = strictness);
    }
}

impl World {
    fn new(tokens: Tokens) -> World {
        let app = App::default();
        let bot = Member {
            is_bot: true,
            bot_id: Some(app.bot_id.clone()),
            ..Member::new(&app.bot_user_id, &app.name)
        };
        World {
            tokens,
            members: BTreeMap::from([(bot.id.clone(), bot)]),
            base: "http://127.0.0.1".into(),
            app,
            ..World::default()
        }
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.count += 1;
        self.count
    }

    /// Of the real length, and never the same twice.
    pub(crate) fn new_id(&mut self, prefix: char) -> String {
        format!("{prefix}07{:08X}", self.number())
    }

    pub(crate) fn new_channel(&mut self, name: &str, kind: Kind) -> String {
        let prefix = if kind == Kind::Im { 'D' } else { 'C' };
        let id = self.new_id(prefix);
        let creator = self.app.bot_user_id.clone();
        let channel = Channel::new(&id, name, kind, &creator);
        self.channels.insert(id.clone(), channel);
        self.order.push(id.clone());
        id
    }

    /// The direct message of a person with the bot, made when somebody needs it.
    pub(crate) fn direct_message(&mut self, user: &str) -> Option<String> {
        if let Some(id) = self.direct.get(user) {
            return Some(id.clone());
        }
        self.members.get(user).filter(|it| !it.is_bot)?;
        let id = self.new_channel(user, Kind::Im);
        let bot = self.app.bot_user_id.clone();
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.with = Some(user.to_owned());
            channel.members = vec![user.to_owned(), bot];
        }
        self.direct.insert(user.to_owned(), id.clone());
        Some(id)
    }

    /// A channel as far as the bot knows of it: private ones are hidden from those who are not in them.
    pub(crate) fn channel(&self, id: &str) -> Checked<&Channel> {
        let channel = self.channels.get(id);
        channel
            .filter(|it| it.kind == Kind::Public || it.has(&self.app.bot_user_id))
            .ok_or(ApiError::CHANNEL_NOT_FOUND)
    }

    /// Gives the message its time and its place. The channel must exist.
    pub(crate) fn insert(&mut self, channel: &str, mut message: Stored) -> u64 {
        let is_ours = self.is_ours(&message);
        let pings = match is_ours {
            true => self.pings_of(&message).len() as u64,
            false => 0,
        };
        let Some(place) = self.channels.get_mut(channel) else {
            return 0;
        };
        let ts = place.next_ts();
        message.ts = ts;
        let counters = &mut self.kit.counters;
        counters.pings += pings;
        match is_ours {
            true => {
                counters.bot_messages += 1;
                self.kit.log(&channel.to_owned(), || logged(&message));
            }
            false => counters.people_messages += 1,
        }
        place.insert(message);
        if let Some(last) = self.kit.last {
            place.forget_all_but(last);
        }
        ts
    }

    pub(crate) fn is_ours(&self, message: &Stored) -> bool {
        let bot = message.bot.as_ref();
        bot.is_some_and(|it| it.bot_id == self.app.bot_id)
    }

    pub(crate) fn message(&self, channel: &str, ts: u64) -> Option<&Stored> {
        self.channels.get(channel)?.messages.get(&ts)
    }

    pub(crate) fn message_mut(&mut self, channel: &str, ts: u64) -> Option<&mut Stored> {
        self.channels.get_mut(channel)?.messages.get_mut(&ts)
    }

    /// What stands for a person in a sentence; the id where nobody has it.
    pub(crate) fn name_of(&self, user: &str) -> String {
        let member = self.members.get(user);
        member.map_or_else(|| user.to_owned(), |it| it.shown().to_owned())
    }
}

fn logged(message: &Stored) -> Logged {
    Logged {
        ts: Ts(message.ts),
        thread: message.thread.map(Ts),
        text: inline::unescape(&message.text),
        username: message.bot.as_ref().and_then(|it| it.username.clone()),
        received_at: SystemTime::now(),
    }
}

/// One message of the app, written down when it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    pub ts: Ts,
    pub thread: Option<Ts>,
    pub text: String,
    pub username: Option<String>,
    pub received_at: SystemTime,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Counters {
    pub requests: u64,
    /// By the method's published name.
    pub by_method: BTreeMap<String, u64>,
    /// By the `error` of the answer, or by HTTP status.
    pub errors: BTreeMap<String, u64>,
    /// Requests that came before the time which a 429 had named.
    pub early_requests: u64,
    /// Messages of the app that were accepted.
    pub bot_messages: u64,
    /// Messages of people.
    pub people_messages: u64,
    /// People and groups that messages of the app rang for.
    pub pings: u64,
    /// Events made, each counted once.
    pub events: u64,
    /// Envelopes acknowledged and pushes answered with 2xx.
    pub acks: u64,
    /// Deliveries of an event after its first.
    pub redeliveries: u64,
    /// Events that were given up after the last try.
    pub lost_events: u64,
    pub sockets_opened: u64,
}

impl AsMut<u64> for Counters {
    fn as_mut(&mut self) -> &mut u64 {
        &mut self.early_requests
    }
}
