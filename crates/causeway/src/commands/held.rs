//! `causeway held`: what waits for staff before anybody hears of it, and what staff makes of it.

use std::process::ExitCode;

use engine::system_now;
use store::HeldLine;

use super::selection::{Words, each, nothing};
use crate::cli::held::{HeldCommand, HeldListArgs};
use crate::cli::selection::SelectArgs;
use crate::community::open_with;
use crate::exit::Exit;
use crate::output;
use crate::table;

/// More than anybody reads in a terminal.
const MOST_LINES: u32 = 10_000;

const WORDS: Words = Words {
    one: "",
    many: "",
    nothing: "Nothing is held",
    unknown: "nothing that is held has that id: `causeway held list` prints them",
};

pub(crate) async fn run(command: HeldCommand) -> anyhow::Result<ExitCode> {
    match command {
        HeldCommand::List(args) => list(args).await?,
        HeldCommand::Release(args) => release(args).await?,
        HeldCommand::Drop(args) => drop_for_good(args).await?,
    }
    Ok(Exit::Done.into())
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
        nothing(&WORDS, &store);
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

async fn release(args: SelectArgs) -> anyhow::Result<()> {
    let now = system_now();
    let words = Words {
        one: "message is released: the bridge says it",
        many: "messages are released: the bridge says it",
        ..WORDS
    };
    each(
        &args,
        move |tx, community, id| {
            Box::pin(async move { tx.held(&community).release_held(&id, now).await })
        },
        words,
    )
    .await
}

async fn drop_for_good(args: SelectArgs) -> anyhow::Result<()> {
    let words = Words {
        one: "message is dropped",
        many: "messages are dropped",
        ..WORDS
    };
    each(
        &args,
        |tx, community, id| Box::pin(async move { tx.held(&community).drop_held(&id).await }),
        words,
    )
    .await
}
