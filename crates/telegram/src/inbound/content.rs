//! The words and files of a message.

use conversation::{Content, Markup, Node};

use super::{attachments, lines, quote, rich};
use crate::markup::from_entities;
use crate::wire::Message;

/// `None` if the message says nothing that we understand.
pub(super) fn of(message: &Message) -> Option<Content> {
    let words = words(message);
    let attachments = attachments::of(message);
    if words.0.is_empty() && attachments.is_empty() {
        return None;
    }
    let mut nodes = quote::before_the_words(message);
    nodes.extend(words.0);
    Some(Content {
        text: Markup(nodes).bounded(),
        attachments,
    })
}

fn words(message: &Message) -> Markup {
    let mut nodes = lines::of(message);
    let text = message.text.as_deref();
    let caption = message.caption.as_deref();
    if let Some(text) = text.filter(|it| !it.is_empty()) {
        append(&mut nodes, from_entities(text, &message.entities));
    } else if let Some(caption) = caption.filter(|it| !it.is_empty()) {
        append(
            &mut nodes,
            from_entities(caption, &message.caption_entities),
        );
    } else if let Some(raw) = &message.rich_message {
        append(&mut nodes, rich::markup(raw));
    }
    Markup(nodes)
}

fn append(nodes: &mut Vec<Node>, more: Markup) {
    if let Some(Node::Text(_)) = nodes.last() {
        nodes.push(Node::Text("\n".to_owned()));
    }
    nodes.extend(more.0);
}
