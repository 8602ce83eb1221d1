//! Who and what there is: people, groups and topics, and how the bot and people come and go.

use serde_json::json;

use super::chat::{ChatKind, Standing, Topic};
use super::ids::{ChatId, MessageId, UserId};
use super::said::{Deed, Misuse};
use super::world::{Telegram, World, now};

/// A blue that the real server offers for topics.
pub(crate) const TOPIC_COLOR: i64 = 7_322_096;

impl Telegram {
    /// "Ana Ruiz" becomes a first and a last name.
    pub fn add_person(&self, name: &str) -> UserId {
        UserId(self.change(|world| world.new_user(name)))
    }

    /// The bot of the token, as people see it in a chat.
    pub fn bot_id(&self) -> UserId {
        UserId(self.look(|world| world.bot.id))
    }

    /// Without the `@`.
    pub fn set_username(&self, user: UserId, username: &str) -> Deed {
        self.change(|world| {
            let person = world.users.get_mut(&user.0);
            person.ok_or(Misuse::UnknownUser(user))?.username = Some(username.to_owned());
            Ok(())
        })
    }

    /// A basic group; the bot is in it as administrator, as in all chats that are made here.
    /// As a person sees it before they wrote there: the bot may not write first.
    pub fn private_chat(&self, user: UserId) -> Deed<ChatId> {
        let opened = self.change(|world| world.private_chat(user.0).is_some());
        opened.then(|| user.into()).ok_or(Misuse::UnknownUser(user))
    }

    pub fn add_group(&self, title: &str) -> ChatId {
        ChatId(self.change(|world| world.new_chat(ChatKind::Group, title)))
    }

    pub fn add_supergroup(&self, title: &str) -> ChatId {
        ChatId(self.change(|world| world.new_chat(ChatKind::Supergroup, title)))
    }

    /// `topic_ids` has the ids of the topics, in this order, next to the one called General that all forums have.
    pub fn add_forum(&self, title: &str, topics: &[&str]) -> ChatId {
        self.change(|world| {
            let chat = world.new_chat(ChatKind::Forum, title);
            // The first id is General's in every forum.
            world.serve_silently(
                chat,
                world.bot.id,
                json!({ "supergroup_chat_created": true }),
            );
            for topic in topics {
                world.open_topic(chat, world.bot.id, topic, TOPIC_COLOR);
            }
            ChatId(chat)
        })
    }

    pub fn topic_ids(&self, chat: ChatId) -> Vec<MessageId> {
        self.look(|world| {
            let chat = world.chats.get(&chat.0);
            let topics = chat.map(|it| it.topics.as_slice()).unwrap_or_default();
            topics.iter().map(|it| it.id).collect()
        })
    }

    /// A person opens a topic; the bot is told.
    pub fn add_topic(&self, chat: ChatId, user: UserId, name: &str) -> Deed<MessageId> {
        self.change(|world| {
            world.check_place(chat, None, user)?;
            refuse!(world.chats.get(&chat.0).map(|it| it.kind) != Some(ChatKind::Forum) => Misuse::WrongKind(chat));
            let id = world.open_topic(chat.0, user.0, name, TOPIC_COLOR);
            world.tell("message", chat.0, id);
            Ok(id)
        })
    }

    pub fn join(&self, chat: ChatId, user: UserId) -> Deed {
        self.change(|world| world.move_member(chat, user, Move::In))
    }

    pub fn leave(&self, chat: ChatId, user: UserId) -> Deed {
        self.change(|world| world.move_member(chat, user, Move::Out))
    }

    /// A plain member hears no reactions and deletes nobody else's messages.
    pub fn set_bot_admin(&self, chat: ChatId, is_admin: bool) -> Deed {
        let standing = match is_admin {
            true => Standing::Administrator,
            false => Standing::Member,
        };
        self.change(|world| world.set_standing(chat, None, standing))
    }

    /// With privacy on, a bot that is no administrator sees only what speaks to it. Off at first.
    pub fn set_privacy(&self, on: bool) {
        self.change(|world| world.bot.privacy = on);
    }

    pub fn kick_bot(&self, chat: ChatId, by: UserId) -> Deed {
        self.change(|world| world.set_standing(chat, Some(by), Standing::Kicked))
    }

    pub fn add_bot_back(&self, chat: ChatId, by: UserId) -> Deed {
        self.change(|world| {
            world.set_standing(chat, Some(by), Standing::Administrator)?;
            let fields = json!({ "new_chat_members": [world.user_value(world.bot.id)] });
            world.serve(chat.0, by.0, fields);
            Ok(())
        })
    }

    pub fn block_bot(&self, user: UserId) -> Deed {
        self.change(|world| world.set_block(user, Standing::Blocked))
    }

