//! Users, chats, members and messages as the JSON objects of the Bot API.

use serde_json::{Map, Value, json};

use super::answer::Checked;
use super::chat::{Chat, ChatKind, Standing};
use super::message::Stored;
use super::text::{Entity, Formatted};
use super::world::{User, World};
use crate::kit::Fields;

/// Whether the answered message is shown inside: it never holds one itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    WithReply,
    Alone,
}

pub(crate) fn user(user: &User) -> Value {
    let mut value = json!({ "id": user.id, "is_bot": user.is_bot });
    put_names(&mut value, user);
    value
}

fn put_names(value: &mut Value, user: &User) {
    value["first_name"] = user.first_name.as_str().into();
    value.put("last_name", user.last_name.as_deref());
    value.put("username", user.username.as_deref());
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
    pub(crate) fn name_people(&self, words: &mut Formatted) -> Checked {
        let mentions = words.entities.iter_mut();
        for mention in mentions.filter(|it| it.kind == "text_mention") {
            let id = mention.more.get("user").and_then(|it| it["id"].as_i64());
            let person = id.and_then(|id| self.user(id));
            let person = person.ok_or("user not found")?;
            mention.more.insert("user".into(), user(person));
        }
        Ok(())
    }

    pub(crate) fn chat_value(&self, chat: &Chat) -> Value {
        let mut value = json!({ "id": chat.id, "type": chat.kind.wire() });
        match (chat.kind, self.user(chat.id)) {
            (ChatKind::Private, Some(person)) => put_names(&mut value, person),
            _ => value["title"] = chat.title.as_str().into(),
        }
        value.put("is_forum", (chat.kind == ChatKind::Forum).then_some(true));
        value
    }

    pub(crate) fn message_value(&self, chat: &Chat, message: &Stored, depth: Depth) -> Value {
        let mut value = json!({
            "message_id": message.id, "from": self.user_value(message.from), "chat": self.chat_value(chat),
            "date": message.date,
        });
        value.put("edit_date", message.edit_date);
        value.put("message_thread_id", message.thread);
        let in_topic = message.thread.filter(|_| chat.kind == ChatKind::Forum);
        value.put("is_topic_message", in_topic.map(|_| true));
        if depth == Depth::WithReply {
            self.add_reply(&mut value, chat, message);
        }
        add_content(&mut value, message);
        value
    }

    /// In a forum a message that answers nothing still carries the service message that opened its topic.
    fn add_reply(&self, value: &mut Value, chat: &Chat, message: &Stored) {
        let opening = || message.thread.filter(|it| chat.topic(*it).is_some());
        let answered = message.reply_to.or_else(opening);
        let answered = answered.filter(|it| *it != message.id);
        let parent = answered.and_then(|id| chat.messages.get(&id));
        let parent = parent.map(|it| self.message_value(chat, it, Depth::Alone));
        value.put("reply_to_message", parent);
    }

    /// A `ChatMember`; people are plain members, the bot is what it is.
    pub(crate) fn member_value(&self, chat: &Chat, user: i64) -> Value {
        let status = match chat.members.contains(&user) {
            _ if user == self.bot.id => return self.standing_value(chat.bot),
            true => "member",
            false => "left",
        };
        json!({ "status": status, "user": self.user_value(user) })
    }

    pub(crate) fn standing_value(&self, standing: Standing) -> Value {
        let (status, more) = match standing {
            Standing::Member | Standing::NotStarted => ("member", json!({})),
            Standing::Left => ("left", json!({})),
            Standing::Kicked | Standing::Blocked => ("kicked", json!({ "until_date": 0 })),
            Standing::Administrator => ("administrator", rights()),
        };
        let mut value = json!({ "status": status, "user": self.user_value(self.bot.id) });
        value.lay_over(more);
        value
    }
}

/// What an administrator can do, and what none of ours can.
fn rights() -> Value {
    const ABLE: &str =
        "can_manage_chat can_delete_messages can_invite_users can_pin_messages can_manage_topics";
    const UNABLE: &str = "can_be_edited is_anonymous can_manage_video_chats can_restrict_members \
        can_promote_members can_change_info can_post_stories can_edit_stories can_delete_stories";
    let able = ABLE.split(' ').map(|it| (it.to_owned(), true.into()));
    let unable = UNABLE.split(' ').map(|it| (it.to_owned(), false.into()));
    Value::Object(able.chain(unable).collect())
}

fn add_content(value: &mut Value, message: &Stored) {
    let (text, marks) = match message.media() {
        Some(media) => {
            value[media.field] = media.value.clone();
            if media.field == "animation" {
                value["document"] = as_document(&media.value);
            }
            ("caption", "caption_entities")
        }
        None => ("text", "entities"),
    };
    let words = message.text.as_str();
    value.put(text, Some(words).filter(|it| !it.is_empty()));
    let marked = (!message.entities.is_empty()).then(|| entities(&message.entities));
    value.put(marks, marked);
    if let Some(extra) = &message.extra {
        value.put("media_group_id", extra.media_group.as_deref());
        value.put("reply_markup", extra.markup.clone());
        value.lay_over(Value::Object(extra.fields.clone()));
    }
}

/// The real server repeats an animation as a document, for old clients.
fn as_document(animation: &Value) -> Value {
    let kept = "file_id file_unique_id file_size mime_type file_name".split(' ');
    let kept = kept.filter_map(|name| Some((name.to_owned(), animation.get(name)?.clone())));
    Value::Object(kept.collect::<Map<_, _>>())
}
