//! `causeway dead`

use std::process::ExitCode;

use crate::cli::dead::DeadCommand;
use crate::exit::{Exit, failure};

pub(crate) async fn run(_command: DeadCommand) -> anyhow::Result<ExitCode> {
    Err(failure(Exit::Failed, "not available in this build"))
}
