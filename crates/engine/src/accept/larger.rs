//! Which channel an event counts for: its own, or the larger place that its own is a part of.

use std::borrow::Cow;

use conversation::{ChannelRef, Event, Inbound, Link, Posted};
use store::Directory;

use super::changes_the_directory;

/// What happens in a channel that is in no room itself counts for the larger place that it is a part of, but for its
/// own end.
pub(super) fn in_the_larger_place<'e>(
    event: &'e Inbound,
    directory: &Directory,
) -> Cow<'e, Inbound> {
    let is_in_room = |at: &ChannelRef| {
        let entry = directory.find(at);
        entry.is_some_and(|it| it.channel.room.is_some() && it.channel.link != Link::Unlinked)
    };
    match &event.within {
        Some(larger)
            if !changes_the_directory(&event.event)
                && !is_in_room(&event.channel)
                && is_in_room(larger) =>
        {
            Cow::Owned(Inbound {
                channel: larger.clone(),
                ..event.clone()
            })
        }
        Some(_) if is_in_room(&event.channel) => without_thread(event),
        _ => Cow::Borrowed(event),
    }
}

/// A topic that is in a room by itself holds many threads, and is none.
fn without_thread(event: &Inbound) -> Cow<'_, Inbound> {
    match &event.event {
        Event::Posted(posted) if posted.thread.is_some() => Cow::Owned(Inbound {
            event: Event::Posted(Posted {
                thread: None,
                ..posted.clone()
            }),
            ..event.clone()
        }),
        _ => Cow::Borrowed(event),
    }
}
