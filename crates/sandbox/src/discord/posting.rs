//! How a message comes to be, changes and goes, whoever does it: the place is looked at, the message kept,
//! and the gateway told.

use serde_json::{Value, json};

use super::answer::{ApiError, Checked};
use super::channel::{Channel, Kind, Permission, Thread};
use super::gateway::dispatch::{About, GUILDS};
use super::message::Message;
use super::wire;
use super::world::World;
use crate::kit::now_ms;

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
        if let (Some(thread), Some(author)) = (self.thread_mut(channel), author)
            && !thread.members.contains(&author)
        {
            thread.members.push(author);
        }
        self.tell_message("MESSAGE_CREATE", channel, id);
        id
    }

    fn thread_mut(&mut self, channel: u64) -> Option<&mut Thread> {
        self.channels.get_mut(&channel)?.thread.as_mut()
    }

    fn open_thread(&mut self, channel: u64) {
        if let Some(thread) = self.thread_mut(channel).filter(|it| it.archived) {
            thread.archived = false;
            thread.archived_at = now_ms();
            self.tell_channel("THREAD_UPDATE", channel);
        }
    }

    /// Whether somebody may write there. Locked threads open only to those who manage threads.
    pub(crate) fn takes_messages(&self, channel: u64, manages: bool) -> Checked {
        let place = self.channels.get(&channel);
        let place = place.ok_or(ApiError::UNKNOWN_CHANNEL)?;
        refuse!(!place.holds_messages() => ApiError::NO_TEXT_CHANNEL);
        match &place.thread {
            Some(it) if it.locked && !manages && it.archived => Err(ApiError::ARCHIVED),
            Some(it) if it.locked && !manages => Err(ApiError::LOCKED),
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
        let place = self.channels.get_mut(&channel);
        let taken = place.and_then(|it| Some((it.messages.remove(&id)?, it)));
        let Some((message, place)) = taken else {
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
    pub(super) fn place_of(&self, channel: u64, mut body: Value) -> Value {
        body["channel_id"] = wire::id(channel);
        if self.is_in_guild(channel) {
            body["guild_id"] = wire::id(self.guild.id);
        }
        body
    }

    pub(crate) fn remove_channel(&mut self, channel: u64) {
        let below = |it: &&Channel| it.parent == Some(channel);
        let threads = self.channels.values().filter(below).map(|it| it.id);
        for thread in threads.collect::<Vec<u64>>() {
            self.remove_channel(thread);
        }
        let Some(place) = self.channels.get(&channel) else {
            return;
        };
        let (name, value) = match place.kind {
            Kind::Thread => (
                "THREAD_DELETE",
                json!({
                    "id": wire::id(channel), "guild_id": wire::id(self.guild.id),
                    "parent_id": wire::maybe_id(place.parent), "type": self.wire_kind(place),
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

    pub(crate) fn bot_needs_to_write(&self, channel: u64) -> Checked {
        let place = self.channel(channel)?;
        let needed = match place.kind {
            Kind::Thread => Permission::SendMessagesInThreads,
            _ => Permission::SendMessages,
        };
        refuse!(!self.may(place, needed) => ApiError::MISSING_PERMISSIONS);
        let recipient = place.recipient.and_then(|it| self.users.get(&it));
        refuse!(recipient.is_some_and(|it| !it.takes_private_messages) => ApiError::CLOSED_TO_MESSAGES);
        self.takes_messages(channel, self.may(place, Permission::ManageThreads))
    }
}
