//! What people see: each channel with its messages as they stand now, ready for a page or a snapshot.

use serde::Serialize;
use serde_json::Value;

use super::Discord;
use super::channel::Channel;
use super::ids::{ChannelId, MessageId, UserId, WebhookId, made_at_ms};
use super::message::{Attachment, By, Message};
use super::world::World;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DiscordView {
    pub guild: String,
    pub has_bot: bool,
    /// In the order in which they came to be; threads stand among them with their `parent`.
    pub channels: Vec<ChannelView>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChannelView {
    pub id: ChannelId,
    pub name: String,
    /// `text`, `announcement`, `forum`, `thread` or `private`.
    pub kind: &'static str,
    pub parent: Option<ChannelId>,
    pub archived: bool,
    pub locked: bool,
    /// Everybody who can write there.
    pub members: Vec<MemberView>,
    /// Oldest first.
    pub messages: Vec<MessageView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberView {
    pub id: UserId,
    pub name: String,
    pub picture: Option<String>,
    pub is_bot: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessageView {
    pub id: MessageId,
    /// Unix milliseconds.
    pub at: i64,
    pub author: String,
    /// None where a webhook wrote it.
    pub author_id: Option<UserId>,
    pub webhook: Option<WebhookId>,
    /// An address, below `Discord::files_router` or as a webhook asked for it.
    pub picture: Option<String>,
    /// Whether the APP badge stands beside the name.
    pub is_app: bool,
    /// Written by Discord itself: somebody joined, a thread was opened.
    pub is_system: bool,
    /// Markdown.
    pub text: String,
    pub reply_to: Option<ReplyView>,
    /// The text of a forwarded message.
    pub forwarded: Option<String>,
    pub edited: bool,
    pub pinned: bool,
    /// The thread that hangs on it.
    pub thread: Option<ChannelId>,
    pub attachments: Vec<AttachmentView>,
    /// By name.
    pub stickers: Vec<String>,
    pub poll: Option<PollView>,
    pub reactions: Vec<ReactionView>,
    /// The rows of components below the message.
    pub buttons: Vec<Value>,
    pub embeds: Vec<Value>,
    /// Whom it rang at: names, roles as `@name`, and `@everyone`.
    pub pings: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReplyView {
    pub id: MessageId,
    pub author: String,
    pub excerpt: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AttachmentView {
    pub name: String,
    pub mime: String,
    /// In bytes.
    pub size: usize,
    pub description: Option<String>,
    pub is_voice: bool,
    /// Under `Discord::files_router`.
    pub url: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PollView {
    pub question: String,
    pub answers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReactionView {
    pub emoji: String,
    pub count: usize,
    /// Names, in the order of their reactions.
    pub by: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookView {
    pub id: WebhookId,
    pub channel: ChannelId,
    pub name: String,
    /// Who made it.
    pub by: UserId,
    /// Whoever has it can write there.
    #[serde(skip)]
    pub token: String,
}

const LONGEST_EXCERPT: usize = 80;

impl Discord {
    pub fn view(&self) -> DiscordView {
        self.view_last(usize::MAX)
    }

    /// All channels with their newest messages.
    pub fn view_last(&self, last: usize) -> DiscordView {
        self.look(|world| {
            let channels = world.order.iter().filter_map(|it| world.channels.get(it));
            DiscordView {
                guild: world.guild.name.clone(),
                has_bot: world.guild.has_bot,
                channels: channels.map(|it| world.channel_view(it, last)).collect(),
            }
        })
    }

    /// One channel with its newest messages.
    pub fn view_channel(&self, channel: ChannelId, last: usize) -> Option<ChannelView> {
        self.look(|world| Some(world.channel_view(world.channels.get(&channel.0)?, last)))
    }

    /// The threads of a channel, open ones and others, oldest first.
    pub fn threads_of(&self, channel: ChannelId) -> Vec<ChannelId> {
        self.look(|world| {
            let threads = world.channels.values();
            let threads = threads.filter(|it| it.parent == Some(channel.0));
            threads.map(|it| ChannelId(it.id)).collect()
        })
    }

    pub fn webhooks(&self, channel: ChannelId) -> Vec<WebhookView> {
        self.look(|world| {
            let here = world.webhooks.values().filter(|it| it.channel == channel.0);
            let view = |it: &super::world::Webhook| WebhookView {
                id: WebhookId(it.id),
                channel,
                name: it.name.clone(),
                by: UserId(it.user),
                token: it.token.clone(),
            };
            here.map(view).collect()
        })
    }
}

impl World {
    fn channel_view(&self, channel: &Channel, last: usize) -> ChannelView {
        // From the newest back: a page asks for few of many.
        let mut messages: Vec<MessageView> = channel
            .messages
            .values()
            .rev()
            .take(last)
            .map(|it| self.message_view(it))
            .collect();
        messages.reverse();
        let thread = channel.thread.as_ref();
        let members = match channel.recipient {
            Some(person) => vec![person, self.bot.id],
            None => self.guild.members.keys().copied().collect(),
        };
        ChannelView {
            id: ChannelId(channel.id),
            name: match channel.recipient {
                Some(person) => self.shown_name(person),
                None => channel.name.clone(),
            },
            kind: channel.kind.name(),
            parent: channel.parent.map(ChannelId),
            archived: thread.is_some_and(|it| it.archived),
            locked: thread.is_some_and(|it| it.locked),
            members: members.into_iter().map(|it| self.member_view(it)).collect(),
            messages,
        }
    }

    fn member_view(&self, user: u64) -> MemberView {
        MemberView {
            id: UserId(user),
            name: self.shown_name(user),
            picture: self.picture(user),
            is_bot: self.users.get(&user).is_some_and(|it| it.is_bot),
        }
    }

    fn picture(&self, user: u64) -> Option<String> {
        let hash = self.users.get(&user)?.avatar.as_ref()?;
        Some(format!("/files/discord/avatars/{user}/{hash}.png"))
    }

    fn message_view(&self, message: &Message) -> MessageView {
        let snapshot = message.snapshots.first();
        let forwarded = snapshot.and_then(|it| it["message"]["content"].as_str());
        let thread = self.channels.get(&message.id);
        let thread = thread.filter(|it| it.parent == Some(message.channel));
        let picture = match &message.by {
            By::User(id) => self.picture(*id),
            By::Webhook { picture, .. } => picture.clone(),
        };
        MessageView {
            id: MessageId(message.id),
            at: made_at_ms(message.id),
            author: self.author_name(&message.by),
            author_id: message.user().map(UserId),
            webhook: message.webhook().map(WebhookId),
            picture,
            is_app: message
                .user()
                .is_none_or(|it| self.users.get(&it).is_some_and(|it| it.is_bot)),
            is_system: message.is_system(),
            text: self.shown_text(message),
            reply_to: self.reply_view(message),
            forwarded: forwarded.map(str::to_owned),
            edited: message.edited_at.is_some(),
            pinned: message.pinned,
            thread: thread.map(|it| ChannelId(it.id)),
            attachments: message
                .attachments
                .iter()
                .map(|it| attachment(message, it))
                .collect(),
            stickers: message
                .stickers
                .iter()
                .filter_map(|it| it["name"].as_str().map(str::to_owned))
                .collect(),
            poll: message.poll.as_ref().map(poll),
            reactions: self.reactions_view(message),
            buttons: message.components.clone(),
            embeds: message.embeds.clone(),
            pings: self.pings_view(message),
        }
    }

    fn shown_text(&self, message: &Message) -> String {
        let name = self.author_name(&message.by);
        match message.kind {
            6 => format!("{name} pinned a message"),
            7 => format!("{name} joined"),
            18 => format!("{name} started a thread: {}", message.content),
            21 => "the thread begins here".to_owned(),
            _ => message.content.clone(),
        }
    }

    fn reply_view(&self, message: &Message) -> Option<ReplyView> {
        let reference = message
            .reference
            .filter(|_| matches!(message.kind, 19 | 21))?;
        let id = reference.message?;
        let Some(parent) = self.message(reference.channel, id) else {
            return Some(ReplyView {
                id: MessageId(id),
                author: String::new(),
                excerpt: "deleted message".into(),
            });
        };
        let line = parent.content.lines().next().unwrap_or("");
        Some(ReplyView {
            id: MessageId(id),
            author: self.author_name(&parent.by),
            excerpt: line.chars().take(LONGEST_EXCERPT).collect(),
        })
    }

    fn reactions_view(&self, message: &Message) -> Vec<ReactionView> {
        let view = |it: &super::message::Reaction| ReactionView {
            emoji: it.emoji.shown(),
            count: it.by.len(),
            by: it.by.iter().map(|it| self.shown_name(*it)).collect(),
        };
        message.reactions.iter().map(view).collect()
    }

    fn pings_view(&self, message: &Message) -> Vec<String> {
        let pings = &message.pings;
        let role = |id: &u64| {
            let known = self.guild.roles.iter().find(|it| it.0 == *id);
            known.map_or_else(String::new, |it| format!("@{}", it.1))
        };
        let users = pings.users.iter().map(|it| self.shown_name(*it));
        let everyone = pings.everyone.then(|| "@everyone".to_owned());
        users
            .chain(pings.roles.iter().map(role))
            .chain(everyone)
            .collect()
    }
}

fn attachment(message: &Message, it: &Attachment) -> AttachmentView {
    AttachmentView {
        name: it.name.clone(),
        mime: it.mime.clone(),
        size: it.bytes.len(),
        description: it.description.clone(),
        is_voice: it.voice_s.is_some(),
        url: format!(
            "/files/discord/attachments/{}/{}/{}",
            message.channel, it.id, it.name
        ),
    }
}

fn poll(poll: &Value) -> PollView {
    let answers = poll["answers"].as_array().into_iter().flatten();
    let answers = answers.filter_map(|it| it["poll_media"]["text"].as_str());
    PollView {
        question: poll["question"]["text"].as_str().unwrap_or("").to_owned(),
        answers: answers.map(str::to_owned).collect(),
    }
}
