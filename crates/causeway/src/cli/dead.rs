//! `causeway dead`

use clap::{Args, Subcommand};
use conversation::ChannelRef;

use super::selection::SelectArgs;
use super::sources::StoreArgs;

#[derive(Debug, Subcommand)]
#[command(after_help = EPILOGUE)]
pub(crate) enum DeadCommand {
    /// What could not be delivered or is held by the storm brake, where and why
    List(DeadListArgs),
    /// Try again, also what the storm brake held
    Retry(SelectArgs),
    /// Give up for good; the record of it stays
    Drop(SelectArgs),
}

const EPILOGUE: &str = "\
Examples:
  causeway dead list --config causeway.toml
  causeway dead list --channel telegram:-1001234567890 --json --config causeway.toml
  causeway dead retry 01900000-0000-7000-8000-000000000001 --config causeway.toml
  causeway dead drop --all --config causeway.toml

The storm brake stops a room in which too much is said at once; `retry` lets go of what it held.";

#[derive(Debug, Args)]
pub(crate) struct DeadListArgs {
    /// Of this channel alone
    #[arg(long)]
    pub(crate) channel: Option<ChannelRef>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Print JSON instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}
