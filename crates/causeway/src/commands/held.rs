//! `causeway held`: what waits for staff before anybody hears of it, and what staff makes of it.

use std::process::ExitCode;

use conversation::command::{Command, Held, Which};
use store::HeldLine;

use super::act::act;
use crate::cli::held::{HeldCommand, HeldListArgs};
use crate::cli::selection::SelectArgs;
use crate::community::open_with;
use crate::exit::Exit;
use crate::output;
use crate::table;

/// More than anybody reads in a terminal.
const MOST_LINES: u32 = 10_000;

pub(crate) async fn run(command: HeldCommand) -> anyhow::Result<ExitCode> {
    match command {
        HeldCommand::List(args) => list(args).await?,
        HeldCommand::Release(args) => change(args, |ids| Held::Release { ids }).await?,
        HeldCommand::Drop(args) => change(args, |ids| Held::Drop { ids }).await?,
    }
    Ok(Exit::Done.into())
}

async fn change(args: SelectArgs, to: impl Fn(Which) -> Held) -> anyhow::Result<()> {
    let command = Command::Held(to(args.selection.which()));
    act(args.store.load()?, command).await
}

async fn list(args: HeldListArgs) -> anyhow::Result<()> {
    let (store, community) = open_with(args.store.load()?).await?;
    let mut lines = store.held(&community, MOST_LINES).await?;
    if let Some(channel) = &args.channel {
        let channel = channel.to_string();
        lines.retain(|line| line.channel == channel);
    }
    if args.json {
        return output::print_json(&lines);
    }
    if lines.is_empty() {
        output::say(&format!("Nothing is held in {}.", store.url()));
        return Ok(());
    }
    let rows = lines.iter().map(row).collect();
    output::print(&table::plain(
        &["id", "channel", "claims to be", "message", "why"],
        rows,
    ))?;
    output::say(
        "Let it go: causeway held release ID, or --all. Drop it: causeway held drop ID, or --all.",
    );
    Ok(())
}

fn row(line: &HeldLine) -> Vec<String> {
    let because = conversation::because(&line.reason);
    vec![
        line.id.clone(),
        line.channel.clone(),
        format!("{} <{}>", line.author, line.account),
        line.message_excerpt.clone(),
        because.unwrap_or(&line.reason).to_owned(),
    ]
}
