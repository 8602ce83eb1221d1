//! `causeway sandbox`

use std::process::ExitCode;

use crate::cli::sandbox::SandboxArgs;
use crate::exit::{Exit, failure};

pub(crate) async fn run(_args: SandboxArgs) -> anyhow::Result<ExitCode> {
    Err(failure(Exit::Failed, "not available in this build"))
}
