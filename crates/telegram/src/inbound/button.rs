//! A button of one of our messages was pressed.

use conversation::{Event, EventKey, Inbound, Proof};

use super::message::{at, one};
use super::{Bot, Meaning, Update, author};
use crate::id::{Place, message_id};
use crate::wire::CallbackQuery;

pub(super) fn pressed(query: CallbackQuery, bot: &Bot, update: &mut Update) -> Meaning {
    update.query = Some(query.id.clone());
    let (Some(message), Some(button)) = (query.message, query.data) else {
        return Meaning::Ignored("foreign-button");
    };
    let place = Place {
        chat: message.chat.id,
        topic: message
            .message_thread_id
            .filter(|_| message.is_topic_message),
    };
    one(Inbound {
        within: Some(place.forum()),
        key: EventKey(format!("press:{}:{}", bot.id, query.id)),
        channel: place.channel(),
        // The press itself bears no date: the message's own is the nearest that we have.
        at: at(message.date),
        actor: author::of_user(&query.from, bot),
        proof: Proof::OfPlatform,
        event: Event::Pressed {
            message: message_id(message.message_id),
            button,
        },
    })
}
