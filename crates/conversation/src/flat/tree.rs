//! From a text with marked ranges to the tree. Every character of the text is in it, in order.

use super::nest::{Piece, nest};
use crate::{Flat, Mark, Markup, Node, Span};

impl Flat {
    /// The tree again. Lists stay the lines that they became. Spans may come in any order, may cross and
    /// may lie outside of the text: they are sorted, split and cut until the invariant holds. Nothing is
    /// marked inside of code, mentions and emoji, and at most 32 marks lie in each other.
    ///
    /// The text stays as it is, with one exception: where a quote or a code block shares a line with other
    /// words, `flatten` of the tree adds the line break that it needs.
    pub fn to_markup(&self) -> Markup {
        let mut builder = Builder {
            text: &self.text,
            spans: &self.spans,
            written: 0,
            open: Vec::new(),
            nodes: Vec::new(),
        };
        for piece in nest(&self.text, &self.spans) {
            builder.close_until(piece.start);
            builder.write_until(piece.start);
            let around = std::mem::take(&mut builder.nodes);
            builder.open.push((piece, around));
        }
        builder.close_until(usize::MAX);
        builder.write_until(self.text.len());
        Markup(builder.nodes)
    }
}

struct Builder<'a> {
    text: &'a str,
    spans: &'a [Span],
    /// How much of the text is in the tree.
    written: usize,
    /// The marks that are open, each with the nodes before it.
    open: Vec<(Piece, Vec<Node>)>,
    /// The nodes inside of the innermost open mark.
    nodes: Vec<Node>,
}

impl Builder<'_> {
    fn write_until(&mut self, end: usize) {
        if self.written < end {
            let text = self.text[self.written..end].to_owned();
            self.nodes.push(Node::Text(text));
            self.written = end;
        }
    }

    fn close_until(&mut self, start: usize) {
        while let Some((piece, around)) = self.open.pop_if(|(piece, _)| piece.end <= start) {
            self.write_until(piece.end);
            let inside = std::mem::replace(&mut self.nodes, around);
            let node = self.node(piece, inside);
            self.nodes.push(node);
        }
    }

    fn node(&self, piece: Piece, children: Vec<Node>) -> Node {
        let text = || self.text[piece.start..piece.end].to_owned();
        match self.spans[piece.index].mark.clone() {
            Mark::Style(style) => Node::Styled { style, children },
            Mark::Code => Node::Code(text()),
            Mark::CodeBlock { language } => Node::CodeBlock {
                language,
                code: text(),
            },
            Mark::Link { url } => Node::Link { url, children },
            Mark::Quote => Node::Quote(children),
            Mark::Mention { account } => Node::Mention {
                account,
                name: text(),
            },
            Mark::Emoji { id } => Node::Emoji { id, text: text() },
        }
    }
}
