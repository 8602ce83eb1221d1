//! Slack, normalised: Socket Mode or the Events API, and the Web API, as an `Adapter`.

mod markup;

pub use markup::{mrkdwn, parse_mrkdwn, parse_rich_text, rich_text};
