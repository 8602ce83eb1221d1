//! What people see: each chat with its messages as they stand now, ready for a page or a snapshot.

use std::iter::successors;

use serde_json::Value;

use super::chat::{Chat, ChatKind, Standing, Topic};
use super::ids::{ChatId, MessageId, UserId};
use super::message::{Media, Stored};
use super::said::FileKind;
use super::world::{Telegram, World};
use crate::kit::{Shelved, excerpt, shell};

view! {
    pub struct TelegramView(world: &World, last: usize) {
        let chats = world.order.iter().filter_map(|id| world.chats.get(id));
        /// In the order in which they came to be.
        pub chats: Vec<ChatView> = chats.map(|it| ChatView::of(world, it, last)).collect(),
    }
}

view! {
    pub struct ChatView(world: &World, chat: &Chat, last: usize) {
        let skipped = chat.messages.len().saturating_sub(last);
        let messages = chat.messages.values().skip(skipped);
        let bot = chat.bot_hears().then_some(world.bot.id);
        let members = chat.members.iter().copied().chain(bot);
        pub id: ChatId = ChatId(chat.id),
        pub title: String = chat.title.clone(),
        /// `private`, `group`, `supergroup` or `forum`.
        pub kind: &'static str = kind(chat),
        /// `administrator`, `member`, `left`, `kicked`, `blocked` or `not_started`.
        pub bot: &'static str = standing(chat.bot),
        pub migrated_to: Option<ChatId> = chat.migrated_to.map(ChatId),
        pub topics: Vec<TopicView> = chat.topics.iter().map(TopicView::of).collect(),
        pub members: Vec<MemberView> = members.map(|id| MemberView::of(world, id)).collect(),
        /// Oldest first.
        pub messages: Vec<MessageView> = messages.map(|it| MessageView::of(world, chat, it)).collect(),
    }
}

view! {
    pub struct TopicView(it: &Topic) {
        pub id: MessageId = it.id,
        pub name: String = it.name.clone(),
    }
}

view! {
    pub struct MemberView(world: &World, id: i64) {
        pub id: UserId = UserId(id),
        pub name: String = world.name_of(id),
        pub is_bot: bool = world.user(id).is_some_and(|it| it.is_bot),
    }
}

view! {
    pub struct MessageView(world: &World, chat: &Chat, message: &Stored) {
        let extra = message.extra.as_deref();
        let author = MemberView::of(world, message.from);
        let rows = message.markup().and_then(|it| it["inline_keyboard"].as_array().cloned());
        pub id: MessageId = message.id,
        /// Unix seconds.
        pub at: i64 = message.date,
        pub author: String = author.name,
        pub author_id: UserId = author.id,
        pub is_bot: bool = author.is_bot,
        /// Written by Telegram itself: somebody joined, a topic was opened.
        pub is_service: bool = message.is_service(),
        pub text: String = world.shown_text(message),
        /// `MessageEntity` objects of the text.
        pub entities: Vec<Value> = message.entities.iter().map(|it| it.to_value()).collect(),
        pub reply_to: Option<ReplyView> = message.reply_to.map(|id| ReplyView::of(world, chat, id)),
        pub forwarded_from: Option<String> = world.origin(message),
        pub edited: bool = message.edit_date.is_some(),
        pub topic: Option<MessageId> = message.thread.filter(|it| chat.topic(*it).is_some()),
        /// Messages of one album share it.
        pub album: Option<String> = extra.and_then(|it| it.media_group.clone()),
        pub attachments: Vec<AttachmentView> = message.media().map(AttachmentView::of).into_iter().collect(),
        pub reactions: Vec<ReactionView> = world.reactions(message),
        /// The rows of `InlineKeyboardButton` objects below the message.
        pub buttons: Vec<Value> = rows.unwrap_or_default(),
    }
}

view! {
    pub struct ReplyView(world: &World, chat: &Chat, answered: MessageId) {
        let parent = chat.messages.get(&answered);
        pub id: MessageId = answered,
        pub author: String = parent.map_or_else(String::new, |it| world.name_of(it.from)),
        pub excerpt: String = parent.map_or("deleted message".into(), in_short),
    }
}

view! {
    pub struct AttachmentView(media: &Media) {
        let file = media.file.as_ref();
        /// As the field of `Message` is called: `photo`, `document`, `location`, …
        pub kind: &'static str = media.field,
        /// The file's name; for a place its coordinates, for a poll its question and options.
        pub name: String = described(media),
        pub mime: Option<String> = file.map(|it| it.mime.clone()),
        /// In bytes.
        pub size: usize = file.map_or(0, |it| it.bytes.len()),
        /// Below the page's own address.
        pub url: Option<String> = file.map(|it| format!("/files/telegram/{}", it.path)),
    }
}

