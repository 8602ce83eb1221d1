//! `causeway sandbox`

use std::path::Path;
use std::process::ExitCode;

use sandbox::config::KEY_FILE;
use store::At;

use crate::cli::sandbox::SandboxArgs;
use crate::cli::sources;
use crate::community::open_store;
use crate::exit::{Exit, failure};
use crate::replay::{self, Figures};
use crate::{output, table};

mod play;

pub(crate) async fn run(args: SandboxArgs) -> anyhow::Result<ExitCode> {
    if let Some(url) = &args.store {
        must_be_unused(url).await?;
    }
    match &args.replay {
        Some(file) => replay(file, &args).await,
        None => play::run(&args).await,
    }
}

/// The stand-ins begin anew each time, with the same numbers: what they say would pass for known.
pub(super) async fn must_be_unused(url: &str) -> anyhow::Result<()> {
    let url = sources::known(url)?;
    let at = At {
        // On a server: any, for a store that has a key was used.
        key_file: url.starts_with("postgres").then_some(Path::new(KEY_FILE)),
        ..At::from(&url)
    };
    let opened = open_store(at).await;
    let is_missing = |it: &store::Error| matches!(it, store::Error::Missing { .. });
    if opened
        .as_ref()
        .is_err_and(|it| it.downcast_ref().is_some_and(is_missing))
    {
        return Ok(());
    }
    let store = opened?;
    let is_unused = store.rooms(None).await?.is_empty();
    store.close().await;
    if is_unused {
        return Ok(());
    }
    let shown = store.url();
    Err(failure(
        Exit::Usage,
        format!(
            "{shown} holds a community already, and a make-believe one begins with an empty store: name a new one"
        ),
    ))
}

async fn replay(file: &Path, args: &SandboxArgs) -> anyhow::Result<ExitCode> {
    let figures = replay::replay(file, args.limit, args.store.clone()).await?;
    match args.json {
        true => output::print(&serde_json::to_string(&figures)?)?,
        false => output::print(&for_people(&figures))?,
    }
    Ok(if figures.is_clean() {
        Exit::Done
    } else {
        Exit::Failed
    }
    .into())
}

fn for_people(figures: &Figures) -> String {
    let row = |name: &str, value: String| vec![name.to_owned(), value];
    table::plain(
        &["figure", "value"],
        vec![
            row("messages in", figures.messages_in.to_string()),
            row("deliveries out", figures.deliveries_out.to_string()),
            row("lost", figures.lost.to_string()),
            row("duplicated", figures.duplicated.to_string()),
            row("out of order", figures.out_of_order.to_string()),
            row("messages a second", figures.messages_per_s.to_string()),
            row("half of them within, ms", figures.p50_ms.to_string()),
            row("99 of 100 within, ms", figures.p99_ms.to_string()),
        ],
    )
}
