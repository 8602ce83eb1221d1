//! `causeway status`

use clap::Args;

use super::sources::StoreArgs;

#[derive(Debug, Args)]
#[command(after_help = EPILOGUE)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Print JSON instead of text
    #[arg(long)]
    pub(crate) json: bool,
}

const EPILOGUE: &str = "\
Examples:
  causeway status --config causeway.toml
  causeway status --json --config causeway.toml

Exit codes, as monitoring expects them:
  0   all is well
  1   something wants a look: it waits for staff, or somebody's mail comes back
  2   something is broken: an account, a channel, the bridge itself, or the configuration that was named
Others are those of every command, as in `causeway --help`.";
