//! Which channels share one conversation.

use super::value::{MostParts, Name};
use crate::ChannelRef;

noun! {
    Room "room": HELP_ROOM;
    List "room list" | "rooms": Staff Reads HELP_ROOM_LIST;
    Heard "room heard": Staff Reads HELP_ROOM_HEARD;
    Add "room add" { name: Name, channels: Vec<ChannelRef> }: Staff Changes HELP_ROOM_ADD;
    Link "room link" { room: Name, channel: ChannelRef }: Staff Changes HELP_ROOM_LINK;
    Unlink "room unlink" | "link close" { channel: ChannelRef }: Staff Changes HELP_ROOM_UNLINK;
    Set "room set" { room: Name, #[keyed] most_parts: MostParts }: Staff Changes HELP_ROOM_SET;
    Rename "room rename" { room: Name, to: Name }: Staff Changes HELP_ROOM_RENAME;
    Remove "room remove" { room: Name, unlink: bool }: Staff Changes HELP_ROOM_REMOVE;
}
