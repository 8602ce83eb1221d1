//! What is kept of events that went to nobody, and for how long. `SECURITY.md` shows the same list to people.
//!
//! **Invariant:** here stands what may be kept at all: of a channel that nobody linked, and of what is said to the bot alone,
//! no word is, whatever the reason.

/// A reason not to relay an event, and for how many days it is kept as it came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    pub reason: &'static str,
    pub days: u32,
}

/// Nothing but its kind, channel, time and count.
const NO_WORD: u32 = 0;
/// Long enough to mend what did not understand it.
const A_WEEK: u32 = 7;
/// What belongs to a message that was relayed.
const A_MONTH: u32 = 30;

const fn kept(reason: &'static str, days: u32) -> Kept {
    Kept { reason, days }
}

pub const KEPT: &[Kept] = &[
    kept("unknown-channel", NO_WORD),
    kept("in-private", NO_WORD),
    kept("unlinked", NO_WORD),
    kept("channel-not-told", NO_WORD),
    kept("no-report", NO_WORD),
    kept("not-a-member", NO_WORD),
    kept("command-by-machine", NO_WORD),
    kept("command-unproven", NO_WORD),
    kept("elided-text", A_MONTH),
    kept("unusable-event", A_WEEK),
    // Telegram
    kept("empty-update", A_WEEK),
    kept("malformed-update", A_WEEK),
    kept("unknown-message", A_WEEK),
    kept("unknown-reaction", A_WEEK),
    kept("unknown-update", A_WEEK),
    // Discord
    kept("edit-without-author", A_WEEK),
    kept("interaction-nowhere", A_WEEK),
    kept("interaction-of-nobody", A_WEEK),
    kept("malformed-dispatch", A_WEEK),
    kept("malformed-server", A_WEEK),
    // Slack
    kept("malformed-channel-event", A_WEEK),
    kept("malformed-command", A_WEEK),
    kept("malformed-form", A_WEEK),
    kept("malformed-message", A_WEEK),
    kept("malformed-payload", A_WEEK),
    kept("malformed-press", A_WEEK),
    kept("malformed-reaction", A_WEEK),
    kept("nothing-understood", A_WEEK),
    kept("unknown-event", A_WEEK),
    kept("unknown-subtype", A_WEEK),
    // Mail
    kept("auto-reply", A_WEEK),
    kept("bounce", A_WEEK),
    kept("bulk", A_WEEK),
    kept("empty", A_WEEK),
    kept("no-single-author", A_WEEK),
    kept("own-list-header", A_WEEK),
    kept("own-mail", A_WEEK),
    kept("own-message-id", A_WEEK),
    kept("proof-failed", A_WEEK),
    kept("too-deep", A_WEEK),
    kept("too-many-parts", A_WEEK),
    kept("unreadable", A_WEEK),
];

/// Reasons of older versions are kept no longer than what could not be read.
pub fn days_kept(reason: &str) -> u32 {
    let known = KEPT.iter().find(|it| it.reason == reason);
    known.map_or(A_WEEK, |it| it.days)
}
