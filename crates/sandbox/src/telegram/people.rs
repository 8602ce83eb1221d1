//! What people do: they write, edit, react, forward and press buttons. Each deed reaches the bot as the
//! update that the real server would send, if the bot is there to hear it.

use bytes::Bytes;
use serde_json::{Map, Value, json};

use super::answer::ApiError;
use super::chat::{Chat, ChatKind, Standing};
use super::ids::{ChatId, MessageId, UserId};
use super::message::{Media, Stored};
use super::params::Upload;
use super::said::{Deed, FileKind, Misuse, Said, SaidFile};
use super::text::{self, Formatted};
use super::wire::Depth;
use super::world::{Telegram, World, now};

impl Telegram {
    /// Several messages where there are several files; the words stand at the first of them.
    /// Writing to the bot's own chat with a person (`user.into()`) opens that chat.
    pub fn say(
        &self,
        chat: ChatId,
        topic: Option<MessageId>,
        user: UserId,
        said: impl Into<Said>,
    ) -> Deed<Vec<MessageId>> {
        let said = said.into();
        self.change(|world| world.say(chat, topic, user, said))
    }

    pub fn send_location(
        &self,
        chat: ChatId,
        topic: Option<MessageId>,
        user: UserId,
        latitude: f64,
        longitude: f64,
    ) -> Deed<MessageId> {
        let media = Media {
            field: "location",
            value: json!({ "latitude": latitude, "longitude": longitude }),
            file: None,
        };
        self.change(|world| world.say_media(chat, topic, user, media))
    }

    pub fn send_poll(
        &self,
        chat: ChatId,
        topic: Option<MessageId>,
        user: UserId,
        question: &str,
        options: &[&str],
    ) -> Deed<MessageId> {
        self.change(|world| {
            let options = options.iter().map(|it| (*it).to_owned()).collect();
            let media = world.new_poll(question, options, Map::new());
            world.say_media(chat, topic, user, media)
        })
    }

    pub fn send_sticker(
        &self,
        chat: ChatId,
        topic: Option<MessageId>,
        user: UserId,
        emoji: &str,
    ) -> Deed<MessageId> {
        let details = Map::from_iter([("emoji".to_owned(), emoji.into())]);
        let bytes = Bytes::from_static(
            b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0",
        );
        let file = SaidFile::new(FileKind::Sticker, "sticker.webp", bytes);
        self.change(|world| {
            let media = world.said_media(file, &details);
            world.say_media(chat, topic, user, media)
        })
    }

    pub fn send_voice(
        &self,
        chat: ChatId,
        topic: Option<MessageId>,
        user: UserId,
        bytes: impl Into<Bytes>,
    ) -> Deed<MessageId> {
        let file = SaidFile::new(FileKind::Voice, "voice.oga", bytes);
        self.change(|world| {
            let media = world.said_media(file, &Map::new());
            world.say_media(chat, topic, user, media)
        })
    }

    /// Another person's message, or one of the bot, shown again with where it came from.
    pub fn forward(&self, from: (ChatId, MessageId), to: ChatId, user: UserId) -> Deed<MessageId> {
        self.change(|world| {
            world.check_place(to, None, user)?;
            let unknown = Misuse::UnknownMessage(from.0, from.1);
            let source = world.message(from.0.0, from.1).ok_or(unknown)?;
            let copy = world.forwarded(source, user.0);
            Ok(world.receive(to.0, copy))
        })
    }
}

impl World {
    fn say(
        &mut self,
        chat: ChatId,
        topic: Option<MessageId>,
        user: UserId,
        said: Said,
    ) -> Deed<Vec<MessageId>> {
        let base = self.message_by(chat, topic, user, said.reply_to)?;
        let words = self.words(&said)?;
        let quote = said
            .quote
            .as_deref()
            .map(|it| self.quote(chat, said.reply_to, it));
        if said.files.is_empty() {
            let mut message = with_words(base, words);
            if let Some(quote) = quote {
                message.extra_mut().fields.insert("quote".into(), quote);
            }
            return Ok(vec![self.receive(chat.0, message)]);
        }
        let group = (said.album && said.files.len() > 1)
            .then(|| format!("{}", 13_000_000_000_000_000 + self.new_token()));
        let mut ids = Vec::with_capacity(said.files.len());
        let mut words = Some(words);
        for file in said.files {
            let mut message = with_words(base.clone(), words.take().unwrap_or_default());
            let extra = message.extra_mut();
            extra.media_group.clone_from(&group);
            extra.media = Some(self.said_media(file, &Map::new()));
            ids.push(self.receive(chat.0, message));
        }
        Ok(ids)
    }

    fn words(&self, said: &Said) -> Deed<Formatted> {
        let entities = Value::Array(said.entities.clone());
        let refused = |error: ApiError| Misuse::Text(error.description);
        let mut words = text::take(&said.text, None, Some(&entities)).map_err(refused)?;
        self.name_people(&mut words).map_err(refused)?;
        refuse!(words.text.is_empty() && said.files.is_empty() => Misuse::Nothing);
        Ok(words)
    }

    fn quote(&self, chat: ChatId, answered: Option<MessageId>, words: &str) -> Value {
        let answered = answered.and_then(|id| self.message(chat.0, id));
        let position = answered
            .and_then(|it| {
                it.text
                    .find(words)
                    .map(|at| text::utf16_len(&it.text[..at]))
            })
            .unwrap_or(0);
        json!({ "text": words, "position": position, "is_manual": true })
    }

