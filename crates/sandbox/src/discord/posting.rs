//! How a message comes to be, changes and goes, whoever does it: the place is looked at, the message kept,
//! and the gateway told.

use serde_json::{Value, json};

use super::answer::ApiError;
use super::channel::{Channel, Kind, Permission, Thread};
use super::gateway::{About, GUILDS};
use super::message::{By, Emoji, Message, Reaction, Reference};
use super::wire;
use super::world::World;
use crate::kit::now_ms;

/// The flag of a message that a thread hangs on.
const HAS_THREAD: u64 = 1 << 5;

/// No message has more kinds of reactions.
const MOST_REACTIONS: usize = 20;

impl World {
    /// Keeps the message and tells of it. An archived thread opens by it.
    pub(crate) fn post(&mut self, message: Message) -> u64 {
        let channel = message.channel;
        for attachment in &message.attachments {
            self.cdn.hold(channel, attachment);
        }
        self.open_thread(channel);
        let author = message.user();
        let id = self.insert(message);
        let thread = self
            .channels
            .get_mut(&channel)
            .and_then(|it| it.thread.as_mut());
        if let (Some(thread), Some(author)) = (thread, author)
            && !thread.members.contains(&author)
        {
            thread.members.push(author);
        }
        self.tell_message("MESSAGE_CREATE", channel, id);
        id
    }

    fn open_thread(&mut self, channel: u64) {
        let thread = self
            .channels
            .get_mut(&channel)
            .and_then(|it| it.thread.as_mut());
        if let Some(thread) = thread.filter(|it| it.archived) {
            thread.archived = false;
            thread.archived_at = now_ms();
            self.tell_channel("THREAD_UPDATE", channel);
        }
    }

    /// Whether somebody may write there. Locked threads open only to those who manage threads.
    pub(crate) fn takes_messages(&self, channel: u64, manages: bool) -> Result<(), ApiError> {
        let place = self
            .channels
            .get(&channel)
            .ok_or_else(ApiError::unknown_channel)?;
        if !place.holds_messages() {
            return Err(ApiError::no_text_channel());
        }
        match &place.thread {
            Some(it) if it.locked && !manages && it.archived => Err(ApiError::archived()),
            Some(it) if it.locked && !manages => Err(ApiError::locked()),
            _ => Ok(()),
        }
    }

    pub(crate) fn tell_channel(&mut self, name: &str, channel: u64) {
        if let Some(place) = self.channels.get(&channel) {
            let value = self.channel_value(place);
            self.tell_of(name, GUILDS, channel, value);
        }
    }

    /// Puts other words in a message, and tells of it.
    pub(crate) fn reword(&mut self, channel: u64, id: u64, change: impl FnOnce(&mut Message)) {
        if let Some(message) = self.message_mut(channel, id) {
            change(message);
            message.edited_at = Some(now_ms());
            self.tell_message("MESSAGE_UPDATE", channel, id);
        }
    }

    /// False where there is no such message.
    pub(crate) fn remove(&mut self, channel: u64, id: u64) -> bool {
        if !self.take_out(channel, id) {
            return false;
        }
        let body = self.place_of(channel, json!({ "id": wire::id(id) }));
        self.tell_about("MESSAGE_DELETE", About::Messages, channel, body);
        true
    }

    fn take_out(&mut self, channel: u64, id: u64) -> bool {
        let Some(place) = self.channels.get_mut(&channel) else {
            return false;
        };
        let Some(message) = place.messages.remove(&id) else {
            return false;
        };
        if let Some(thread) = &mut place.thread {
            thread.message_count = thread.message_count.saturating_sub(1);
        }
        self.cdn.forget(&message.attachments);
        true
    }

    /// Many at once, in one event; those that are not there are no error.
    pub(crate) fn remove_all(&mut self, channel: u64, ids: &[u64]) {
        let gone = ids.iter().copied().filter(|id| self.take_out(channel, *id));
        let gone: Vec<u64> = gone.collect();
        let body = self.place_of(channel, json!({ "ids": wire::ids(&gone) }));
        self.tell_about("MESSAGE_DELETE_BULK", About::Messages, channel, body);
    }

