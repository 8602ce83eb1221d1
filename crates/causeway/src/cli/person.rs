//! `causeway person`

use clap::{Args, Subcommand, ValueEnum};
use conversation::AccountRef;

use super::sources::StoreArgs;

#[derive(Debug, Subcommand)]
#[command(after_help = EPILOGUE)]
pub(crate) enum PersonCommand {
    /// Everybody who was heard, with their accounts
    List(PersonListArgs),
    /// Say that two accounts are one human being
    Join(PersonJoinArgs),
    /// Say how a person wants to be mentioned on their other platforms
    Mentions(PersonMentionsArgs),
}

const EPILOGUE: &str = "\
Examples:
  causeway person list --config causeway.toml
  causeway person join telegram:123456 slack:U024BE7LH --config causeway.toml
  causeway person mentions telegram:123456 account --config causeway.toml
  causeway person mentions telegram:123456 name --config causeway.toml

An account is written platform:account, as the list shows it, and is known once it was heard in a room. Two accounts
that were joined stay so: look twice. A bridge that is running takes changes up by itself. Name the configuration
that the bridge runs with: it says where the store is, and what the community is called.";

#[derive(Debug, Args)]
pub(crate) struct PersonListArgs {
    #[command(flatten)]
    pub(crate) store: StoreArgs,

    /// Print JSON instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct PersonJoinArgs {
    /// The account that the person is known by; its choice of mentions holds
    pub(crate) first: AccountRef,

    /// The same person's other account
    pub(crate) second: AccountRef,

    /// Do not ask, also where both accounts are on one platform
    #[arg(long)]
    pub(crate) yes: bool,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Args)]
pub(crate) struct PersonMentionsArgs {
    /// Any account of the person
    pub(crate) account: AccountRef,

    /// What a mention elsewhere becomes on their other platforms
    pub(crate) by: MentionsBy,

    #[command(flatten)]
    pub(crate) store: StoreArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum MentionsBy {
    /// A mention that rings there
    Account,
    /// The name in words, which rings nobody
    Name,
}
