//! The marks within a line: `*bold*`, `_italic_` and `~struck~`, which stand at the edges of words.

use std::ops::Range;

use conversation::{Node, Style};

use super::reference::Names;
use super::tokens::{Token, tokens};

pub(super) fn inline(line: &str, names: Names<'_>) -> Vec<Node> {
    let tokens = tokens(line, names);
    let mut reading = Reading {
        edges: Edges::of(&tokens),
        tokens,
    };
    let all = 0..reading.tokens.len();
    reading.nodes(all, &[])
}

struct Reading {
    tokens: Vec<Token>,
    edges: Edges,
}

/// Where a mark can begin, and where one of each style can end, ascending.
#[derive(Default)]
struct Edges {
    opens: Vec<bool>,
    bold: Vec<usize>,
    italic: Vec<usize>,
    strike: Vec<usize>,
}

impl Edges {
    fn of(tokens: &[Token]) -> Edges {
        let mut edges = Edges::default();
        for (at, token) in tokens.iter().enumerate() {
            let inside_word = at > 0 && tokens[at - 1].is_word();
            let before_space = tokens.get(at + 1).is_none_or(Token::is_space);
            edges.opens.push(!inside_word && !before_space);
            let after_word = at > 0 && !tokens[at - 1].is_space();
            let ends = after_word && !tokens.get(at + 1).is_some_and(Token::is_word);
            match token.style().filter(|_| ends) {
                Some(Style::Bold) => edges.bold.push(at),
                Some(Style::Italic) => edges.italic.push(at),
                Some(Style::Strike) => edges.strike.push(at),
                _ => {}
            }
        }
        edges
    }

    fn next(&self, style: Style, from: usize) -> Option<usize> {
        let all = match style {
            Style::Bold => &self.bold,
            Style::Italic => &self.italic,
            Style::Strike => &self.strike,
            Style::Underline | Style::Spoiler => return None,
        };
        all.get(all.partition_point(|it| *it < from)).copied()
    }
}

impl Reading {
    /// No mark lies in another of its kind.
    fn nodes(&mut self, range: Range<usize>, open: &[Style]) -> Vec<Node> {
        let mut nodes = Vec::new();
        let mut at = range.start;
        while at < range.end {
            if let Some((style, close)) = self.mark(at, range.end, open) {
                let children = self.nodes(at + 1..close, &[open, &[style]].concat());
                nodes.push(Node::Styled { style, children });
                at = close + 1;
                continue;
            }
            let token = std::mem::replace(&mut self.tokens[at], Token::Character(' '));
            push(token, &mut nodes);
            at += 1;
        }
        nodes
    }

    fn mark(&self, at: usize, end: usize, open: &[Style]) -> Option<(Style, usize)> {
        let style = self.tokens[at].style().filter(|it| !open.contains(it))?;
        if !self.edges.opens[at] {
            return None;
        }
        let close = self.edges.next(style, at + 2)?;
        (close < end).then_some((style, close))
    }
}

fn push(token: Token, nodes: &mut Vec<Node>) {
    match (token, nodes.last_mut()) {
        (Token::Character(c), Some(Node::Text(text))) => text.push(c),
        (Token::Whole(Node::Text(more)), Some(Node::Text(text))) => text.push_str(&more),
        (Token::Character(c), _) => nodes.push(Node::Text(c.into())),
        (Token::Whole(node), _) => nodes.push(node),
    }
}
