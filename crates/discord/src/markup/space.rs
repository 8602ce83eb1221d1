//! What keeps words and signs apart.

/// Like whitespace to people and no whitespace to Discord: keeps signs apart.
pub(super) const NO_WIDTH: char = '\u{200B}';

pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{FEFF}'
}
