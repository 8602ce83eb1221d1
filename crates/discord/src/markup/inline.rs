//! The marks within a text, read from its start to its end. Of two marks that begin at the same sign, the longer one
//! is meant, as Discord has it.

use std::ops::Range;

use conversation::{Node, Style};

use super::address::{address, is_of_web};
use super::marks::{Found, Marks};
use super::reference::{Names, reference};

/// Marks that lie deeper stay signs.
const DEEPEST: usize = 12;

/// No sign of it is a mark.
const SHRUG: &str = r"¯\_(ツ)_/¯";

pub(super) struct Inline<'a> {
    text: &'a str,
    names: Names<'a>,
    depth: usize,
    marks: Marks<'a>,
    pub(super) nodes: Vec<Node>,
}

/// All of a text that holds no quotes, lists or headings.
pub(super) fn inline(text: &str, names: Names<'_>, depth: usize) -> Vec<Node> {
    let mut inline = Inline::new(text, names, depth);
    let mut at = 0;
    while at < text.len() {
        at = inline.step(at);
    }
    inline.nodes
}

impl<'a> Inline<'a> {
    pub(super) fn new(text: &'a str, names: Names<'a>, depth: usize) -> Inline<'a> {
        Inline {
            text,
            names,
            depth,
            marks: Marks::of(text),
            nodes: Vec::new(),
        }
    }

    /// Reads what stands at `at`, and tells where it ends. A line break is a step of its own.
    pub(super) fn step(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        if let Some((node, end)) = self.marked(at) {
            self.nodes.push(node);
            return end;
        }
        let length = match rest.as_bytes()[0] {
            b'\\' => return self.escaped(at),
            b'\n' => 1,
            b'h' => address(rest).unwrap_or(1),
            _ if rest.starts_with(SHRUG) => SHRUG.len(),
            b'`' => rest.bytes().take_while(|it| *it == b'`').count(),
            _ => plain_length(rest),
        };
        self.text_node(at..at + length);
        at + length
    }

    /// A sign after `\` is a sign; before anything else `\` is a `\`.
    fn escaped(&mut self, at: usize) -> usize {
        let next = self.text[at + 1..].chars().next();
        let is_sign = |c: &char| !c.is_ascii_alphanumeric() && !super::space::is_space(*c);
        match next.filter(is_sign) {
            Some(sign) => {
                let end = at + 1 + sign.len_utf8();
                self.text_node(at + 1..end);
                end
            }
            None => {
                self.text_node(at..at + 1);
                at + 1
            }
        }
    }

    fn text_node(&mut self, range: Range<usize>) {
        let words = &self.text[range];
        match self.nodes.last_mut() {
            Some(Node::Text(text)) => text.push_str(words),
            _ => self.nodes.push(Node::Text(words.to_owned())),
        }
    }

    fn marked(&self, at: usize) -> Option<(Node, usize)> {
        let rest = &self.text[at..];
        match rest.as_bytes()[0] {
            b'<' => reference(rest, self.names).map(|(node, length)| (node, at + length)),
            b'`' => self.block(at).or_else(|| self.code(at)),
            b'*' | b'_' | b'~' | b'|' | b'[' if self.depth >= DEEPEST => None,
            b'*' => self.longer(self.marks.star_italic(at), self.bold(at)),
            b'_' => self.longer(self.marks.line_italic(at), self.underline(at)),
            b'~' if rest.starts_with("~~") => self.styled(Style::Strike, self.marks.strike(at)?),
            b'|' if rest.starts_with("||") => self.styled(Style::Spoiler, self.marks.spoiler(at)?),
            b'[' => self.link(at),
            _ => None,
        }
    }

    fn bold(&self, at: usize) -> Option<(Style, Found)> {
        Some((Style::Bold, self.marks.bold(at)?))
    }

    fn underline(&self, at: usize) -> Option<(Style, Found)> {
        Some((Style::Underline, self.marks.underline(at)?))
    }

    fn longer(
        &self,
        italic: Option<Found>,
        double: Option<(Style, Found)>,
    ) -> Option<(Node, usize)> {
        match (italic, double) {
            (Some(italic), Some((style, double))) => match italic.end >= double.end {
                true => self.styled(Style::Italic, italic),
                false => self.styled(style, double),
            },
            (Some(italic), None) => self.styled(Style::Italic, italic),
            (None, Some((style, double))) => self.styled(style, double),
            (None, None) => None,
        }
    }

    fn styled(&self, style: Style, found: Found) -> Option<(Node, usize)> {
        let children = inline(&self.text[found.inside], self.names, self.depth + 1);
        Some((Node::Styled { style, children }, found.end))
    }

    fn code(&self, at: usize) -> Option<(Node, usize)> {
        let found = self.marks.code(at)?;
        let mut code = &self.text[found.inside];
        // A space keeps a backtick apart from those around.
        if code.trim_start_matches(' ').starts_with('`') {
            code = code.strip_prefix(' ').unwrap_or(code);
        }
        if code.trim_end_matches(' ').ends_with('`') {
            code = code.strip_suffix(' ').unwrap_or(code);
        }
        Some((Node::Code(code.to_owned()), found.end))
    }

    fn block(&self, at: usize) -> Option<(Node, usize)> {
        if !self.text[at..].starts_with("```") {
            return None;
        }
        let found = self.marks.block(at)?;
        let (language, code) = with_language(&self.text[found.inside]);
        let code = code.trim_matches('\n').to_owned();
        (!code.is_empty()).then_some((Node::CodeBlock { language, code }, found.end))
    }

    /// `[words](address)`, of which the address may stand in `<…>` and have a title after it.
    fn link(&self, at: usize) -> Option<(Node, usize)> {
        let close = self.marks.closing_bracket(at)?;
        let open = close + 1;
        if self.text.as_bytes().get(open) != Some(&b'(') {
            return None;
        }
        let end = self.marks.closing_bracket(open)?;
        let target = &self.text[open + 1..end];
        let bare = target.strip_prefix('<').and_then(|it| it.strip_suffix('>'));
        let url = bare.unwrap_or(target).to_owned();
        let label = &self.text[at + 1..close];
        if !is_of_web(&url) || label.trim().is_empty() {
            return None;
        }
        let children = inline(label, self.names, self.depth + 1);
        Some((Node::Link { url, children }, end + 1))
    }
}

/// Up to the next sign that may be a mark.
fn plain_length(rest: &str) -> usize {
    let mut characters = rest.char_indices();
    let first = characters.next().map_or(0, |(_, c)| c.len_utf8());
    let is_sign = |c: char| {
        matches!(
            c,
            '\\' | '`' | '<' | '[' | '*' | '_' | '~' | '|' | 'h' | '\n' | '¯'
        )
    };
    rest[first..]
        .find(is_sign)
        .map_or(rest.len(), |it| first + it)
}

/// The language stands alone on the first line.
fn with_language(block: &str) -> (Option<String>, &str) {
    let Some((first, code)) = block.split_once('\n') else {
        return (None, block);
    };
    let is_of_name =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-' | '.' | '#');
    match !first.is_empty() && first.chars().all(is_of_name) && !code.trim_matches('\n').is_empty()
    {
        true => (Some(first.to_owned()), code),
        false => (None, block),
    }
}
