//! One message as it is kept: small where it is plain text, because load tests keep many.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::ids::MessageId;
use super::said::FileKind;
use super::text::Entity;

#[derive(Debug, Clone, Default)]
pub(crate) struct Stored {
    pub(crate) id: MessageId,
    pub(crate) from: i64,
    /// Unix seconds.
    pub(crate) date: i64,
    pub(crate) edit_date: Option<i64>,
    pub(crate) thread: Option<MessageId>,
    pub(crate) reply_to: Option<MessageId>,
    /// The text, or the caption where there is media.
    pub(crate) text: String,
    pub(crate) entities: Vec<Entity>,
    /// What most messages do not have.
    pub(crate) extra: Option<Box<Extra>>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Extra {
    pub(crate) media: Option<Media>,
    pub(crate) media_group: Option<String>,
    pub(crate) markup: Option<Value>,
    /// Fields of `Message` that are kept as they go out: service messages, quotes, where it was forwarded from.
    pub(crate) fields: Map<String, Value>,
    pub(crate) is_service: bool,
    /// Who reacted, with the `ReactionType` objects.
    pub(crate) reactions: Vec<(i64, Vec<Value>)>,
}

/// What hangs on a message, as the field of `Message` that carries it.
#[derive(Debug, Clone)]
pub(crate) struct Media {
    pub(crate) field: &'static str,
    pub(crate) value: Value,
    /// None for a location and a poll.
    pub(crate) file: Option<MediaFile>,
}

#[derive(Debug, Clone)]
pub(crate) struct MediaFile {
    pub(crate) kind: FileKind,
    pub(crate) name: Option<String>,
    pub(crate) mime: String,
    pub(crate) path: String,
    pub(crate) bytes: Bytes,
}

impl Stored {
    pub(crate) fn extra_mut(&mut self) -> &mut Extra {
        self.extra.get_or_insert_default()
    }

    pub(crate) fn media(&self) -> Option<&Media> {
        self.extra.as_ref()?.media.as_ref()
    }

    pub(crate) fn markup(&self) -> Option<&Value> {
        self.extra.as_ref()?.markup.as_ref()
    }

    pub(crate) fn is_service(&self) -> bool {
        self.extra.as_ref().is_some_and(|extra| extra.is_service)
    }

    pub(crate) fn reactions(&self) -> &[(i64, Vec<Value>)] {
        self.extra
            .as_ref()
            .map_or(&[], |extra| extra.reactions.as_slice())
    }
}

/// The emoji that may be a reaction.
const REACTIONS: &str = "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡";

/// The emoji as the real server spells it: it takes a variation selector behind it, and gives none.
pub(crate) fn possible_reaction(emoji: &str) -> Option<&'static str> {
    let bare = emoji.trim_end_matches('\u{fe0f}');
    REACTIONS.split(' ').find(|it| *it == bare)
}
