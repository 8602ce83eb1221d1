//! What people see: each channel with its messages as they stand now, each with its thread below it, ready for a page or a
//! snapshot.

use serde_json::Value;

use super::asked::Modal;
use super::channel::{Channel, Ephemeral, Kind};
use super::files::Held;
use super::ids::{ChannelId, Ts, UserId, ViewId};
use super::message::Stored;
use super::span::Piece;
use super::world::{Slack, World};
use super::{blocks, mrkdwn, render};
use crate::kit::Shelved;
use crate::kit::forms::percent_encoded;

view! {
    pub struct SlackView(world: &World) {
        let channels = world.order.iter().filter_map(|id| world.channels.get(id));
        pub team: String = world.app.team_name.clone(),
        /// In the order in which they came to be.
        pub channels: Vec<ChannelView> = channels.map(|it| ChannelView::of(world, it, usize::MAX)).collect(),
        pub people: Vec<MemberView> = world.members.keys().map(|it| MemberView::of(world, it)).collect(),
        pub modals: Vec<ModalView> = world.modals(),
    }
}

view! {
    pub struct ChannelView(world: &World, place: &Channel, last: usize) {
        let skipped = place.timeline.len().saturating_sub(last);
        let shown = place.timeline.iter().skip(skipped).filter_map(|it| place.messages.get(it));
        pub id: ChannelId = ChannelId(place.id.clone()),
        /// Without `#`; of a direct message, the person's name.
        pub name: String = world.called(place),
        /// `public_channel`, `private_channel` or `im`.
        pub kind: &'static str = place.kind.list_type(),
        pub archived: bool = place.is_archived,
        pub topic: String = place.topic.clone(),
        pub bot_is_member: bool = place.kind == Kind::Im || place.has(&world.app.bot_user_id),
        pub members: Vec<MemberView> = place.members.iter().map(|it| MemberView::of(world, it)).collect(),
        /// Oldest first; replies stand below their root, broadcast ones here as well.
        pub messages: Vec<MessageView> = shown.map(|it| MessageView::of(world, place, it)).collect(),
        /// What only one person sees.
        pub ephemeral: Vec<EphemeralView> = place.ephemeral.iter().map(|it| EphemeralView::of(world, it)).collect(),
    }
}

view! {
    pub struct MemberView(world: &World, member: &str) {
        let found = world.members.get(member);
        let picture = found.and_then(|it| it.picture.as_ref());
        pub id: UserId = UserId(member.to_owned()),
        pub name: String = world.name_of(member),
        pub picture: Option<String> = picture.map(|it| format!("{it}_72.png")),
        pub is_bot: bool = found.is_some_and(|it| it.is_bot),
    }
}

view! {
    pub struct MessageView(world: &World, place: &Channel, message: &Stored) {
        let writer = MemberView::of(world, &message.user);
        let voice = message.bot.as_deref();
        let shown = world.shown(message.blocks.as_ref(), &message.text);
        let below = place.threads.get(&message.ts).filter(|_| message.thread.is_none());
        let answers = below.into_iter().flat_map(|it| &it.replies).filter_map(|it| place.messages.get(it));
        let files = message.files.iter().filter_map(|it| Some((it, world.files.shown(it)?)));
        pub ts: Ts = Ts(message.ts),
        pub author: String = voice.and_then(|it| it.username.clone()).unwrap_or(writer.name),
        pub author_id: Option<UserId> = Some(writer.id),
        pub picture: Option<String> = voice.and_then(|it| it.icon_url.clone()).or(writer.picture),
        /// Shown with the APP badge.
        pub is_app: bool = voice.is_some(),
        pub subtype: Option<String> = message.shown_subtype().map(str::to_owned),
        /// As shown, without marks.
        pub text: String = plain(&shown),
        pub body: Vec<Piece> = shown,
        pub edited: bool = message.edited.is_some(),
        /// The root that it answers, where it is a reply.
        pub thread: Option<Ts> = message.thread.map(Ts),
        pub broadcast: bool = message.broadcast,
        pub reply_count: usize = below.map_or(0, |it| it.replies.len()),
        pub replies: Vec<MessageView> = answers.map(|it| MessageView::of(world, place, it)).collect(),
        pub reactions: Vec<ReactionView> = message.reactions.iter().map(|it| ReactionView::of(world, it)).collect(),
        pub files: Vec<FileView> = files.map(|(id, it)| FileView::of(id, it)).collect(),
        pub buttons: Vec<ButtonView> = button_views(message.blocks.as_ref()),
        /// Names of those whom it rang for: people, `@here`, user groups.
        pub pings: Vec<String> = world.pings_of(message),
        pub metadata: Option<Value> = message.metadata.clone(),
    }
}

