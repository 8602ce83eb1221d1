//! What people see: each channel with its messages as they stand now, ready for a page or a snapshot.

use std::collections::HashMap;

use serde_json::Value;

use super::channel::Channel;
use super::guild::Webhook;
use super::ids::{ChannelId, MessageId, UserId, WebhookId, made_at_ms};
use super::interaction::Interaction;
use super::message::{Attachment, By, Message, Reaction, Reference};
use super::world::{Discord, World};
use crate::kit::{Shelved, excerpt};

view! {
    pub struct DiscordView(world: &World, last: usize) {
        let channels = world.order.iter().filter_map(|it| world.channels.get(it));
        pub guild: String = world.guild.name.clone(),
        pub has_bot: bool = world.guild.has_bot,
        /// In the order in which they came to be; threads stand among them with their `parent`.
        pub channels: Vec<ChannelView> = channels.map(|it| ChannelView::of(world, it, last)).collect(),
    }
}

view! {
    pub struct ChannelView(world: &World, channel: &Channel, last: usize) {
        let thread = channel.thread.as_ref();
        // From the newest back: a page asks for few of many.
        let newest = channel.messages.values().rev().take(last);
        let newest = newest.map(|it| MessageView::of(world, it)).collect::<Vec<_>>();
        pub id: ChannelId = ChannelId(channel.id),
        pub name: String = world.called(channel),
        /// `text`, `announcement`, `forum`, `thread` or `private`.
        pub kind: &'static str = channel.kind.name(),
        pub parent: Option<ChannelId> = channel.parent.map(ChannelId),
        pub archived: bool = thread.is_some_and(|it| it.archived),
        pub locked: bool = thread.is_some_and(|it| it.locked),
        /// Everybody who can write there.
        pub members: Vec<MemberView> = world.writers(channel).map(|it| MemberView::of(world, it)).collect(),
        /// Oldest first.
        pub messages: Vec<MessageView> = newest.into_iter().rev().collect(),
    }
}

view! {
    pub struct MemberView(world: &World, user: u64) {
        pub id: UserId = UserId(user),
        pub name: String = world.shown_name(user),
        pub picture: Option<String> = world.picture(user),
        pub is_bot: bool = world.is_bot(user),
    }
}

view! {
    pub struct MessageView(world: &World, message: &Message) {
        let thread = world.channels.get(&message.id).filter(|it| it.parent == Some(message.channel));
        let files = message.attachments.iter();
        let snapshot = message.snapshots.first();
        let named = |it: &Value| it["name"].as_str().map(str::to_owned);
        pub id: MessageId = MessageId(message.id),
        /// Unix milliseconds.
        pub at: i64 = made_at_ms(message.id),
        pub author: String = world.author_name(&message.by),
        /// None where a webhook wrote it.
        pub author_id: Option<UserId> = message.user().map(UserId),
        pub webhook: Option<WebhookId> = message.webhook().map(WebhookId),
        /// An address, below the page's own or as a webhook asked for it.
        pub picture: Option<String> = world.picture_of(&message.by),
        /// Whether the APP badge stands beside the name.
        pub is_app: bool = message.user().is_none_or(|it| world.is_bot(it)),
        /// Written by Discord itself: somebody joined, a thread was opened.
        pub is_system: bool = message.is_system(),
        /// Markdown.
        pub text: String = world.shown_text(message),
        pub reply_to: Option<ReplyView> = world.answered(message).map(|(at, id)| ReplyView::of(world, at, id)),
        /// The text of a forwarded message.
        pub forwarded: Option<String> = snapshot.and_then(|it| it["message"]["content"].as_str()).map(str::to_owned),
        pub edited: bool = message.edited_at.is_some(),
        pub pinned: bool = message.pinned,
        /// The thread that hangs on it.
        pub thread: Option<ChannelId> = thread.map(|it| ChannelId(it.id)),
        pub attachments: Vec<AttachmentView> = files.map(|it| AttachmentView::of(message, it)).collect(),
        /// By name.
        pub stickers: Vec<String> = message.stickers.iter().filter_map(named).collect(),
        pub poll: Option<PollView> = message.poll.as_ref().map(PollView::of),
        pub reactions: Vec<ReactionView> = message.reactions.iter().map(|it| ReactionView::of(world, it)).collect(),
        /// The rows of components below the message.
        pub buttons: Vec<Value> = message.components.clone(),
        pub embeds: Vec<Value> = message.embeds.clone(),
        /// Whom it rang at: names, roles as `@name`, and `@everyone`.
        pub pings: Vec<String> = world.rung_at(message),
    }
}

view! {
    pub struct ReplyView(world: &World, at: Reference, id: u64) {
        let parent = world.message(at.channel, id);
        pub id: MessageId = MessageId(id),
        pub author: String = parent.map_or_else(String::new, |it| world.author_name(&it.by)),
        pub excerpt: String = parent.map_or("deleted message".into(), |it| excerpt(&it.content)),
    }
}

view! {
    pub struct AttachmentView(message: &Message, it: &Attachment) {
        pub name: String = it.name.clone(),
        pub mime: String = it.mime.clone(),
        /// In bytes.
        pub size: usize = it.bytes.len(),
        pub description: Option<String> = it.description.clone(),
        pub is_voice: bool = it.voice_s.is_some(),
        /// Below the page's own address.
        pub url: String = format!("/files/discord/attachments/{}/{}/{}", message.channel, it.id, it.name),
    }
}

view! {
    pub struct PollView(poll: &Value) {
        let answers = poll["answers"].as_array().into_iter().flatten();
        let answers = answers.filter_map(|it| it["poll_media"]["text"].as_str());
        pub question: String = poll["question"]["text"].as_str().unwrap_or("").to_owned(),
        pub answers: Vec<String> = answers.map(str::to_owned).collect(),
    }
}