view! {
    pub struct ReactionView(name: &str) {
        pub emoji: String = name.to_owned(),
        /// Names, in the order of their reactions.
        pub by: Vec<String> = Vec::new(),
    }
}

impl Telegram {
    pub fn view(&self) -> TelegramView {
        self.view_last(usize::MAX)
    }

    /// All chats with their newest messages.
    pub fn view_last(&self, last: usize) -> TelegramView {
        self.look(|world| TelegramView::of(world, last))
    }

    /// One chat with its newest messages.
    pub fn view_chat(&self, chat: ChatId, last: usize) -> Option<ChatView> {
        self.look(|world| Some(ChatView::of(world, world.chats.get(&chat.0)?, last)))
    }

    /// What this chat was before each of its migrations, the newest last, and the chat itself.
    pub fn view_history(&self, chat: ChatId, last: usize) -> Vec<ChatView> {
        self.look(|world| {
            let before = |it: &i64| {
                world
                    .chats
                    .values()
                    .find(|old| old.migrated_to == Some(*it))
            };
            let own = world.chats.contains_key(&chat.0).then_some(chat.0);
            let ids = successors(own, |it| Some(before(it)?.id));
            let mut chats: Vec<&Chat> = ids.filter_map(|id| world.chats.get(&id)).collect();
            chats.reverse();
            chats
                .iter()
                .map(|it| ChatView::of(world, it, last))
                .collect()
        })
    }

    /// All that nobody left for another, in the order in which they came to be.
    pub fn shelf(&self) -> Vec<Shelved> {
        self.look(|world| {
            let chats = world.order.iter().filter_map(|id| world.chats.get(id));
            let chats = chats.filter(|it| it.migrated_to.is_none());
            let shelved = |it: &Chat| {
                let place = ("telegram", it.id);
                Shelved::of(place, kind(it), &it.title, it.messages.len())
            };
            chats.map(shelved).collect()
        })
    }

    /// MIME type and bytes of an attachment, by the path in its `url` behind `/files/telegram/`.
    pub fn file(&self, path: &str) -> Option<shell::File> {
        self.look(|world| world.files.contents(path))
    }
}

impl World {
    fn name_of(&self, id: i64) -> String {
        self.user(id).map(|it| it.name()).unwrap_or_default()
    }

    fn origin(&self, message: &Stored) -> Option<String> {
        let origin = message.extra.as_ref()?.fields.get("forward_origin")?;
        Some(self.name_of(origin["sender_user"]["id"].as_i64()?))
    }

    fn reactions(&self, message: &Stored) -> Vec<ReactionView> {
        let mut shown: Vec<ReactionView> = Vec::new();
        for (who, reactions) in message.reactions() {
            for emoji in reactions.iter().filter_map(|it| it["emoji"].as_str()) {
                let known = shown.iter().position(|it| it.emoji == emoji);
                let at = known.unwrap_or_else(|| {
                    shown.push(ReactionView::of(emoji));
                    shown.len() - 1
                });
                shown[at].by.push(self.name_of(*who));
            }
        }
        shown
    }

    fn shown_text(&self, message: &Stored) -> String {
        let extra = message.extra.as_ref().filter(|it| it.is_service);
        let Some(extra) = extra else {
            return message.text.clone();
        };
        let Some((field, value)) = extra.fields.iter().next() else {
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

/// The first words of a message, or what hangs on it where it has none.
fn in_short(message: &Stored) -> String {
    match excerpt(&message.text) {
        words if words.is_empty() => message.media().map_or("", |it| it.field).to_owned(),
        words => words,
    }
}

fn described(media: &Media) -> String {
    let value = &media.value;
    if let Some(file) = &media.file {
        let emoji = value["emoji"].as_str();
        let emoji = emoji.filter(|_| file.kind == FileKind::Sticker);
        let of_path = || file.path.rsplit('/').next().unwrap_or("");
        let name = emoji.or(file.name.as_deref());
        return name.unwrap_or_else(of_path).to_owned();
    }
    if media.field == "location" {
        return format!("{}, {}", value["latitude"], value["longitude"]);
    }
    let options = value["options"].as_array().into_iter().flatten();
    let options: Vec<&str> = options.filter_map(|it| it["text"].as_str()).collect();
    let question = value["question"].as_str().unwrap_or("");
    format!("{question} ({})", options.join(" / "))
}

fn kind(chat: &Chat) -> &'static str {
    match chat.kind {
        ChatKind::Forum => "forum",
        other => other.wire(),
    }
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
