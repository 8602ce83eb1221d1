//! Logs, as text or as JSON lines, always on standard error.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

use crate::output::{self, Talk};
use crate::settings::sections;
use crate::settings::{LogFormat, Settings};

/// Starts logging for the rest of the process; a second call changes nothing.
pub(crate) fn start(settings: &Settings) {
    output::keep_to_yourself(sections::secrets(settings));
    let log = &settings.log;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(EnvFilter::new(&log.filter))
        .with_writer(|| Talk)
        .with_ansi(wants_colour());
    let started = match log.format {
        LogFormat::Text => builder.try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    if started.is_err() {
        return;
    }
    for warning in &settings.warnings {
        tracing::warn!(
            config.key = warning.key,
            "{}: {}",
            warning.why,
            warning.cure
        );
    }
}

/// Colour is for people at a terminal who did not say no to it (see no-color.org).
fn wants_colour() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
    !refused && io::stderr().is_terminal()
}
