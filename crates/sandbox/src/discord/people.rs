//! What people do in a client: they write Markdown, answer, forward, open threads and posts. Each deed reaches
//! the bot as the event that the real server would send, if the bot can hear it.

use serde_json::json;

use super::channel::{Channel, Kind};
use super::gateway::dispatch::About;
use super::ids::{ChannelId, MessageId, UserId, WebhookId};
use super::mentions::Allowed;
use super::message::{Attachment, By, Message, Reference};
use super::said::{Deed, Misuse, Said, SaidFile};
use super::wire;
use super::world::{Discord, World};
use crate::kit::{kinds, now_ms};

impl Discord {
    /// In a channel, a thread, or the private channel with the bot. One message, whatever it holds.
    pub fn say(&self, channel: ChannelId, user: UserId, said: impl Into<Said>) -> Deed<MessageId> {
        let said = said.into();
        self.change(|world| {
            world.check_place(channel, user)?;
            let message = world.written(channel.0, user, said)?;
            Ok(MessageId(world.post(message)))
        })
    }

    /// A thread below a message. Its number is the message's.
    pub fn start_thread(
        &self,
        channel: ChannelId,
        user: UserId,
        message: MessageId,
        name: &str,
    ) -> Deed<ChannelId> {
        self.change(|world| {
            world.check_kind(channel, user, &[Kind::Text, Kind::Announcement])?;
            world.there(channel, message)?;
            refuse!(world.channels.contains_key(&message.0) => Misuse::ThreadExists(message));
            let thread = world.begin_thread(channel.0, user.0, name, Some(message.0));
            Ok(ChannelId(thread))
        })
    }

    /// A thread below no message; Discord writes into the channel that it was opened.
    pub fn start_thread_alone(
        &self,
        channel: ChannelId,
        user: UserId,
        name: &str,
    ) -> Deed<ChannelId> {
        self.change(|world| {
            world.check_kind(channel, user, &[Kind::Text, Kind::Announcement])?;
            Ok(ChannelId(world.begin_thread(channel.0, user.0, name, None)))
        })
    }

    /// A thread that nobody sees but those who are put into it, and those who manage threads.
    pub fn start_private_thread(
        &self,
        channel: ChannelId,
        user: UserId,
        name: &str,
    ) -> Deed<ChannelId> {
        self.change(|world| {
            world.check_kind(channel, user, &[Kind::Text])?;
            let thread = world.put_thread((channel.0, name), user.0, None, true);
            Ok(ChannelId(thread))
        })
    }

    /// Somebody mentions the bot in a thread, which puts it there.
    pub fn put_bot_into_thread(&self, thread: ChannelId) -> Deed {
        self.change(|world| {
            let bot = world.bot.id;
            let place = world.channels.get_mut(&thread.0);
            let state = place.and_then(|it| it.thread.as_mut());
            let state = state.ok_or(Misuse::UnknownChannel(thread))?;
            state.members.push(bot);
            world.tell_new_thread(thread.0);
            Ok(())
        })
    }

    /// The post's first message has its number: `MessageId::from(post)`.
    pub fn forum_post(
        &self,
        forum: ChannelId,
        user: UserId,
        title: &str,
        said: impl Into<Said>,
    ) -> Deed<ChannelId> {
        let said = said.into();
        self.change(|world| {
            world.check_kind(forum, user, &[Kind::Forum])?;
            let first = world.written(forum.0, user, said)?;
            let (thread, _) = world.forum_post(forum.0, user.0, title, first);
            Ok(ChannelId(thread))
        })
    }

    /// A voice message, as phones record it: an Ogg file and nothing else.
    pub fn send_voice(
        &self,
        channel: ChannelId,
        user: UserId,
        bytes: impl Into<bytes::Bytes>,
    ) -> Deed<MessageId> {
        let file = SaidFile {
            voice_s: Some(3.5),
            ..SaidFile::new("voice-message.ogg", bytes)
        };
        self.say(channel, user, Said::default().with_file(file))
    }

    /// Somebody's message shown again elsewhere, as it stands now.
    pub fn forward(
        &self,
        (from, message): (ChannelId, MessageId),
        to: ChannelId,
        user: UserId,
    ) -> Deed<MessageId> {
        self.change(|world| {
            world.check_place(to, user)?;
            let source = world.there(from, message)?;
            let mut copy = Message::new(to.0, By::User(user.0));
            copy.snapshots = vec![json!({ "message": world.content_value(source) })];
            copy.reference = Some(Reference {
                forwarded: true,
                ..Reference::to(from.0, message.0)
            });
            copy.flags = 1 << 14;
            Ok(MessageId(world.post(copy)))
        })
    }

    /// Some other service speaks through a webhook, under any name.
    pub fn say_by_webhook(&self, webhook: WebhookId, name: &str, text: &str) -> Deed<MessageId> {
        self.change(|world| {
            let hook = world.webhooks.get(&webhook.0);
            let hook = hook.ok_or(Misuse::UnknownWebhook(webhook))?;
            let by = By::Webhook {
                id: webhook.0,
                name: name.to_owned(),
                picture: hook.avatar.clone(),
            };
            let mut message = Message::new(hook.channel, by);
            text.clone_into(&mut message.content);
            Ok(MessageId(world.post(message)))
        })
    }

