//! Whether a channel takes part in its room now.

use super::value::Name;
use crate::ChannelRef;

noun! {
    Link "link": HELP_LINK;
    List "link list" | "links" { room: Option<Name> }: Staff Reads HELP_LINK_LIST;
    Open "link open" { channel: ChannelRef }: Staff Changes HELP_LINK_OPEN;
    Suspend "link suspend" { channel: ChannelRef }: Staff Changes HELP_LINK_SUSPEND;
    Here "link here" { room: Name }: Admin Changes HELP_LINK_HERE;
    Leave "link leave": Admin Changes HELP_LINK_LEAVE;
}
