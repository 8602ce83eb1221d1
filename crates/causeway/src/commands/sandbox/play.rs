//! The sandbox to play in: stand-ins, a bridge and a page, all in this process and on this machine.

use std::process::ExitCode;

use crate::cli::sandbox::SandboxArgs;
use crate::exit::{Exit, failure};

pub(super) async fn run(_args: &SandboxArgs) -> anyhow::Result<ExitCode> {
    Err(failure(Exit::Failed, "not available in this build"))
}
