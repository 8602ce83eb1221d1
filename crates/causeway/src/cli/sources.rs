//! Where a command finds the configuration and the store.

use std::path::PathBuf;

use clap::Args;

use crate::exit::{Exit, failure};
use crate::output;
use crate::settings::{self, Reader, Settings};

#[derive(Debug, Clone, Default, Args)]
pub(crate) struct SettingsArgs {
    /// The configuration, a TOML file; without it the defaults and the environment count
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

#[derive(Debug, Clone, Default, Args)]
pub(crate) struct StoreArgs {
    #[command(flatten)]
    pub(crate) settings: SettingsArgs,

    /// The store instead of the configured one, as in sqlite:causeway.db or postgres://...
    #[arg(long, value_name = "URL")]
    pub(crate) store: Option<String>,
}

impl SettingsArgs {
    pub(crate) fn load(&self) -> anyhow::Result<Settings> {
        settings::load(self.config.as_deref(), Reader::Bridge)
    }
}

impl StoreArgs {
    pub(crate) fn load(&self) -> anyhow::Result<Settings> {
        let mut settings = settings::load(self.settings.config.as_deref(), Reader::Visitor)?;
        if let Some(url) = &self.store {
            settings.store.url = known(url)?;
        }
        output::keep_to_yourself(settings.store.secrets());
        Ok(settings)
    }
}

/// A store's address from the command line; one of no kind that there is would fail again and again.
pub(crate) fn known(url: &str) -> anyhow::Result<String> {
    if settings::is_store(url) {
        return Ok(url.to_owned());
    }
    let how = settings::HOW_TO_WRITE_A_STORE;
    Err(failure(
        Exit::Usage,
        format!("--store names no store that is known: {how}"),
    ))
}
