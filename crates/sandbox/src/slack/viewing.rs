//! Makes the view: each message as it is shown, with its thread below it.

use super::channel::{Channel, Ephemeral, Kind};
use super::ids::{ChannelId, Ts, UserId, ViewId};
use super::message::Stored;
use super::view::{
    ButtonView, ChannelView, EphemeralView, FileView, MemberView, MessageView, ModalView, Piece,
    ReactionView, SlackView,
};
use super::world::{Slack, World};
use super::{blocks, mrkdwn, render};
use crate::kit::forms::percent_encoded;

impl Slack {
    pub fn view(&self) -> SlackView {
        self.look(|world| SlackView {
            team: world.app.team_name.clone(),
            channels: world
                .order
                .iter()
                .filter_map(|id| Some(world.channel_view(world.channels.get(id)?, usize::MAX)))
                .collect(),
            people: world
                .members
                .keys()
                .map(|it| world.member_view(it))
                .collect(),
            modals: world.modal_views(),
        })
    }

    /// One channel with the newest messages of its main column, and all of their threads.
    pub fn view_channel(&self, channel: &ChannelId, last: usize) -> Option<ChannelView> {
        self.look(|world| Some(world.channel_view(world.channels.get(&channel.0)?, last)))
    }

    pub fn view_message(&self, channel: &ChannelId, message: Ts) -> Option<MessageView> {
        self.look(|world| {
            let place = world.channels.get(&channel.0)?;
            Some(world.message_view(place, place.messages.get(&message.0)?))
        })
    }
}

impl World {
    fn channel_view(&self, place: &Channel, last: usize) -> ChannelView {
        let skipped = place.timeline.len().saturating_sub(last);
        let shown = place.timeline.iter().skip(skipped);
        let messages = shown.filter_map(|it| place.messages.get(it));
        ChannelView {
            id: ChannelId(place.id.clone()),
            name: match &place.with {
                Some(user) => self.name_of(user),
                None => place.name.clone(),
            },
            kind: place.kind.list_type(),
            archived: place.is_archived,
            topic: place.topic.clone(),
            bot_is_member: place.kind == Kind::Im || place.has(&self.app.bot_user_id),
            members: place
                .members
                .iter()
                .map(|it| self.member_view(it))
                .collect(),
            messages: messages.map(|it| self.message_view(place, it)).collect(),
            ephemeral: place
                .ephemeral
                .iter()
                .map(|it| self.ephemeral_view(it))
                .collect(),
        }
    }

    fn member_view(&self, id: &str) -> MemberView {
        let member = self.members.get(id);
        MemberView {
            id: UserId(id.to_owned()),
            name: self.name_of(id),
            picture: member
                .and_then(|it| it.picture.as_ref())
                .map(|it| format!("{it}_72.png")),
            is_bot: member.is_some_and(|it| it.is_bot),
        }
    }

    fn message_view(&self, place: &Channel, message: &Stored) -> MessageView {
        let author = self.member_view(&message.user);
        let voice = message.bot.as_deref();
        let body = self.body(message);
        let thread = place
            .threads
            .get(&message.ts)
            .filter(|_| message.thread.is_none());
        let replies = thread.into_iter().flat_map(|it| &it.replies);
        let replies = replies.filter_map(|it| place.messages.get(it));
        let named = voice.and_then(|it| it.username.clone());
        MessageView {
            ts: Ts(message.ts),
            author: named.unwrap_or(author.name),
            author_id: Some(author.id),
            picture: voice.and_then(|it| it.icon_url.clone()).or(author.picture),
            is_app: voice.is_some(),
            subtype: message.shown_subtype().map(str::to_owned),
            text: plain(&body),
            body,
            edited: message.edited.is_some(),
            thread: message.thread.map(Ts),
            broadcast: message.broadcast,
            reply_count: thread.map_or(0, |it| it.replies.len()),
            replies: replies.map(|it| self.message_view(place, it)).collect(),
            reactions: self.reaction_views(message),
            files: message
                .files
                .iter()
                .filter_map(|it| self.file_view(it))
                .collect(),
            buttons: message
                .blocks
                .as_ref()
                .map(button_views)
                .unwrap_or_default(),
            pings: self.pings_of(message),
            metadata: message.metadata.clone(),
        }
    }

    /// Blocks stand in the place of the text.
    fn body(&self, message: &Stored) -> Vec<Piece> {
        match &message.blocks {
            Some(blocks) => render::pieces(blocks, self),
            None => mrkdwn::pieces(&message.text, self),
        }
    }

    fn reaction_views(&self, message: &Stored) -> Vec<ReactionView> {
        let each = message.reactions.iter();
        each.map(|(name, users)| ReactionView {
            name: name.clone(),
            by: users.iter().map(|it| self.name_of(it)).collect(),
        })
        .collect()
    }

    fn file_view(&self, id: &str) -> Option<FileView> {
        let held = self.files.shown(id)?;
        Some(FileView {
            id: id.to_owned(),
            name: held.name.clone(),
            mime: held.mime.clone(),
            size: held.length,
            alt_text: held.alt_text.clone(),
            url: format!("/files/slack/{id}/{}", percent_encoded(&held.name)),
        })
    }

    fn ephemeral_view(&self, it: &Ephemeral) -> EphemeralView {
        let body = match &it.blocks {
            Some(blocks) => render::pieces(blocks, self),
            None => mrkdwn::pieces(&it.text, self),
        };
        EphemeralView {
            ts: Ts(it.ts),
            to: UserId(it.to.clone()),
            author: it.author.clone(),
            text: plain(&body),
            body,
            buttons: it.blocks.as_ref().map(button_views).unwrap_or_default(),
        }
    }

    fn modal_views(&self) -> Vec<ModalView> {
        let modals = self.interactions.modals.iter();
        modals
            .map(|(id, modal)| ModalView {
                id: ViewId(id.clone()),
                user: UserId(modal.user.clone()),
                title: modal.view["title"]["text"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                callback_id: modal.view["callback_id"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
                blocks: modal.view["blocks"].clone(),
                errors: modal.errors.clone(),
            })
            .collect()
    }
}

fn button_views(blocks: &serde_json::Value) -> Vec<ButtonView> {
    let text = |it: &serde_json::Value| it.as_str().map(str::to_owned);
    let each = blocks::buttons(blocks).into_iter();
    each.map(|(_, it)| ButtonView {
        action_id: text(&it["action_id"]).unwrap_or_default(),
        label: text(&it["text"]["text"]).unwrap_or_default(),
        value: text(&it["value"]),
        url: text(&it["url"]),
    })
    .collect()
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
