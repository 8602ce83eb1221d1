//! A line in the pieces that are written in one way each: spaces, words, addresses, and what is ready to be written.
//!
//! **Invariant:** words begin and end with no space, so that marks stand close to them.

use std::sync::Arc;

use conversation::{RemoteId, Run, RunKind, Style, says_where};

use super::address::{address, encoded, is_of_web, promises_a_place};
use super::escape::{self, Around};
use super::reference::number;

#[derive(Debug, Clone)]
pub(super) struct Segment {
    /// As people see it.
    pub(super) text: String,
    pub(super) kind: Kind,
    /// The outermost first, in the order in which Discord can tell them apart.
    pub(super) styles: Vec<Style>,
    pub(super) link: Option<Arc<str>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Space,
    Words,
    Address,
    Written(String),
}

const OUTERMOST_FIRST: [Style; 5] = [
    Style::Spoiler,
    Style::Strike,
    Style::Underline,
    Style::Bold,
    Style::Italic,
];

/// In segments: so near stands the address of a link that was told.
const NEAR: usize = 6;

pub(super) fn segments(runs: &[Run]) -> Vec<Segment> {
    let mut segments = Vec::new();
    for run in runs {
        add(run, &mut segments);
    }
    join_spaces(&mut segments);
    let mut resolved = Vec::with_capacity(segments.len());
    let mut passed = 0;
    for group in segments.chunk_by(|a, b| a.link == b.link) {
        passed += group.len();
        match group[0].link.clone() {
            Some(url) => {
                let behind: String = segments[passed..]
                    .iter()
                    .take(NEAR)
                    .map(|it| it.text.as_str())
                    .collect();
                resolved.extend(linked(group, &behind, &url));
            }
            None => resolved.extend_from_slice(group),
        }
    }
    resolved
}

fn add(run: &Run, segments: &mut Vec<Segment>) {
    match &run.kind {
        RunKind::Words => words(&run.text, run, segments),
        RunKind::Code if run.text.trim_matches(super::space::is_space).is_empty() => {
            words(&run.text, run, segments)
        }
        RunKind::Code => segments.push(written(run, escape::code(&run.text))),
        RunKind::Mention { account } => match account.as_ref().and_then(id) {
            Some(id) => {
                let kind = Kind::Written(format!("<@{id}>"));
                segments.push(segment(&format!("@{id}"), kind, run));
            }
            None if run.text.is_empty() => {}
            None => words(
                &format!("@{}", run.text.trim_start_matches('@')),
                run,
                segments,
            ),
        },
        RunKind::Emoji { id: emoji } => match id(emoji).filter(|_| is_named(&run.text)) {
            Some(id) => segments.push(written(run, format!("<{}{id}>", run.text))),
            None => words(&run.text, run, segments),
        },
    }
}

fn id(id: &RemoteId) -> Option<&str> {
    number(id.as_str())
}

/// As in `:wave:`
fn is_named(text: &str) -> bool {
    let name = text.strip_prefix(':').and_then(|it| it.strip_suffix(':'));
    name.is_some_and(|it| {
        !it.is_empty() && it.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    })
}

fn written(run: &Run, written: String) -> Segment {
    segment(&run.text, Kind::Written(written), run)
}

fn segment(text: &str, kind: Kind, run: &Run) -> Segment {
    let is_in_the_way = match &kind {
        Kind::Written(written) => is_in_the_way(written),
        Kind::Address => is_in_the_way(text),
        Kind::Space | Kind::Words => false,
    };
    let mut styles = OUTERMOST_FIRST.to_vec();
    styles.retain(|style| run.styles.contains(style) && !is_in_the_way);
    Segment {
        text: text.to_owned(),
        kind,
        styles,
        link: run.link.clone(),
    }
}

/// Discord looks for the end of a mark in code and addresses, too: those that hold a sign stand unmarked.
fn is_in_the_way(text: &str) -> bool {
    let edges = ['_', '~', '|'];
    ["*", "__", "~~", "||", "\\"]
        .iter()
        .any(|it| text.contains(it))
        || text.starts_with(edges)
        || text.ends_with(edges)
}

fn words(text: &str, run: &Run, segments: &mut Vec<Segment>) {
    let mut rest = text;
    let mut from = 0;
    while let Some(at) = rest[from..].find("http").map(|it| from + it) {
        let Some(length) = address(&rest[at..]) else {
            from = at + 4;
            continue;
        };
        spaced(&rest[..at], run, segments);
        segments.push(segment(&rest[at..at + length], Kind::Address, run));
        rest = &rest[at + length..];
        from = 0;
    }
    spaced(rest, run, segments);
}

