//! Makes the view.

use serde_json::Value;

use super::channel::Channel;
use super::guild::Webhook;
use super::ids::{ChannelId, MessageId, UserId, WebhookId, made_at_ms};
use super::message::{Attachment, By, Message, Reaction};
use super::view::{
    AttachmentView, ChannelView, DiscordView, MemberView, MessageView, PollView, ReactionView,
    ReplyView, WebhookView,
};
use super::world::{Discord, World};
use crate::kit::excerpt;

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
            let view = |it: &Webhook| WebhookView {
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
        let messages = channel.messages.values().rev().take(last);
        let mut messages: Vec<MessageView> = messages.map(|it| self.message_view(it)).collect();
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
            is_bot: self.is_bot(user),
        }
    }

    fn is_bot(&self, user: u64) -> bool {
        self.users.get(&user).is_some_and(|it| it.is_bot)
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
        let attachments = message.attachments.iter();
        let stickers = message.stickers.iter();
        let named = |it: &Value| it["name"].as_str().map(str::to_owned);
        MessageView {
            id: MessageId(message.id),
            at: made_at_ms(message.id),
            author: self.author_name(&message.by),
            author_id: message.user().map(UserId),
            webhook: message.webhook().map(WebhookId),
            picture,
            is_app: message.user().is_none_or(|it| self.is_bot(it)),
            is_system: message.is_system(),
            text: self.shown_text(message),
            reply_to: self.reply_view(message),
            forwarded: forwarded.map(str::to_owned),
            edited: message.edited_at.is_some(),
            pinned: message.pinned,
            thread: thread.map(|it| ChannelId(it.id)),
            attachments: attachments.map(|it| attachment(message, it)).collect(),
            stickers: stickers.filter_map(named).collect(),
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
        let answers = matches!(message.kind, 19 | 21);
        let reference = message.reference.filter(|_| answers)?;
        let id = reference.message?;
        let Some(parent) = self.message(reference.channel, id) else {
            return Some(ReplyView {
                id: MessageId(id),
                author: String::new(),
                excerpt: "deleted message".into(),
            });
        };
        Some(ReplyView {
            id: MessageId(id),
            author: self.author_name(&parent.by),
            excerpt: excerpt(&parent.content),
        })
    }

    fn reactions_view(&self, message: &Message) -> Vec<ReactionView> {
        let view = |it: &Reaction| ReactionView {
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
