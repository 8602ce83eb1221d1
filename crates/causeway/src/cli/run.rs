//! `causeway run`

use clap::Args;

use super::sources::SettingsArgs;

#[derive(Debug, Args)]
#[command(after_help = EPILOGUE)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
}

const EPILOGUE: &str = "\
Examples:
  causeway run --config causeway.toml
  CAUSEWAY__TELEGRAM__TOKEN_FILE=token.txt causeway run --config causeway.toml

SIGTERM or Ctrl-C lets what is under way finish, then stops. Nothing that was accepted is lost if it is
stopped less gently; see `causeway --help` for the exit codes.";
