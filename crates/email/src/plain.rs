//! Markup as plain text that reads well without a renderer, and the way back.

use conversation::{Markup, Node, Style, says_where};

use crate::lines;

/// One line of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlainLine {
    pub(crate) quote: usize,
    pub(crate) text: String,
    /// Code: where its lines end matters.
    pub(crate) fixed: bool,
}

/// Paragraphs stay, lines marked with `>` become quotations, addresses of pages stay text.
pub fn markup_from_plain(text: &str) -> Markup {
    lines::to_markup(&lines::from_plain(text))
}

pub fn markup_to_plain(markup: &Markup) -> String {
    let written: Vec<String> = plain_lines(markup)
        .into_iter()
        .map(|line| match (line.quote, line.text.is_empty()) {
            (0, _) => line.text,
            (depth, true) => ">".repeat(depth),
            (depth, false) => format!("{} {}", ">".repeat(depth), line.text),
        })
        .collect();
    written.join("\n")
}

pub(crate) fn plain_lines(markup: &Markup) -> Vec<PlainLine> {
    let mut page = Page::default();
    page.nodes(&markup.0);
    page.finish()
}

#[derive(Default)]
struct Page {
    lines: Vec<PlainLine>,
    /// The line that is being written; `None` at the start of a line where nothing must stand yet.
    open: Option<String>,
    quote: usize,
    /// What the lines of a list item begin with.
    indent: String,
}

impl Page {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Text(text) => self.text(text),
            Node::Styled { style, children } => self.styled(*style, children),
            Node::Code(code) => self.text(&format!("`{code}`")),
            Node::CodeBlock { code, .. } => self.code_block(code),
            Node::Link { url, children } => self.link(url, children),
            Node::Quote(children) => self.quote(children),
            Node::List { start, items } => self.list(*start, items),
            Node::Mention { name, .. } => self.text(&format!("@{}", name.trim_start_matches('@'))),
            Node::Emoji { text, .. } => self.text(text),
        }
    }

    fn text(&mut self, text: &str) {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.end_line();
                self.open = Some(self.indent.clone());
            }
            let open = self.open.get_or_insert_with(|| self.indent.clone());
            open.push_str(line.trim_end_matches('\r'));
        }
    }

    fn styled(&mut self, style: Style, children: &[Node]) {
        let mark = match style {
            Style::Bold => "*",
            Style::Italic | Style::Underline => "_",
            Style::Strike | Style::Spoiler => "",
        };
        self.text(mark);
        self.nodes(children);
        self.text(mark);
    }

    fn link(&mut self, url: &str, children: &[Node]) {
        self.nodes(children);
        let shown = Markup(children.to_vec()).plain_text();
        match shown.trim() {
            "" => self.text(url),
            words if says_where(words, "", url) => {}
            _ => self.text(&format!(" <{url}>")),
        }
    }

    fn code_block(&mut self, code: &str) {
        self.begin_block();
        for line in code.trim_end_matches('\n').split('\n') {
            let text = format!("{}    {}", self.indent, line.trim_end());
            self.push(text.trim_end().to_owned(), true);
        }
    }

    fn quote(&mut self, children: &[Node]) {
        self.begin_block();
        self.quote += 1;
        self.nodes(children);
        self.begin_block();
        self.quote -= 1;
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Node>]) {
        self.begin_block();
        for (number, item) in (start.unwrap_or(1)..).zip(items) {
            let bullet = match start {
                Some(_) => format!("{number}. "),
                None => "- ".to_owned(),
            };
            let outer = self.indent.clone();
            self.open = Some(format!("{outer}{bullet}"));
            self.indent = format!("{outer}{}", " ".repeat(bullet.len()));
            self.nodes(item);
            self.begin_block();
            self.indent = outer;
        }
    }

    /// Whatever comes next stands on a line of its own.
    fn begin_block(&mut self) {
        let open = self.open.take().filter(|it| !it.trim().is_empty());
        if open.is_some() {
            self.open = open;
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let text = self.open.take().unwrap_or_default();
        self.push(text.trim_end().to_owned(), false);
    }

    fn push(&mut self, text: String, fixed: bool) {
        let quote = self.quote;
        self.lines.push(PlainLine { quote, text, fixed });
    }

    fn finish(mut self) -> Vec<PlainLine> {
        self.begin_block();
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_reads_well_as_plain_text() {
        let link = Node::Link {
            url: "https://example.org/".into(),
            children: vec![Node::Text("the hall".into())],
        };
        let list = Node::List {
            start: Some(9),
            items: vec![vec![Node::Text("bread\nand salt".into())], vec![link]],
        };
        let markup = Markup(vec![
            Node::Text("Hi ".into()),
            Node::Styled {
                style: Style::Bold,
                children: vec![Node::Text("all".into())],
            },
            Node::Quote(vec![
                Node::Text("who\n\nbrings".into()),
                Node::Quote(vec![Node::Text("what?".into())]),
            ]),
            list,
            Node::CodeBlock {
                language: None,
                code: "x = 1\n".into(),
            },
            Node::Text("\nBye".into()),
        ]);
        insta::assert_snapshot!(markup_to_plain(&markup), @r"
        Hi *all*
        > who
        >
        > brings
        >> what?
        9. bread
           and salt
        10. the hall <https://example.org/>
            x = 1

        Bye
        ");
    }
}
