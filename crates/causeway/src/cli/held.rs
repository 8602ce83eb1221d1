//! `causeway held`

use clap::{Args, Subcommand};
use conversation::ChannelRef;

use super::selection::SelectArgs;
use super::sources::StoreArgs;

#[derive(Debug, Subcommand)]
#[command(after_help = EPILOGUE)]
pub(crate) enum HeldCommand {
    /// What nobody has heard yet, who it claims to be from, and why it waits
    List(HeldListArgs),
    /// Let it go: it is said as if it came now
    Release(SelectArgs),
    /// Drop it for good; that it was dropped stays on record
    Drop(SelectArgs),
}

const EPILOGUE: &str = "\
Examples:
  causeway held list --config causeway.toml
  causeway held list --channel email:spring@lists.example.org --json --config causeway.toml
  causeway held release 01900000-0000-7000-8000-000000000001 --config causeway.toml
  causeway held drop --all --config causeway.toml

Mail that does not prove who wrote it waits here, and what comes again and again. Nobody is told of it but staff, and after
thirty days it is forgotten. A running bridge takes what is released within a second, one that is stopped at its start.";

#[derive(Debug, Args)]
pub(crate) struct HeldListArgs {
    /// Of this channel alone
    #[arg(long)]
    pub(crate) channel: Option<ChannelRef>,

    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Print JSON instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}
