//! `causeway dead`: what was given up or held, and what staff makes of it.

use std::process::ExitCode;

use conversation::{
    DeliveryState,
    command::{Command, Dead, Which},
};
#[cfg(feature = "sandbox")]
use engine::system_now;
use store::DeliveryLine;

use super::act::act;
use crate::cli::dead::{DeadCommand, DeadListArgs};
use crate::cli::selection::SelectArgs;
use crate::community::open_with;
use crate::exit::Exit;
use crate::output;
use crate::table;

/// More than anybody reads in a terminal.
const MOST_LINES: u32 = 10_000;

pub(crate) async fn run(command: DeadCommand) -> anyhow::Result<ExitCode> {
    match command {
        DeadCommand::List(args) => list(args).await?,
        DeadCommand::Retry(args) => change(args, |ids| Dead::Retry { ids }).await?,
        DeadCommand::Drop(args) => change(args, |ids| Dead::Drop { ids }).await?,
    }
    Ok(Exit::Done.into())
}

async fn change(args: SelectArgs, to: impl Fn(Which) -> Dead) -> anyhow::Result<()> {
    let command = Command::Dead(to(args.selection.which()));
    act(args.store.load()?, command).await
}

async fn list(args: DeadListArgs) -> anyhow::Result<()> {
    let (store, community) = open_with(args.store.load()?).await?;
    let mut lines = store.stopped_deliveries(&community, MOST_LINES).await?;
    if let Some(channel) = &args.channel {
        let channel = channel.to_string();
        lines.retain(|line| line.to == channel);
    }
    if args.json {
        return output::print_json(&lines);
    }
    if lines.is_empty() {
        output::say(&format!("Nothing is dead or held in {}.", store.url()));
        return Ok(());
    }
    let rows = lines.iter().map(row).collect();
    output::print(&table::plain(
        &["id", "state", "to", "author", "message", "why"],
        rows,
    ))?;
    output::say(
        "Try again: causeway dead retry ID, or --all. Give up: causeway dead drop ID, or --all.",
    );
    Ok(())
}

fn row(line: &DeliveryLine) -> Vec<String> {
    let state = match line.state {
        DeliveryState::Held => "held",
        _ => "dead",
    };
    vec![
        line.id.clone(),
        state.to_owned(),
        line.to.clone(),
        line.author.clone(),
        line.message_excerpt.clone(),
        line.reason.clone().unwrap_or_default(),
    ]
}

/// In whichever community: of the sandbox, which has one. Says how many begin with this id.
#[cfg(feature = "sandbox")]
pub(super) async fn retry_one(store: &store::Store, id: String) -> anyhow::Result<u64> {
    let now = system_now();
    let names = store.communities().await?;
    let retried = store.write(move |tx| {
        let (names, id) = (names.clone(), id.clone());
        Box::pin(async move {
            let mut n = 0;
            for name in &names {
                let community = tx.communities().known(name).await?;
                n += tx.held(&community).retry_stopped(&id, now).await?;
            }
            Ok(n)
        })
    });
    Ok(retried.await?)
}
