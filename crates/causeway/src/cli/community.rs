//! `causeway community`

use clap::{Args, Subcommand};
use conversation::command::Name;

use super::sources::StoreArgs;

#[derive(Debug, Subcommand)]
#[command(after_help = EPILOGUE)]
pub(crate) enum CommunityCommand {
    /// Say that it is the same community under another name
    Rename(CommunityRenameArgs),
}

const EPILOGUE: &str = "\
Examples:
  causeway community rename Spring Summer --config causeway.toml

Change `community.name` in the configuration too. Its rooms, its people and all that it said stay.";

#[derive(Debug, Args)]
pub(crate) struct CommunityRenameArgs {
    /// Its name until now
    pub(crate) name: Name,

    /// Its name from now on
    pub(crate) to: Name,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}
