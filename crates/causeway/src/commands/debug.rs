//! `causeway debug`
use std::process::ExitCode;

use crate::cli::debug::DebugCommand;
use crate::exit::{Exit, failure};

pub(crate) fn run(_command: DebugCommand) -> anyhow::Result<ExitCode> {
    Err(failure(Exit::Failed, "not available in this build"))
}
