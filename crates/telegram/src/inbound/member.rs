//! Our own place in a chat: whether we may still speak there.

use conversation::{Event, EventKey, Inbound, Proof};

use super::message::at;
use super::{Bot, Meaning, author, key};
use crate::closed;
use crate::id::Place;
use crate::wire::{Chat, ChatMember, ChatMemberUpdated};

pub(super) fn changed(change: &ChatMemberUpdated, update: i32, bot: &Bot) -> Meaning {
    let before = may_speak(&change.old_chat_member, &change.chat);
    let event = match (before, may_speak(&change.new_chat_member, &change.chat)) {
        // A repeated loss is told again: it costs nothing, and the first may have come before our time.
        (_, false) => Event::closed(why_closed(&change.new_chat_member, &change.chat)),
        (false, true) => Event::Opened,
        (true, true) => return Meaning::Ignored("rights-changed"),
    };
    let place = Place {
        chat: change.chat.id,
        topic: None,
    };
    let key = key::update("member", bot, update, change.date);
    let told = Inbound {
        within: None,
        channel: place.channel(),
        at: at(change.date),
        actor: author::of_user(&change.from, bot),
        proof: Proof::OfPlatform,
        event,
        key,
    };
    if place.is_private() {
        return Meaning::Events(vec![told]);
    }
    // Whoever is let into a chat or put out of it is so for all its topics together, where they are one channel.
    let of_forum = Inbound {
        key: EventKey(format!("{}/*", told.key)),
        channel: place.forum(),
        ..told.clone()
    };
    Meaning::Events(vec![told, of_forum])
}

/// What lets us in again.
fn why_closed(member: &ChatMember, chat: &Chat) -> &'static str {
    match member.status.as_str() {
        "left" | "kicked" if chat.kind == "private" => closed::BLOCKED,
        "left" | "kicked" => closed::PUT_OUT,
        _ => closed::MUTED,
    }
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
