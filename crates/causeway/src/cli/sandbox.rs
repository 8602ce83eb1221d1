//! `causeway sandbox`

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
#[command(after_help = EPILOGUE)]
pub(crate) struct SandboxArgs {
    /// The page's port on this machine; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 8080)]
    pub(crate) port: u16,

    /// Carry a recorded chat room through the whole bridge, print the figures and stop
    #[arg(long, value_name = "FILE.ndjson[.gz]")]
    pub(crate) replay: Option<PathBuf>,

    /// Of the recording, only the first N messages
    #[arg(long, value_name = "N", requires = "replay")]
    pub(crate) limit: Option<usize>,

    /// An empty store to keep messages in, as in sqlite:play.db or postgres://...; without it a temporary file
    #[arg(long, value_name = "URL")]
    pub(crate) store: Option<String>,

    /// Print the figures of the replay as one JSON object
    #[arg(long, requires = "replay")]
    pub(crate) json: bool,
}

const EPILOGUE: &str = "\
Examples:
  causeway sandbox
  causeway sandbox --port 0 --store sqlite:play.db
  causeway sandbox --replay room.ndjson.gz --limit 1000 --json

A recording holds one message a line: {\"sent_at\": ..., \"author\": ..., \"text\": ...}. It is replayed as fast as it
goes; exit code 1 says that something was lost, came twice, or came out of order.";
