//! Telegram, normalised: the Bot API as an `Adapter`, over long polling or a webhook.
//!
//! **Invariant:** an update is confirmed to Telegram only after the intake took it, and whatever is sent is
//! sent by one call whose outcome has a name.
//!
//! teloxide-core has the methods and the types of what we say. What carries it (`api`), forms with files
//! (`outbound/files`) and what we hear (`wire`) are ours; each says there which measured fact decided.

mod adapter;
mod albums;
mod api;
mod bot;
mod capabilities;
mod closed;
mod errors;
mod fetch;
mod forum;
mod id;
mod inbound;
mod intake;
mod markup;
mod menu;
mod outbound;
mod pace;
mod polling;
mod presses;
mod queries;
mod settings;
mod standing;
mod titles;
mod topics;
mod webhook;
mod wire;

pub use bot::Telegram;
pub use id::PLATFORM;
pub use inbound::{Bot, Normalised, normalise};
pub use markup::{markup_from_json, markup_to_json};
pub use settings::{Mode, Pace, Secret, Settings, SettingsError, Webhook};
