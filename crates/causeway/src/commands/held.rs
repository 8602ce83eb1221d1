//! `causeway held`: what waits for staff before anybody hears of it, and what staff makes of it.

use std::process::ExitCode;

use engine::system_now;
use store::{HeldLine, Store};

use crate::bridge::open_store;
use crate::cli::held::{HeldCommand, HeldListArgs, HeldSelectArgs, HeldSelection};
use crate::exit::{Exit, failure};
use crate::output;
use crate::table;

/// More than anybody reads in a terminal.
const MOST_LINES: u32 = 10_000;

pub(crate) async fn run(command: HeldCommand) -> anyhow::Result<ExitCode> {
    match command {
        HeldCommand::List(args) => list(args).await?,
        HeldCommand::Release(args) => release(args).await?,
        HeldCommand::Drop(args) => drop_for_good(args).await?,
    }
    Ok(Exit::Done.into())
}

async fn list(args: HeldListArgs) -> anyhow::Result<()> {
    let store = open_store(&args.store.load()?.store.url).await?;
    let mut lines = store.held(MOST_LINES).await?;
    if let Some(channel) = &args.channel {
        let channel = channel.to_string();
        lines.retain(|line| line.channel == channel);
    }
    if args.json {
        return output::print_json(&lines);
    }
    if lines.is_empty() {
        nothing(&store);
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

async fn release(args: HeldSelectArgs) -> anyhow::Result<()> {
    let store = open_store(&args.store.load()?.store.url).await?;
    let (now, prefixes) = (system_now(), prefixes(&args.selection));
    let released = store.write(move |tx| {
        let prefixes = prefixes.clone();
        Box::pin(async move {
            let mut n = 0;
            for id in &prefixes {
                n += tx.release_held(id, now).await?;
            }
            Ok(n)
        })
    });
    let n = released.await?;
    told(n, &args.selection, &store, "released: the bridge says it")
}

async fn drop_for_good(args: HeldSelectArgs) -> anyhow::Result<()> {
    let store = open_store(&args.store.load()?.store.url).await?;
    let prefixes = prefixes(&args.selection);
    let dropped = store.write(move |tx| {
        let prefixes = prefixes.clone();
        Box::pin(async move {
            let mut n = 0;
            for id in &prefixes {
                n += tx.drop_held(id).await?;
            }
            Ok(n)
        })
    });
    told(dropped.await?, &args.selection, &store, "dropped")
}

/// An id is matched by how it begins; the empty one matches all.
fn prefixes(selection: &HeldSelection) -> Vec<String> {
    match selection.all {
        true => vec![String::new()],
        false => {
            let ids = selection.ids.iter().filter(|id| !id.is_empty());
            ids.cloned().collect()
        }
    }
}

fn told(n: u64, selection: &HeldSelection, store: &Store, what: &str) -> anyhow::Result<()> {
    match n {
        0 if selection.all => nothing(store),
        0 => {
            return Err(failure(
                Exit::Failed,
                "nothing that is held has that id: `causeway held list` prints them",
            ));
        }
        1 => output::say(&format!("1 message is {what}.")),
        n => output::say(&format!("{n} messages are {what}.")),
    }
    Ok(())
}

fn nothing(store: &Store) {
    output::say(&format!("Nothing is held in {}.", store.url()));
}
