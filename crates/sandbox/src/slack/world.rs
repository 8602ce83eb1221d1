//! The whole state behind one lock: people, channels, files, waiting events and faults. Nothing here waits.

use std::collections::{BTreeMap, HashMap};
use std::time::{SystemTime, UNIX_EPOCH};

use super::answer::ApiError;
use super::app::{App, Standing, Tokens};
use super::channel::{Channel, Kind};
use super::delivery::Delivery;
use super::files::Files;
use super::interactions::Interactions;
use super::judge::FaultBoard;
use super::keeping::{Keeping, Logged};
use super::limits::Limits;
use super::member::{Member, UserGroup};
use super::message::Stored;
use super::{Ts, mrkdwn};

pub(crate) struct World {
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
    pub(crate) faults: FaultBoard,
    pub(crate) limits: Limits,
    pub(crate) keeping: Keeping,
    pub(crate) violations: Vec<String>,
    /// Where we can be reached, as in `http://127.0.0.1:4000`: for the addresses of files.
    pub(crate) base: String,
    count: u64,
}

impl World {
    pub(crate) fn new(tokens: Tokens) -> World {
        let app = App::default();
        let bot = Member {
            is_bot: true,
            bot_id: Some(app.bot_id.clone()),
            ..Member::new(&app.bot_user_id, &app.name)
        };
        World {
            tokens,
            standing: Standing::Installed,
            members: BTreeMap::from([(bot.id.clone(), bot)]),
            groups: BTreeMap::new(),
            channels: HashMap::new(),
            order: Vec::new(),
            direct: HashMap::new(),
            files: Files::default(),
            delivery: Delivery::default(),
            interactions: Interactions::default(),
            faults: FaultBoard::default(),
            limits: Limits::default(),
            keeping: Keeping::default(),
            violations: Vec::new(),
            base: "http://127.0.0.1".into(),
            count: 0,
            app,
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
    pub(crate) fn channel(&self, id: &str) -> Result<&Channel, ApiError> {
        let channel = self.channels.get(id);
        channel
            .filter(|it| it.kind == Kind::Public || it.has(&self.app.bot_user_id))
            .ok_or(ApiError::CHANNEL_NOT_FOUND)
    }

    /// Gives the message its time and its place. The channel must exist.
    pub(crate) fn insert(&mut self, channel: &str, mut message: Stored) -> u64 {
        let is_ours = message
            .bot
            .as_ref()
            .is_some_and(|it| it.bot_id == self.app.bot_id);
        let last = self.keeping.last;
        let pings = match is_ours {
            true => self.pings_of(&message).len() as u64,
            false => 0,
        };
        let Some(place) = self.channels.get_mut(channel) else {
            return 0;
        };
        let ts = place.next_ts();
        message.ts = ts;
        if self.keeping.log && is_ours {
            place.log.push(logged(&message));
        }
        place.insert(message);
        if let Some(last) = last {
            place.forget_all_but(last);
        }
        let counters = &mut self.keeping.counters;
        counters.pings += pings;
        match is_ours {
            true => counters.bot_messages += 1,
            false => counters.people_messages += 1,
        }
        ts
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
        text: mrkdwn::unescape(&message.text),
        username: message.bot.as_ref().and_then(|it| it.username.clone()),
        received_at: SystemTime::now(),
    }
}

/// Unix microseconds, of which a message's time is made.
pub(crate) fn now_micros() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.map_or(0, |it| u64::try_from(it.as_micros()).unwrap_or(u64::MAX))
}
