//! Which of a mail's parts are its words, and what they say.

use crate::{
    flowed, html,
    inbound::mime::Part,
    lines::{self, Line},
};

/// The words as lines, and the parts that are files.
pub(crate) fn words_and_files<'p, 'a>(parts: &'p [Part<'a>]) -> (Vec<Line>, Vec<&'p Part<'a>>) {
    let mut all: Vec<Line> = Vec::new();
    let is_read = |part: &&Part<'_>| is_words(part) && is_chosen(part, parts);
    for part in parts.iter().filter(is_read) {
        let more = read(part);
        if more.iter().all(Line::is_blank) {
            continue;
        }
        if !all.is_empty() {
            all.push(Line::default());
        }
        all.extend(more);
    }
    let files = parts.iter().filter(|part| !is_words(part)).collect();
    (all, files)
}

/// A text with a file's name is a file.
pub(crate) fn is_words(part: &Part<'_>) -> bool {
    part.is_text() && !part.disposition.is_attachment && part.file_name().is_none()
}

/// Of the choices in an alternative the plain text, unless it says nothing.
fn is_chosen(part: &Part<'_>, parts: &[Part<'_>]) -> bool {
    let Some(group) = part.alternative else {
        return true;
    };
    let of_group = |it: &&Part<'_>| it.alternative == Some(group) && is_words(it);
    let mut choices = parts.iter().filter(of_group);
    let says_something = choices
        .clone()
        .any(|it| !is_html(it) && !is_stub(&it.text()));
    match is_html(part) {
        true => !says_something,
        false => says_something || !choices.any(is_html),
    }
}

fn is_html(part: &Part<'_>) -> bool {
    part.mime == "text/html"
}

/// Nothing, or a sentence that sends the reader to the other part.
fn is_stub(text: &str) -> bool {
    let text = text.trim();
    if text.len() > 300 {
        return false;
    }
    let lower = text.to_lowercase();
    let mut calls = ["view", "display", "support", "enable", "read this"].iter();
    text.is_empty() || (lower.contains("html") && calls.any(|it| lower.contains(it)))
}

fn read(part: &Part<'_>) -> Vec<Line> {
    let text = part.text();
    if is_html(part) {
        return html::lines(&text);
    }
    let is = |name: &str, value: &str| {
        let said = part.parameters.get(name);
        said.is_some_and(|it| it.eq_ignore_ascii_case(value))
    };
    match is("format", "flowed") {
        true => lines::from_plain(&flowed::unflow(&text, is("delsp", "yes"))),
        false => lines::from_plain(&text),
    }
}
