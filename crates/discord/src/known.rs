//! What we have heard of servers, channels, threads and roles. **Invariant:** a cache: what it forgets, or never
//! heard, is asked for once more, and nothing is lost by it.

use std::collections::{HashMap, HashSet};

use calls::Recent;
use conversation::{Author, RemoteId};

use crate::id::Snowflake;
use crate::wire::{
    Channel, Deleted, Guild, HasId, MadeIn, Ready, Role, RoleChanged, ThreadList, channel_kind,
};

/// Threads are forgotten, oldest first, when there are more places than this.
const MOST_PLACES: usize = 100_000;
const MOST_DELETED: usize = 4096;
const MOST_REACTIONS: usize = 20_000;
const MOST_PEOPLE: usize = 20_000;

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct KnownChannel {
    pub(crate) kind: u64,
    /// Of a thread: the channel that it is in.
    pub(crate) parent: Option<Snowflake>,
    pub(crate) guild: Option<Snowflake>,
    pub(crate) name: String,
    /// Of a forum that wants every post tagged: a tag that anybody may give.
    pub(crate) required_tag: Option<Snowflake>,
}

/// "Whether a tag is required to be specified when creating a thread".
const REQUIRE_TAG: u64 = 1 << 4;

impl KnownChannel {
    pub(crate) fn is_forum(&self) -> bool {
        matches!(self.kind, channel_kind::FORUM | channel_kind::MEDIA)
    }

    pub(crate) fn is_direct(&self) -> bool {
        matches!(self.kind, channel_kind::DM | channel_kind::GROUP_DM)
    }

    /// The channel for which a thread stands, because whoever reads that one reads the thread as well. A private thread, and
    /// any kind that we do not know, has fewer readers, and stands for itself alone.
    pub(crate) fn stands_for(&self) -> Option<Snowflake> {
        use channel_kind::{ANNOUNCEMENT_THREAD, PUBLIC_THREAD};
        let is_open_to_all = matches!(self.kind, ANNOUNCEMENT_THREAD | PUBLIC_THREAD);
        self.parent.filter(|_| is_open_to_all)
    }

    /// Webhooks belong to channels. In a thread that stands for itself, and where one person is spoken to, the bot speaks.
    pub(crate) fn takes_webhooks(&self) -> bool {
        !self.is_direct() && self.parent.is_none()
    }

    pub(crate) fn has_threads(&self) -> bool {
        matches!(self.kind, channel_kind::TEXT | channel_kind::ANNOUNCEMENT)
    }

    /// A place in a server where people write.
    fn holds_talk(&self) -> bool {
        let voice = matches!(self.kind, channel_kind::VOICE | channel_kind::STAGE);
        voice || self.has_threads() || self.is_forum()
    }

    fn of(channel: Channel, guild: Option<Snowflake>) -> KnownChannel {
        let tag = channel.available_tags.iter().find(|it| !it.moderated);
        KnownChannel {
            kind: channel.kind,
            parent: channel.parent_id.filter(|_| channel.is_thread()),
            guild: channel.guild_id.or(guild),
            required_tag: tag
                .map(|it| it.id)
                .filter(|_| channel.flags & REQUIRE_TAG != 0),
            name: channel.name.unwrap_or_default(),
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) bot: Option<Snowflake>,
    pub(crate) application: Option<Snowflake>,
    pub(crate) webhooks: HashSet<Snowflake>,
    /// Where people's pictures lie.
    pub(crate) cdn: String,
    places: HashMap<Snowflake, KnownChannel>,
    roles: HashMap<Snowflake, Role>,
    /// The servers that we were in when the session began.
    guilds: HashSet<Snowflake>,
    deleted_by_us: Recent<Snowflake, (), MOST_DELETED>,
    reactions: Recent<ReactionOf, (), MOST_REACTIONS>,
    /// As they were last seen: some events tell a person's id only.
    people: Recent<RemoteId, Author, MOST_PEOPLE>,
}

/// Who put which emoji under which message: when a moderator takes all off, Discord does not repeat it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ReactionOf {
    pub(crate) message: Snowflake,
    pub(crate) person: Snowflake,
    pub(crate) emoji: String,
}

impl Known {
    pub(crate) fn new(cdn: &str) -> Known {
        Known {
            cdn: cdn.to_owned(),
            ..Known::default()
        }
    }

    pub(crate) fn place(&self, channel: Snowflake) -> Option<&KnownChannel> {
        self.places.get(&channel)
    }

    pub(crate) fn role(&self, id: Snowflake) -> Option<&str> {
        self.roles.get(&id).map(|it| it.name.as_str())
    }

    /// People who look for our name while they type find our own role under it as well.
    pub(crate) fn is_our_role(&self, id: Snowflake) -> bool {
        let bot = self.roles.get(&id).and_then(|it| it.tags.bot_id);
        bot.is_some() && bot == self.bot
    }

    pub(crate) fn is_new_guild(&self, guild: Snowflake) -> bool {
        !self.guilds.contains(&guild)
    }

    /// The channels of a server in which people write, in order.
    pub(crate) fn channels_of(&self, guild: Snowflake) -> Vec<Snowflake> {
        let of_guild =
            |it: &(&Snowflake, &KnownChannel)| it.1.guild == Some(guild) && it.1.holds_talk();
        let mut channels: Vec<_> = self
            .places
            .iter()
            .filter(of_guild)
            .map(|it| *it.0)
            .collect();
        channels.sort();
        channels
    }