    /// Adds where it was: the channel, and the guild if it lies there.
    fn place_of(&self, channel: u64, mut body: Value) -> Value {
        body["channel_id"] = wire::id(channel);
        if self.is_in_guild(channel) {
            body["guild_id"] = wire::id(self.guild.id);
        }
        body
    }

    pub(crate) fn react(
        &mut self,
        channel: u64,
        id: u64,
        user: u64,
        emoji: Emoji,
    ) -> Result<(), ApiError> {
        let known = emoji
            .id
            .is_none_or(|id| self.guild.emojis.iter().any(|it| it.0 == id));
        if !known {
            return Err(ApiError::unknown_emoji());
        }
        let message = self
            .message_mut(channel, id)
            .ok_or_else(ApiError::unknown_message)?;
        let kinds = message.reactions.len();
        match message.reactions.iter_mut().find(|it| it.emoji == emoji) {
            Some(reaction) if reaction.by.contains(&user) => return Ok(()),
            Some(reaction) => reaction.by.push(user),
            None if kinds >= MOST_REACTIONS => {
                let why = "Maximum number of reactions reached (20)";
                return Err(ApiError::new(400, 30010, why));
            }
            None => message.reactions.push(Reaction {
                emoji: emoji.clone(),
                by: vec![user],
            }),
        }
        let author = message.user();
        let mut body = self.reaction_event(channel, id, &emoji);
        body["user_id"] = wire::id(user);
        body["burst"] = false.into();
        body["type"] = 0.into();
        if let Some(author) = author {
            body["message_author_id"] = wire::id(author);
        }
        if let Some(member) = self
            .member_value(user)
            .filter(|_| self.is_in_guild(channel))
        {
            body["member"] = member;
        }
        self.tell_about("MESSAGE_REACTION_ADD", About::Reactions, channel, body);
        Ok(())
    }

    pub(crate) fn unreact(
        &mut self,
        channel: u64,
        id: u64,
        user: u64,
        emoji: &Emoji,
    ) -> Result<(), ApiError> {
        let message = self
            .message_mut(channel, id)
            .ok_or_else(ApiError::unknown_message)?;
        let reaction = message.reactions.iter_mut().find(|it| it.emoji == *emoji);
        let Some(reaction) = reaction.filter(|it| it.by.contains(&user)) else {
            return Ok(());
        };
        reaction.by.retain(|it| *it != user);
        message.reactions.retain(|it| !it.by.is_empty());
        let mut body = self.reaction_event(channel, id, emoji);
        body["user_id"] = wire::id(user);
        body["burst"] = false.into();
        body["type"] = 0.into();
        self.tell_about("MESSAGE_REACTION_REMOVE", About::Reactions, channel, body);
        Ok(())
    }

    /// All reactions, or all of one kind.
    pub(crate) fn clear_reactions(
        &mut self,
        channel: u64,
        id: u64,
        emoji: Option<&Emoji>,
    ) -> Result<(), ApiError> {
        let message = self
            .message_mut(channel, id)
            .ok_or_else(ApiError::unknown_message)?;
        let body = json!({ "message_id": wire::id(id) });
        let Some(emoji) = emoji else {
            message.reactions.clear();
            let body = self.place_of(channel, body);
            self.tell_about(
                "MESSAGE_REACTION_REMOVE_ALL",
                About::Reactions,
                channel,
                body,
            );
            return Ok(());
        };
        message.reactions.retain(|it| it.emoji != *emoji);
        let body = self.reaction_event(channel, id, emoji);
        self.tell_about(
            "MESSAGE_REACTION_REMOVE_EMOJI",
            About::Reactions,
            channel,
            body,
        );
        Ok(())
    }

    fn reaction_event(&self, channel: u64, id: u64, emoji: &Emoji) -> Value {
        let body = json!({ "message_id": wire::id(id), "emoji": wire::emoji(emoji) });
        self.place_of(channel, body)
    }

    /// A thread below a channel. `from` is the message that it hangs on, whose number it gets.
    pub(crate) fn begin_thread(
        &mut self,
        parent: u64,
        by: u64,
        name: &str,
        from: Option<u64>,
    ) -> u64 {
        let id = self.put_thread((parent, name), by, from, false);
        let in_forum = self
            .channels
            .get(&parent)
            .is_some_and(|it| it.kind == Kind::Forum);
        match from {
            Some(message) => self.hang_thread_on(parent, message, id),
            None if !in_forum => self.announce_thread(parent, by, name, id),
            None => {}
        }
        if in_forum && let Some(forum) = self.channels.get_mut(&parent) {
            forum.last_message = Some(id);
        }
        id
    }

