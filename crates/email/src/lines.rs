//! A mail's text as lines with their depth of quotation: the form in which new words are told from old ones.
//!
//! **Invariant:** a line holds no `\n` outside a block node, and depth is bounded however deep the mail quotes.

use conversation::{Markup, Node};

/// Deeper quotation is shown as this deep.
pub(crate) const DEEPEST_QUOTE: usize = 8;

#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    pub(crate) quote: usize,
    /// The quotation is a mail program's work, not a person's.
    pub(crate) cited: bool,
    pub(crate) nodes: Vec<Node>,
    /// The words of `nodes`.
    pub(crate) text: String,
    pub(crate) hint: Option<Hint>,
    /// The nodes are a list or a block of code.
    pub(crate) block: bool,
}

/// What the mail program itself said about a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hint {
    /// As in `On Friday Ana wrote:`.
    Attribution,
    Signature,
    /// Part of the mail that is answered, though not marked line by line.
    Quoted,
    /// A ruler across the page.
    Rule,
}

impl Line {
    pub(crate) fn text(text: &str) -> Line {
        Line {
            nodes: Markup::plain(text).0,
            text: text.to_owned(),
            ..Line::default()
        }
    }

    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// As it stood in the mail, with its `>`.
    fn as_written(&self) -> String {
        let marks = ">".repeat(self.quote);
        match (self.quote, self.is_blank()) {
            (0, _) => self.text.clone(),
            (_, true) => marks,
            (_, false) => {
                let text = self.text.replace('\n', &format!("\n{marks} "));
                format!("{marks} {text}")
            }
        }
    }
}

pub(crate) fn from_plain(text: &str) -> Vec<Line> {
    let line = |(quote, words): (usize, &str)| Line {
        quote,
        cited: quote > 0,
        ..Line::text(words.trim_end())
    };
    let lines = text.lines().map(without_quote_marks);
    lines.map(line).collect()
}

/// How often the line says `>`, and what comes after.
pub(crate) fn without_quote_marks(line: &str) -> (usize, &str) {
    let mut rest = line;
    let mut depth = 0;
    let without_blank = |it| str::strip_prefix(it, ' ').unwrap_or(it);
    while let Some(after) = without_blank(rest).strip_prefix('>') {
        (rest, depth) = (after, depth + 1);
    }
    match depth {
        0 => (0, line),
        _ => (depth.min(DEEPEST_QUOTE), without_blank(rest)),
    }
}

pub(crate) fn to_text(lines: &[Line]) -> String {
    let written: Vec<String> = lines.iter().map(Line::as_written).collect();
    written.join("\n").trim_matches('\n').to_owned()
}

pub(crate) fn to_markup(lines: &[Line]) -> Markup {
    Markup(nodes(lines, 0))
}

fn nodes(lines: &[Line], depth: usize) -> Vec<Node> {
    let mut all = Vec::new();
    for run in lines.chunk_by(|a, b| (a.quote > depth) == (b.quote > depth)) {
        if run[0].quote > depth {
            let inner = nodes(run, depth + 1);
            if !inner.is_empty() {
                all.push(Node::Quote(inner));
            }
        } else {
            for part in run.chunk_by(|a, b| !a.block && !b.block) {
                all.extend(match part[0].block {
                    true => part[0].nodes.clone(),
                    false => paragraph(part),
                });
            }
        }
    }
    all
}

/// Lines of words, with one empty line at most between two, and none at the ends.
fn paragraph(lines: &[Line]) -> Vec<Node> {
    let mut all = Vec::new();
    let mut gap = 0;
    for line in lines {
        if line.is_blank() {
            gap += usize::from(gap > 0);
            continue;
        }
        if gap > 0 {
            push_text(&mut all, if gap > 1 { "\n\n" } else { "\n" });
        }
        gap = 1;
        for node in &line.nodes {
            match node {
                Node::Text(text) => push_text(&mut all, text),
                other => all.push(other.clone()),
            }
        }
    }
    all
}

fn push_text(nodes: &mut Vec<Node>, text: &str) {
    match nodes.last_mut() {
        Some(Node::Text(last)) => last.push_str(text),
        _ => nodes.push(Node::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_become_a_tree_and_gaps_become_one_empty_line() {
        let markup = to_markup(&from_plain("a\n\n\n\nb\n> c\n>> d\n> e\n\nf"));
        let quote = Node::Quote(vec![
            Node::Text("c".into()),
            Node::Quote(vec![Node::Text("d".into())]),
            Node::Text("e".into()),
        ]);
        assert_eq!(
            markup.0,
            [Node::Text("a\n\nb".into()), quote, Node::Text("f".into())]
        );
    }

    #[test]
    fn a_thousand_deep_quotation_is_bounded() {
        let line = format!("{} hi", ">".repeat(1_000));
        assert_eq!(without_quote_marks(&line), (DEEPEST_QUOTE, "hi"));
    }
}
