//! A button of one of our messages was pressed.

use conversation::{Event, EventKey, Inbound, Timestamp, WayBack};

use super::author;
use super::meaning::one;
use super::meaning::{Bot, Meaning, Update};
use crate::id::{ChatAddress, message_id};
use crate::queries::ANSWERED_WITHIN;
use crate::wire::CallbackQuery;

/// The press bears no date, and its message's is another: it happened when we heard of it.
pub(super) fn pressed(
    query: CallbackQuery,
    bot: &Bot,
    now: Timestamp,
    update: &mut Update,
) -> Meaning {
    update.query = Some(query.id.clone());
    let (Some(message), Some(button)) = (query.message, query.data) else {
        return Meaning::Ignored("foreign-button");
    };
    let place = ChatAddress {
        chat: message.chat.id,
        topic: message
            .message_thread_id
            .filter(|_| message.is_topic_message),
    };
    let key = EventKey(format!("press:{}:{}", bot.id, query.id));
    one(Inbound {
        within: Some(place.forum()),
        way_back: Some(WayBack {
            token: query.id,
            until: now.plus(ANSWERED_WITHIN),
        }),
        ..calls::happened(
            key,
            place.channel(),
            now,
            author::of_user(&query.from, bot),
            Event::Pressed {
                message: message_id(message.message_id),
                button,
            },
        )
    })
}
