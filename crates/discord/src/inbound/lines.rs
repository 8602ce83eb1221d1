//! What is not text and becomes lines of it: embeds that a program made, polls, and stickers that nobody else can show.

use conversation::{Node, Style};
use serde_json::Value;

use super::names::Names;
use crate::wire::{Embed, Poll, Sticker};

/// Previews of links that stand in the text already have other names: `link`, `article`, `video`, `image`, `gifv`;
/// but some sites' are `rich`, as those are that a program made.
fn is_made(embed: &Embed, text: &str) -> bool {
    let url = embed.url.as_deref().filter(|it| !it.is_empty());
    matches!(embed.kind.as_deref(), None | Some("rich")) && !url.is_some_and(|it| text.contains(it))
}

/// Where it is not known whether a program wrote the text: those that are of no link in it.
pub(super) fn of_embeds(embeds: &[Embed], text: &str, names: Names<'_>) -> Vec<Node> {
    let made = embeds.iter().filter(|it| is_made(it, text));
    let blocks = made
        .map(|it| of_embed(it, names))
        .filter(|it| !it.is_empty());
    let mut nodes = Vec::new();
    for block in blocks {
        if !nodes.is_empty() {
            nodes.push(line_break());
        }
        nodes.extend(block);
    }
    nodes
}

fn of_embed(embed: &Embed, names: Names<'_>) -> Vec<Node> {
    let some = |text: &Option<String>| text.clone().filter(|it| !it.trim().is_empty());
    let mut lines: Vec<Vec<Node>> = Vec::new();
    let by = embed.author.as_ref().and_then(|it| some(&it.text));
    lines.extend(by.map(|it| vec![Node::Text(it)]));
    lines.extend(title(some(&embed.title), some(&embed.url)));
    lines.extend(some(&embed.description).map(|it| names.parse(&it)));
    for field in &embed.fields {
        let mut line = vec![bold(field.name.clone()), Node::Text(": ".to_owned())];
        line.extend(names.parse(&field.value));
        lines.push(line);
    }
    let image = embed.image.as_ref().and_then(|it| some(&it.url));
    lines.extend(image.map(|it| vec![Node::Text(it)]));
    let footer = embed.footer.as_ref().and_then(|it| some(&it.text));
    lines.extend(footer.map(|it| vec![Node::Text(it)]));
    joined(lines)
}

fn title(title: Option<String>, url: Option<String>) -> Option<Vec<Node>> {
    match (title, url) {
        (Some(title), Some(url)) => Some(vec![Node::Link {
            url,
            children: vec![bold(title)],
        }]),
        (Some(title), None) => Some(vec![bold(title)]),
        (None, Some(url)) => Some(vec![Node::Text(url)]),
        (None, None) => None,
    }
}

/// The texts that stand in a layout, however deep; what is pressed or shown holds none.
pub(super) fn of_components(components: &[Value], names: Names<'_>) -> Vec<Node> {
    const TEXT: u64 = 10;
    let texts = components.iter().map(|it| {
        let text = it["content"].as_str().filter(|_| it["type"] == TEXT);
        let within = it["components"].as_array().map_or(&[][..], Vec::as_slice);
        let mut nodes = text.map_or(Vec::new(), |it| names.parse(it));
        nodes.extend(of_components(within, names));
        nodes
    });
    joined(texts.filter(|it| !it.is_empty()))
}

pub(super) fn of_poll(poll: &Poll) -> Vec<Node> {
    let question = poll.question.text.clone().unwrap_or_default();
    let mut lines = vec![vec![Node::Text("Poll: ".to_owned()), bold(question)]];
    for answer in &poll.answers {
        let text = answer.poll_media.text.as_deref().unwrap_or_default();
        let emoji = answer.poll_media.emoji.as_ref();
        let emoji = emoji.and_then(|it| it.name.as_deref()).unwrap_or_default();
        let answer = format!("{emoji} {text}");
        lines.push(vec![Node::Text(format!("- {}", answer.trim()))]);
    }
    joined(lines)
}

/// The drawings of Lottie.
pub(super) fn of_stickers(stickers: &[Sticker]) -> Vec<Node> {
    let named = stickers
        .iter()
        .filter(|it| !matches!(it.format_type, 1 | 2 | 4));
    joined(named.map(|it| vec![Node::Text(format!("[sticker: {}]", it.name))]))
}

pub(super) fn joined(lines: impl IntoIterator<Item = Vec<Node>>) -> Vec<Node> {
    let mut nodes = Vec::new();
    for line in lines {
        if !nodes.is_empty() {
            nodes.push(line_break());
        }
        nodes.extend(line);
    }
    nodes
}

fn bold(text: String) -> Node {
    Node::Styled {
        style: Style::Bold,
        children: vec![Node::Text(text)],
    }
}

fn line_break() -> Node {
    Node::Text("\n".to_owned())
}
