//! The words and files of a message.

use conversation::{Content, Markup, Node};

use super::attachments::{self, Holder};
use super::lines;
use super::names::Names;
use crate::known::Known;
use crate::wire::{Message, Snapshot};

/// `None` if the message says nothing that we understand.
pub(super) fn of(message: &Message, at: Holder, known: &Known) -> Option<Content> {
    let names = Names {
        mentions: &message.mentions,
        known,
    };
    let mut blocks = Vec::new();
    let forwarded = message.message_snapshots.iter();
    blocks.extend(forwarded.map(|it| quoted(it, known)));
    blocks.push(names.parse(&message.content));
    if is_by_a_program(message) {
        blocks.push(lines::of_embeds(&message.embeds, "", names));
        blocks.push(lines::of_components(&message.components, names));
    }
    blocks.extend(message.poll.as_ref().map(lines::of_poll));
    blocks.push(lines::of_stickers(&message.sticker_items));
    blocks.retain(|it| !Markup(it.clone()).is_blank());
    let mut files = attachments::of(&message.attachments, &message.sticker_items, at);
    for it in &message.message_snapshots {
        let forwarded = &it.message;
        files.extend(attachments::of(
            &forwarded.attachments,
            &forwarded.sticker_items,
            at,
        ));
    }
    let text = Markup(joined(blocks)).bounded();
    let content = Content {
        text,
        attachments: files,
    };
    (!content.is_empty()).then_some(content)
}

/// People cannot make embeds: theirs are all previews, whatever Discord calls them.
fn is_by_a_program(message: &Message) -> bool {
    let author = message.author.as_ref();
    message.webhook_id.is_some() || author.is_none_or(|it| it.bot)
}

/// Discord does not say who wrote a forwarded message.
fn quoted(snapshot: &Snapshot, known: &Known) -> Vec<Node> {
    let forwarded = &snapshot.message;
    let names = Names {
        mentions: &forwarded.mentions,
        known,
    };
    let mut blocks = vec![
        names.parse(&forwarded.content),
        lines::of_embeds(&forwarded.embeds, &forwarded.content, names),
        lines::of_stickers(&forwarded.sticker_items),
    ];
    blocks.retain(|it| !it.is_empty());
    match blocks.is_empty() {
        true => Vec::new(),
        false => vec![Node::Quote(joined(blocks))],
    }
}

/// Blocks stand on lines of their own; between words a line break does it.
fn joined(blocks: Vec<Vec<Node>>) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for block in blocks {
        if nodes.last().is_some_and(|it| !matches!(it, Node::Quote(_))) {
            nodes.push(Node::Text("\n".to_owned()));
        }
        nodes.extend(block);
    }
    nodes
}
