//! Discord, normalised: REST v10 and the gateway as an `Adapter`.
//!
//! **Invariant:** an event counts as received, for RESUME too, only after the intake took it, and whatever is sent
//! is sent by one call whose outcome has a name.
//!
//! serenity has the protocol's numbers and the parts of what we say. The gateway's loop (`gateway`), the calls
//! (`rest`) and what we hear (`wire`) are ours; each says there which measured fact decided.

mod adapter;
mod alone;
mod asking;
mod bot;
mod capabilities;
mod commands;
mod errors;
mod expected;
mod fetch;
mod gateway;
mod history;
mod hook;
mod id;
mod inbound;
mod interactions;
mod known;
mod limits;
mod markup;
mod offer;
mod outbound;
mod pending;
mod receive;
mod reconcile;
mod rest;
mod sent;
mod settings;
mod standing;
mod way_back;
mod webhooks;
mod wire;

pub use alone::{Meaning, normalise};
pub use bot::Discord;
pub use id::PLATFORM;
pub use markup::{markdown, parse};
pub use settings::{AuthorMode, Secret, Settings, SettingsError};
