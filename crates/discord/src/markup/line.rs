//! One line's pieces with their marks. **Invariant:** every mark that opens closes, in order, and signs of two marks
//! that would run together are kept apart by a character of no width.

use std::sync::Arc;

use conversation::{Run, Style};

use super::address::{encoded, is_after};
use super::escape::{Around, block_sign, escape};
use super::segment::{Kind, Segment, segments};
use super::space::NO_WIDTH;

/// `may_link` where any line holds signs that could make a link with those before them.
pub(super) fn written(runs: &[Run], may_link: bool) -> String {
    let segments = segments(runs);
    let line: String = segments.iter().map(Segment::sight).collect();
    let mut writer = Writer {
        out: String::new(),
        open: Vec::new(),
        closed: None,
        may_link,
        block_sign: block_sign(&line),
        passed: 0,
    };
    for (nth, segment) in segments.iter().enumerate() {
        writer.segment(segment, &segments[nth + 1..]);
    }
    writer.close_down_to(0);
    writer.out
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Mark {
    Link(Arc<str>),
    Style(Style),
}

struct Writer {
    out: String,
    open: Vec<Mark>,
    /// The sign that was written last, if it closed a mark.
    closed: Option<char>,
    may_link: bool,
    block_sign: Option<usize>,
    /// Bytes of the line as it is seen.
    passed: usize,
}

impl Segment {
    fn sight(&self) -> &str {
        match &self.kind {
            // No block begins with it, but one may end before it.
            Kind::Written(written) if !written.starts_with(' ') => "\u{FFFC}",
            Kind::Written(_) => &self.text,
            Kind::Space | Kind::Words | Kind::Address => &self.text,
        }
    }

    fn marks(&self) -> Vec<Mark> {
        let link = self.link.iter().cloned().map(Mark::Link);
        link.chain(self.styles.iter().copied().map(Mark::Style))
            .collect()
    }
}

impl Writer {
    fn segment(&mut self, segment: &Segment, after: &[Segment]) {
        let marks = segment.marks();
        let shared = self
            .open
            .iter()
            .zip(&marks)
            .take_while(|(a, b)| a == b)
            .count();
        self.close_down_to(shared);
        for mark in &marks[shared..] {
            self.open(mark);
        }
        self.closed = None;
        self.content(segment, after);
        self.passed += segment.sight().len();
    }

    fn content(&mut self, segment: &Segment, after: &[Segment]) {
        match &segment.kind {
            Kind::Space => self.out.push_str(&segment.text),
            Kind::Words => {
                let place = Around {
                    block_sign: self.block_sign.and_then(|it| it.checked_sub(self.passed)),
                    may_link: self.may_link,
                    in_link: segment.link.is_some(),
                };
                escape(&segment.text, place, &mut self.out);
            }
            Kind::Address if ends_by_itself(segment, after) => self.out.push_str(&segment.text),
            Kind::Address => {
                self.out.push('<');
                self.out.push_str(&segment.text);
                self.out.push('>');
            }
            Kind::Written(written) => {
                if written.starts_with('`') && self.out.ends_with('`') {
                    self.out.push(NO_WIDTH);
                }
                self.out.push_str(written);
            }
        }
    }

    fn open(&mut self, mark: &Mark) {
        let sign = match mark {
            Mark::Link(_) => "[",
            Mark::Style(style) => sign(*style),
        };
        let runs_together = match self.closed {
            Some('~') => sign.starts_with(['~', '_']),
            Some(closed) => sign.starts_with(closed),
            None => false,
        };
        if runs_together {
            self.out.push(NO_WIDTH);
        }
        self.closed = None;
        self.out.push_str(sign);
        self.open.push(mark.clone());
    }

    fn close_down_to(&mut self, left: usize) {
        while self.open.len() > left
            && let Some(mark) = self.open.pop()
        {
            match mark {
                Mark::Link(url) => {
                    self.out.push_str(&format!("]({})", encoded(&url)));
                    self.closed = Some(')');
                }
                Mark::Style(style) => self.close(sign(style)),
            }
        }
    }

    fn close(&mut self, sign: &str) {
        if self.closed.is_none() && self.out.ends_with(&sign[..1]) {
            self.out.push(NO_WIDTH);
        }
        self.out.push_str(sign);
        self.closed = sign.chars().next();
    }
}

fn sign(style: Style) -> &'static str {
    match style {
        Style::Bold => "**",
        Style::Italic => "*",
        Style::Underline => "__",
        Style::Strike => "~~",
        Style::Spoiler => "||",
    }
}

/// Discord takes all up to the next space for the address, or to the end of the mark around it.
fn ends_by_itself(address: &Segment, after: &[Segment]) -> bool {
    let is_space = |it: Option<&Segment>| it.is_none_or(|it| it.kind == Kind::Space);
    let Some(next) = after.first() else {
        return true;
    };
    if address
        .styles
        .iter()
        .any(|style| !next.styles.contains(style))
    {
        return true;
    }
    match next.kind {
        Kind::Space => true,
        Kind::Words if next.link.is_none() && next.styles == address.styles => {
            let end = next.text.find(super::space::is_space);
            let joined = &next.text[..end.unwrap_or(next.text.len())];
            joined.chars().all(is_after) && (end.is_some() || is_space(after.get(1)))
        }
        _ => false,
    }
}
