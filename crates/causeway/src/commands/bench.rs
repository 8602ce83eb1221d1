//! `causeway bench`

use std::process::ExitCode;

use crate::cli::bench::BenchCommand;

mod relay;

pub(crate) async fn run(command: BenchCommand) -> anyhow::Result<ExitCode> {
    match command {
        BenchCommand::Relay(args) => relay::run(args).await,
    }
}
