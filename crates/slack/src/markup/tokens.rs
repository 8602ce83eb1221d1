//! A line of mrkdwn in signs that may mark and in what stands for itself.
//!
//! **Invariant:** each character is looked at a bounded number of times.

use conversation::{Node, Style};

use super::code::unescaped_with_addresses;
use super::emoji::shortcode;
use super::entity::entity;
use super::reference::{Names, reference};
use super::space::is_space;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Character(char),
    Whole(Node),
}

impl Token {
    pub(super) fn style(&self) -> Option<Style> {
        match self {
            Token::Character('*') => Some(Style::Bold),
            Token::Character('_') => Some(Style::Italic),
            Token::Character('~') => Some(Style::Strike),
            Token::Character(_) | Token::Whole(_) => None,
        }
    }

    pub(super) fn is_space(&self) -> bool {
        matches!(self, Token::Character(c) if is_space(*c))
    }

    pub(super) fn is_word(&self) -> bool {
        matches!(self, Token::Character(c) if c.is_alphanumeric())
    }
}

pub(super) fn tokens(line: &str, names: Names<'_>) -> Vec<Token> {
    let closing_ticks = closing_ticks(line);
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let rest = &line[at..];
        let whole = match c {
            '<' => reference(rest, names),
            '`' if can_open(&line[..at], rest) => code(line, at, &closing_ticks, names),
            ':' => shortcode(rest).map(|(emoji, length)| (Node::Text(emoji), length)),
            _ => None,
        };
        let (token, length) = match whole {
            Some((node, length)) => (Token::Whole(node), length),
            None => match entity(rest) {
                Some((c, length)) => (Token::Character(c), length),
                None => (Token::Character(c), c.len_utf8()),
            },
        };
        tokens.push(token);
        at += length;
    }
    tokens
}

fn can_open(before: &str, rest: &str) -> bool {
    let word = before
        .chars()
        .next_back()
        .is_some_and(char::is_alphanumeric);
    !word && rest[1..].chars().next().is_some_and(|it| !is_space(it))
}

/// Backticks that could end code.
fn closing_ticks(line: &str) -> Vec<usize> {
    let ticks = line.match_indices('`').map(|(at, _)| at);
    let closes = |at: &usize| {
        let before = line[..*at].chars().next_back();
        let after = line[at + 1..].chars().next();
        before.is_some_and(|it| !is_space(it)) && !after.is_some_and(char::is_alphanumeric)
    };
    ticks.filter(closes).collect()
}

fn code(line: &str, at: usize, closing: &[usize], names: Names<'_>) -> Option<(Node, usize)> {
    let close = *closing.get(closing.partition_point(|it| *it < at + 2))?;
    let code = unescaped_with_addresses(&line[at + 1..close], names);
    Some((Node::Code(code), close + 1 - at))
}
