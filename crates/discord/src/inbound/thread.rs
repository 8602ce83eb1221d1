//! Threads that are gone.

use conversation::{Event, EventKey, Inbound, Proof};

use super::{Dispatch, MALFORMED, Normalised, author, one, read};
use crate::id::Spot;
use crate::known::Known;
use crate::wire::Channel;

/// A post of a forum is gone with its thread. Below a message of a channel the thread alone is gone, and Discord
/// does not say what was in it.
pub(super) fn deleted(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    let Some(thread) = read::<Channel>(dispatch) else {
        return MALFORMED;
    };
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
    one(Inbound {
        key: EventKey(format!("delete/{}", thread.id)),
        channel: parent.channel(),
        within: None,
        at: dispatch.now,
        actor: author::unknown(),
        proof: Proof::OfPlatform,
        event: Event::Deleted {
            messages: vec![begins.remote()],
        },
    })
}
