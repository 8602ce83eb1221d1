//! `causeway room`

use clap::{Args, Subcommand};
use conversation::{
    ChannelRef,
    command::{FirstMessages, MostParts, Name, YesOrNo},
};

use super::sources::StoreArgs;

#[derive(Debug, Subcommand)]
#[command(after_help = EPILOGUE)]
pub(crate) enum RoomCommand {
    /// Every room with its channels
    List(RoomListArgs),
    /// Channels that were heard and are in no room
    Heard(RoomHeardArgs),
    /// Make a room, with or without its first channels
    Add(RoomAddArgs),
    /// Let a channel take part in a room
    Link(RoomLinkArgs),
    /// Tell everybody in a channel that it is to take part, before it does
    Announce(RoomAnnounceArgs),
    /// Take a channel out of its room; what was said stays
    Unlink(RoomUnlinkArgs),
    /// Change how a room works
    Set(RoomSetArgs),
    /// Give a room another name; its channels and what was said in it stay
    Rename(RoomRenameArgs),
    /// Remove a room; what was said in it stays on record, and its name can be used again
    Remove(RoomRemoveArgs),
}

const EPILOGUE: &str = "\
Examples:
  causeway room add spring telegram:-1001234567890 email:spring@lists.example.org --config causeway.toml
  causeway room link spring telegram:-1009876543210 --config causeway.toml
  causeway room unlink telegram:-1009876543210 --config causeway.toml
  causeway room set spring --most-parts 3 --config causeway.toml
  causeway room set spring --first-messages wait --config causeway.toml
  causeway room heard --config causeway.toml
  causeway room rename spring summer --config causeway.toml
  causeway room remove summer --unlink --config causeway.toml
  causeway room list --json --config causeway.toml

A channel is written platform:id. A bridge that is running takes changes up by itself. Name the configuration
that the bridge runs with: it says where the store is, and what the community is called.";

#[derive(Debug, Args)]
pub(crate) struct RoomListArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Print JSON instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RoomHeardArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Print JSON instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RoomAddArgs {
    /// The room's name, as in spring
    pub(crate) name: Name,

    /// Channels that take part from the start, as in telegram:-1001234567890
    #[arg(value_name = "CHANNEL")]
    pub(crate) channels: Vec<ChannelRef>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RoomLinkArgs {
    /// The room's name
    pub(crate) room: Name,

    /// The channel, as in email:spring@lists.example.org
    pub(crate) channel: ChannelRef,

    /// Carry what was said there since everybody was told by `room announce`, too
    #[arg(long, value_name = "YES_OR_NO")]
    pub(crate) history: Option<YesOrNo>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RoomAnnounceArgs {
    /// The room that it is to take part in
    pub(crate) room: Name,

    /// The channel, as in telegram:-1001234567890
    pub(crate) channel: ChannelRef,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RoomUnlinkArgs {
    /// The channel, as in telegram:-1001234567890
    pub(crate) channel: ChannelRef,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RoomSetArgs {
    /// The room's name
    pub(crate) room: Name,

    /// From how many posts on a long text goes as a file: 0 is no limit, `default` is what the configuration says
    #[arg(long, value_name = "NUMBER")]
    pub(crate) most_parts: Option<MostParts>,

    /// Whether what somebody says there first waits until they agreed that it goes on: wait or go
    #[arg(long, value_name = "WAIT_OR_GO")]
    pub(crate) first_messages: Option<FirstMessages>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RoomRenameArgs {
    /// The room's name
    pub(crate) room: Name,

    /// The new one, which no other room has
    pub(crate) to: Name,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct RoomRemoveArgs {
    /// The room's name
    pub(crate) room: Name,

    /// Unlink the channels that take part; what waits for them is not sent any more
    #[arg(long)]
    pub(crate) unlink: bool,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}
