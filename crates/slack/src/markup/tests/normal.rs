//! The normal form: what people see in Slack, whichever of the two ways it was written in.
//!
//! Beside what `styles::showable` changes: spaces do not count; a block of code is never quoted and has no language;
//! a name gets its `@`, and for an account of Slack its id; an address is no link to itself; where a link cannot
//! lead, its address stands behind the words. In mrkdwn, besides, code with a backtick is words, a linked word is no
//! code, and a picture is its name; and styles
//! on the signs of mrkdwn do not count.

use std::collections::BTreeSet;

use conversation::arbitrary::{Piece, Seen, seen_in_lines};
use conversation::{Holds, Line, Markup, Run, RunKind};

use super::super::space::NO_WIDTH;
use super::super::{address, reference, segment, styles};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Mrkdwn,
    RichText,
}

pub(super) fn seen(markup: &Markup, form: Form) -> Vec<Seen> {
    let mut lines = styles::showable(markup).lines();
    for line in &mut lines {
        line.quoted &= matches!(line.holds, Holds::Runs(_));
    }
    let mut seen = seen_in_lines(&lines, |line| pieces(line, form));
    for (c, _) in &mut seen {
        if *c == '\0' {
            *c = '\u{FFFD}';
        }
    }
    seen
}

fn pieces(line: &Line, form: Form) -> Vec<Piece> {
    let runs = match &line.holds {
        Holds::Runs(runs) => runs,
        Holds::Code { code, .. } => return vec![(code.clone(), ["block".to_owned()].into())],
    };
    let mut pieces = Vec::new();
    for group in runs.chunk_by(|a, b| a.link == b.link) {
        let label: String = group.iter().map(|it| it.text.as_str()).collect();
        let label = label.replace(NO_WIDTH, "");
        let url = group[0].link.as_deref();
        // Several in a row are one text.
        let is_itself = |url: &str| {
            let label = address::encoded(label.trim());
            !label.is_empty() && label.replace(&address::encoded(url), "").is_empty()
        };
        let leads = url.filter(|it| address::can_lead(it) && !is_itself(it));
        let said = group.iter().map(|run| said(run, leads, form));
        pieces.extend(said.flat_map(|piece| signs_apart(piece, form)));
        let words = url.filter(|it| !address::can_lead(it));
        let words = words.and_then(|url| address::in_words(&label, url));
        pieces.extend(words.map(|words| (words, BTreeSet::new())));
    }
    pieces
}

fn signs_apart((words, marks): Piece, form: Form) -> Vec<Piece> {
    if form == Form::RichText
        || marks
            .iter()
            .any(|it| !matches!(it.as_str(), "Bold" | "Italic" | "Strike"))
    {
        return vec![(words, marks)];
    }
    let pieces = words.split_inclusive(segment::is_sign).flat_map(|piece| {
        let plain = piece.trim_end_matches(segment::is_sign);
        [
            (plain.to_owned(), marks.clone()),
            (piece[plain.len()..].to_owned(), BTreeSet::new()),
        ]
    });
    pieces.collect()
}

fn said(run: &Run, leads: Option<&str>, form: Form) -> Piece {
    let mut marks: BTreeSet<String> = run.styles.iter().map(|it| format!("{it:?}")).collect();
    match &run.kind {
        RunKind::Mention { account: Some(id) } if reference::account(id.as_str()).is_some() => {
            marks.insert(format!("mention {id}"));
            return (format!("@{id}"), marks);
        }
        RunKind::Emoji { id } if run.text == format!(":{id}:") => {
            if form == Form::RichText {
                marks.insert(format!("emoji {id}"));
            }
            return (run.text.clone(), marks);
        }
        RunKind::Code if form == Form::RichText => {
            marks.insert("code".to_owned());
        }
        RunKind::Code
            if !run.link.as_deref().is_some_and(address::can_lead) && !run.text.contains('`') =>
        {
            marks.insert("code".to_owned());
        }
        _ => {}
    }
    marks.extend(leads.map(|url| match form {
        Form::Mrkdwn => format!("link {}", address::encoded(url)),
        Form::RichText => format!("link {}", url.replace('\0', "\u{FFFD}")),
    }));
    (segment::seen(run), marks)
}
