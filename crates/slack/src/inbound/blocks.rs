//! Block Kit as words. What has none, such as a line between two others, is left out.

use conversation::{Markup, Node, Style};
use serde_json::Value;

use super::meaning::{items, text};
use super::names::Names;

pub(super) fn markup(blocks: &Value, names: &Names) -> Markup {
    let mut nodes: Vec<Node> = Vec::new();
    for block in blocks.as_array().into_iter().flatten() {
        let more = of(block, names);
        if more.is_empty() {
            continue;
        }
        if !nodes.is_empty() {
            nodes.push(Node::Text("\n".to_owned()));
        }
        nodes.extend(more);
    }
    Markup(nodes)
}

fn of(block: &Value, names: &Names) -> Vec<Node> {
    match text(block, "type") {
        Some("rich_text") => names.rich_text(block).0,
        Some("section") => section(block, names),
        Some("header") => words(&block["text"], names).map_or(Vec::new(), |children| {
            let style = Style::Bold;
            vec![Node::Styled { style, children }]
        }),
        Some("context") => joined(
            items(block, "elements").filter_map(|it| words(it, names)),
            " ",
        ),
        Some("image") => linked(block, "image_url", "alt_text"),
        Some("video") => linked(block, "title_url", "alt_text"),
        Some("markdown") => {
            text(block, "text").map_or(Vec::new(), |it| vec![Node::Text(it.to_owned())])
        }
        Some("table") => joined(items(block, "rows").map(|it| row(it, names)), "\n"),
        _ => Vec::new(),
    }
}

fn section(block: &Value, names: &Names) -> Vec<Node> {
    let first = words(&block["text"], names).into_iter();
    joined(
        first.chain(items(block, "fields").filter_map(|it| words(it, names))),
        "\n",
    )
}

/// A text object: `mrkdwn` or `plain_text`.
fn words(object: &Value, names: &Names) -> Option<Vec<Node>> {
    let said = text(object, "text")?;
    Some(match object["type"] == "mrkdwn" {
        true => names.mrkdwn(said).0,
        false => vec![Node::Text(said.to_owned())],
    })
}

/// A picture or film that lies somewhere else.
fn linked(block: &Value, url: &str, alt: &str) -> Vec<Node> {
    let title = text(&block["title"], "text").or(text(block, alt));
    let words = title.map(|it| Node::Text(it.to_owned()));
    match text(block, url) {
        Some(url) => vec![Node::Link {
            url: url.to_owned(),
            children: words.into_iter().collect(),
        }],
        None => words.into_iter().collect(),
    }
}

fn row(row: &Value, names: &Names) -> Vec<Node> {
    let cells = row.as_array().into_iter().flatten();
    let cell = |it: &Value| match text(it, "type") {
        Some("rich_text") => names.rich_text(it).0,
        _ => text(it, "text").map_or(Vec::new(), |it| vec![Node::Text(it.to_owned())]),
    };
    joined(cells.map(cell), " | ")
}

fn joined(parts: impl Iterator<Item = Vec<Node>>, between: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    for part in parts.filter(|it| !it.is_empty()) {
        if !nodes.is_empty() {
            nodes.push(Node::Text(between.to_owned()));
        }
        nodes.extend(part);
    }
    nodes
}
