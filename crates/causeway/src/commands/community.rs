//! `causeway community`: its name in the store, also while a bridge runs on it.

use std::process::ExitCode;

use conversation::command::{Command, Community};

use super::act::act_in;
use crate::cli::community::{CommunityCommand, CommunityRenameArgs};
use crate::community::open_store;
use crate::exit::Exit;
use crate::output;

/// Also where the configuration has the new name already.
pub(crate) async fn run(command: CommunityCommand) -> anyhow::Result<ExitCode> {
    let CommunityCommand::Rename(CommunityRenameArgs { name, to, store }) = command;
    let settings = store.load()?;
    let store = open_store(settings.store.at()).await?;
    let (old, new) = (name.as_str().to_owned(), to.as_str().to_owned());
    let rename = Command::Community(Community::Rename { name, to });
    act_in((&store, &old), &rename).await?;
    if settings.community.name != new {
        output::say(&format!(
            "The configuration says {:?}: set community.name = {new:?} there.",
            settings.community.name
        ));
    }
    Ok(Exit::Done.into())
}
