//! Our own place in a chat: whether we may still speak there.

use conversation::{Event, EventKey, Inbound};

use super::meaning::at;
use super::meaning::{Bot, Meaning};
use super::{author, key};
use crate::closed;
use crate::id::ChatAddress;
use crate::wire::{Chat, ChatMember, ChatMemberUpdated};

pub(super) fn changed(change: &ChatMemberUpdated, update: i32, bot: &Bot) -> Meaning {
    let before = may_speak(&change.old_chat_member, &change.chat);
    let event = match (before, may_speak(&change.new_chat_member, &change.chat)) {
        // A repeated loss is told again: it costs nothing, and the first may have come before our time.
        (_, false) => Event::closed(why_closed(&change.new_chat_member, &change.chat)),
        (false, true) => Event::Opened,
        (true, true) => return Meaning::Ignored("rights-changed"),
    };
    let place = ChatAddress {
        chat: change.chat.id,
        topic: None,
    };
    let key = key::update("member", bot, update, change.date);
    let told = calls::happened(
        key,
        place.channel(),
        at(change.date),
        author::of_user(&change.from, bot),
        event,
    );
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
        "restricted" if member.is_member == Some(false) => closed::PUT_OUT,
        _ => closed::MUTED,
    }
}

/// In a channel only administrators speak, and they need a right of their own for it.
fn may_speak(member: &ChatMember, chat: &Chat) -> bool {
    match member.status.as_str() {
        "creator" => true,
        "administrator" => chat.kind != "channel" || member.can_post_messages == Some(true),
        "member" => chat.kind != "channel",
        "restricted" => member.is_member != Some(false) && member.can_send_messages == Some(true),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use serde_json::json;

    use super::*;

    /// Who was restricted stays so, also when it leaves.
    #[test]
    fn whoever_is_restricted_speaks_only_where_it_still_is() {
        let chat = json!({"id": -5, "type": "supergroup", "title": "Garden"});
        let chat: Chat = serde_json::from_value(chat).unwrap();
        for (is_member, may_send, closed) in [
            (true, true, None),
            (true, false, Some(closed::MUTED)),
            (false, true, Some(closed::PUT_OUT)),
            (false, false, Some(closed::PUT_OUT)),
        ] {
            let member = json!({"status": "restricted", "is_member": is_member, "can_send_messages": may_send});
            let member: ChatMember = serde_json::from_value(member).unwrap();
            let why = (!may_speak(&member, &chat)).then(|| why_closed(&member, &chat));
            assert_eq!(why, closed, "{is_member} {may_send}");
        }
    }
}
