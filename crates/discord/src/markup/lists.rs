//! Lists: lines that begin with `-`, `*` or a number, deeper ones set in.

use conversation::Node;

use super::inline::inline;
use super::reference::Names;

/// Discord sets in no further.
pub(super) const DEEPEST: usize = 10;

struct Item {
    indent: usize,
    number: Option<u64>,
    words: String,
}

/// The lists that the text starts with and their length, without the line break after them.
pub(super) fn list(text: &str, names: Names<'_>) -> Option<(Vec<Node>, usize)> {
    let mut items: Vec<Item> = Vec::new();
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let words = line.trim_end_matches('\n');
        if let Some(item) = item(words) {
            items.push(item);
        } else if let Some(last) = items.last_mut().filter(|it| goes_on(it, words)) {
            last.words.push('\n');
            last.words.push_str(words.trim_start_matches(' '));
        } else {
            break;
        }
        length += line.len();
    }
    length -= usize::from(text[..length].ends_with('\n'));
    (!items.is_empty()).then(|| (nested(&items, names, 1), length))
}

/// `- words`, `* words` or `1. words`
fn item(line: &str) -> Option<Item> {
    let rest = line.trim_start_matches(' ');
    let indent = line.len() - rest.len();
    let (number, words) = match rest.strip_prefix(['-', '*']) {
        Some(words) => (None, words),
        None => {
            let (number, words) = rest.split_once('.')?;
            // What Discord would show without its zeros stays as it was written.
            let is_plain = number == "0" || !number.starts_with('0');
            let is_number = is_plain
                && (1..=9).contains(&number.len())
                && number.bytes().all(|it| it.is_ascii_digit());
            (Some(is_number.then(|| number.parse().ok())??), words)
        }
    };
    let says_something = words.starts_with(' ') && !words.trim().is_empty();
    says_something.then(|| Item {
        indent,
        number,
        words: words.trim().to_owned(),
    })
}

/// A line that is set in belongs to the item above.
fn goes_on(item: &Item, line: &str) -> bool {
    let words = line.trim_start_matches(' ');
    !words.trim().is_empty() && line.len() - words.len() >= item.indent + 2
}

/// A number that does not follow begins a list of its own, so that it is kept.
fn nested(items: &[Item], names: Names<'_>, depth: usize) -> Vec<Node> {
    let mut lists: Vec<(Option<u64>, Vec<Vec<Node>>)> = Vec::new();
    let mut rest = items;
    while let Some((item, after)) = rest.split_first() {
        let deeper = after
            .iter()
            .take_while(|it| depth < DEEPEST && it.indent > item.indent + 1);
        let (below, next) = after.split_at(deeper.count());
        let mut nodes = inline(&item.words, names, 1);
        nodes.extend(nested(below, names, depth + 1));
        match lists.last_mut() {
            Some((start, said)) if follows(*start, said.len(), item.number) => said.push(nodes),
            _ => lists.push((item.number, vec![nodes])),
        }
        rest = next;
    }
    let lists = lists.into_iter();
    lists
        .map(|(start, items)| Node::List { start, items })
        .collect()
}

fn follows(start: Option<u64>, items: usize, number: Option<u64>) -> bool {
    match (start, number) {
        (None, None) => true,
        (Some(start), Some(number)) => start + items as u64 == number,
        _ => false,
    }
}
