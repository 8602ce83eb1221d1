//! Messages and posts of channels, new and edited.

use conversation::{Content, Event, EventKey, Inbound, Posted, Proof};
use serde_json::value::RawValue;

use super::meaning::{Bot, Meaning, Update, at, one, parse, place};
use super::{author, command, content, key, quote, service};
use crate::id::{ChatAddress, message_id};
use crate::wire::Message;

/// `None` if the message cannot be read.
pub(super) fn posted(raw: &RawValue, bot: &Bot, update: &mut Update) -> Option<Meaning> {
    let message: Message = parse(raw)?;
    update.chat = Some(message.chat.id);
    update.title = message.chat.titled();
    if let Some(events) = changes_of_the_chat(&message, bot) {
        return Some(match events.is_empty() {
            true => Meaning::Ignored("ourselves"),
            false => Meaning::Events(events),
        });
    }
    if let Some(text) = command::of(&message, bot) {
        let event = Event::Commanded {
            message: message_id(message.message_id),
            text,
        };
        let key = key::message("post", &message.chat, message.message_id, bot);
        return Some(one(Inbound {
            proof: who_says_it(&message),
            ..inbound(&message, bot, key, event)
        }));
    }
    let Some(content) = content::of(&message) else {
        return Some(service::without_content(raw));
    };
    update.album.clone_from(&message.media_group_id);
    let event = Event::Posted(Posted {
        thread: place(&message).topic.map(message_id),
        messages: vec![message_id(message.message_id)],
        reply_to: quote::answers(&message),
        subject: quote::topic_name(&message),
        content,
        elided: String::new(),
        twin: None,
    });
    let key = key::message("post", &message.chat, message.message_id, bot);
    Some(one(inbound(&message, bot, key, event)))
}

/// Telegram also reports changes that people cannot see, under the same name: those carry the same
/// content as before, and the core finds nothing to do.
pub(super) fn edited(raw: &RawValue, bot: &Bot, update: &mut Update) -> Option<Meaning> {
    let message: Message = parse(raw)?;
    update.chat = Some(message.chat.id);
    update.title = message.chat.titled();
    if message
        .location
        .is_some_and(|place| place.live_period.is_some())
    {
        return Some(Meaning::Ignored("live-location"));
    }
    let Some(content) = content::of(&message) else {
        return Some(service::without_content(raw));
    };
    let key = edit_key(&message, &content, bot);
    let event = Event::Edited {
        message: message_id(message.message_id),
        content,
    };
    Some(one(inbound(&message, bot, key, event)))
}

/// Two edits may bear the same second.
fn edit_key(message: &Message, content: &Content, bot: &Bot) -> EventKey {
    let key = key::message("edit", &message.chat, message.message_id, bot);
    let words = serde_json::to_vec(content).unwrap_or_default();
    let date = message.edit_date.unwrap_or(message.date);
    EventKey(format!("{key}:{date}:{}", calls::hash(&words)))
}

/// Behind a chat that speaks for itself may be any of its administrators: whatever is asked so, nobody asks.
fn who_says_it(message: &Message) -> Proof {
    match message.sender_chat.is_some() || message.from.is_none() {
        true => Proof::Unproven,
        false => Proof::OfPlatform,
    }
}

fn inbound(message: &Message, bot: &Bot, key: EventKey, event: Event) -> Inbound {
    let seconds = match event {
        Event::Edited { .. } => message.edit_date.unwrap_or(message.date),
        _ => message.date,
    };
    Inbound {
        within: Some(place(message).forum()),
        ..calls::happened(
            key,
            place(message).channel(),
            at(seconds),
            author::of_message(message, bot),
            event,
        )
    }
}

/// Service messages that mean something to a conversation. That we ourselves come or go is told by
/// `my_chat_member`.
fn changes_of_the_chat(message: &Message, bot: &Bot) -> Option<Vec<Inbound>> {
    if let Some(chat) = message.migrate_to_chat_id {
        let to = ChatAddress { chat, topic: None }.channel();
        let key = key::message("move", &message.chat, message.message_id, bot);
        return Some(vec![inbound(message, bot, key, Event::Moved { to })]);
    }
    let (kind, event, people) = match (&message.new_chat_members, &message.left_chat_member) {
        (Some(people), _) => ("join", Event::Joined, people.as_slice()),
        (None, Some(person)) => ("leave", Event::Left, std::slice::from_ref(person)),
        (None, None) => return None,
    };
    let key = key::message(kind, &message.chat, message.message_id, bot);
    let events = people
        .iter()
        .filter(|person| person.id != bot.id)
        .map(|person| {
            calls::happened(
                EventKey(format!("{key}:{}", person.id)),
                place(message).channel(),
                at(message.date),
                author::of_user(person, bot),
                event.clone(),
            )
        });
    Some(events.collect())
}
