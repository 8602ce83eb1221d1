//! Quotes, headings, small print and lists, which begin with their line; the rest is read as marks within the text.

use conversation::{Markup, Node, Style};

use super::inline::{Inline, inline};
use super::lists::list;
use super::reference::Names;

/// `names` says what people, roles and channels are called; those that it does not know stay as they were written,
/// and people are called by their ids, which stand in the mention in any case.
pub(crate) fn parse_with(text: &str, names: Names<'_>) -> Markup {
    // PostgreSQL cannot hold U+0000; Discord never sends it, but whoever stands in for it may.
    let text = text.replace('\0', "\u{fffd}");
    Markup(blocks(&text, names, Within::Nothing))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Nothing,
    /// Discord knows no quote inside a quote.
    Quote,
}

fn blocks(text: &str, names: Names<'_>, within: Within) -> Vec<Node> {
    let mut reading = Inline::new(text, names, 0);
    let mut at = 0;
    while at < text.len() {
        let begins_line = at == 0 || text.as_bytes()[at - 1] == b'\n';
        let block = if begins_line {
            block(&text[at..], names, within)
        } else {
            None
        };
        match block {
            Some((nodes, length)) => {
                reading.nodes.extend(nodes);
                at += length;
            }
            None => at = reading.step(at),
        }
    }
    reading.nodes
}

/// The block that the text starts with and its length, without the line break after it.
fn block(text: &str, names: Names<'_>, within: Within) -> Option<(Vec<Node>, usize)> {
    if within == Within::Nothing
        && let Some((quoted, length)) = quote(text)
    {
        return Some((
            vec![Node::Quote(blocks(&quoted, names, Within::Quote))],
            length,
        ));
    }
    if let Some((words, length)) = small_print(text) {
        return Some((inline(words, names, 1), length));
    }
    if let Some((words, length)) = heading(text) {
        let (style, children) = (Style::Bold, inline(words, names, 1));
        return Some((vec![Node::Styled { style, children }], length));
    }
    list(text, names)
}

fn quote(text: &str) -> Option<(String, usize)> {
    if let Some(rest) = text.trim_start_matches(' ').strip_prefix(">>> ") {
        return Some((rest.to_owned(), text.len()));
    }
    let mut lines: Vec<&str> = Vec::new();
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let Some(words) = line.trim_start_matches(' ').strip_prefix("> ") else {
            break;
        };
        lines.push(words.trim_end_matches('\n'));
        length += line.len();
    }
    length -= usize::from(text[..length].ends_with('\n'));
    (!lines.is_empty()).then(|| (lines.join("\n"), length))
}

/// `-# words`
fn small_print(text: &str) -> Option<(&str, usize)> {
    let line = text.lines().next()?;
    let words = line.strip_prefix("-# ")?;
    (!words.trim().is_empty()).then_some((words.trim_start(), line.len()))
}

/// `# words` to `### words`
fn heading(text: &str) -> Option<(&str, usize)> {
    let line = text.split('\n').next()?;
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    let is_heading = (1..=3).contains(&level) && words.starts_with(' ') && !words.trim().is_empty();
    is_heading.then_some((words.trim(), line.len()))
}
