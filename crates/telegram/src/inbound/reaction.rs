//! What somebody's reaction to a message changed from and to.

use conversation::{Author, Event, Inbound, ReactionChange};

use super::meaning::{Bot, Meaning};
use super::meaning::{at, one};
use super::{author, key};
use crate::id::{ChatAddress, message_id};
use crate::wire::{MessageReactionUpdated, Reaction};

/// A custom emoji is a picture; which letter it stands for would have to be asked for.
const CUSTOM_EMOJI: &str = "✨";
/// A reaction that was paid for shows as a star in every client.
const PAID: &str = "⭐";

/// Telegram does not say in which topic of a forum the message stands: the channel is the chat.
pub(super) fn changed(change: &MessageReactionUpdated, update: i32, bot: &Bot) -> Meaning {
    let Some(actor) = actor(change, bot) else {
        return Meaning::Ignored("reaction-of-nobody");
    };
    let added = beyond(&change.new_reaction, &change.old_reaction);
    let removed = beyond(&change.old_reaction, &change.new_reaction);
    if added.is_empty() && removed.is_empty() {
        return match change.new_reaction == change.old_reaction {
            true => Meaning::Ignored("reaction-unchanged"),
            false => Meaning::Unreadable("unknown-reaction"),
        };
    }
    let place = ChatAddress {
        chat: change.chat.id,
        topic: None,
    };
    one(Inbound {
        within: Some(place.forum()),
        ..calls::happened(
            key::update("react", bot, update, change.date),
            place.channel(),
            at(change.date),
            actor,
            Event::Reacted(ReactionChange {
                message: message_id(change.message_id),
                added,
                removed,
            }),
        )
    })
}

fn actor(change: &MessageReactionUpdated, bot: &Bot) -> Option<Author> {
    let user = change.user.as_ref().map(|user| author::of_user(user, bot));
    user.or_else(|| Some(author::of_chat(change.actor_chat.as_ref()?, None)))
}

fn beyond(these: &[Reaction], those: &[Reaction]) -> Vec<String> {
    these
        .iter()
        .filter(|reaction| !those.contains(reaction))
        .filter_map(emoji)
        .collect()
}

fn emoji(reaction: &Reaction) -> Option<String> {
    match reaction.kind.as_str() {
        "emoji" => reaction.emoji.clone(),
        "custom_emoji" => Some(CUSTOM_EMOJI.to_owned()),
        "paid" => Some(PAID.to_owned()),
        _ => None,
    }
}
