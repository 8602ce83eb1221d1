//! `causeway dead`: what was given up or held, and what staff makes of it.

use std::process::ExitCode;

use conversation::DeliveryState;
use engine::system_now;
use store::{DeliveryLine, Store};

use crate::bridge::open_store;
use crate::cli::dead::{DeadCommand, DeadListArgs, DeadSelectArgs, DeadSelection};
use crate::exit::{Exit, failure};
use crate::output;
use crate::table;

/// More than anybody reads in a terminal.
const MOST_LINES: u32 = 10_000;

pub(crate) async fn run(command: DeadCommand) -> anyhow::Result<ExitCode> {
    match command {
        DeadCommand::List(args) => list(args).await?,
        DeadCommand::Retry(args) => retry(args).await?,
        DeadCommand::Drop(args) => drop_for_good(args).await?,
    }
    Ok(Exit::Done.into())
}

async fn list(args: DeadListArgs) -> anyhow::Result<()> {
    let store = open_store(&args.store.load()?.store.url).await?;
    let mut lines = store.stopped_deliveries(MOST_LINES).await?;
    if let Some(channel) = &args.channel {
        let channel = channel.to_string();
        lines.retain(|line| line.to == channel);
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

async fn retry(args: DeadSelectArgs) -> anyhow::Result<()> {
    let store = open_store(&args.store.load()?.store.url).await?;
    let mut n = 0;
    for id in prefixes(&args.selection) {
        n += retry_one(&store, id).await?;
    }
    told(n, &args.selection, &store, ("goes", "go", "to work again"))
}

/// Says how many begin with this id.
pub(super) async fn retry_one(store: &Store, id: String) -> anyhow::Result<u64> {
    let now = system_now();
    let retried = store.write(move |tx| {
        let id = id.clone();
        Box::pin(async move { tx.retry_stopped(&id, now).await })
    });
    Ok(retried.await?)
}

async fn drop_for_good(args: DeadSelectArgs) -> anyhow::Result<()> {
    let store = open_store(&args.store.load()?.store.url).await?;
    let mut n = 0;
    for id in prefixes(&args.selection) {
        let dropped = store.write(move |tx| {
            let id = id.clone();
            Box::pin(async move { tx.drop_stopped(&id).await })
        });
        n += dropped.await?;
    }
    told(
        n,
        &args.selection,
        &store,
        ("is", "are", "dropped; the record stays"),
    )
}

/// An id is matched by how it begins; the empty one matches all.
fn prefixes(selection: &DeadSelection) -> Vec<String> {
    match selection.all {
        true => vec![String::new()],
        false => {
            let ids = selection.ids.iter().map(|id| id.0.clone());
            ids.filter(|id| !id.is_empty()).collect()
        }
    }
}

/// `one` and `many` are the verbs for so many deliveries.
fn told(
    n: u64,
    selection: &DeadSelection,
    store: &Store,
    (one, many, what): (&str, &str, &str),
) -> anyhow::Result<()> {
    match n {
        0 if selection.all => nothing(store),
        0 => {
            return Err(failure(
                Exit::Failed,
                "no dead or held delivery has that id: `causeway dead list` prints them",
            ));
        }
        1 => output::say(&format!("1 delivery {one} {what}.")),
        n => output::say(&format!("{n} deliveries {many} {what}.")),
    }
    Ok(())
}

fn nothing(store: &Store) {
    output::say(&format!("Nothing is dead or held in {}.", store.url()));
}