    /// Tells of it whoever sees it; a private one is announced nowhere.
    pub(crate) fn put_thread(
        &mut self,
        (parent, name): (u64, &str),
        by: u64,
        from: Option<u64>,
        is_private: bool,
    ) -> u64 {
        let id = from.unwrap_or_else(|| self.new_id());
        let mut thread = Channel::new(id, Kind::Thread, name);
        thread.parent = Some(parent);
        thread.thread = Some(Thread {
            owner: by,
            archived: false,
            locked: false,
            is_private,
            auto_archive_min: 4_320,
            archived_at: now_ms(),
            message_count: 0,
            ever_sent: 0,
            members: vec![by],
        });
        self.put_channel(thread);
        self.tell_new_thread(id);
        id
    }

    /// To whoever sees it from now on.
    pub(crate) fn tell_new_thread(&mut self, id: u64) {
        let created = self.channels.get(&id).map(|it| {
            let mut value = self.channel_value(it);
            value["newly_created"] = true.into();
            value
        });
        if let Some(created) = created {
            self.tell_of("THREAD_CREATE", GUILDS, id, created);
        }
    }

    fn hang_thread_on(&mut self, parent: u64, message: u64, thread: u64) {
        if let Some(message) = self.message_mut(parent, message) {
            message.flags |= HAS_THREAD;
        }
        self.tell_message("MESSAGE_UPDATE", parent, message);
        let author = self.message(parent, message).map(|it| it.by.clone());
        let mut first = Message::new(thread, author.unwrap_or(By::User(self.bot.id)));
        first.kind = 21;
        first.reference = Some(Reference {
            channel: parent,
            message: Some(message),
            forwarded: false,
        });
        let id = self.insert(first);
        self.tell_message("MESSAGE_CREATE", thread, id);
    }

    /// A thread that hangs on nothing is announced in its channel.
    fn announce_thread(&mut self, parent: u64, by: u64, name: &str, thread: u64) {
        let mut message = Message::new(parent, By::User(by));
        message.kind = 18;
        name.clone_into(&mut message.content);
        message.reference = Some(Reference {
            channel: thread,
            message: None,
            forwarded: false,
        });
        let id = self.insert(message);
        self.tell_message("MESSAGE_CREATE", parent, id);
    }

    pub(crate) fn remove_channel(&mut self, channel: u64) {
        let below = |it: &&Channel| it.parent == Some(channel);
        let threads: Vec<u64> = self
            .channels
            .values()
            .filter(below)
            .map(|it| it.id)
            .collect();
        for thread in threads {
            self.remove_channel(thread);
        }
        let Some(place) = self.channels.get(&channel) else {
            return;
        };
        let (name, value) = match place.kind {
            Kind::Thread => (
                "THREAD_DELETE",
                json!({
                    "id": wire::id(channel),
                    "guild_id": wire::id(self.guild.id),
                    "parent_id": wire::maybe_id(place.parent),
                    "type": self.wire_kind(place),
                }),
            ),
            _ => ("CHANNEL_DELETE", self.channel_value(place)),
        };
        self.tell_of(name, GUILDS, channel, value);
        if let Some(place) = self.channels.remove(&channel) {
            for message in place.messages.into_values() {
                self.cdn.forget(&message.attachments);
            }
        }
        self.order.retain(|it| *it != channel);
        self.webhooks.retain(|_, it| it.channel != channel);
    }

    pub(crate) fn bot_needs_to_write(&self, channel: u64) -> Result<(), ApiError> {
        let place = self.channel(channel)?;
        let needed = match place.kind {
            Kind::Thread => Permission::SendMessagesInThreads,
            _ => Permission::SendMessages,
        };
        if !self.may(place, needed) {
            return Err(ApiError::missing_permissions());
        }
        let closed = |it: u64| {
            self.users
                .get(&it)
                .is_some_and(|it| !it.takes_private_messages)
        };
        if place.recipient.is_some_and(closed) {
            return Err(ApiError::closed_to_messages());
        }
        self.takes_messages(channel, self.may(place, Permission::ManageThreads))
    }
}