    fn say_media(
        &mut self,
        chat: ChatId,
        topic: Option<MessageId>,
        user: UserId,
        media: Media,
    ) -> Deed<MessageId> {
        let mut message = self.message_by(chat, topic, user, None)?;
        message.extra_mut().media = Some(media);
        Ok(self.receive(chat.0, message))
    }

    pub(super) fn said_media(&mut self, file: SaidFile, details: &Map<String, Value>) -> Media {
        let upload = Upload {
            name: file.name,
            mime: file.mime,
            bytes: file.bytes,
        };
        self.files.store(file.kind, upload, details)
    }

    /// An empty message of a person, in its place.
    fn message_by(
        &mut self,
        chat: ChatId,
        topic: Option<MessageId>,
        user: UserId,
        reply_to: Option<MessageId>,
    ) -> Deed<Stored> {
        self.check_place(chat, topic, user)?;
        if let Some(id) = reply_to
            && self.message(chat.0, id).is_none()
        {
            return Err(Misuse::UnknownMessage(chat, id));
        }
        Ok(Stored {
            from: user.0,
            date: now(),
            thread: self.thread(chat.0, topic, reply_to),
            reply_to,
            ..Stored::default()
        })
    }

    pub(super) fn place(&mut self, chat: ChatId) -> Deed<&mut Chat> {
        let place = self.chats.get_mut(&chat.0);
        place.ok_or(Misuse::UnknownChat(chat))
    }

    pub(super) fn check_place(
        &mut self,
        chat: ChatId,
        topic: Option<MessageId>,
        user: UserId,
    ) -> Deed {
        refuse!(self.user(user.0).is_none() => Misuse::UnknownUser(user));
        if chat.0 == user.0 {
            self.open_private_chat(user);
        }
        let place = self.place(chat)?;
        refuse!(place.migrated_to.is_some() => Misuse::Migrated(chat));
        refuse!(!place.members.contains(&user.0) => Misuse::NotAMember(user, chat));
        match topic.filter(|it| place.topic(*it).is_none()) {
            Some(topic) => Err(Misuse::UnknownTopic(chat, topic)),
            None => Ok(()),
        }
    }

    /// Whoever writes to the bot may be written to; a block stays a block.
    fn open_private_chat(&mut self, user: UserId) {
        if let Some(chat) = self.private_chat(user.0)
            && chat.bot == Standing::NotStarted
        {
            chat.bot = Standing::Member;
        }
    }

    /// A topic in a forum; elsewhere in supergroups the root of what is answered.
    pub(super) fn thread(
        &self,
        chat: i64,
        topic: Option<MessageId>,
        reply_to: Option<MessageId>,
    ) -> Option<MessageId> {
        let chat = self.chats.get(&chat)?;
        let parent = reply_to.and_then(|id| chat.messages.get(&id));
        match chat.kind {
            ChatKind::Forum => topic.or_else(|| parent?.thread),
            ChatKind::Supergroup => parent.map(|it| it.thread.unwrap_or(it.id)),
            ChatKind::Private | ChatKind::Group => None,
        }
    }

    /// A person's message arrives.
    pub(super) fn receive(&mut self, chat: i64, message: Stored) -> MessageId {
        let id = self.insert(chat, message);
        self.tell("message", chat, id);
        id
    }

    /// Hands the bot a message as it stands, if the bot can see it.
    pub(super) fn tell(&mut self, kind: &str, chat_id: i64, id: MessageId) {
        let chat = self.chats.get(&chat_id);
        let message = chat.and_then(|it| Some((it, it.messages.get(&id)?)));
        if let Some((chat, message)) = message
            && chat.bot_hears()
            && self.bot_sees(chat, message)
        {
            let body = self.message_value(chat, message, Depth::WithReply);
            self.push_update(kind, chat_id, &body);
        }
    }

    fn bot_sees(&self, chat: &Chat, message: &Stored) -> bool {
        let answers_bot = || {
            let parent = message.reply_to.and_then(|id| chat.messages.get(&id));
            parent.is_some_and(|it| it.from == self.bot.id)
        };
        let speaks_to_bot = || message.text.starts_with('/') || self.mentions_bot(&message.text);
        !self.bot.privacy
            || chat.kind == ChatKind::Private
            || chat.bot == Standing::Administrator
            || message.is_service()
            || speaks_to_bot()
            || answers_bot()
    }

    fn mentions_bot(&self, text: &str) -> bool {
        let username = self.user(self.bot.id).and_then(|it| it.username.as_deref());
        username.is_some_and(|it| text.contains(&format!("@{it}")))
    }

    /// A copy for another place, with its origin.
    pub(super) fn forwarded(&self, source: &Stored, by: i64) -> Stored {
        let mut copy = Stored {
            from: by,
            date: now(),
            text: source.text.clone(),
            entities: source.entities.clone(),
            ..Stored::default()
        };
        let origin = json!({
            "type": "user", "date": source.date, "sender_user": self.user_value(source.from),
        });
        let known = source
            .extra
            .as_ref()
            .and_then(|it| it.fields.get("forward_origin"));
        let origin = known.cloned().unwrap_or(origin);
        let extra = copy.extra_mut();
        extra.fields.insert("forward_origin".into(), origin);
        extra.media = source.media().cloned();
        copy
    }
}

fn with_words(mut message: Stored, words: Formatted) -> Stored {
    message.text = words.text;
    message.entities = words.entities;
    message
}
