//! The command line: what can be asked. What is done about it stands in `commands`.

use clap::{Parser, Subcommand};

pub(crate) mod bench;
pub(crate) mod config;
pub(crate) mod dead;
pub(crate) mod debug;
pub(crate) mod room;
pub(crate) mod run;
pub(crate) mod sandbox;
pub(crate) mod sources;

use bench::BenchCommand;
use config::ConfigCommand;
use dead::DeadCommand;
use debug::DebugCommand;
use room::RoomCommand;
use run::RunArgs;
use sandbox::SandboxArgs;

/// Join the channels that people already use into one conversation.
///
/// Causeway carries messages between Telegram groups and email lists: what is said in one place is heard
/// in the others, with replies, edits and files. It keeps every message on disk before it says "received".
#[derive(Debug, Parser)]
#[command(name = "causeway", version, arg_required_else_help = true, after_help = EPILOGUE, verbatim_doc_comment)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play with a make-believe community: no account, no credentials, no server needed
    Sandbox(SandboxArgs),
    /// Run the bridge for your own community until it is told to stop
    Run(RunArgs),
    /// See and change which channels share one conversation
    #[command(subcommand)]
    Room(RoomCommand),
    /// See, retry or drop the messages that could not be delivered
    #[command(subcommand)]
    Dead(DeadCommand),
    /// Check a configuration, or print every key with its default
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Print what each platform can and cannot do, as a Markdown table
    Capabilities,
    /// Look at one message: how it is read, how it is shown
    #[command(subcommand)]
    Debug(DebugCommand),
    /// Measure how fast messages are carried on this machine
    #[command(subcommand)]
    Bench(BenchCommand),
}

const EPILOGUE: &str = "\
Examples:
  causeway sandbox                               open the page that it prints and start talking
  causeway config defaults > causeway.toml       begin a configuration of your own
  causeway config check --config causeway.toml   is it right?
  causeway run --config causeway.toml            run the bridge; Ctrl-C or SIGTERM stops it gently
  causeway room list --config causeway.toml      which channels share a conversation?

Exit codes:
  0   done
  1   failed at work; the reason is on standard error
  2   the command line or the configuration is wrong
  3   the store was refused: damaged, newer than this program, or in use by another process
  75  a temporary fault around us; the same command may succeed later

Data goes to standard output, talk and logs to standard error. NO_COLOR is honoured.
Any key of the configuration can also be set by the environment: CAUSEWAY__TELEGRAM__TOKEN=...";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_holds_together() {
        Cli::command().debug_assert();
    }
}