    /// The private channel with the bot, made when somebody needs it.
    pub fn open_dm(&self, user: UserId) -> Deed<ChannelId> {
        self.change(|world| match world.users.contains_key(&user.0) {
            true => Ok(ChannelId(world.private_channel(user.0))),
            false => Err(Misuse::UnknownUser(user)),
        })
    }

    /// A person writes to the bot alone.
    pub fn dm(&self, user: UserId, said: impl Into<Said>) -> Deed<MessageId> {
        let channel = self.open_dm(user)?;
        self.say(channel, user, said)
    }

    pub fn typing(&self, channel: ChannelId, user: UserId) -> Deed {
        self.change(|world| {
            world.check_place(channel, user)?;
            let mut body = json!({
                "channel_id": wire::id(channel.0), "user_id": wire::id(user.0), "timestamp": now_ms() / 1_000,
            });
            if world.is_in_guild(channel.0) {
                body["guild_id"] = wire::id(world.guild.id);
                body["member"] = world.member_value(user.0).unwrap_or_default();
            }
            world.tell_about("TYPING_START", About::Typing, channel.0, body);
            Ok(())
        })
    }
}

impl World {
    pub(crate) fn private_channel(&mut self, user: u64) -> u64 {
        let known = self.channels.values().find(|it| it.recipient == Some(user));
        if let Some(known) = known {
            return known.id;
        }
        let id = self.new_channel(Kind::Private, "");
        if let Some(channel) = self.channels.get_mut(&id) {
            channel.recipient = Some(user);
        }
        id
    }

    pub(super) fn place(&self, channel: ChannelId) -> Deed<&Channel> {
        let place = self.channels.get(&channel.0);
        place.ok_or(Misuse::UnknownChannel(channel))
    }

    pub(super) fn place_mut(&mut self, channel: ChannelId) -> Deed<&mut Channel> {
        let place = self.channels.get_mut(&channel.0);
        place.ok_or(Misuse::UnknownChannel(channel))
    }

    /// Whether a person may write there.
    pub(crate) fn check_place(&self, channel: ChannelId, user: UserId) -> Deed {
        refuse!(!self.users.contains_key(&user.0) => Misuse::UnknownUser(user));
        let place = self.place(channel)?;
        match place.recipient {
            Some(person) if person == user.0 => return Ok(()),
            Some(_) => return Err(Misuse::WrongKind(channel)),
            None => refuse!(!self.guild.members.contains_key(&user.0) => Misuse::NotAMember(user)),
        }
        match self.takes_messages(channel.0, false) {
            Ok(()) => Ok(()),
            Err(_) if place.thread.is_some() => Err(Misuse::Locked(channel)),
            Err(_) => Err(Misuse::WrongKind(channel)),
        }
    }

    fn check_kind(&self, channel: ChannelId, user: UserId, kinds: &[Kind]) -> Deed {
        let place = self.place(channel)?;
        refuse!(!self.guild.members.contains_key(&user.0) => Misuse::NotAMember(user));
        let fits = kinds.contains(&place.kind);
        fits.then_some(()).ok_or(Misuse::WrongKind(channel))
    }

    /// What a person typed, as a message that is not there yet.
    fn written(&mut self, channel: u64, user: UserId, said: Said) -> Deed<Message> {
        let mut message = Message::new(channel, By::User(user.0));
        let mut answered = None;
        if let Some(parent) = said.reply_to {
            let stored = self.there(ChannelId(channel), parent)?;
            answered = stored.user().filter(|_| !said.silent_reply);
            message.kind = 19;
            message.reference = Some(Reference::to(channel, parent.0));
        }
        let allowed = Allowed::everything(true);
        message.pings = self.pings(&said.text, &allowed, answered);
        if said.files.iter().any(|it| it.voice_s.is_some()) {
            message.flags |= 1 << 13;
        }
        message.content = said.text;
        let stickers = said.stickers.iter();
        message.stickers = stickers.map(|it| self.sticker_item(it)).collect();
        let poll = said.poll.as_ref();
        message.poll = poll.map(|it| wire::poll(&it.question, &it.answers));
        let files = said.files.into_iter();
        message.attachments = files.map(|it| self.attached(it)).collect();
        refuse!(message.is_empty() => Misuse::Nothing);
        Ok(message)
    }

    fn attached(&mut self, file: SaidFile) -> Attachment {
        Attachment {
            id: self.new_id(),
            mime: file.mime.unwrap_or_else(|| wire::mime_of(&file.name)),
            name: file.name,
            description: file.description,
            size: kinds::dimensions(&file.bytes),
            voice_s: file.voice_s,
            bytes: file.bytes,
        }
    }

    fn sticker_item(&mut self, name: &str) -> serde_json::Value {
        let known = self.guild.stickers.iter().find(|it| it.1 == name);
        let id = known.map(|it| it.0).unwrap_or_else(|| {
            let id = self.new_id();
            self.guild.stickers.push((id, name.to_owned()));
            id
        });
        wire::sticker_item(id, name)
    }
}
