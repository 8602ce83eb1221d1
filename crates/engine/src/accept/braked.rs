//! What is said when the storm brake holds something: to staff, and to the one who wrote too much. Pure.

use conversation::{Arg, Brake, Capabilities, Phrase, StormLimits, Timestamp};
use store::{Entry, Notice, NoticeKind, Recorded, Say, To};
use words::WROTE_TOO_MUCH;

use crate::tell::fate_of_own_words;

pub(super) fn notice(entry: &Entry, brake: Brake, limits: &StormLimits, now: Timestamp) -> Notice {
    let channel = &entry.channel.at;
    let room = entry.room_name.clone().unwrap_or_default();
    let (about, who) = match brake {
        Brake::Author => (format!("one person in {channel}"), "one person wrote"),
        Brake::Channel => (channel.to_string(), "this channel took in"),
        Brake::Room => (room, "the room took in"),
    };
    let text = format!(
        "{who} more than {} messages in a minute, so what came after waits: `causeway dead list` shows it, \
             `causeway dead retry` lets it go in its order, `causeway dead drop` drops it",
        limits.of(brake)
    );
    Notice::new(NoticeKind::StormBrake, about, text, now)
}

/// Once an hour: they are not to be answered as often as they write.
pub(super) fn words_to_author(
    entry: &Entry,
    can: Option<&Capabilities>,
    recorded: &Recorded,
    (limits, now): (&StormLimits, Timestamp),
) -> Option<Say> {
    const HOUR_MS: i64 = 3_600_000;
    let (message, author) = (recorded.message.clone()?, recorded.author.as_ref()?);
    let key = format!(
        "braked-{}-{author}-{}",
        entry.channel.id,
        now.0.div_euclid(HOUR_MS)
    );
    let limit = Arg::Number(i64::from(limits.per_author));
    let phrase = Phrase::of(WROTE_TOO_MUCH).with("limit", limit);
    Some(Say {
        to: To::Message(message),
        fate: fate_of_own_words(can),
        ..Say::to(entry.clone(), key, phrase, Vec::new())
    })
}