    pub fn unblock(&self, user: UserId) -> Deed {
        self.change(|world| world.set_block(user, Standing::Member))
    }

    /// A basic group becomes a supergroup with another id; the old one only tells where it went.
    pub fn migrate(&self, chat: ChatId) -> Deed<ChatId> {
        self.change(|world| world.migrate(chat))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Move {
    In,
    Out,
}

impl World {
    pub(super) fn open_topic(&mut self, chat: i64, by: i64, name: &str, color: i64) -> MessageId {
        let created = json!({ "name": name, "icon_color": color });
        let id = self.serve_silently(chat, by, json!({ "forum_topic_created": created }));
        if let Some(message) = self.message_mut(chat, id) {
            message.thread = Some(id);
        }
        if let Some(chat) = self.chats.get_mut(&chat) {
            chat.topics.push(Topic {
                id,
                name: name.to_owned(),
            });
        }
        id
    }

    fn move_member(&mut self, chat: ChatId, user: UserId, way: Move) -> Deed {
        let person = self.user(user.0).map(super::wire::user);
        let person = person.ok_or(Misuse::UnknownUser(user))?;
        let place = self.chats.get(&chat.0).ok_or(Misuse::UnknownChat(chat))?;
        refuse!(place.kind == ChatKind::Private => Misuse::WrongKind(chat));
        if place.members.contains(&user.0) == (way == Move::In) {
            return Ok(());
        }
        let (fields, old) = match way {
            Move::In => (json!({ "new_chat_members": [person] }), "left"),
            Move::Out => (json!({ "left_chat_member": person }), "member"),
        };
        if let Some(place) = self.chats.get_mut(&chat.0) {
            match way {
                Move::In => place.members.push(user.0),
                Move::Out => place.members.retain(|it| *it != user.0),
            }
        }
        self.serve(chat.0, user.0, fields);
        self.tell_member(chat.0, user.0, old);
        Ok(())
    }

    fn tell_member(&mut self, chat_id: i64, user: i64, old: &str) {
        let Some(chat) = self.chats.get(&chat_id).filter(|it| it.bot_hears()) else {
            return;
        };
        let person = self.user_value(user);
        let body = json!({
            "chat": self.chat_value(chat), "from": person, "date": now(),
            "old_chat_member": { "status": old, "user": person },
            "new_chat_member": self.member_value(chat, user),
        });
        self.push_update("chat_member", chat_id, &body);
    }

    fn set_block(&mut self, user: UserId, standing: Standing) -> Deed {
        refuse!(self.private_chat(user.0).is_none() => Misuse::UnknownUser(user));
        self.set_standing(ChatId::from(user), Some(user), standing)
    }

    /// The bot's own standing changes; `by` None means that nobody tells it.
    fn set_standing(&mut self, chat: ChatId, by: Option<UserId>, standing: Standing) -> Deed {
        let unknown = Misuse::UnknownChat(chat);
        let place = self.chats.get_mut(&chat.0).ok_or(unknown)?;
        let old = std::mem::replace(&mut place.bot, standing);
        if let Some(by) = by.filter(|_| old != standing) {
            self.tell_standing(chat.0, by.0, old);
        }
        Ok(())
    }

    pub(super) fn tell_standing(&mut self, chat_id: i64, by: i64, old: Standing) {
        let Some(chat) = self.chats.get(&chat_id) else {
            return;
        };
        let body = json!({
            "chat": self.chat_value(chat), "from": self.user_value(by), "date": now(),
            "old_chat_member": self.standing_value(old), "new_chat_member": self.standing_value(chat.bot),
        });
        self.push_update("my_chat_member", chat_id, &body);
    }

    fn migrate(&mut self, chat: ChatId) -> Deed<ChatId> {
        let place = self.chats.get(&chat.0).ok_or(Misuse::UnknownChat(chat))?;
        refuse!(place.kind != ChatKind::Group => Misuse::WrongKind(chat));
        refuse!(place.migrated_to.is_some() => Misuse::Migrated(chat));
        let (title, members, bot) = (place.title.clone(), place.members.clone(), place.bot);
        let by = members.first().copied().unwrap_or(self.bot.id);
        let new = self.new_chat(ChatKind::Supergroup, &title);
        if let Some(place) = self.chats.get_mut(&new) {
            (place.members, place.bot) = (members, bot);
        }
        self.serve(chat.0, by, json!({ "migrate_to_chat_id": new }));
        self.serve(new, by, json!({ "migrate_from_chat_id": chat.0 }));
        if let Some(place) = self.chats.get_mut(&chat.0) {
            place.migrated_to = Some(new);
        }
        Ok(ChatId(new))
    }
}
