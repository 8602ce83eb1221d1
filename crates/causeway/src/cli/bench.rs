//! `causeway bench`

use clap::{Args, Subcommand};

#[derive(Debug, Subcommand)]
#[command(after_help = EPILOGUE)]
pub(crate) enum BenchCommand {
    /// One Telegram group to N others, over a stand-in for Telegram in a process of its own
    Relay(RelayArgs),
    /// One room on Telegram, Discord, Slack and a mailing list, all talking at a steady rate
    Room(RoomArgs),
}

const EPILOGUE: &str = "\
Examples:
  causeway bench relay --destinations 10 --messages 500 --api-latency-ms 50
  causeway bench relay --destinations 10 --messages 5000 --api-latency-ms 0 --json
  causeway bench room --rate 50 --seconds 300
  causeway bench room --rate 20 --seconds 60 --store postgres://causeway@localhost/empty --json";

#[derive(Debug, Args)]
pub(crate) struct RelayArgs {
    /// Groups that hear each message
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) destinations: u32,

    /// Messages said in the first group
    #[arg(long, value_name = "M", default_value_t = 500, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) messages: u32,

    /// How long the stand-in takes for each answer, in milliseconds
    #[arg(long, value_name = "L", default_value_t = 50)]
    pub(crate) api_latency_ms: u64,

    /// An empty store to keep messages in, as in postgres://...; without it a temporary SQLite file
    #[arg(long, value_name = "URL")]
    pub(crate) store: Option<String>,

    /// Print one JSON object instead of a table
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct RoomArgs {
    /// Messages a second, said on the four platforms in turn whether or not the bridge keeps up
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) rate: u32,

    /// How long people talk
    #[arg(long, value_name = "S", default_value_t = 300, value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub(crate) seconds: u32,

    /// An empty store to keep messages in, as in postgres://...; without it a temporary SQLite file
    #[arg(long, value_name = "URL")]
    pub(crate) store: Option<String>,

    /// Print one JSON object instead of tables
    #[arg(long)]
    pub(crate) json: bool,
}
