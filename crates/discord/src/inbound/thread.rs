//! Threads that come and go. A private one may be linked by itself, and then it closes and opens as a channel does.

use conversation::{Event, EventKey};

use serde::Deserialize;

use super::dispatch::{Dispatch, MALFORMED, Normalised, one, read};
use super::{author, guild};
use crate::id::{Snowflake, Spot};
use crate::known::Known;
use crate::wire::{Channel, channel_kind::PRIVATE_THREAD};

/// What lets us in again.
const PUT_OUT: &str = "the bot was taken out of the thread: mention it there";

#[derive(Deserialize)]
struct Members {
    id: Snowflake,
    #[serde(default)]
    removed_member_ids: Vec<Snowflake>,
}

/// Also told when we are let into a private one.
pub(super) fn seen(dispatch: &Dispatch<'_>) -> Normalised {
    match read::<Channel>(dispatch) {
        Some(thread) if thread.kind == PRIVATE_THREAD => {
            one(guild::event(thread.id, Event::Opened, dispatch))
        }
        _ => Normalised::Ignored("learnt"),
    }
}

/// In a public one we hear all the same.
pub(super) fn members_changed(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    let Some(it) = read::<Members>(dispatch) else {
        return MALFORMED;
    };
    let is_private = known
        .place(it.id)
        .is_some_and(|it| it.kind == PRIVATE_THREAD);
    let are_out = |bot| it.removed_member_ids.contains(&bot);
    match is_private && known.bot.is_some_and(are_out) {
        true => one(guild::event(it.id, Event::closed(PUT_OUT), dispatch)),
        false => Normalised::Ignored("of-no-use"),
    }
}

/// A post of a forum is gone with its thread. Below a message of a channel the thread alone is gone, and Discord
/// does not say what was in it.
pub(super) fn deleted(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    let Some(thread) = read::<Channel>(dispatch) else {
        return MALFORMED;
    };
    if thread.kind == PRIVATE_THREAD {
        return one(guild::event(
            thread.id,
            Event::closed(guild::DELETED),
            dispatch,
        ));
    }
    let Some(parent) = thread.parent_id else {
        return MALFORMED;
    };
    if !known.place(parent).is_some_and(|it| it.is_forum()) {
        return Normalised::Ignored("thread-deleted");
    }
    if known.deleted_by_us(thread.id) {
        return Normalised::Ignored("ourselves");
    }
    let begins = Spot {
        thread: Some(thread.id),
        message: thread.id,
    };
    one(calls::happened(
        EventKey(format!("delete/{}", thread.id)),
        parent.channel(),
        dispatch.now,
        author::unknown(),
        Event::Deleted {
            messages: vec![begins.remote()],
        },
    ))
}
