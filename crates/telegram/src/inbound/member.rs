//! Our own place in a chat: whether we may still speak there.

use conversation::{Event, Inbound};

use super::message::{at, one};
use super::{Bot, Meaning, author, key};
use crate::id::Place;
use crate::wire::{Chat, ChatMember, ChatMemberUpdated};

pub(super) fn changed(change: &ChatMemberUpdated, update: i32, bot: &Bot) -> Meaning {
    let before = may_speak(&change.old_chat_member, &change.chat);
    let event = match (before, may_speak(&change.new_chat_member, &change.chat)) {
        // A repeated loss is told again: it costs nothing, and the first may have come before our time.
        (_, false) => Event::Closed,
        (false, true) => Event::Opened,
        (true, true) => return Meaning::Ignored("rights-changed"),
    };
    let place = Place {
        chat: change.chat.id,
        topic: None,
    };
    one(Inbound {
        within: Some(place.forum()),
        key: key::update("member", bot, update, change.date),
        channel: place.channel(),
        at: at(change.date),
        actor: author::of_user(&change.from, bot),
        event,
    })
}

/// In a channel only administrators speak, and they need a right of their own for it.
fn may_speak(member: &ChatMember, chat: &Chat) -> bool {
    match member.status.as_str() {
        "creator" => true,
        "administrator" => chat.kind != "channel" || member.can_post_messages == Some(true),
        "member" => chat.kind != "channel",
        "restricted" => member.can_send_messages == Some(true),
        _ => false,
    }
}
