//! From one raw dispatch to events in our words. **Invariant:** pure; every dispatch becomes events, or is
//! ignored by a name, or is handed back as unreadable, or waits for what must be asked first: none vanishes.

use conversation::{Inbound, Timestamp};
use serde::de::DeserializeOwned;

mod attachments;
mod author;
mod content;
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
pub(crate) use interaction::OURS;
pub(crate) use message::{edit_of, post_of};
pub(crate) use reaction::seen as seen_reaction;

use crate::id::Snowflake;
use crate::known::{Known, Place};

/// One event of the gateway.
#[derive(Debug, Clone)]
pub(crate) struct Dispatch<'a> {
    /// As in `MESSAGE_CREATE`.
    pub(crate) kind: &'a str,
    /// Its `d`, as it came.
    pub(crate) data: &'a str,
    /// The session and the number in it: the same when it is sent again after RESUME.
    pub(crate) name: &'a str,
    /// By Discord's clock, for what does not bear a time.
    pub(crate) now: Timestamp,
}

/// What a dispatch means to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Normalised {
    Events(Vec<Inbound>),
    /// Known, and of no use to a conversation; named by a code that does not change.
    Ignored(&'static str),
    /// To be kept raw under the code `reason`.
    Unreadable(&'static str),
    /// Nobody told us of this channel yet.
    Unknown(Snowflake),
}

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

const MALFORMED: Normalised = Normalised::Unreadable("malformed-dispatch");

fn read<T: DeserializeOwned>(dispatch: &Dispatch<'_>) -> Option<T> {
    serde_json::from_str(dispatch.data).ok()
}

fn one(event: Inbound) -> Normalised {
    Normalised::Events(vec![event])
}

/// Where something happened: the channel that people link, and the thread in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scene<'a> {
    channel: Snowflake,
    thread: Option<(Snowflake, &'a Place)>,
    is_forum: bool,
}

impl<'a> Scene<'a> {
    /// `Err` names what must be asked for.
    fn of(channel: Snowflake, is_direct: bool, known: &'a Known) -> Result<Scene<'a>, Snowflake> {
        let plain = Scene {
            channel,
            thread: None,
            is_forum: false,
        };
        let place = match known.place(channel) {
            Some(place) => place,
            None if is_direct => return Ok(plain),
            None => return Err(channel),
        };
        let Some(parent) = place.stands_for() else {
            return Ok(plain);
        };
        let above = known.place(parent).ok_or(parent)?;
        Ok(Scene {
            channel: parent,
            thread: Some((channel, place)),
            is_forum: above.is_forum(),
        })
    }

    fn thread_id(&self) -> Option<Snowflake> {
        self.thread.map(|it| it.0)
    }
}
