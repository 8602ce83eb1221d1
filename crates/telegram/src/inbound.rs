//! From one raw update to events in our words. **Invariant:** pure; every update becomes events, or is
//! ignored by a name, or is handed back as unreadable: none vanishes.

use conversation::Timestamp;
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use crate::wire::ChatMemberUpdated;

mod attachments;
mod author;
mod button;
mod command;
mod content;
mod key;
mod lines;
mod meaning;
mod member;
mod message;
mod quote;
mod reaction;
mod rich;
mod service;
mod whereabouts;

pub(crate) use meaning::Update;
pub use meaning::{Bot, Normalised};
use meaning::{MALFORMED, Meaning, parse};
pub(crate) use whereabouts::places;

/// Reads one update, alone: parts of an album are put together by whoever receives them. `now` counts where it bears no
/// time of its own.
pub fn normalise(raw: &str, bot: &Bot, now: Timestamp) -> Normalised {
    Update::read(raw, bot, now).meaning
}

impl Update {
    pub(crate) fn read(raw: &str, bot: &Bot, now: Timestamp) -> Update {
        let mut update = Update {
            id: None,
            meaning: Normalised::Ignored("not-read-yet"),
            chat: None,
            title: None,
            album: None,
            query: None,
        };
        update.meaning = match update.understand(raw, bot, now).unwrap_or(MALFORMED) {
            Meaning::Events(events) => Normalised::Events(events),
            Meaning::Ignored(reason) => Normalised::Ignored(reason),
            Meaning::Unreadable(reason) => Normalised::Unreadable {
                reason,
                raw: raw.to_owned(),
            },
        };
        update
    }

    /// `None` if something does not have its documented shape.
    fn understand(&mut self, raw: &str, bot: &Bot, now: Timestamp) -> Option<Meaning> {
        let Fields(fields) = serde_json::from_str(raw).ok()?;
        let (ids, mut others): (Vec<_>, Vec<_>) = fields
            .into_iter()
            .partition(|(name, _)| name == "update_id");
        // Of two, one would be hidden.
        let [(_, id)] = ids.as_slice() else {
            return None;
        };
        let id = parse(id)?;
        self.id = Some(id);
        let Some((kind, body)) = others.pop() else {
            return Some(Meaning::Unreadable("empty-update"));
        };
        // "At most one" beside the id, says the schema.
        if !others.is_empty() {
            return None;
        }
        match kind.as_str() {
            "message" | "channel_post" => message::posted(body, bot, self),
            "edited_message" | "edited_channel_post" => message::edited(body, bot, self),
            "message_reaction" => parse(body).map(|it| reaction::changed(&it, id, bot)),
            "my_chat_member" => parse(body).map(|it: ChatMemberUpdated| {
                self.title = it.chat.titled();
                member::changed(&it, id, bot)
            }),
            "callback_query" => parse(body).map(|it| button::pressed(it, bot, now, self)),
            other => Some(service::unused_update(other)),
        }
    }
}

/// An object with each of its fields, also those that stand in it twice.
struct Fields<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Deserialize<'a> for Fields<'a> {
    fn deserialize<D: Deserializer<'a>>(deserializer: D) -> Result<Fields<'a>, D::Error> {
        struct Collect;
        impl<'a> Visitor<'a> for Collect {
            type Value = Fields<'a>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Fields<'a>, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(Collect)
    }
}
