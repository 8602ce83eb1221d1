//! What people do to messages that are there already.

use serde_json::json;

use super::gateway::dispatch::GUILDS;
use super::ids::{ChannelId, MessageId, UserId};
use super::mentions::Allowed;
use super::message::{Emoji, Message, Reference};
use super::said::{Deed, Misuse};
use super::wire;
use super::world::{Discord, World};
use crate::kit::now_ms;

impl Discord {
    pub fn edit(&self, channel: ChannelId, message: MessageId, user: UserId, text: &str) -> Deed {
        self.change(|world| {
            let stored = world.own(channel, message, user)?;
            refuse!(text.trim().is_empty() && stored.attachments.is_empty() => Misuse::Nothing);
            if stored.content == text {
                return Ok(());
            }
            let pings = world.pings(text, &Allowed::everything(false), None);
            world.reword(channel.0, message.0, |it| {
                text.clone_into(&mut it.content);
                it.pings = pings;
            });
            Ok(())
        })
    }

    /// Discord shows what a link in a message leads to. The event is that of an edit, and nobody edited.
    pub fn unfurl(&self, channel: ChannelId, message: MessageId, url: &str, title: &str) -> Deed {
        let preview = json!({ "type": "link", "url": url, "title": title });
        self.change(|world| {
            world.there_mut(channel, message)?.embeds.push(preview);
            world.tell_message("MESSAGE_UPDATE", channel.0, message.0);
            Ok(())
        })
    }

    pub fn delete(&self, channel: ChannelId, message: MessageId, user: UserId) -> Deed {
        self.change(|world| {
            world.own(channel, message, user)?;
            world.remove(channel.0, message.0);
            Ok(())
        })
    }

    /// A moderator takes messages of anybody away, all in one event.
    pub fn bulk_delete(&self, channel: ChannelId, messages: &[MessageId]) -> Deed {
        self.change(|world| {
            world.place(channel)?;
            let ids: Vec<u64> = messages.iter().map(|it| it.0).collect();
            world.remove_all(channel.0, &ids);
            Ok(())
        })
    }

    /// A moderator takes one message of anybody away.
    pub fn moderate(&self, channel: ChannelId, message: MessageId) -> Deed {
        self.change(|world| match world.remove(channel.0, message.0) {
            true => Ok(()),
            false => Err(Misuse::UnknownMessage(channel, message)),
        })
    }

    /// `👍`, or `<:name:id>` of the guild.
    pub fn react(&self, channel: ChannelId, message: MessageId, user: UserId, emoji: &str) -> Deed {
        let parsed = parsed(emoji)?;
        self.change(|world| {
            world.check_place(channel, user)?;
            world.there(channel, message)?;
            Ok(world.react((channel.0, message.0), user.0, parsed)?)
        })
    }

    pub fn unreact(&self, channel: ChannelId, message: MessageId, by: UserId, emoji: &str) -> Deed {
        let parsed = parsed(emoji)?;
        self.change(|world| {
            world.there(channel, message)?;
            Ok(world.unreact((channel.0, message.0), by.0, &parsed)?)
        })
    }

    /// A moderator takes all reactions away, or all of one emoji.
    pub fn clear_reactions(&self, channel: ChannelId, at: MessageId, emoji: Option<&str>) -> Deed {
        let parsed = emoji.map(parsed).transpose()?;
        self.change(|world| {
            world.there(channel, at)?;
            Ok(world.clear_reactions((channel.0, at.0), parsed.as_ref())?)
        })
    }

    /// Discord writes into the channel that it was pinned.
    pub fn pin(&self, channel: ChannelId, message: MessageId, user: UserId) -> Deed<MessageId> {
        self.change(|world| {
            world.check_place(channel, user)?;
            world.there_mut(channel, message)?.pinned = true;
            world.tell_message("MESSAGE_UPDATE", channel.0, message.0);
            let body = json!({
                "guild_id": wire::id(world.guild.id), "channel_id": wire::id(channel.0),
                "last_pin_timestamp": wire::timestamp(now_ms()),
            });
            world.tell_of("CHANNEL_PINS_UPDATE", GUILDS, channel.0, body);
            let pinned = Reference::to(channel.0, message.0);
            let said = Message::about(6, user.0, channel.0, pinned);
            Ok(MessageId(world.post(said)))
        })
    }
}

fn parsed(emoji: &str) -> Deed<Emoji> {
    Emoji::parse(emoji).ok_or_else(|| Misuse::NoEmoji(emoji.to_owned()))
}

impl World {
    pub(super) fn there(&self, channel: ChannelId, message: MessageId) -> Deed<&Message> {
        let stored = self.place(channel)?.messages.get(&message.0);
        stored.ok_or(Misuse::UnknownMessage(channel, message))
    }

    fn there_mut(&mut self, channel: ChannelId, message: MessageId) -> Deed<&mut Message> {
        let stored = self.message_mut(channel.0, message.0);
        stored.ok_or(Misuse::UnknownMessage(channel, message))
    }

    fn own(&self, channel: ChannelId, message: MessageId, user: UserId) -> Deed<&Message> {
        let stored = self.there(channel, message)?;
        refuse!(stored.user() != Some(user.0) || stored.is_system() => Misuse::NotTheAuthor(message));
        Ok(stored)
    }
}
