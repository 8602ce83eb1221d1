//! `causeway owner`

use clap::{Args, Subcommand};

use super::sources::StoreArgs;

#[derive(Debug, Subcommand)]
#[command(after_help = EPILOGUE)]
pub(crate) enum OwnerCommand {
    /// Show a code: whoever says it to the bridge owns the community
    Code(OwnerCodeArgs),
}

const EPILOGUE: &str = "\
Examples:
  causeway owner code --config causeway.toml

A community that has no owner yet gets its first one by this code. It is good once and for 30 minutes; a new one replaces
it. Owners may do everything that staff may, and name others: `role grant ACCOUNT owner`.";

#[derive(Debug, Args)]
pub(crate) struct OwnerCodeArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,
}