view! {
    pub struct ReactionView(world: &World, reaction: &(String, Vec<String>)) {
        /// Without colons: `thumbsup`.
        pub name: String = reaction.0.clone(),
        /// Names, in the order of their reactions.
        pub by: Vec<String> = reaction.1.iter().map(|it| world.name_of(it)).collect(),
    }
}

view! {
    pub struct FileView(file: &str, held: &Held) {
        pub id: String = file.to_owned(),
        pub name: String = held.name.clone(),
        pub mime: String = held.mime.clone(),
        /// In bytes.
        pub size: usize = held.length,
        pub alt_text: Option<String> = held.alt_text.clone(),
        /// Below the page's own address.
        pub url: String = format!("/files/slack/{file}/{}", percent_encoded(&held.name)),
    }
}

view! {
    pub struct ButtonView(button: &Value) {
        let text = |it: &Value| it.as_str().map(str::to_owned);
        pub action_id: String = text(&button["action_id"]).unwrap_or_default(),
        pub label: String = text(&button["text"]["text"]).unwrap_or_default(),
        pub value: Option<String> = text(&button["value"]),
        pub url: Option<String> = text(&button["url"]),
    }
}

view! {
    pub struct EphemeralView(world: &World, it: &Ephemeral) {
        let shown = world.shown(it.blocks.as_ref(), &it.text);
        pub ts: Ts = Ts(it.ts),
        pub to: UserId = UserId(it.to.clone()),
        pub author: String = it.author.clone(),
        pub text: String = plain(&shown),
        pub body: Vec<Piece> = shown,
        pub buttons: Vec<ButtonView> = button_views(it.blocks.as_ref()),
    }
}

view! {
    pub struct ModalView(modal: &str, it: &Modal) {
        let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
        pub id: ViewId = ViewId(modal.to_owned()),
        pub user: UserId = UserId(it.user.clone()),
        pub title: String = text(&it.view["title"]["text"]),
        pub callback_id: String = text(&it.view["callback_id"]),
        pub blocks: Value = it.view["blocks"].clone(),
        /// By block id, as the app answered a submission.
        pub errors: Value = it.errors.clone(),
    }
}

impl Slack {
    pub fn view(&self) -> SlackView {
        self.look(|world| SlackView::of(world))
    }

    /// One channel with the newest messages of its main column, and all of their threads.
    pub fn view_channel(&self, channel: &ChannelId, last: usize) -> Option<ChannelView> {
        self.look(|world| {
            let channel = world.channels.get(&channel.0)?;
            Some(ChannelView::of(world, channel, last))
        })
    }

    /// The modals that are open, whoever has them open.
    pub fn modals(&self) -> Vec<ModalView> {
        self.look(|world| world.modals())
    }

    /// All channels and direct messages, in the order in which they came to be.
    pub fn shelf(&self) -> Vec<Shelved> {
        self.look(|world| {
            let channels = world.order.iter().filter_map(|id| world.channels.get(id));
            let shelved = |it: &Channel| {
                let kind = if it.kind == Kind::Im {
                    "private"
                } else {
                    "channel"
                };
                let said = it.messages.len() + it.ephemeral.len();
                Shelved::of(("slack", &it.id), kind, &world.called(it), said)
            };
            channels.map(shelved).collect()
        })
    }

    pub fn view_message(&self, channel: &ChannelId, message: Ts) -> Option<MessageView> {
        self.look(|world| {
            let place = world.channels.get(&channel.0)?;
            let message = place.messages.get(&message.0)?;
            Some(MessageView::of(world, place, message))
        })
    }
}

impl World {
    fn modals(&self) -> Vec<ModalView> {
        let open = self.interactions.modals.iter();
        open.map(|(id, it)| ModalView::of(id, it)).collect()
    }

    fn called(&self, place: &Channel) -> String {
        let person = place.with.as_ref().map(|it| self.name_of(it));
        person.unwrap_or_else(|| place.name.clone())
    }

    /// Blocks stand in the place of the text.
    fn shown(&self, blocks: Option<&Value>, text: &str) -> Vec<Piece> {
        match blocks {
            Some(blocks) => render::pieces(blocks, self),
            None => mrkdwn::pieces(text, self),
        }
    }
}

fn button_views(blocks: Option<&Value>) -> Vec<ButtonView> {
    let found = blocks.map(blocks::buttons).unwrap_or_default();
    found.iter().map(|(_, it)| ButtonView::of(it)).collect()
}

fn plain(body: &[Piece]) -> String {
    let lines = body.iter().map(|piece| {
        let words: String = piece.spans.iter().map(|it| it.text.as_str()).collect();
        let indent = "    ".repeat(piece.indent as usize);
        match (piece.kind, piece.number) {
            ("item", Some(number)) => format!("{indent}{number}. {words}"),
            ("item", None) => format!("{indent}• {words}"),
            ("quote", _) => format!("> {}", words.replace('\n', "\n> ")),
            _ => words,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
