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
        Node::Styled { children, .. } | Node::Link { children, .. } => each_text(children, look),
        Node::Quote(children) => each_text(children, look),
        Node::List { items, .. } => items.iter().all(|it| each_text(it, look)),
    })
}

/// As far as there is room, which shrinks by what is taken.
fn cut(nodes: &[Node], room: &mut usize) -> Vec<Node> {
    let mut taken = Vec::new();
    for node in nodes {
        if *room == 0 {
            break;
        }
        taken.push(match node {
            Node::Text(text) => Node::Text(cut_text(text, room)),
            Node::Code(text) => Node::Code(cut_text(text, room)),
            Node::CodeBlock { language, code } => Node::CodeBlock {
                language: language.clone(),
                code: cut_text(code, room),
            },
            Node::Mention { .. } | Node::Emoji { .. } => node.clone(),
            Node::Styled { style, children } => Node::Styled {
                style: *style,
                children: cut(children, room),
            },
            Node::Link { url, children } => Node::Link {
                url: url.clone(),
                children: cut(children, room),
            },
            Node::Quote(children) => Node::Quote(cut(children, room)),
            Node::List { start, items } => Node::List {
                start: *start,
                items: items.iter().map(|it| cut(it, room)).collect(),
            },
        });
    }
    taken
}

fn cut_text(text: &str, room: &mut usize) -> String {
    text.chars().take_while(|c| takes(*c, room)).collect()
}
