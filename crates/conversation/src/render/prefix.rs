//! The beginning of a text of megabytes, so that nobody lays out the whole of it to show a page.

use crate::{Markup, Node};

/// The beginning with so many bytes that are seen, or a few more. None where there are no more of them.
pub(super) fn prefix(text: &Markup, seen: usize) -> Option<Markup> {
    let mut left = seen;
    each_text(&text.0, &mut |text| {
        text.chars().all(|c| takes(c, &mut left));
        left > 0
    });
    let mut room = seen;
    (left == 0).then(|| Markup(cut(&text.0, &mut room)))
}

/// What is not seen takes no room.
fn takes(c: char, room: &mut usize) -> bool {
    let has_room = *room > 0;
    if !c.is_whitespace() {
        *room = room.saturating_sub(c.len_utf8());
    }
    has_room
}

/// Until `look` has seen enough.
fn each_text(nodes: &[Node], look: &mut dyn FnMut(&str) -> bool) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(text) | Node::Code(text) | Node::CodeBlock { code: text, .. } => look(text),
        Node::Mention { name: text, .. } | Node::Emoji { text, .. } => look(text),
        other => other.inner().iter().all(|it| each_text(it, look)),
    })
}

/// As far as there is room, which shrinks by what is taken.
fn cut(nodes: &[Node], room: &mut usize) -> Vec<Node> {
    let mut taken = Vec::new();
    for node in nodes {
        if *room == 0 {
            break;
        }
        taken.push(cut_node(node.clone(), room));
    }
    taken
}

fn cut_node(mut node: Node, room: &mut usize) -> Node {
    match &mut node {
        Node::Text(text) | Node::Code(text) | Node::CodeBlock { code: text, .. } => {
            *text = text.chars().take_while(|c| takes(*c, room)).collect();
        }
        other => {
            let inner = other.inner_mut().iter_mut();
            inner.for_each(|it| *it = cut(it, room));
        }
    }
    node
}
