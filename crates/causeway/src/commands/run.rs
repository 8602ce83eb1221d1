//! `causeway run`

use std::process::ExitCode;

use tokio::signal::unix::{SignalKind, signal};

use crate::bridge::Bridge;
use crate::cli::run::RunArgs;
use crate::exit::{Exit, failure};
use crate::logging;
use crate::settings::sections;

pub(crate) async fn run(args: RunArgs) -> anyhow::Result<ExitCode> {
    let settings = args.settings.load()?;
    if sections::switched_on(&settings).is_empty() {
        let or_play = match cfg!(feature = "sandbox") {
            true => ", or try `causeway sandbox`",
            false => "",
        };
        let section = sections::any_section();
        return Err(failure(
            Exit::Usage,
            format!(
                "no platform is switched on: add a {section} section to the configuration{or_play}"
            ),
        ));
    }
    logging::start(&settings);
    let mut told_to_stop = std::pin::pin!(told_to_stop());
    let bridge = tokio::select! {
        biased;
        // Listened for first: whoever stops us while we start is heard too.
        told = &mut told_to_stop => return told.map(|()| Exit::Done.into()),
        bridge = Bridge::start(&settings) => bridge?,
    };
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        platforms = ?sections::switched_on(&settings),
        store.url = bridge.engine.store().url(),
        "Causeway is running"
    );
    let engine = bridge.engine.clone();
    tokio::select! {
        told = told_to_stop => told?,
        error = engine.store().lost() => {
            bridge.stop().await;
            return Err(error.into());
        }
    }
    tracing::info!("stopping: what is under way may finish");
    bridge.stop().await;
    tracing::info!("stopped");
    Ok(Exit::Done.into())
}

/// Ctrl-C at a terminal, SIGTERM from a service manager.
pub(crate) async fn told_to_stop() -> anyhow::Result<()> {
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminated.recv() => {}
    }
    Ok(())
}
