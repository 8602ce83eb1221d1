//! What people do to messages that are there already.

use serde_json::json;

use super::Discord;
use super::gateway::GUILDS;
use super::ids::{ChannelId, MessageId, UserId};
use super::mentions::Allowed;
use super::message::{By, Emoji, Message, Reference};
use super::people::Misuse;
use super::wire;
use super::world::World;

impl Discord {
    pub fn edit(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        text: &str,
    ) -> Result<(), Misuse> {
        self.change(|world| {
            let stored = world.own(channel, message, user)?;
            if text.trim().is_empty() && stored.attachments.is_empty() {
                return Err(Misuse::Nothing);
            }
            if stored.content == text {
                return Ok(());
            }
            let allowed = Allowed::Everything {
                replied_user: false,
            };
            let pings = world.pings(text, &allowed, None);
            world.reword(channel.0, message.0, |it| {
                text.clone_into(&mut it.content);
                it.pings = pings;
            });
            Ok(())
        })
    }

    /// Discord shows what a link in a message leads to. The event is that of an edit, and nobody edited.
    pub fn unfurl(
        &self,
        channel: ChannelId,
        message: MessageId,
        url: &str,
        title: &str,
    ) -> Result<(), Misuse> {
        let preview = json!({ "type": "link", "url": url, "title": title });
        self.change(|world| {
            let unknown = Misuse::UnknownMessage(channel, message);
            let stored = world.message_mut(channel.0, message.0).ok_or(unknown)?;
            stored.embeds.push(preview);
            world.tell_message("MESSAGE_UPDATE", channel.0, message.0);
            Ok(())
        })
    }

    pub fn delete(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
    ) -> Result<(), Misuse> {
        self.change(|world| {
            world.own(channel, message, user)?;
            world.remove(channel.0, message.0);
            Ok(())
        })
    }

    /// A moderator takes messages of anybody away, all in one event.
    pub fn bulk_delete(&self, channel: ChannelId, messages: &[MessageId]) -> Result<(), Misuse> {
        self.change(|world| {
            if !world.channels.contains_key(&channel.0) {
                return Err(Misuse::UnknownChannel(channel));
            }
            let ids: Vec<u64> = messages.iter().map(|it| it.0).collect();
            world.remove_all(channel.0, &ids);
            Ok(())
        })
    }

    /// A moderator takes one message of anybody away.
    pub fn moderate(&self, channel: ChannelId, message: MessageId) -> Result<(), Misuse> {
        self.change(|world| match world.remove(channel.0, message.0) {
            true => Ok(()),
            false => Err(Misuse::UnknownMessage(channel, message)),
        })
    }

    /// `👍`, or `<:name:id>` of the guild.
    pub fn react(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        emoji: &str,
    ) -> Result<(), Misuse> {
        let parsed = parsed(emoji)?;
        self.change(|world| {
            world.check_place(channel, user)?;
            world.there(channel, message)?;
            Ok(world.react(channel.0, message.0, user.0, parsed)?)
        })
    }

    pub fn unreact(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
        emoji: &str,
    ) -> Result<(), Misuse> {
        let parsed = parsed(emoji)?;
        self.change(|world| {
            world.there(channel, message)?;
            Ok(world.unreact(channel.0, message.0, user.0, &parsed)?)
        })
    }

    /// A moderator takes all reactions away, or all of one emoji.
    pub fn clear_reactions(
        &self,
        channel: ChannelId,
        message: MessageId,
        emoji: Option<&str>,
    ) -> Result<(), Misuse> {
        let parsed = emoji.map(parsed).transpose()?;
        self.change(|world| {
            world.there(channel, message)?;
            Ok(world.clear_reactions(channel.0, message.0, parsed.as_ref())?)
        })
    }

    /// Discord writes into the channel that it was pinned.
    pub fn pin(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
    ) -> Result<MessageId, Misuse> {
        self.change(|world| {
            world.check_place(channel, user)?;
            let unknown = Misuse::UnknownMessage(channel, message);
            world
                .message_mut(channel.0, message.0)
                .ok_or(unknown)?
                .pinned = true;
            world.tell_message("MESSAGE_UPDATE", channel.0, message.0);
            let body = json!({
                "guild_id": wire::id(world.guild.id),
                "channel_id": wire::id(channel.0),
                "last_pin_timestamp": wire::timestamp(crate::kit::now_ms()),
            });
            world.tell_of("CHANNEL_PINS_UPDATE", GUILDS, channel.0, body);
            let mut said = Message::new(channel.0, By::User(user.0));
            said.kind = 6;
            said.reference = Some(Reference {
                channel: channel.0,
                message: Some(message.0),
                forwarded: false,
            });
            Ok(MessageId(world.post(said)))
        })
    }
}

fn parsed(emoji: &str) -> Result<Emoji, Misuse> {
    Emoji::parse(emoji).ok_or_else(|| Misuse::NoEmoji(emoji.to_owned()))
}

impl World {
    fn there(&self, channel: ChannelId, message: MessageId) -> Result<&Message, Misuse> {
        let place = self.channels.get(&channel.0);
        let place = place.ok_or(Misuse::UnknownChannel(channel))?;
        let stored = place.messages.get(&message.0);
        stored.ok_or(Misuse::UnknownMessage(channel, message))
    }

    fn own(
        &self,
        channel: ChannelId,
        message: MessageId,
        user: UserId,
    ) -> Result<&Message, Misuse> {
        let stored = self.there(channel, message)?;
        match stored.user() == Some(user.0) && !stored.is_system() {
            true => Ok(stored),
            false => Err(Misuse::NotTheAuthor(message)),
        }
    }
}
