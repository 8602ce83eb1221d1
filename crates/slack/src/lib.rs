//! Slack, normalised: Socket Mode or the Events API, and the Web API, as an `Adapter`.
//!
//! **Invariant:** an event is acknowledged to Slack only after the intake took it, and whatever is sent is sent by
//! calls whose outcome has a name.
//!
//! slack-morphism has the verifier of signatures. What we hear is read from the raw JSON (its types lose a
//! message's text when something beside it is new); what carries it is ours: `api` and `socket` say which
//! measured fact decided.

mod adapter;
mod api;
mod bot;
mod capabilities;
mod deleted;
mod errors;
mod events;
mod fetch;
mod form;
mod history;
mod id;
mod inbound;
mod intake;
mod markup;
mod method;
mod outbound;
mod pace;
mod people;
mod queue;
mod receive;
mod settings;
mod socket;
mod standing;
mod way;
mod way_back;

pub use bot::Slack;
pub use id::PLATFORM;
pub use inbound::{App, Names, Normalised, SUBSCRIBED, User, normalise};
pub use markup::{mrkdwn, parse_mrkdwn, parse_rich_text, rich_text};
pub use method::{METHODS, Method};
pub use settings::{Mode, Pace, Secret, Settings, SettingsError};
