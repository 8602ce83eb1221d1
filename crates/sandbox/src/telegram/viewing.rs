//! Makes the view.

use serde_json::Value;

use super::chat::{Chat, ChatKind, Standing, Topic};
use super::ids::{ChatId, UserId};
use super::message::{Media, Stored};
use super::said::FileKind;
use super::view::{
    AttachmentView, ChatView, MemberView, MessageView, ReactionView, ReplyView, TelegramView,
    TopicView,
};
use super::world::{Telegram, World};
use crate::kit::{excerpt, shell};

impl Telegram {
    pub fn view(&self) -> TelegramView {
        self.look(|world| {
            let chats = world.order.iter().filter_map(|id| world.chats.get(id));
            TelegramView {
                chats: chats.map(|it| world.chat_view(it, usize::MAX)).collect(),
            }
        })
    }

    /// One chat with its newest messages.
    pub fn view_chat(&self, chat: ChatId, last: usize) -> Option<ChatView> {
        self.look(|world| Some(world.chat_view(world.chats.get(&chat.0)?, last)))
    }

    /// MIME type and bytes of an attachment, by the path in its `url` behind `/files/telegram/`.
    pub fn file(&self, path: &str) -> Option<shell::File> {
        self.look(|world| world.files.contents(path))
    }
}

impl World {
    fn chat_view(&self, chat: &Chat, last: usize) -> ChatView {
        let skipped = chat.messages.len().saturating_sub(last);
        let messages = chat.messages.values().skip(skipped);
        let people = chat.members.iter().copied();
        let bot = chat.bot_hears().then_some(self.bot.id);
        let topic = |it: &Topic| TopicView {
            id: it.id,
            name: it.name.clone(),
        };
        ChatView {
            id: ChatId(chat.id),
            title: chat.title.clone(),
            kind: match chat.kind {
                ChatKind::Forum => "forum",
                kind => kind.wire(),
            },
            bot: standing(chat.bot),
            migrated_to: chat.migrated_to.map(ChatId),
            topics: chat.topics.iter().map(topic).collect(),
            members: people.chain(bot).map(|id| self.member_view(id)).collect(),
            messages: messages.map(|it| self.message_view(chat, it)).collect(),
        }
    }

    fn member_view(&self, id: i64) -> MemberView {
        MemberView {
            id: UserId(id),
            name: self.name_of(id),
            is_bot: self.user(id).is_some_and(|it| it.is_bot),
        }
    }

    fn name_of(&self, id: i64) -> String {
        self.user(id).map(|it| it.name()).unwrap_or_default()
    }

    fn message_view(&self, chat: &Chat, message: &Stored) -> MessageView {
        let extra = message.extra.as_deref();
        let author = self.member_view(message.from);
        MessageView {
            id: message.id,
            at: message.date,
            author: author.name,
            author_id: author.id,
            is_bot: author.is_bot,
            is_service: message.is_service(),
            text: match message.is_service() {
                true => self.service_text(message),
                false => message.text.clone(),
            },
            entities: message.entities.iter().map(|it| it.to_value()).collect(),
            reply_to: self.reply_view(chat, message),
            forwarded_from: extra.and_then(|it| {
                let sender = &it.fields.get("forward_origin")?["sender_user"]["id"];
                Some(self.name_of(sender.as_i64()?))
            }),
            edited: message.edit_date.is_some(),
            topic: message.thread.filter(|it| chat.topic(*it).is_some()),
            album: extra.and_then(|it| it.media_group.clone()),
            attachments: message.media().map(attachment).into_iter().collect(),
            reactions: self.reactions_view(message),
            buttons: message
                .markup()
                .and_then(|it| it["inline_keyboard"].as_array().cloned())
                .unwrap_or_default(),
        }
    }

    fn reply_view(&self, chat: &Chat, message: &Stored) -> Option<ReplyView> {
        let id = message.reply_to?;
        let Some(parent) = chat.messages.get(&id) else {
            return Some(ReplyView {
                id,
                author: String::new(),
                excerpt: "deleted message".into(),
            });
        };
        let words = excerpt(&parent.text);
        let kind = || parent.media().map_or("", |it| it.field).to_owned();
        Some(ReplyView {
            id,
            author: self.name_of(parent.from),
            excerpt: Some(words).filter(|it| !it.is_empty()).unwrap_or_else(kind),
        })
    }

    fn reactions_view(&self, message: &Stored) -> Vec<ReactionView> {
        let mut shown: Vec<ReactionView> = Vec::new();
        for (who, reactions) in message.reactions() {
            for emoji in reactions.iter().filter_map(|it| it["emoji"].as_str()) {
                let name = self.name_of(*who);
                match shown.iter_mut().find(|it| it.emoji == emoji) {
                    Some(known) => known.by.push(name),
                    None => shown.push(ReactionView {
                        emoji: emoji.to_owned(),
                        by: vec![name],
                    }),
                }
            }
        }
        shown
    }

    fn service_text(&self, message: &Stored) -> String {
        let Some((field, value)) = message
            .extra
            .as_ref()
            .and_then(|it| it.fields.iter().next())
        else {
            return String::new();
        };
        let named = |user: &Value| user["id"].as_i64().map(|it| self.name_of(it));
        match field.as_str() {
            "new_chat_members" => {
                let names = value.as_array().into_iter().flatten().filter_map(named);
                format!("{} joined", names.collect::<Vec<_>>().join(", "))
            }
            "left_chat_member" => format!("{} left", named(value).unwrap_or_default()),
            "forum_topic_created" => {
                format!("topic {} opened", value["name"].as_str().unwrap_or(""))
            }
            "pinned_message" => format!("message {} pinned", value["message_id"]),
            "migrate_to_chat_id" => "this group became a supergroup".into(),
            "migrate_from_chat_id" => "this supergroup was a group before".into(),
            "supergroup_chat_created" => "group created".into(),
            other => other.replace('_', " "),
        }
    }
}

fn attachment(media: &Media) -> AttachmentView {
    let Some(file) = &media.file else {
        return AttachmentView {
            kind: media.field,
            name: described(media),
            mime: None,
            size: 0,
            url: None,
        };
    };
    let of_path = || file.path.rsplit('/').next().unwrap_or("").to_owned();
    let emoji = media.value["emoji"]
        .as_str()
        .filter(|_| file.kind == FileKind::Sticker);
    let name = emoji.map(str::to_owned).or_else(|| file.name.clone());
    AttachmentView {
        kind: media.field,
        name: name.unwrap_or_else(of_path),
        mime: Some(file.mime.clone()),
        size: file.bytes.len(),
        url: Some(format!("/files/telegram/{}", file.path)),
    }
}

fn described(media: &Media) -> String {
    let value = &media.value;
    if media.field == "location" {
        return format!("{}, {}", value["latitude"], value["longitude"]);
    }
    let options = value["options"].as_array().into_iter().flatten();
    let options: Vec<&str> = options.filter_map(|it| it["text"].as_str()).collect();
    let question = value["question"].as_str().unwrap_or("");
    format!("{question} ({})", options.join(" / "))
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::NotStarted => "not_started",
        Standing::Blocked => "blocked",
        Standing::Member => "member",
        Standing::Administrator => "administrator",
        Standing::Left => "left",
        Standing::Kicked => "kicked",
    }
}
