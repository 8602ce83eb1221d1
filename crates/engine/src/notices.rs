//! What staff is told of channels, accounts and messages, in whatever part of the engine that is found out.

use conversation::{ChannelRef, Platform, Timestamp};
use store::{Entry, Notice, NoticeKind};

/// `why` is what happened and what helps, as far as the platform tells.
pub(crate) fn closed_notice(entry: &Entry, why: &str, now: Timestamp) -> Notice {
    const USUAL: &str = "let the bridge in again and give it the right to write";
    let channel = &entry.channel.at;
    let text = format!(
        "{channel} is closed to the bridge: {}. What is said meanwhile waits, for as long as any message is tried. \
             Where the platform does not tell when it is open again, `causeway room link {} {channel}` does.",
        if why.is_empty() { USUAL } else { why },
        quoted(entry.room_name.as_deref().unwrap_or("ROOM"))
    );
    Notice::new(NoticeKind::ChannelClosed, channel.to_string(), text, now)
}

pub(crate) fn rests_notice((room, channel): (&str, &ChannelRef), now: Timestamp) -> Notice {
    let text = format!(
        "staff lets it rest. What is said meanwhile waits, for as long as any message is tried: `causeway room link {} {channel}` \
         lets it take part again.",
        quoted(room)
    );
    Notice::new(NoticeKind::ChannelRests, channel.to_string(), text, now)
}

/// As a terminal takes it, and a chat.
fn quoted(name: &str) -> String {
    match name.contains(char::is_whitespace) {
        true => format!("\"{name}\""),
        false => name.to_owned(),
    }
}

pub(crate) fn dead_notice(entry: &Entry, now: Timestamp) -> Notice {
    let text = "some messages could not be delivered: `causeway dead list` says which and why";
    let about = entry.name().to_string();
    Notice::new(NoticeKind::DeadLetter, about, text.to_owned(), now)
}

pub(crate) fn refused_notice(platform: &Platform, why: &str, now: Timestamp) -> Notice {
    let text = format!(
        "{why}. Nothing is sent to {platform} or heard from there until that is mended and Causeway is started again."
    );
    Notice::new(NoticeKind::AccountRefused, &*platform.0, text, now)
}
