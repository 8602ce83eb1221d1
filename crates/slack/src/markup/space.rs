//! What keeps words and signs apart.

/// Like whitespace to Slack and nothing to people: keeps signs apart.
pub(super) const NO_WIDTH: char = '\u{200B}';

pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, NO_WIDTH | '\u{FEFF}')
}
