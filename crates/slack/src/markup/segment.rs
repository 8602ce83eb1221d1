//! A line in the pieces that are written in one way each: spaces, words, and what is ready to be written.
//!
//! **Invariant:** words begin and end with no space, so that marks stand close to them.

use conversation::{Run, RunKind, Style};

use super::address::{address, can_lead, encoded, in_words};
use super::reference::account;
use super::space::{NO_WIDTH, is_space};

#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// The outermost first.
    pub(super) styles: Vec<Style>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    Words,
    /// With its signs.
    Written,
}

const OUTERMOST_FIRST: [Style; 3] = [Style::Bold, Style::Italic, Style::Strike];

pub(super) fn segments(runs: &[Run]) -> Vec<Segment> {
    let mut segments = Vec::new();
    for group in runs.chunk_by(|a, b| a.link == b.link) {
        for run in group {
            add(run, &mut segments);
        }
        let label: String = group.iter().map(|run| run.text.as_str()).collect();
        let url = group[0].link.as_deref().filter(|url| !can_lead(url));
        if let Some(said) = url.and_then(|url| in_words(&label, url)) {
            words(&said, &[], &mut segments);
        }
    }
    join_spaces(&mut segments);
    segments
}

fn add(run: &Run, segments: &mut Vec<Segment>) {
    let mut styles = OUTERMOST_FIRST.to_vec();
    styles.retain(|style| run.styles.contains(style));
    let link = run.link.as_deref().filter(|url| can_lead(url));
    match (&run.kind, link) {
        (RunKind::Mention { account: Some(id) }, _) if account(id.as_str()).is_some() => {
            written(format!("<@{id}>"), &styles, segments);
        }
        (RunKind::Emoji { id }, _) if run.text == format!(":{id}:") => {
            written(run.text.clone(), &styles, segments);
        }
        (_, Some(url)) => linked(&seen(run), url, &styles, segments),
        (RunKind::Code, None) => code(&run.text, &styles, segments),
        (_, None) => words(&seen(run), &styles, segments),
    }
}

pub(super) fn seen(run: &Run) -> String {
    match &run.kind {
        RunKind::Mention { .. } if run.text.is_empty() => String::new(),
        RunKind::Mention { .. } => format!("@{}", run.text.trim_start_matches('@')),
        RunKind::Words | RunKind::Code | RunKind::Emoji { .. } => run.text.clone(),
    }
}

fn written(text: String, styles: &[Style], segments: &mut Vec<Segment>) {
    push(&text, Kind::Written, styles, segments);
}

fn push(text: &str, kind: Kind, styles: &[Style], segments: &mut Vec<Segment>) {
    if !text.is_empty() {
        segments.push(Segment {
            text: text.to_owned(),
            kind,
            styles: styles.to_vec(),
        });
    }
}

fn linked(label: &str, url: &str, styles: &[Style], segments: &mut Vec<Segment>) {
    spaced(label, styles, segments, |label, segments| {
        if label == url && encoded(url) == url {
            return written(format!("<{}>", escaped(url)), styles, segments);
        }
        let url = escaped(&encoded(url));
        written(
            format!("<{url}|{}>", apart(&escaped(label))),
            styles,
            segments,
        );
    });
}

/// Slack has no way to say a backtick in code: such code is words.
fn code(code: &str, styles: &[Style], segments: &mut Vec<Segment>) {
    if code.contains('`') {
        return words(code, styles, segments);
    }
    spaced(code, styles, segments, |code, segments| {
        written(format!("`{}`", escaped(code)), styles, segments);
    });
}

fn words(text: &str, styles: &[Style], segments: &mut Vec<Segment>) {
    let mut rest = text;
    let mut from = 0;
    let plain = |words: &str, segments: &mut Vec<Segment>| {
        spaced(words, styles, segments, |words, segments| {
            without_signs(words, styles, segments);
        });
    };
    while let Some(at) = rest[from..].find("http").map(|it| from + it) {
        let Some(length) = address(&rest[at..]) else {
            from = at + 4;
            continue;
        };
        plain(&rest[..at], segments);
        let address = escaped(&rest[at..at + length]);
        written(format!("<{address}>"), styles, segments);
        rest = &rest[at + length..];
        from = 0;
    }
    plain(rest, segments);
}

/// A mark beside a sign that looks like it cannot be told from it: signs at the edges stand outside.
fn without_signs(words: &str, styles: &[Style], segments: &mut Vec<Segment>) {
    let is_edge = |c: char| is_sign(c) || is_space(c);
    let trimmed = words.trim_start_matches(is_edge);
    let (before, _) = words.split_at(words.len() - trimmed.len());
    let inside = trimmed.trim_end_matches(is_edge);
    push(before, Kind::Words, &[], segments);
    push(inside, Kind::Words, styles, segments);
    push(&trimmed[inside.len()..], Kind::Words, &[], segments);
}

pub(super) fn is_sign(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | '`')
}

/// With the spaces around it apart.
fn spaced(
    text: &str,
    styles: &[Style],
    segments: &mut Vec<Segment>,
    write: impl FnOnce(&str, &mut Vec<Segment>),
) {
    let trimmed = text.trim_start_matches(is_space);
    let (before, _) = text.split_at(text.len() - trimmed.len());
    let words = trimmed.trim_end_matches(is_space);
    push(before, Kind::Space, styles, segments);
    if !words.is_empty() {
        write(words, segments);
    }
    push(&trimmed[words.len()..], Kind::Space, styles, segments);
}

/// A space has the marks that stay open over it: an inner one that did would have to close behind a space.
fn join_spaces(segments: &mut [Segment]) {
    let mut at = 0;
    while at < segments.len() {
        let spaces = segments[at..]
            .iter()
            .take_while(|it| it.kind == Kind::Space);
        let spaces = spaces.count();
        let before = at.checked_sub(1).map(|it| segments[it].styles.clone());
        let after = segments.get(at + spaces).map(|it| it.styles.clone());
        let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
        let shared = before.iter().zip(&after).take_while(|(a, b)| a == b);
        let shared: Vec<Style> = shared.map(|it| *it.0).collect();
        for space in &mut segments[at..at + spaces] {
            space.styles.clone_from(&shared);
        }
        at += spaces.max(1);
    }
}

/// No two backticks beside each other: three would begin a block, wherever they stand.
pub(super) fn apart(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '`' && written.ends_with('`') {
            written.push(NO_WIDTH);
        }
        written.push(c);
    }
    written
}

/// The three signs that Slack reads everywhere.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
