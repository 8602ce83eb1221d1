//! Users, chats, members and messages as the JSON objects of the Bot API.

use serde_json::{Map, Value, json};

use super::answer::ApiError;
use super::chat::{Chat, ChatKind, Standing};
use super::message::Stored;
use super::text::{Entity, Formatted};
use super::world::{User, World};

/// Whether the answered message is shown inside: it never holds one itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    WithReply,
    Alone,
}

pub(crate) fn user(user: &User) -> Value {
    let mut fields = Map::new();
    fields.insert("id".into(), user.id.into());
    fields.insert("is_bot".into(), user.is_bot.into());
    fields.insert("first_name".into(), user.first_name.as_str().into());
    if let Some(last) = &user.last_name {
        fields.insert("last_name".into(), last.as_str().into());
    }
    if let Some(username) = &user.username {
        fields.insert("username".into(), username.as_str().into());
    }
    Value::Object(fields)
}

pub(crate) fn entities(entities: &[Entity]) -> Value {
    entities.iter().map(Entity::to_value).collect()
}

impl World {
    pub(crate) fn user_value(&self, id: i64) -> Value {
        match self.user(id) {
            Some(it) => user(it),
            None => user(&User::new(id, "Somebody")),
        }
    }

    /// A mention by id needs nothing but the id; what goes out names the whole person.
    pub(crate) fn name_people(&self, words: &mut Formatted) -> Result<(), ApiError> {
        let mentions = words.entities.iter_mut();
        for mention in mentions.filter(|it| it.kind == "text_mention") {
            let id = mention.more.get("user").and_then(|it| it["id"].as_i64());
            let person = id.and_then(|id| self.user(id));
            let person = person.ok_or_else(|| ApiError::bad("user not found"))?;
            mention.more.insert("user".into(), user(person));
        }
        Ok(())
    }

    pub(crate) fn chat_value(&self, chat: &Chat) -> Value {
        let mut fields = Map::new();
        fields.insert("id".into(), chat.id.into());
        fields.insert("type".into(), chat.kind.wire().into());
        match (chat.kind, self.user(chat.id)) {
            (ChatKind::Private, Some(person)) => {
                fields.insert("first_name".into(), person.first_name.as_str().into());
                if let Some(last) = &person.last_name {
                    fields.insert("last_name".into(), last.as_str().into());
                }
                if let Some(username) = &person.username {
                    fields.insert("username".into(), username.as_str().into());
                }
            }
            _ => {
                fields.insert("title".into(), chat.title.as_str().into());
            }
        }
        if chat.kind == ChatKind::Forum {
            fields.insert("is_forum".into(), true.into());
        }
        Value::Object(fields)
    }

    pub(crate) fn message_value(&self, chat: &Chat, message: &Stored, depth: Depth) -> Value {
        let mut fields = Map::new();
        fields.insert("message_id".into(), message.id.into());
        fields.insert("from".into(), self.user_value(message.from));
        fields.insert("chat".into(), self.chat_value(chat));
        fields.insert("date".into(), message.date.into());
        if let Some(date) = message.edit_date {
            fields.insert("edit_date".into(), date.into());
        }
        if let Some(thread) = message.thread {
            fields.insert("message_thread_id".into(), thread.into());
            if chat.kind == ChatKind::Forum {
                fields.insert("is_topic_message".into(), true.into());
            }
        }
        if depth == Depth::WithReply {
            self.add_reply(&mut fields, chat, message);
        }
        add_content(&mut fields, message);
        Value::Object(fields)
    }

    /// In a forum a message that answers nothing still carries the service message that opened its topic.
    fn add_reply(&self, fields: &mut Map<String, Value>, chat: &Chat, message: &Stored) {
        let opening = || message.thread.filter(|it| chat.topic(*it).is_some());
        let answered = message.reply_to.or_else(opening);
        let answered = answered.filter(|it| *it != message.id);
        if let Some(parent) = answered.and_then(|id| chat.messages.get(&id)) {
            let value = self.message_value(chat, parent, Depth::Alone);
            fields.insert("reply_to_message".into(), value);
        }
    }

    /// A `ChatMember`; people are plain members, the bot is what it is.
    pub(crate) fn member_value(&self, chat: &Chat, user: i64) -> Value {
        if user == self.bot.id {
            return self.standing_value(chat.bot);
        }
        let status = if chat.members.contains(&user) {
            "member"
        } else {
            "left"
        };
        json!({ "status": status, "user": self.user_value(user) })
    }

    pub(crate) fn standing_value(&self, standing: Standing) -> Value {
        let user = self.user_value(self.bot.id);
        match standing {
            Standing::Member | Standing::NotStarted => json!({ "status": "member", "user": user }),
            Standing::Left => json!({ "status": "left", "user": user }),
            Standing::Kicked | Standing::Blocked => {
                json!({ "status": "kicked", "user": user, "until_date": 0 })
            }
            Standing::Administrator => json!({
                "status": "administrator",
                "user": user,
                "can_be_edited": false,
                "is_anonymous": false,
                "can_manage_chat": true,
                "can_delete_messages": true,
                "can_manage_video_chats": false,
                "can_restrict_members": false,
                "can_promote_members": false,
                "can_change_info": false,
                "can_invite_users": true,
                "can_post_stories": false,
                "can_edit_stories": false,
                "can_delete_stories": false,
                "can_pin_messages": true,
                "can_manage_topics": true,
            }),
        }
    }
}

fn add_content(fields: &mut Map<String, Value>, message: &Stored) {
    let (text, marks) = match message.media() {
        Some(media) => {
            fields.insert(media.field.into(), media.value.clone());
            if media.field == "animation" {
                fields.insert("document".into(), as_document(&media.value));
            }
            ("caption", "caption_entities")
        }
        None => ("text", "entities"),
    };
    if !message.text.is_empty() {
        fields.insert(text.into(), message.text.as_str().into());
    }
    if !message.entities.is_empty() {
        fields.insert(marks.into(), entities(&message.entities));
    }
    let Some(extra) = &message.extra else {
        return;
    };
    if let Some(group) = &extra.media_group {
        fields.insert("media_group_id".into(), group.as_str().into());
    }
    if let Some(markup) = &extra.markup {
        fields.insert("reply_markup".into(), markup.clone());
    }
    for (name, value) in &extra.fields {
        fields.insert(name.clone(), value.clone());
    }
}

/// The real server repeats an animation as a document, for old clients.
fn as_document(animation: &Value) -> Value {
    const KEPT: [&str; 5] = [
        "file_id",
        "file_unique_id",
        "file_size",
        "mime_type",
        "file_name",
    ];
    KEPT.iter()
        .filter_map(|name| Some(((*name).to_owned(), animation.get(name)?.clone())))
        .collect::<Map<_, _>>()
        .into()
}