fn spaced(text: &str, run: &Run, segments: &mut Vec<Segment>) {
    let words = text.trim_start_matches(super::space::is_space);
    let (before, _) = text.split_at(text.len() - words.len());
    let trimmed = words.trim_end_matches(super::space::is_space);
    let (_, after) = words.split_at(trimmed.len());
    let pieces = [
        (before, Kind::Space),
        (trimmed, Kind::Words),
        (after, Kind::Space),
    ];
    let said = pieces.into_iter().filter(|(text, _)| !text.is_empty());
    segments.extend(said.map(|(text, kind)| segment(text, kind, run)));
}

/// A space has the marks that stay open over it: an inner one that did would have to close behind a space.
fn join_spaces(segments: &mut [Segment]) {
    let mut at = 0;
    while at < segments.len() {
        let spaces = segments[at..]
            .iter()
            .take_while(|it| it.kind == Kind::Space)
            .count();
        if spaces == 0 {
            at += 1;
            continue;
        }
        let after = segments.get(at + spaces).cloned();
        let before = at.checked_sub(1).map(|it| segments[it].clone());
        let link = segments[at].link.clone();
        let is_one = segments[at..at + spaces].iter().all(|it| it.link == link);
        let link = link.filter(|_| is_one);
        for space in &mut segments[at..at + spaces] {
            (space.styles, space.link) = match (&before, &after) {
                (Some(before), Some(after)) => shared(before, after, link.clone()),
                _ => (Vec::new(), None),
            };
        }
        at += spaces;
    }
}

fn shared(
    before: &Segment,
    after: &Segment,
    link: Option<Arc<str>>,
) -> (Vec<Style>, Option<Arc<str>>) {
    if before.link != link || after.link != link {
        return (Vec::new(), None);
    }
    let styles = before.styles.iter().zip(&after.styles);
    let styles = styles.take_while(|(a, b)| a == b).map(|it| *it.0);
    (styles.collect(), link)
}

/// The words of one link. Where Discord shows no link, or it would deceive, the address follows the words.
fn linked(group: &[Segment], behind: &str, url: &str) -> Vec<Segment> {
    let label: String = group.iter().map(|it| it.text.as_str()).collect();
    let is_written = |it: &&Segment| matches!(it.kind, Kind::Written(_));
    let has_bracket = |it: &Segment| it.text.contains(['[', ']']);
    // Escapes mean nothing in code, so that its brackets and those of words do not pair.
    let is_odd = group.iter().filter(is_written).any(has_bracket);
    if leads(&label, url) && !is_odd {
        return group.to_vec();
    }
    let mut segments = group.to_vec();
    for segment in &mut segments {
        segment.link = None;
    }
    segments.extend(
        address_after(&label, behind, url).map(|(text, written)| Segment {
            text,
            kind: Kind::Written(written),
            styles: Vec::new(),
            link: None,
        }),
    );
    segments
}

/// Can it be written as `[label](url)`?
pub(super) fn leads(label: &str, url: &str) -> bool {
    is_of_web(url) && !promises_a_place(label, url) && !label.contains('\\') && is_balanced(label)
}

fn is_balanced(label: &str) -> bool {
    let mut open = 0_usize;
    let closes = label.chars().all(|c| match c {
        '[' => {
            open += 1;
            true
        }
        ']' => open.checked_sub(1).map(|left| open = left).is_some(),
        _ => true,
    });
    closes && open == 0
}

/// As it is seen and as it is written, unless the words say it already.
pub(super) fn address_after(label: &str, behind: &str, url: &str) -> Option<(String, String)> {
    let is_itself = label.replace(url, "").trim().is_empty();
    if is_itself || says_where(label, behind, url) {
        return None;
    }
    if is_of_web(url) {
        let url = encoded(url);
        return address(&url)
            .filter(|it| *it == url.len())
            .map(|_| (format!(" ({url})"), format!(" (<{url}>)")));
    }
    let mut written = String::from(" (");
    let place = Around {
        may_link: true,
        ..Around::default()
    };
    escape::escape(&url.replace(['\n', '\r'], " "), place, &mut written);
    written.push(')');
    Some((format!(" ({url})"), written))
}
