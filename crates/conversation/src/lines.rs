//! Markup as lines of runs: the form for a platform whose marks are signs in the text and end with the line.
//!
//! **Invariant:** the words are those of `flatten`, in order, and no line break stands in a run. What begins an
//! item of a list is no word here.

use std::sync::Arc;

use crate::{Markup, Node, RemoteId, Style};

/// Quotes in quotes are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub quoted: bool,
    /// How many lists the line stands in.
    pub depth: usize,
    /// The line begins an item.
    pub bullet: Option<Bullet>,
    pub holds: Holds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bullet {
    Dot,
    Number(u64),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    Runs(Vec<Run>),
    /// All lines of a block, which shares its lines with nothing.
    Code {
        language: Option<String>,
        code: String,
    },
}

/// Words under the same marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub kind: RunKind,
    /// Each once, the outermost first.
    pub styles: Vec<Style>,
    /// Where the words lead.
    pub link: Option<Arc<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunKind {
    Words,
    Code,
    Mention { account: Option<RemoteId> },
    Emoji { id: RemoteId },
}

impl Line {
    pub fn runs(&self) -> &[Run] {
        match &self.holds {
            Holds::Runs(runs) => runs,
            Holds::Code { .. } => &[],
        }
    }

    pub fn is_blank(&self) -> bool {
        match &self.holds {
            Holds::Runs(runs) => self.bullet.is_none() && runs.iter().all(Run::is_blank),
            Holds::Code { code, .. } => code.trim().is_empty(),
        }
    }
}

impl Markup {
    pub fn lines(&self) -> Vec<Line> {
        let mut page = Page::default();
        page.nodes(&self.0);
        page.begin_block();
        page.lines
    }
}

#[derive(Default)]
struct Page {
    lines: Vec<Line>,
    open: Option<Line>,
    /// A line break that follows anyway is the one that the block needs.
    after_block: bool,
    quoted: bool,
    depth: usize,
    styles: Vec<Style>,
    link: Option<Arc<str>>,
}

impl Page {
    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Text(text) => self.words(text, &RunKind::Words),
            Node::Code(code) => self.words(code, &RunKind::Code),
            Node::Styled { style, children } => self.styled(*style, children),
            Node::CodeBlock { language, code } => self.code_block(language, code),
            Node::Link { url, children } => self.link(url, children),
            Node::Quote(children) => self.quote(children),
            Node::List { start, items } => self.list(*start, items),
            Node::Mention { account, name } => {
                let account = account.clone();
                let name = name.replace(['\n', '\r'], " ");
                self.words(&name, &RunKind::Mention { account });
            }
            Node::Emoji { id, text } => self.words(text, &RunKind::Emoji { id: id.clone() }),
        }
    }

    fn styled(&mut self, style: Style, children: &[Node]) {
        if self.styles.contains(&style) {
            return self.nodes(children);
        }
        self.styles.push(style);
        self.nodes(children);
        self.styles.pop();
    }

    /// Of links in links, the inner one leads.
    fn link(&mut self, url: &str, children: &[Node]) {
        let around = self.link.replace(Arc::from(url));
        match children.iter().all(is_wordless) {
            true => self.words(url, &RunKind::Words),
            false => self.nodes(children),
        }
        self.link = around;
    }

    fn quote(&mut self, children: &[Node]) {
        let around = (self.quoted, std::mem::take(&mut self.depth));
        self.begin_block();
        self.quoted = true;
        self.nodes(children);
        self.end_block();
        (self.quoted, self.depth) = around;
    }

    fn list(&mut self, start: Option<u64>, items: &[Vec<Node>]) {
        self.depth += 1;
        for (nth, item) in (0u64..).zip(items) {
            self.begin_block();
            let number = start.map(|start| start.saturating_add(nth));
            let bullet = number.map_or(Bullet::Dot, Bullet::Number);
            self.line().bullet = Some(bullet);
            self.nodes(item);
        }
        self.end_block();
        self.depth -= 1;
    }

    fn code_block(&mut self, language: &Option<String>, code: &str) {
        self.begin_block();
        if !code.is_empty() {
            let (language, code) = (language.clone(), code.to_owned());
            self.lines.push(Line {
                quoted: self.quoted,
                depth: 0,
                bullet: None,
                holds: Holds::Code { language, code },
            });
        }
        self.after_block = true;
    }

    fn words(&mut self, text: &str, kind: &RunKind) {
        let mut text = text;
        if self.after_block && !text.is_empty() {
            let rest = text.strip_prefix("\r\n").or(text.strip_prefix('\n'));
            text = rest.unwrap_or(text);
            self.after_block = false;
        }
        let mut lines = text.split('\n').peekable();
        while let Some(words) = lines.next() {
            if lines.peek().is_none() {
                return self.run(words, kind);
            }
            self.run(words.strip_suffix('\r').unwrap_or(words), kind);
            self.line();
            self.lines.extend(self.open.take());
            self.line();
        }
    }

    fn run(&mut self, words: &str, kind: &RunKind) {
        if words.is_empty() {
            return;
        }
        let run = Run {
            text: words.to_owned(),
            kind: kind.clone(),
            styles: self.styles.clone(),
            link: self.link.clone(),
        };
        let Holds::Runs(runs) = &mut self.line().holds else {
            return;
        };
        match runs.last_mut() {
            Some(last) if last.goes_on_with(&run) => last.text.push_str(&run.text),
            _ => runs.push(run),
        }
    }

    fn line(&mut self) -> &mut Line {
        let (quoted, depth) = (self.quoted, self.depth);
        self.open.get_or_insert_with(|| Line {
            quoted,
            depth,
            bullet: None,
            holds: Holds::Runs(Vec::new()),
        })
    }

    /// Whatever comes next stands on a line of its own.
    fn begin_block(&mut self) {
        let open = self.open.take();
        let said = open.filter(|line| line.bullet.is_some() || !line.runs().is_empty());
        self.lines.extend(said);
        self.after_block = false;
    }

    fn end_block(&mut self) {
        self.begin_block();
        self.after_block = true;
    }
}

impl Run {
    /// A mention says something even without a name.
    fn is_blank(&self) -> bool {
        let is_mention = matches!(self.kind, RunKind::Mention { .. });
        self.text.trim().is_empty() && !is_mention
    }

    fn goes_on_with(&self, next: &Run) -> bool {
        let is_plain = |run: &Run| matches!(run.kind, RunKind::Words);
        is_plain(self) && is_plain(next) && self.styles == next.styles && self.link == next.link
    }
}

fn is_wordless(node: &Node) -> bool {
    match node {
        Node::Text(text) | Node::Code(text) => text.is_empty(),
        Node::CodeBlock { code, .. } => code.is_empty(),
        Node::Styled { children, .. } | Node::Quote(children) => children.iter().all(is_wordless),
        Node::Link { url, children } => url.is_empty() && children.iter().all(is_wordless),
        Node::List { items, .. } => items.is_empty(),
        Node::Mention { name, .. } => name.is_empty(),
        Node::Emoji { text, .. } => text.is_empty(),
    }
}
