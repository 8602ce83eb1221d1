//! Addresses, as Slack writes them in `<…>`.

use calls::percent_encoded;
use conversation::says_where;

use super::space::is_space;

/// How many bytes of the text are an address that it starts with, without the sign that ends a sentence.
pub(super) fn address(text: &str) -> Option<usize> {
    let schemes = ["https://", "http://"];
    let scheme = schemes.iter().find(|it| text.starts_with(**it))?;
    let end = text.find(|c: char| is_space(c) || matches!(c, '<' | '>' | '|' | '`'));
    let found = &text[..end.unwrap_or(text.len())];
    let found = found.trim_end_matches(['.', ',', ':', ';', '"', '\'', ')', ']']);
    (found.len() > scheme.len()).then_some(found.len())
}

/// What a link may lead to.
pub(super) fn can_lead(url: &str) -> bool {
    let known = ["https://", "http://", "mailto:", "tel:"];
    known.iter().any(|scheme| {
        let start = url.get(..scheme.len());
        start.is_some_and(|it| it.eq_ignore_ascii_case(scheme)) && url.len() > scheme.len()
    })
}

/// What would end the address is written by its bytes.
pub(super) fn encoded(url: &str) -> String {
    percent_encoded(url, |c| {
        matches!(c, '<' | '>' | '|' | '"' | '`') || is_space(c) || c.is_control()
    })
}

/// Behind the words of a link that cannot lead there.
pub(super) fn in_words(label: &str, url: &str) -> Option<String> {
    let url = url.replace(['\n', '\r'], " ");
    let label = label.trim_matches(is_space);
    (!label.is_empty() && !says_where(label, "", &url)).then(|| format!(" ({url})"))
}
