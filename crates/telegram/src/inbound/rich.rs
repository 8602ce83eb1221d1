//! Rich messages (Bot API 10.1): a tree of blocks, read leniently. What has no form here keeps its words.

use conversation::{Markup, Node, RemoteId, Style};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::id::user_account;

/// The JSON parser stops at a depth of 128, so the recursion below is bounded.
pub(super) fn markup(raw: &RawValue) -> Markup {
    let message: Value = serde_json::from_str(raw.get()).unwrap_or_default();
    Markup(blocks(&message["blocks"]))
}

fn blocks(list: &Value) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for block in list.as_array().into_iter().flatten() {
        let mut more = block_nodes(block);
        if let (Some(last), Some(first)) = (nodes.last(), more.first())
            && !stands_alone(last)
            && !stands_alone(first)
        {
            nodes.push(Node::Text("\n".to_owned()));
        }
        nodes.append(&mut more);
    }
    nodes
}

fn stands_alone(node: &Node) -> bool {
    matches!(
        node,
        Node::Quote(_) | Node::List { .. } | Node::CodeBlock { .. }
    )
}

fn block_nodes(block: &Value) -> Vec<Node> {
    match block["type"].as_str().unwrap_or_default() {
        "heading" => styled(Style::Bold, text(&block["text"])),
        "pre" => vec![Node::CodeBlock {
            language: block["language"].as_str().map(str::to_owned),
            code: plain(&block["text"]),
        }],
        "mathematical_expression" => vec![Node::CodeBlock {
            language: None,
            code: string(&block["expression"]),
        }],
        "divider" => words("———"),
        "list" => list(&block["items"]),
        "blockquote" => vec![Node::Quote(with_credit(blocks(&block["blocks"]), block))],
        "pullquote" => vec![Node::Quote(with_credit(text(&block["text"]), block))],
        "table" => table(block),
        _ => everything_else(block),
    }
}

/// A paragraph, a footer, details, or files with a caption, of which only the words are taken.
fn everything_else(block: &Value) -> Vec<Node> {
    let caption = &block["caption"];
    let parts = [
        text(&block["summary"]),
        text(&block["text"]),
        blocks(&block["blocks"]),
        text(&caption["text"]),
        text(&caption["credit"]),
    ];
    let mut nodes = Vec::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !nodes.is_empty() {
            nodes.extend(words("\n"));
        }
        nodes.extend(part);
    }
    nodes
}

fn with_credit(mut nodes: Vec<Node>, block: &Value) -> Vec<Node> {
    let credit = text(&block["credit"]);
    if !credit.is_empty() {
        nodes.extend(words("\n"));
        nodes.extend(credit);
    }
    nodes
}

fn list(items: &Value) -> Vec<Node> {
    let items: Vec<&Value> = items.as_array().into_iter().flatten().collect();
    let start = items.first().and_then(|item| item["value"].as_u64());
    let items = items.into_iter().map(|item| {
        let mut nodes = blocks(&item["blocks"]);
        if item["has_checkbox"].as_bool() == Some(true) {
            let done = item["is_checked"].as_bool() == Some(true);
            nodes.insert(0, Node::Text(if done { "☑ " } else { "☐ " }.to_owned()));
        }
        nodes
    });
    vec![Node::List {
        start,
        items: items.collect(),
    }]
}

fn table(block: &Value) -> Vec<Node> {
    let rows = block["cells"].as_array().into_iter().flatten().map(|row| {
        let cells = row.as_array().into_iter().flatten();
        let cells: Vec<String> = cells.map(|cell| plain(&cell["text"])).collect();
        cells.join(" | ")
    });
    let caption = plain(&block["caption"]);
    let rows: Vec<String> = rows
        .chain((!caption.is_empty()).then_some(caption))
        .collect();
    words(&rows.join("\n"))
}

/// A text is a string, a list of texts, or a marked text.
fn text(value: &Value) -> Vec<Node> {
    match value {
        Value::String(plain) if plain.is_empty() => Vec::new(),
        Value::String(plain) => words(plain),
        Value::Array(parts) => parts.iter().flat_map(text).collect(),
        Value::Object(_) => marked(value),
        _ => Vec::new(),
    }
}

fn marked(value: &Value) -> Vec<Node> {
    let inner = &value["text"];
    match value["type"].as_str().unwrap_or_default() {
        "bold" => styled(Style::Bold, text(inner)),
        "italic" => styled(Style::Italic, text(inner)),
        "underline" => styled(Style::Underline, text(inner)),
        "strikethrough" => styled(Style::Strike, text(inner)),
        "spoiler" => styled(Style::Spoiler, text(inner)),
        "code" => vec![Node::Code(plain(inner))],
        "mathematical_expression" => vec![Node::Code(string(&value["expression"]))],
        "url" => vec![Node::Link {
            url: string(&value["url"]),
            children: text(inner),
        }],
        "mention" => vec![Node::Mention {
            account: None,
            name: plain(inner),
        }],
        "text_mention" => vec![Node::Mention {
            account: value["user"]["id"].as_i64().map(user_account),
            name: plain(inner),
        }],
        "custom_emoji" => vec![Node::Emoji {
            id: RemoteId(string(&value["custom_emoji_id"])),
            text: string(&value["alternative_text"]),
        }],
        _ => text(inner),
    }
}

fn plain(value: &Value) -> String {
    Markup(text(value)).plain_text()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace('\0', "\u{fffd}")
}

fn words(text: &str) -> Vec<Node> {
    vec![Node::Text(text.replace('\0', "\u{fffd}"))]
}

fn styled(style: Style, children: Vec<Node>) -> Vec<Node> {
    vec![Node::Styled { style, children }]
}
