//! From one raw dispatch to events in our words. **Invariant:** pure; every dispatch becomes events, or is
//! ignored by a name, or is handed back as unreadable, or waits for what must be asked first: none vanishes.

mod attachments;
mod author;
mod content;
mod dispatch;
pub(crate) mod guild;
mod interaction;
mod lines;
mod message;
mod names;
mod reaction;
#[cfg(test)]
mod tests;
mod thread;

pub(crate) use author::unknown as nobody;
pub(crate) use dispatch::{Dispatch, Normalised};
pub(crate) use interaction::{OURS, asking};
pub(crate) use message::{edit_of, post_of};
pub(crate) use reaction::seen as seen_reaction;

use crate::known::Known;

pub(crate) fn normalise(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    match dispatch.kind {
        "MESSAGE_CREATE" => message::posted(dispatch, known),
        "MESSAGE_UPDATE" => message::edited(dispatch, known),
        "MESSAGE_DELETE" => message::deleted(dispatch, known),
        "MESSAGE_DELETE_BULK" => message::deleted_many(dispatch, known),
        "MESSAGE_REACTION_ADD" => reaction::changed(dispatch, known, reaction::Change::Added),
        "MESSAGE_REACTION_REMOVE" => reaction::changed(dispatch, known, reaction::Change::Removed),
        "MESSAGE_REACTION_REMOVE_ALL" | "MESSAGE_REACTION_REMOVE_EMOJI" => {
            reaction::cleared(dispatch, known)
        }
        "INTERACTION_CREATE" => interaction::made(dispatch, known),
        "THREAD_DELETE" => thread::deleted(dispatch, known),
        "CHANNEL_DELETE" => guild::channel_deleted(dispatch),
        "GUILD_CREATE" => guild::entered(dispatch, known),
        "GUILD_DELETE" => guild::left(dispatch, known),
        "READY" | "RESUMED" => Normalised::Ignored("session"),
        "CHANNEL_UPDATE" => guild::channel_changed(dispatch),
        "GUILD_ROLE_UPDATE" => guild::role_changed(dispatch, known),
        "GUILD_MEMBER_UPDATE" => guild::member_changed(dispatch, known),
        "THREAD_CREATE" | "THREAD_UPDATE" => thread::seen(dispatch),
        "THREAD_MEMBERS_UPDATE" => thread::members_changed(dispatch, known),
        "CHANNEL_CREATE" | "THREAD_LIST_SYNC" | "GUILD_ROLE_CREATE" => {
            Normalised::Ignored("learnt")
        }
        _ => Normalised::Ignored("of-no-use"),
    }
}
