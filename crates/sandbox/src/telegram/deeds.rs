//! What people do to messages that are there already.

use serde_json::{Value, json};

use super::chat::{ChatKind, Standing};
use super::ids::{ChatId, MessageId, UserId};
use super::message::{Stored, possible_reaction};
use super::said::{Deed, Misuse};
use super::text;
use super::wire::Depth;
use super::world::{Telegram, World, now};

impl Telegram {
    pub fn edit(&self, chat: ChatId, message: MessageId, user: UserId, text: &str) -> Deed {
        self.change(|world| {
            let stored = world.own_message(chat, message, user)?;
            match stored.media().is_some() || text.trim().is_empty() {
                true => Err(Misuse::Nothing),
                false => world.reword(chat, message, text),
            }
        })
    }

    pub fn edit_caption(&self, chat: ChatId, message: MessageId, user: UserId, text: &str) -> Deed {
        self.change(|world| {
            let stored = world.own_message(chat, message, user)?;
            match stored.media().is_none() {
                true => Err(Misuse::Nothing),
                false => world.reword(chat, message, text),
            }
        })
    }

    /// Takes a message away. No update tells the bot: the real server sends none.
    pub fn delete(&self, chat: ChatId, message: MessageId, user: UserId) -> Deed {
        self.change(|world| {
            world.own_message(chat, message, user)?;
            world.place(chat)?.messages.remove(&message);
            Ok(())
        })
    }

    /// None takes the person's reaction back.
    pub fn react(&self, chat: ChatId, message: MessageId, by: UserId, emoji: Option<&str>) -> Deed {
        let known = |it| possible_reaction(it).ok_or_else(|| Misuse::NoReaction(it.to_owned()));
        let known = emoji.map(known).transpose()?;
        let new = known.map(|it| json!({ "type": "emoji", "emoji": it }));
        let new: Vec<Value> = new.into_iter().collect();
        self.change(|world| {
            world.check_place(chat, None, by)?;
            let old = world
                .set_reaction(chat.0, message, by.0, new.clone())
                .ok_or(Misuse::UnknownMessage(chat, message))?;
            if old != new {
                world.tell_reaction(chat.0, message, by.0, old, new);
            }
            Ok(())
        })
    }

    /// A service message says so; what is pinned hangs on it, unless it is gone meanwhile.
    pub fn pin(&self, chat: ChatId, message: MessageId, user: UserId) -> Deed<MessageId> {
        self.change(|world| {
            world.check_place(chat, None, user)?;
            let pinned = world.maybe_inaccessible(chat, message)?;
            let fields = json!({ "pinned_message": pinned });
            Ok(world.serve(chat.0, user.0, fields))
        })
    }

    /// A button under a message of the bot. Gone messages still carry buttons on some screens: those
    /// come as inaccessible messages.
    pub fn press_button(
        &self,
        chat: ChatId,
        message: MessageId,
        user: UserId,
        data: &str,
    ) -> Deed<String> {
        self.change(|world| {
            world.check_place(chat, None, user)?;
            let id = format!("{}", 4_000_000_000_000_000_000 + world.new_token());
            let body = json!({
                "id": id, "from": world.user_value(user.0), "message": world.maybe_inaccessible(chat, message)?,
                "chat_instance": format!("{}", chat.0.wrapping_mul(7_919)), "data": data,
            });
            world.push_update("callback_query", chat.0, &body);
            Ok(id)
        })
    }
}

impl World {
    fn own_message(&mut self, chat: ChatId, message: MessageId, user: UserId) -> Deed<&Stored> {
        let stored = self.place(chat)?.messages.get(&message);
        match stored.ok_or(Misuse::UnknownMessage(chat, message))? {
            stored if stored.from == user.0 && !stored.is_service() => Ok(stored),
            _ => Err(Misuse::NotTheAuthor(message)),
        }
    }

    fn reword(&mut self, chat: ChatId, message: MessageId, text: &str) -> Deed {
        let words = text::take(text, None, None);
        let words = words.map_err(|error| Misuse::Text(error.description))?;
        let unknown = Misuse::UnknownMessage(chat, message);
        let stored = self.message_mut(chat.0, message).ok_or(unknown)?;
        if stored.text == words.text && stored.entities == words.entities {
            return Ok(());
        }
        (stored.text, stored.entities) = (words.text, words.entities);
        stored.edit_date = Some(now());
        self.tell("edited_message", chat.0, message);
        Ok(())
    }

    /// Gives what stood there before; None where there is no such message.
    pub(super) fn set_reaction(
        &mut self,
        chat: i64,
        message: MessageId,
        user: i64,
        new: Vec<Value>,
    ) -> Option<Vec<Value>> {
        let reactions = &mut self.message_mut(chat, message)?.extra_mut().reactions;
        let at = reactions.iter().position(|(who, _)| *who == user);
        let old = at.map(|at| reactions.remove(at).1).unwrap_or_default();
        if !new.is_empty() {
            reactions.push((user, new));
        }
        Some(old)
    }

    /// Only administrators hear of reactions in groups.
    fn tell_reaction(
        &mut self,
        chat_id: i64,
        message: MessageId,
        user: i64,
        old: Vec<Value>,
        new: Vec<Value>,
    ) {
        let hears = |it: &&super::chat::Chat| match it.kind {
            ChatKind::Private => it.bot_hears(),
            _ => it.bot == Standing::Administrator,
        };
        let Some(chat) = self.chats.get(&chat_id).filter(hears) else {
            return;
        };
        let body = json!({
            "chat": self.chat_value(chat), "message_id": message, "user": self.user_value(user), "date": now(),
            "old_reaction": old, "new_reaction": new,
        });
        self.push_update("message_reaction", chat_id, &body);
    }

    fn maybe_inaccessible(&self, chat: ChatId, message: MessageId) -> Deed<Value> {
        let place = self.chats.get(&chat.0).ok_or(Misuse::UnknownChat(chat))?;
        match place.messages.get(&message) {
            _ if message <= 0 => Err(Misuse::UnknownMessage(chat, message)),
            Some(stored) => Ok(self.message_value(place, stored, Depth::Alone)),
            None => Ok(json!({ "chat": self.chat_value(place), "message_id": message, "date": 0 })),
        }
    }
}
