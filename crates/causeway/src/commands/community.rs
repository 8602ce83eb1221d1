//! `causeway community`: its name in the store, also while a bridge runs on it.

use std::process::ExitCode;

use anyhow::Context;
use engine::community;

use crate::cli::community::{CommunityCommand, CommunityRenameArgs};
use crate::community::open_store;
use crate::exit::Exit;
use crate::output;

pub(crate) async fn run(command: CommunityCommand) -> anyhow::Result<ExitCode> {
    let CommunityCommand::Rename(CommunityRenameArgs { name, to, store }) = command;
    let settings = store.load()?;
    let store = open_store(settings.store.at()).await?;
    community::rename(&store, &name, &to)
        .await
        .with_context(|| format!("`{name}` keeps its name"))?;
    output::say(&format!("The community `{name}` is `{to}` from now on."));
    if settings.community.name != to {
        output::say(&format!(
            "The configuration says {:?}: set community.name = {to:?} there.",
            settings.community.name
        ));
    }
    Ok(Exit::Done.into())
}
