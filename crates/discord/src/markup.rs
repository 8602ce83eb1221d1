//! Discord's Markdown, both ways.

use conversation::Markup;

/// As Discord's own programs read a message.
pub fn parse(text: &str) -> Markup {
    Markup::plain(text)
}

/// What Discord shows as `markup`.
pub fn markdown(markup: &Markup) -> String {
    markup.plain_text()
}
