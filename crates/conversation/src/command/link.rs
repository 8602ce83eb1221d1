//! Whether a channel takes part in its room now.

use super::value::Name;
use crate::ChannelRef;

noun! {
    Link "link": HELP_LINK;
    List "link list" | "links" { room: Option<Name> }: Staff Reads HELP_LINK_LIST;
    Open "link open" { channel: ChannelRef }: Staff Changes HELP_LINK_OPEN;
    Suspend "link suspend" { channel: ChannelRef }: Staff Changes HELP_LINK_SUSPEND;
    Here "link here" { room: Name, channel: Option<ChannelRef> }: Admin Changes HELP_LINK_HERE;
    Leave "link leave" { channel: Option<ChannelRef> }: Admin Changes HELP_LINK_LEAVE;
}

impl Link {
    /// The same, of that channel where it names none: it is said there.
    #[must_use]
    pub fn said_in(self, at: &ChannelRef) -> Link {
        let or_here = |channel: Option<ChannelRef>| channel.or_else(|| Some(at.clone()));
        match self {
            Link::Here { room, channel } => Link::Here {
                room,
                channel: or_here(channel),
            },
            Link::Leave { channel } => Link::Leave {
                channel: or_here(channel),
            },
            other => other,
        }
    }

    /// The one channel whose administrators may say it.
    pub fn administered(&self) -> Option<&ChannelRef> {
        match self {
            Link::Here { channel, .. } | Link::Leave { channel } => channel.as_ref(),
            _ => None,
        }
    }
}
