//! `causeway bench`

use std::process::ExitCode;

use crate::cli::bench::BenchCommand;

mod relay;
mod room;

pub(crate) async fn run(command: BenchCommand) -> anyhow::Result<ExitCode> {
    match command {
        BenchCommand::Relay(args) => relay::run(args).await,
        BenchCommand::Room(args) => room::run(args).await,
    }
}

/// What people say: found again by its number wherever it arrives.
fn words(number: usize) -> String {
    format!(
        "#{number} Good morning everyone, looking forward to the convening next week. \
         Who is bringing the projector?"
    )
}

/// From `Ana (Telegram): #17 Good morning …`.
fn number_of(text: &str) -> Option<usize> {
    let (_, rest) = text.split_once('#')?;
    rest.split_whitespace().next()?.parse().ok()
}
