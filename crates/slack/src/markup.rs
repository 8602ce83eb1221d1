//! Slack's two ways to write marked text, both ways: mrkdwn, in which signs around words mark them, and rich text,
//! a tree in JSON.
//!
//! **Invariant:** no word is lost, whatever the signs around it. Slack knows no underline, which goes, and no
//! spoiler, which is announced in words.

mod address;
mod code;
mod emoji;
mod entity;
mod inline;
mod line;
mod mrkdwn;
mod reference;
mod rich;
mod rich_read;
mod segment;
mod space;
mod styles;
#[cfg(test)]
mod tests;
mod tokens;

pub(crate) use entity::unescaped;
pub use mrkdwn::mrkdwn;
pub(crate) use mrkdwn::parse_mrkdwn_with;
pub(crate) use reference::Reference;
pub use rich::rich_text;
pub(crate) use rich_read::parse_rich_text_with;

use conversation::Markup;
use serde_json::Value;

/// The older one, as in the `text` of a message. Whom a mention means stays its id: see `parse_mrkdwn_with`.
pub fn parse_mrkdwn(text: &str) -> Markup {
    parse_mrkdwn_with(text, &|_| None)
}

/// A `rich_text` block, or several, as Slack's own programs write them: see `parse_rich_text_with`.
pub fn parse_rich_text(block: &Value) -> Markup {
    parse_rich_text_with(block, &|_| None)
}
