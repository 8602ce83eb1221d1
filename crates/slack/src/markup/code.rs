//! Code, in which addresses are marked all the same.

use conversation::{Markup, Node};

use super::address::in_words;
use super::entity::unescaped;
use super::reference::{Names, reference};
use super::space::is_space;

/// Slack marks addresses in code, too, where people see only their words.
pub(super) fn unescaped_with_addresses(text: &str, names: Names<'_>) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&unescaped(&rest[..at]));
        match reference(&rest[at..], names) {
            Some((node, length)) => {
                plain.push_str(&in_code(&[node]));
                rest = &rest[at + length..];
            }
            None => {
                plain.push('<');
                rest = &rest[at + 1..];
            }
        }
    }
    plain + &unescaped(rest)
}

/// A link in code is shown with its address, which would be lost otherwise.
pub(super) fn in_code(nodes: &[Node]) -> String {
    let words = |node: &Node| match node {
        Node::Link { url, children } => {
            let label = Markup(children.clone()).plain_text();
            // Of a label that nobody sees, the address is all that there is.
            if label.trim_matches(is_space).is_empty() {
                return label + url;
            }
            let address = in_words(&label, url);
            label + &address.unwrap_or_default()
        }
        Node::Styled { children, .. } => in_code(children),
        node => Markup(vec![node.clone()]).plain_text(),
    };
    nodes.iter().map(words).collect()
}
