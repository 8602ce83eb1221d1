//! Which channels share one conversation.

use super::{
    choices::{FirstMessages, YesOrNo},
    value::{MostParts, Name},
};
use crate::ChannelRef;

noun! {
    Room "room": HELP_ROOM;
    List "room list" | "rooms": Staff Reads HELP_ROOM_LIST;
    Heard "room heard": Staff Reads HELP_ROOM_HEARD;
    Add "room add" { name: Name, channels: Vec<ChannelRef> }: Staff Changes HELP_ROOM_ADD;
    Link "room link" { room: Name, channel: ChannelRef, #[keyed] history: Option<YesOrNo> }: Staff Changes HELP_ROOM_LINK;
    Announce "room announce" { room: Name, channel: ChannelRef }: Staff Changes HELP_ROOM_ANNOUNCE;
    Unlink "room unlink" | "link close" { channel: ChannelRef }: Staff Changes HELP_ROOM_UNLINK;
    Set "room set" {
        room: Name,
        #[keyed] most_parts: Option<MostParts>,
        #[keyed] first_messages: Option<FirstMessages>
    }: Staff Changes HELP_ROOM_SET;
    Rename "room rename" { room: Name, to: Name }: Staff Changes HELP_ROOM_RENAME;
    Remove "room remove" { room: Name, unlink: bool }: Staff Changes HELP_ROOM_REMOVE;
}