    pub(crate) fn learn_place(&mut self, channel: Channel, guild: Option<Snowflake>) {
        self.places
            .insert(channel.id, KnownChannel::of(channel, guild));
        if self.places.len() > MOST_PLACES {
            self.forget_old_threads();
        }
    }

    pub(crate) fn learn_as(&mut self, channel: Snowflake, place: KnownChannel) {
        self.places.insert(channel, place);
    }

    pub(crate) fn forget_place(&mut self, channel: Snowflake) {
        self.places.remove(&channel);
    }

    pub(crate) fn will_delete(&mut self, message: Snowflake) {
        self.deleted_by_us.put(message, ());
    }

    pub(crate) fn deleted_by_us(&self, message: Snowflake) -> bool {
        self.deleted_by_us.has(&message)
    }

    pub(crate) fn reacted(&mut self, reaction: ReactionOf, stands: bool) {
        match stands {
            true => self.reactions.put(reaction, ()),
            false => drop(self.reactions.remove(&reaction)),
        }
    }

    /// Those that we have seen, of one emoji or of all.
    pub(crate) fn reactions_to(&self, message: Snowflake, emoji: Option<&str>) -> Vec<ReactionOf> {
        let all = self.reactions.keys();
        all.filter(|it| it.message == message && emoji.is_none_or(|emoji| emoji == it.emoji))
            .cloned()
            .collect()
    }

    pub(crate) fn saw(&mut self, person: &Author) {
        self.people.put(person.account.clone(), person.clone());
    }

    pub(crate) fn person(&self, account: &RemoteId) -> Option<&Author> {
        self.people.get(account)
    }

    /// Half of the threads: those that were begun last stay.
    fn forget_old_threads(&mut self) {
        let threads = self.places.iter().filter(|it| it.1.parent.is_some());
        let mut threads: Vec<Snowflake> = threads.map(|it| *it.0).collect();
        threads.sort();
        for old in &threads[..threads.len() / 2] {
            self.places.remove(old);
        }
    }

    /// What a dispatch of this kind says about the world. What cannot be read teaches nothing here, and is told
    /// by whoever reads it for its own sake.
    pub(crate) fn learn(&mut self, kind: &str, data: &str) {
        match kind {
            "READY" => self.learn_ready(data),
            "GUILD_CREATE" => self.learn_guild(data),
            "CHANNEL_CREATE" | "CHANNEL_UPDATE" | "THREAD_CREATE" | "THREAD_UPDATE" => {
                if let Some(channel) = read::<Channel>(data) {
                    self.learn_place(channel, None);
                }
            }
            "THREAD_LIST_SYNC" => {
                let list = read::<ThreadList>(data);
                for thread in list.into_iter().flat_map(|it| it.threads) {
                    self.learn_place(thread, None);
                }
            }
            // It says where it happened: nothing is asked for that would keep it waiting.
            "INTERACTION_CREATE" => {
                let made = read::<MadeIn>(data);
                if let Some(it) = made.filter(|it| self.place(it.channel.id).is_none()) {
                    self.learn_place(it.channel, it.guild_id);
                }
            }
            "GUILD_ROLE_CREATE" | "GUILD_ROLE_UPDATE" => {
                if let Some(changed) = read::<RoleChanged>(data) {
                    self.learn_role(changed.role);
                }
            }
            _ => {}
        }
    }

    /// What is gone is forgotten after its event was read, which still needs it.
    pub(crate) fn forget(&mut self, kind: &str, data: &str) {
        match kind {
            "CHANNEL_DELETE" | "THREAD_DELETE" => {
                if let Some(gone) = read::<HasId>(data) {
                    self.forget_place(gone.id);
                }
            }
            "GUILD_CREATE" => {
                if let Some(guild) = read::<HasId>(data) {
                    self.guilds.insert(guild.id);
                }
            }
            "GUILD_DELETE" => {
                if let Some(guild) = read::<Guild>(data).filter(|it| !it.unavailable) {
                    self.guilds.remove(&guild.id);
                    self.places.retain(|_, place| place.guild != Some(guild.id));
                }
            }
            "MESSAGE_DELETE" => {
                if let Some(gone) = read::<Deleted>(data) {
                    self.deleted_by_us.remove(&gone.id);
                }
            }
            _ => {}
        }
    }

    fn learn_ready(&mut self, data: &str) {
        if let Some(ready) = read::<Ready>(data) {
            self.bot = Some(ready.user.id);
            self.application = ready.application.map(|it| it.id).or(self.application);
            self.guilds = ready.guilds.iter().map(|it| it.id).collect();
        }
    }

    fn learn_guild(&mut self, data: &str) {
        let Some(guild) = read::<Guild>(data) else {
            return;
        };
        for channel in guild.channels.into_iter().chain(guild.threads) {
            self.learn_place(channel, Some(guild.id));
        }
        guild.roles.into_iter().for_each(|it| self.learn_role(it));
    }

    fn learn_role(&mut self, role: Role) {
        self.roles.insert(role.id, role);
    }
}

fn read<T: serde::de::DeserializeOwned>(data: &str) -> Option<T> {
    serde_json::from_str(data).ok()
}
