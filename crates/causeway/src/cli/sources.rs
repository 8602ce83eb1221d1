//! Where a command finds the configuration and the store.

use std::path::PathBuf;

use clap::Args;

use crate::settings::{self, Settings};

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
        settings::load(self.config.as_deref())
    }
}

impl StoreArgs {
    pub(crate) fn load(&self) -> anyhow::Result<Settings> {
        let mut settings = self.settings.load()?;
        if let Some(url) = &self.store {
            settings.store.url.clone_from(url);
        }
        Ok(settings)
    }
}
