//! `causeway owner`: who owns the community first.
//!
//! **Invariant:** the code is printed where it is asked for, and stands nowhere else.

use std::process::ExitCode;

use anyhow::Context;
use engine::{acts, system_now};

use crate::cli::owner::{OwnerCodeArgs, OwnerCommand};
use crate::community::open_with;
use crate::exit::Exit;
use crate::output;

pub(crate) async fn run(command: OwnerCommand) -> anyhow::Result<ExitCode> {
    let OwnerCommand::Code(OwnerCodeArgs { store }) = command;
    let (store, community) = open_with(store.load()?).await?;
    let code = acts::owner_code(&store, &community, system_now()).await;
    let code = code.with_context(|| format!("no code was made for `{community}`"))?;
    output::say(&format!(
        "Write this to the bridge within 30 minutes, best where you and it are alone, on any platform that it is on. Whoever writes \
         it owns `{community}`; show it to nobody else."
    ));
    output::print(&format!("owner {code}"))?;
    Ok(Exit::Done.into())
}
