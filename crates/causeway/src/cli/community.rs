//! `causeway community`

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};

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
    pub(crate) name: String,

    /// Its name from now on
    #[arg(value_parser = NonEmptyStringValueParser::new())]
    pub(crate) to: String,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}
