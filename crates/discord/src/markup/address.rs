//! Addresses that Discord makes links of by itself: no mark is looked for in them.

use calls::percent_encoded;

use super::space::is_space;

const SCHEMES: [&str; 2] = ["https://", "http://"];

/// How many bytes of the text are an address that it starts with, without the sign that ends a sentence.
pub(super) fn address(text: &str) -> Option<usize> {
    let scheme = SCHEMES.iter().find(|it| text.starts_with(**it))?;
    let end = text.find(|c: char| is_space(c) || matches!(c, '<' | '>'));
    let found = &text[..end.unwrap_or(text.len())];
    let found = found.trim_end_matches(is_after);
    (found.len() > scheme.len()).then_some(found.len())
}

/// What ends a sentence rather than an address.
pub(super) fn is_after(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | ';' | '"' | '\'' | ')' | ']')
}

/// What a link with words may lead to.
pub(super) fn is_of_web(url: &str) -> bool {
    let starts = |scheme: &str| {
        url.get(..scheme.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(scheme))
    };
    SCHEMES.iter().any(|scheme| starts(scheme)) && !url.ends_with("//")
}

/// Discord shows no link whose words are an address; and words that name another place than the link's deceive.
pub(super) fn promises_a_place(label: &str, url: &str) -> bool {
    let is_address = !label.contains(char::is_whitespace) && label.contains('.');
    label.contains("://") || (is_address && !url.contains(label))
}

/// Within `(…)`: what would end the address is written by its bytes.
pub(super) fn encoded(url: &str) -> String {
    percent_encoded(url, |c| {
        matches!(c, '(' | ')' | '<' | '>' | '"' | '\\' | '|' | '`') || is_space(c) || c.is_control()
    })
}
