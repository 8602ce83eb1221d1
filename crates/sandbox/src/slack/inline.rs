//! Finds marked words in a line, as typed and as sent: `*bold*`, `_italic_`, `~strike~`, `` `code` ``, `:emoji:`; the rest is for
//! whoever calls.

use super::emoji;
use super::span::Span;

/// What begins here that is no mark: the span and how many bytes it takes. It is told the character before.
pub(crate) type Leaf<'a> = &'a dyn Fn(&str, Option<char>) -> Option<(Span, usize)>;

struct Walk<'a> {
    leaf: Leaf<'a>,
    spans: Vec<Span>,
}

pub(crate) fn spans(text: &str, leaf: Leaf<'_>) -> Vec<Span> {
    let mut walk = Walk {
        leaf,
        spans: Vec::new(),
    };
    walk.line(text, None, &Span::default());
    walk.spans
}

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

pub(crate) fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

impl Walk<'_> {
    fn line(&mut self, text: &str, before: Option<char>, style: &Span) {
        let mut start = 0;
        let mut at = 0;
        // Where a mark is known to have no end, none after it has one either.
        let mut hopeless = String::new();
        while let Some(next) = text[at..].chars().next() {
            let rest = &text[at..];
            let last = text[..at].chars().next_back().or(before);
            let Some((found, length)) = self.begin(rest, last, style, &mut hopeless) else {
                at += next.len_utf8();
                continue;
            };
            self.push(&text[start..at], style);
            match found {
                Found::Span(span) => self.spans.push(styled(span, style)),
                Found::Marked(mark) => {
                    let mut inner = style.clone();
                    mark_style(&mut inner, mark);
                    self.line(&rest[1..length - 1], Some(mark), &inner);
                }
            }
            at += length;
            start = at;
        }
        self.push(&text[start..], style);
    }

    fn push(&mut self, words: &str, style: &Span) {
        if !words.is_empty() {
            self.spans.push(styled(Span::text(words), style));
        }
    }

    fn begin(
        &self,
        rest: &str,
        before: Option<char>,
        style: &Span,
        hopeless: &mut String,
    ) -> Option<(Found, usize)> {
        if let Some((span, length)) = (self.leaf)(rest, before) {
            return Some((Found::Span(span), length));
        }
        let mark = rest.chars().next()?;
        match mark {
            '`' => code(rest),
            ':' => emoji_here(rest),
            '*' | '_' | '~' if !hopeless.contains(mark) && !is_marked(style, mark) => {
                if before.is_some_and(char::is_alphanumeric) {
                    return None;
                }
                let end = end_of(rest, mark);
                if end.is_none() {
                    hopeless.push(mark);
                }
                end.map(|end| (Found::Marked(mark), end + 1))
            }
            _ => None,
        }
    }
}

enum Found {
    Span(Span),
    Marked(char),
}

fn code(rest: &str) -> Option<(Found, usize)> {
    let end = rest[1..].find('`')? + 1;
    let inner = &rest[1..end];
    if inner.is_empty() || inner.contains('\n') {
        return None;
    }
    let span = Span {
        code: true,
        ..Span::text(inner)
    };
    Some((Found::Span(span), end + 1))
}

pub(crate) fn emoji(name: &str) -> Span {
    let shown = emoji::character(name).unwrap_or_else(|| format!(":{name}:"));
    Span::at("emoji", name, shown)
}

fn emoji_here(rest: &str) -> Option<(Found, usize)> {
    let end = rest[1..].find(|it: char| it == ':' || it.is_whitespace())? + 1;
    let mut name = &rest[1..end];
    let mut length = end + 1;
    let tone = rest[end..].strip_prefix("::skin-tone-");
    if let Some(tone) = tone.filter(|it| it.as_bytes().get(1) == Some(&b':')) {
        let whole = &rest[1..end + "::skin-tone-".len() + 1];
        if tone.starts_with(|it: char| ('2'..='6').contains(&it)) {
            name = whole;
            length = whole.len() + 2;
        }
    }
    emoji::is_name(name).then(|| (Found::Span(emoji(name)), length))
}

/// Where the closing mark stands, if one does in the same line.
fn end_of(rest: &str, mark: char) -> Option<usize> {
    let mut last = mark;
    let mut characters = rest.char_indices().skip(1).peekable();
    while let Some((at, it)) = characters.next() {
        if it == '\n' {
            return None;
        }
        let next = characters.peek().map(|it| it.1);
        let closes = it == mark && !last.is_whitespace() && at > 1;
        if closes && next.is_none_or(|it| !it.is_alphanumeric()) {
            return Some(at);
        }
        if at == 1 && it.is_whitespace() {
            return None;
        }
        last = it;
    }
    None
}

fn mark_style(style: &mut Span, mark: char) {
    match mark {
        '*' => style.bold = true,
        '_' => style.italic = true,
        _ => style.strike = true,
    }
}

fn is_marked(style: &Span, mark: char) -> bool {
    match mark {
        '*' => style.bold,
        '_' => style.italic,
        _ => style.strike,
    }
}

fn styled(span: Span, style: &Span) -> Span {
    Span {
        bold: style.bold,
        italic: style.italic,
        strike: style.strike,
        ..span
    }
}
