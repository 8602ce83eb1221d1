//! What Slack cannot show: an underline goes, and a spoiler is announced.

use conversation::{Markup, Node, Style};

/// The same words in the styles that Slack has.
pub(super) fn showable(markup: &Markup) -> Markup {
    Markup(nodes(&markup.0, false))
}

fn nodes(all: &[Node], in_spoiler: bool) -> Vec<Node> {
    let mut shown = Vec::with_capacity(all.len());
    for node in all {
        match node {
            Node::Styled { style, children } => styled(*style, children, in_spoiler, &mut shown),
            Node::Link { url, children } => shown.push(Node::Link {
                url: url.clone(),
                children: nodes(children, in_spoiler),
            }),
            Node::Quote(children) => shown.push(Node::Quote(nodes(children, in_spoiler))),
            Node::List { start, items } => shown.push(Node::List {
                start: *start,
                items: items.iter().map(|item| nodes(item, in_spoiler)).collect(),
            }),
            other => shown.push(other.clone()),
        }
    }
    shown
}

fn styled(style: Style, children: &[Node], in_spoiler: bool, shown: &mut Vec<Node>) {
    match style {
        Style::Bold | Style::Italic | Style::Strike => shown.push(Node::Styled {
            style,
            children: nodes(children, in_spoiler),
        }),
        Style::Underline => shown.extend(nodes(children, in_spoiler)),
        Style::Spoiler => {
            let children = nodes(children, true);
            if !in_spoiler && !Markup(children.clone()).is_blank() {
                shown.push(Node::Text("(spoiler) ".to_owned()));
            }
            shown.extend(children);
        }
    }
}