view! {
    pub struct ReactionView(world: &World, it: &Reaction) {
        pub emoji: String = it.emoji.shown(),
        pub count: usize = it.by.len(),
        /// Names, in the order of their reactions.
        pub by: Vec<String> = it.by.iter().map(|it| world.shown_name(*it)).collect(),
    }
}

view! {
    /// What only one person sees.
    pub struct HiddenView(world: &World, it: &Interaction, hidden: &Message) {
        pub to: UserId = UserId(it.user),
        pub message: MessageView = MessageView::of(world, hidden),
    }
}

view! {
    pub struct WebhookView(it: &Webhook) {
        pub id: WebhookId = WebhookId(it.id),
        pub channel: ChannelId = ChannelId(it.channel),
        pub name: String = it.name.clone(),
        /// Who made it.
        pub by: UserId = UserId(it.user),
        /// Whoever has it can write there.
        #[serde(skip)]
        pub token: String = it.token.clone(),
    }
}

impl Discord {
    pub fn view(&self) -> DiscordView {
        self.view_last(usize::MAX)
    }

    /// All channels with their newest messages.
    pub fn view_last(&self, last: usize) -> DiscordView {
        self.look(|world| DiscordView::of(world, last))
    }

    /// One channel with its newest messages.
    pub fn view_channel(&self, channel: ChannelId, last: usize) -> Option<ChannelView> {
        self.look(|world| {
            let channel = world.channels.get(&channel.0)?;
            Some(ChannelView::of(world, channel, last))
        })
    }

    pub fn has_bot(&self) -> bool {
        self.look(|world| world.guild.has_bot)
    }

    /// Every server has one, and here it says nothing.
    pub fn owner_id(&self) -> UserId {
        self.look(|world| UserId(world.guild.owner))
    }

    /// The threads of a channel, open ones and others, oldest first.
    pub fn threads_of(&self, channel: ChannelId) -> Vec<ChannelId> {
        self.look(|world| {
            let threads = world.channels.values();
            let threads = threads.filter(|it| it.parent == Some(channel.0));
            threads.map(|it| ChannelId(it.id)).collect()
        })
    }

    /// What single people saw in a channel, oldest first.
    pub fn hidden_in(&self, channel: ChannelId) -> Vec<HiddenView> {
        self.look(|world| {
            let asked = world
                .interactions
                .values()
                .filter(|it| it.channel == channel.0);
            let hidden = asked.flat_map(|it| it.hidden.values().map(move |hidden| (it, hidden)));
            hidden
                .map(|(it, hidden)| HiddenView::of(world, it, hidden))
                .collect()
        })
    }

    /// All channels, each with what is said in its threads, in the order in which they came to be.
    pub fn shelf(&self) -> Vec<Shelved> {
        self.look(|world| {
            let mut said: HashMap<u64, usize> = HashMap::new();
            for it in world.channels.values() {
                *said.entry(it.parent.unwrap_or(it.id)).or_default() += it.messages.len();
            }
            for it in world.interactions.values() {
                *said.entry(it.channel).or_default() += it.hidden.len();
            }
            let channels = world.order.iter().filter_map(|it| world.channels.get(it));
            let roots = channels.filter(|it| it.parent.is_none());
            let shelved = |it: &Channel| {
                let name = world.called(it);
                let said = said.get(&it.id).copied().unwrap_or(0);
                Shelved::of(("discord", it.id), it.kind.name(), &name, said)
            };
            roots.map(shelved).collect()
        })
    }

    pub fn webhooks(&self, channel: ChannelId) -> Vec<WebhookView> {
        self.look(|world| {
            let here = world.webhooks.values().filter(|it| it.channel == channel.0);
            here.map(WebhookView::of).collect()
        })
    }
}

impl World {
    /// A private channel has no name of its own.
    fn called(&self, channel: &Channel) -> String {
        let person = channel.recipient.map(|it| self.shown_name(it));
        person.unwrap_or_else(|| channel.name.clone())
    }

    fn writers(&self, channel: &Channel) -> impl Iterator<Item = u64> {
        let both = channel.recipient.map(|person| vec![person, self.bot.id]);
        let all = || self.guild.members.keys().copied().collect();
        both.unwrap_or_else(all).into_iter()
    }

    fn is_bot(&self, user: u64) -> bool {
        self.users.get(&user).is_some_and(|it| it.is_bot)
    }

    fn picture(&self, user: u64) -> Option<String> {
        let hash = self.users.get(&user)?.avatar.as_ref()?;
        Some(format!("/files/discord/avatars/{user}/{hash}.png"))
    }

    fn picture_of(&self, by: &By) -> Option<String> {
        match by {
            By::User(id) => self.picture(*id),
            By::Webhook { picture, .. } => picture.clone(),
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

    fn answered(&self, message: &Message) -> Option<(Reference, u64)> {
        let answers = matches!(message.kind, 19 | 21);
        let reference = message.reference.filter(|_| answers)?;
        Some((reference, reference.message?))
    }

    fn rung_at(&self, message: &Message) -> Vec<String> {
        let pings = &message.pings;
        let role = |id: &u64| {
            let known = self.guild.roles.iter().find(|it| it.0 == *id);
            known.map_or_else(String::new, |it| format!("@{}", it.1))
        };
        let users = pings.users.iter().map(|it| self.shown_name(*it));
        let everyone = pings.everyone.then(|| "@everyone".to_owned());
        let roles = pings.roles.iter().map(role);
        users.chain(roles).chain(everyone).collect()
    }
}
