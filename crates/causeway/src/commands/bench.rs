//! `causeway bench`

use std::process::ExitCode;

use crate::cli::bench::BenchCommand;
use crate::exit::{Exit, failure};

pub(crate) async fn run(_command: BenchCommand) -> anyhow::Result<ExitCode> {
    Err(failure(Exit::Failed, "not available in this build"))
}
