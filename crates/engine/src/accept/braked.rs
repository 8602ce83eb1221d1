//! What is said when the storm brake holds something: to staff, and to the one who wrote too much. Pure.

use conversation::{Brake, Capabilities, StormLimits, Timestamp};
use store::{Entry, Notice, NoticeKind, OwnWords, Recorded};

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
) -> Option<OwnWords> {
    const HOUR_MS: i64 = 3_600_000;
    let (message, author) = (recorded.message.clone()?, recorded.author.as_ref()?);
    Some(OwnWords {
        about: message,
        home: entry.clone(),
        news: format!(
            "braked-{}-{author}-{}",
            entry.channel.id,
            now.0.div_euclid(HOUR_MS)
        ),
        text: format!(
            "You wrote more than {} messages in a minute. What came after waits until somebody of the staff has looked \
             at it, and then goes on in its order.",
            limits.per_author
        ),
        fate: fate_of_own_words(can),
    })
}
