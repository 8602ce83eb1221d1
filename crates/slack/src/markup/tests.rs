#![allow(clippy::unwrap_used)]

use conversation::{Markup, Node, Style};
use insta::assert_snapshot;
use serde_json::json;

use super::space::NO_WIDTH;
use super::*;

mod normal;
mod properties;
mod reading;
mod rich;
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

fn list(start: Option<u64>, items: Vec<Vec<Node>>) -> Node {
    Node::List { start, items }
}

fn mention(account: Option<&str>, name: &str) -> Node {
    Node::Mention {
        account: account.map(Into::into),
        name: name.to_owned(),
    }
}

/// With characters of no width shown.
fn shown(nodes: Vec<Node>) -> String {
    mrkdwn(&Markup(nodes)).replace(NO_WIDTH, "⁞")
}

fn as_json(markup: &Markup) -> String {
    serde_json::to_string(markup).unwrap()
}

fn names(reference: Reference<'_>) -> Option<String> {
    let name = match reference {
        Reference::User("U1") => "Ana",
        Reference::Channel("C1") => "kitchen",
        Reference::UserGroup("S1") => "cooks",
        _ => return None,
    };
    Some(name.to_owned())
}
