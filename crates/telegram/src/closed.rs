//! Why a chat is closed to us, and what lets us in again.

pub(crate) const BLOCKED: &str = "its person blocked the bot, and can unblock it";
pub(crate) const PUT_OUT: &str = "the bot was put out of the chat: add it again";
pub(crate) const MUTED: &str =
    "the bot may not write there: let it send messages, in a channel as an administrator";
const NOT_MET: &str = "its person must write to the bot first";
const GONE: &str = "the chat is gone for the bot: add it again, or take the chat out of its room with `causeway room unlink`";

/// Telegram's words, in small letters, and what helps. The first that fits.
const CURES: [(&str, &str); 12] = [
    ("blocked by the user", BLOCKED),
    ("can't initiate conversation", NOT_MET),
    ("have no access to the user", NOT_MET),
    ("peer_id_invalid", NOT_MET),
    (
        "user is deactivated",
        "its account is deleted: take the chat out of its room with `causeway room unlink`",
    ),
    (
        "topic_closed",
        "the topic is closed: reopen it, or let the bot manage topics",
    ),
    (
        "topic",
        "the topic is gone: take it out of its room with `causeway room unlink`, and link another",
    ),
    (
        "message thread not found",
        "the topic is gone: take it out of its room with `causeway room unlink`, and link another",
    ),
    ("kicked", PUT_OUT),
    ("channel_private", PUT_OUT),
    ("not a member", PUT_OUT),
    ("not found", GONE),
];

/// By what Telegram said.
pub(crate) fn cure(description: &str) -> &'static str {
    let said = description.to_lowercase();
    let found = CURES.iter().find(|(words, _)| said.contains(words));
    match found {
        Some((_, cure)) => cure,
        None if said.contains("deactivated") || said.contains("deleted") => GONE,
        None => MUTED,
    }
}
