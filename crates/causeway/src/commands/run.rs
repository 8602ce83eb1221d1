//! `causeway run`

use std::process::ExitCode;

use crate::cli::run::RunArgs;
use crate::exit::{Exit, failure};

pub(crate) async fn run(_args: RunArgs) -> anyhow::Result<ExitCode> {
    Err(failure(Exit::Failed, "not available in this build"))
}
