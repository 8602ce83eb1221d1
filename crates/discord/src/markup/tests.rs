#![allow(clippy::unwrap_used)]

use conversation::{Markup, Node, Style};
use insta::assert_snapshot;

use super::space::{NO_WIDTH, is_space};
use super::*;

mod properties;
mod reading;
mod writing;

fn text(text: &str) -> Node {
    Node::Text(text.to_owned())
}

fn styled(style: Style, children: Vec<Node>) -> Node {
    Node::Styled { style, children }
}

fn link(label: &str, url: &str) -> Node {
    Node::Link {
        url: url.to_owned(),
        children: vec![text(label)],
    }
}

/// With characters of no width shown.
fn shown(nodes: Vec<Node>) -> String {
    markdown(&Markup(nodes)).replace(NO_WIDTH, "⁞")
}

fn json(text: &str) -> String {
    serde_json::to_string(&parse(text)).unwrap()
}
