//! From the tree to one text. Line breaks are added only where a block would otherwise share its line,
//! never at the very start or end, so that flattening a flattened text again changes nothing.

use crate::{Flat, Mark, Markup, Node, Span};

impl Markup {
    /// Lists become lines with a bullet or a number, nested ones set in by two spaces; blocks get lines
    /// of their own. A link without words shows its address.
    pub fn flatten(&self) -> Flat {
        let mut writer = Writer::default();
        writer.nodes(&self.0);
        writer.finish()
    }
}

const UNSTARTED: usize = usize::MAX;

#[derive(Default)]
struct Writer {
    flat: Flat,
    /// Indices of the spans that are open, outermost first. A span starts with its first character, so
    /// that a line break before a block lies outside of it.
    open: Vec<usize>,
    line_break: LineBreak,
    /// Spaces before each line of a list item.
    indent: usize,
}

#[derive(Default, Clone, Copy)]
enum LineBreak {
    #[default]
    NotDue,
    /// A block ended. A line break that follows anyway is enough.
    AfterBlock,
    /// A block begins, and what it holds is its own, line breaks included.
    BeforeBlock,
}

impl Writer {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Text(text) => self.lines(text),
            Node::Styled { style, children } => {
                self.marked(Mark::Style(*style), |it| it.nodes(children));
            }
            Node::Code(code) => self.marked(Mark::Code, |it| it.push(code)),
            Node::CodeBlock { language, code } => {
                let language = language.clone();
                self.block(Mark::CodeBlock { language }, |it| it.push(code));
            }
            Node::Link { url, children } => self.link(url, children),
            Node::Quote(children) => self.block(Mark::Quote, |it| it.nodes(children)),
            Node::List { start, items } => self.list(*start, items),
            Node::Mention { account, name } => {
                let account = account.clone();
                self.marked(Mark::Mention { account }, |it| it.push(name));
            }
            Node::Emoji { id, text } => {
                self.marked(Mark::Emoji { id: id.clone() }, |it| it.push(text));
            }
        }
    }

    fn link(&mut self, url: &str, children: &[Node]) {
        let mark = Mark::Link {
            url: url.to_owned(),
        };
        self.marked(mark, |it| {
            let before = it.flat.text.len();
            it.nodes(children);
            if it.flat.text.len() == before {
                it.push(url);
            }
        });
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Node>]) {
        let mut number = start;
        for item in items {
            self.line_break = LineBreak::BeforeBlock;
            match number {
                Some(number) => self.push(&format!("{number}. ")),
                None => self.push("• "),
            }
            number = number.map(|it| it.saturating_add(1));
            self.indent += 2;
            self.nodes(item);
            self.indent -= 2;
        }
        self.end_block();
    }

    fn block(&mut self, mark: Mark, write: impl FnOnce(&mut Writer)) {
        let indent = std::mem::take(&mut self.indent);
        self.line_break = LineBreak::BeforeBlock;
        self.marked(mark, write);
        self.end_block();
        self.indent = indent;
    }

    /// An empty block leaves it to what follows to begin a line, as the block would have.
    fn end_block(&mut self) {
        if !matches!(self.line_break, LineBreak::BeforeBlock) {
            self.line_break = LineBreak::AfterBlock;
        }
    }

    fn marked(&mut self, mark: Mark, write: impl FnOnce(&mut Writer)) {
        let index = self.flat.spans.len();
        let (start, end) = (UNSTARTED, UNSTARTED);
        self.flat.spans.push(Span { start, end, mark });
        self.open.push(index);
        write(self);
        self.open.pop();
        self.flat.spans[index].end = self.flat.text.len();
    }

    /// Text whose lines are set in as the list around them is.
    fn lines(&mut self, text: &str) {
        if self.indent == 0 {
            return self.push(text);
        }
        for line in text.split_inclusive('\n') {
            self.push(line);
        }
    }

    fn push(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        let starts_with_break = words.starts_with(['\n', '\r']);
        self.end_line(starts_with_break);
        if self.indent > 0 && !starts_with_break && self.is_at_line_start() {
            self.flat.text.extend(std::iter::repeat_n(' ', self.indent));
        }
        let at = self.flat.text.len();
        for &index in self.open.iter().rev() {
            let span = &mut self.flat.spans[index];
            if span.start != UNSTARTED {
                break;
            }
            span.start = at;
        }
        self.flat.text.push_str(words);
    }

    fn end_line(&mut self, breaks_by_itself: bool) {
        let due = match std::mem::take(&mut self.line_break) {
            LineBreak::NotDue => false,
            LineBreak::AfterBlock => !breaks_by_itself,
            LineBreak::BeforeBlock => true,
        };
        if due && !self.is_at_line_start() {
            self.flat.text.push('\n');
        }
    }

    fn is_at_line_start(&self) -> bool {
        self.flat.text.is_empty() || self.flat.text.ends_with('\n')
    }

    fn finish(mut self) -> Flat {
        self.flat.spans.retain(|span| span.start < span.end);
        self.flat
    }
}
