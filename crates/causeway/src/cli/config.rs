//! `causeway config`

use clap::{Args, Subcommand};

use super::sources::SettingsArgs;

#[derive(Debug, Subcommand)]
#[command(after_help = EPILOGUE)]
pub(crate) enum ConfigCommand {
    /// Say whether the configuration can be used, and if not, what to change
    Check(CheckArgs),
    /// Print every key with its meaning, unit and default, as a file to start from
    Defaults,
}

const EPILOGUE: &str = "\
Examples:
  causeway config defaults > causeway.toml
  causeway config check --config causeway.toml
  causeway config check --config causeway.toml --json

Layers, the later wins: built-in defaults, the file, the environment (CAUSEWAY__ENGINE__STORM_PER_MINUTE=60).
A secret can also stand in a file of its own: `token_file = \"/run/secrets/token\"` instead of `token = ...`.";

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,

    /// Print problems and warnings as JSON
    #[arg(long)]
    pub(crate) json: bool,
}
