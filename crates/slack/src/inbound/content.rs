//! The words and files of a message: Slack says the same up to four times over, and the most telling wins.

use conversation::{Content, Markup, Node};
use serde_json::Value;

use super::meaning::{Context, items, text};
use super::{blocks, files};

/// Empty if nothing was understood.
pub(super) fn of(message: &Value, channel: &str, context: &Context<'_>) -> Content {
    let mut nodes = words(message, context);
    let said_something = !Markup(nodes.clone()).is_blank();
    for attachment in items(message, "attachments") {
        append(&mut nodes, attached(attachment, said_something, context));
    }
    let (attachments, lines) = files::of(message, channel);
    for line in lines {
        append(&mut nodes, vec![line]);
    }
    Content {
        text: Markup(nodes).bounded(),
        attachments,
    }
}

/// People's words are a `rich_text` block, beside which `text` is a weaker copy. Programs write other blocks.
fn words(message: &Value, context: &Context<'_>) -> Vec<Node> {
    let from_blocks = blocks::markup(&message["blocks"], context.names);
    if !from_blocks.is_blank() {
        return from_blocks.0;
    }
    match text(message, "text") {
        Some(text) => context.names.mrkdwn(text).0,
        None => Vec::new(),
    }
}

/// A message that was shared, or what a program adds. The preview of a link adds nothing to the link.
fn attached(attachment: &Value, has_words: bool, context: &Context<'_>) -> Vec<Node> {
    let is_shared = attachment["is_share"] == true || attachment["is_msg_unfurl"] == true;
    let is_preview = !is_shared
        && ["from_url", "original_url"]
            .iter()
            .any(|it| text(attachment, it).is_some());
    if is_preview && has_words {
        return Vec::new();
    }
    let nodes = lines_of(attachment, context);
    match is_shared && !nodes.is_empty() {
        true => vec![Node::Quote(nodes)],
        false => nodes,
    }
}

fn lines_of(attachment: &Value, context: &Context<'_>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let marked = |it: &str| context.names.mrkdwn(it).0;
    if let Some(author) = text(attachment, "author_name") {
        append(&mut nodes, vec![Node::Text(format!("{author}:"))]);
    }
    if let Some(pretext) = text(attachment, "pretext") {
        append(&mut nodes, marked(pretext));
    }
    if let Some(title) = text(attachment, "title") {
        let words = vec![Node::Text(title.to_owned())];
        let node = text(attachment, "title_link").map(|url| Node::Link {
            url: url.to_owned(),
            children: words.clone(),
        });
        append(&mut nodes, node.map_or(words, |node| vec![node]));
    }
    let body = blocks::markup(&attachment["blocks"], context.names);
    match text(attachment, "text") {
        Some(text) => append(&mut nodes, marked(text)),
        None => append(&mut nodes, body.0),
    }
    for field in items(attachment, "fields") {
        let part = |name| text(field, name).unwrap_or_default();
        let line = format!("{}: {}", part("title"), part("value"));
        append(&mut nodes, marked(line.trim_matches([':', ' '])));
    }
    if nodes.is_empty() {
        append(
            &mut nodes,
            text(attachment, "fallback").map_or(Vec::new(), marked),
        );
    }
    nodes
}

/// On a line of its own.
fn append(nodes: &mut Vec<Node>, more: Vec<Node>) {
    if more.is_empty() {
        return;
    }
    if !nodes.is_empty() {
        nodes.push(Node::Text("\n".to_owned()));
    }
    nodes.extend(more);
}
