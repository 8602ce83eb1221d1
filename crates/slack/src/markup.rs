//! Slack's two ways to write marked text, both ways.

use conversation::Markup;
use serde_json::Value;

/// The older one, as in the `text` of a message.
pub fn parse_mrkdwn(text: &str) -> Markup {
    Markup::plain(text)
}

pub fn mrkdwn(markup: &Markup) -> String {
    markup.plain_text()
}

/// A `rich_text` block, as Slack's own programs write it.
pub fn parse_rich_text(_block: &Value) -> Markup {
    Markup::default()
}

pub fn rich_text(_markup: &Markup) -> Value {
    Value::Null
}
