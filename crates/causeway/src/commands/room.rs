//! `causeway room`

use std::process::ExitCode;

use crate::cli::room::RoomCommand;
use crate::exit::{Exit, failure};

pub(crate) async fn run(_command: RoomCommand) -> anyhow::Result<ExitCode> {
    Err(failure(Exit::Failed, "not available in this build"))
}
