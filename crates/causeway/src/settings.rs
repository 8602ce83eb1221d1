//! The configuration: compiled-in defaults, then one file, then the environment; the later wins.
//!
//! **Invariant:** whoever holds a `Settings` holds one that can be used. Unknown keys, wrong types, missing
//! secrets and values without sense were refused before, each with its place and its cure.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use conversation::{AccountRef, ChannelRef, Language, Secrets};
use serde::Deserialize;

mod check;
mod environment;
mod file;
mod finding;
mod keys;
mod layer;
mod lines;
mod load;
mod paths;
mod places;
mod problem;
mod ranges;
mod reach;
mod secrets;
pub(crate) mod sections;
mod shape;
mod sheet;
mod start;
#[cfg(test)]
mod tests;
mod toml;
mod tree;
mod typed;
mod visitors;
mod walk;

pub(crate) use check::{HOW_TO_WRITE_A_STORE, channel_that_cannot_be, is_store};
pub(crate) use load::{Reader, load, with_every_platform};
pub(crate) use places::Places;
pub(crate) use problem::{Problem, SettingsError};
pub(crate) use start::to_start_from;

/// Every key with its meaning, unit and default.
pub(crate) const DEFAULTS: &str = include_str!("../../../config/causeway.default.toml");

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) community: Community,
    pub(crate) store: Store,
    pub(crate) http: Http,
    pub(crate) log: Log,
    pub(crate) retention: Retention,
    pub(crate) engine: Engine,
    /// Off where the section is absent.
    pub(crate) telegram: Option<telegram::Settings>,
    /// Off where the section is absent.
    pub(crate) discord: Option<discord::Settings>,
    /// Off where the section is absent.
    pub(crate) slack: Option<slack::Settings>,
    /// Off where the section is absent.
    pub(crate) email: Option<email::Settings>,
    /// Made at the start where the store does not know them yet.
    #[serde(default)]
    pub(crate) rooms: Vec<Room>,
    /// For people: nothing that stops us, and worth mending.
    #[serde(skip)]
    pub(crate) warnings: Vec<Problem>,
    /// Where each key was written.
    #[serde(skip)]
    pub(crate) places: Places,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Community {
    pub(crate) name: String,
    /// Accounts whose names nobody else goes by.
    pub(crate) staff: Vec<AccountName>,
    pub(crate) language: Spoken,
    /// How people reach whoever runs this: shown on the page about privacy.
    pub(crate) contact: Option<String>,
    /// Everybody in a channel is told once that it is joined with others.
    pub(crate) notice: bool,
    /// What everybody is asked to agree to; plain words of ours where it is empty.
    pub(crate) agreement: String,
}

/// A language that the bridge speaks, by its tag (BCP 47).
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Spoken {
    En,
    Es,
}

impl Spoken {
    pub(crate) fn language(self) -> Language {
        match self {
            Spoken::En => Language::ENGLISH,
            Spoken::Es => Language::SPANISH,
        }
    }
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Store {
    pub(crate) url: String,
    /// Beside a file where it is absent.
    pub(crate) key_file: Option<PathBuf>,
}

impl Store {
    pub(crate) fn at(&self) -> store::At<'_> {
        store::At {
            key_file: self.key_file.as_deref(),
            ..store::At::from(&self.url)
        }
    }

    /// All that commands beside a bridge know of secrets: those of the platforms are made up for them.
    pub(crate) fn secrets(&self) -> Secrets {
        Secrets::of(self.password())
    }

    pub(crate) fn password(&self) -> Option<&str> {
        secrets::password_in(&self.url)
    }
}

/// The address may hold a password.
impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let engine = self.url.split(':').next().unwrap_or_default();
        write!(f, "Store({engine})")
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Http {
    /// Nothing listens where it is absent.
    pub(crate) listen: Option<SocketAddr>,
    /// How people reach it from outside.
    pub(crate) public_url: Option<String>,
    /// For so long a link to a file is good.
    pub(crate) link_days: u32,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Retention {
    /// Of what was said.
    pub(crate) body_days: u32,
    /// Of that it was said.
    pub(crate) metadata_months: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Log {
    pub(crate) format: LogFormat,
    /// In the language of `tracing`: a level, or levels by module.
    pub(crate) filter: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LogFormat {
    Text,
    Json,
}

/// Units are in the names: hours, minutes, mebibytes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Engine {
    pub(crate) storm_per_minute: u32,
    pub(crate) same_per_hour: u32,
    pub(crate) storm_channel_per_minute: Option<u32>,
    pub(crate) storm_author_per_minute: Option<u32>,
    pub(crate) life_chat_h: u32,
    pub(crate) life_mail_h: u32,
    pub(crate) hold_back_min: u32,
    pub(crate) longest_wait_min: u32,
    pub(crate) correction_after_s: u32,
    pub(crate) digest_every_h: u32,
    /// 0 is no limit.
    pub(crate) most_parts: u32,
    pub(crate) blob_dir: PathBuf,
    pub(crate) blob_max_mib: u32,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Room {
    pub(crate) name: String,
    pub(crate) channels: Vec<ChannelName>,
    /// Where it is another than `engine.most_parts`.
    pub(crate) most_parts: Option<u32>,
}

/// A channel as people write it: `platform:id`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct ChannelName(pub(crate) ChannelRef);

impl TryFrom<String> for ChannelName {
    type Error = String;

    fn try_from(text: String) -> Result<ChannelName, String> {
        text.parse().map(ChannelName)
    }
}

/// An account as people write it: `platform:account`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct AccountName(pub(crate) AccountRef);

impl TryFrom<String> for AccountName {
    type Error = String;

    fn try_from(text: String) -> Result<AccountName, String> {
        text.parse().map(AccountName)
    }
}
