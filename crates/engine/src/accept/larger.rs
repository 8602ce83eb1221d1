//! Which channel an event counts for: its own, or the larger place that its own is a part of.

use std::borrow::Cow;

use conversation::{Event, Inbound, Posted};
use store::Directory;

use super::changes_the_directory;

/// What happens in a channel that is in no room itself counts for the larger place that it is a part of, but for its
/// own end.
pub(crate) fn in_the_larger_place<'e>(
    event: &'e Inbound,
    directory: &Directory,
) -> Cow<'e, Inbound> {
    match &event.within {
        Some(larger)
            if !changes_the_directory(&event.event)
                && !directory.is_linked(&event.channel)
                && directory.is_linked(larger) =>
        {
            Cow::Owned(Inbound {
                channel: larger.clone(),
                ..event.clone()
            })
        }
        Some(_) if directory.is_linked(&event.channel) => without_thread(event),
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
