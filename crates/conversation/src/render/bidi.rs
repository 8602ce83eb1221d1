//! Right-to-left text: Unicode's embedding and isolate controls are closed in the paragraph and in the piece
//! that they were opened in, so that one author's words never turn those of another.
//!
//! Source: UAX #9, whose rule X8 ends them all with the paragraph.

use std::ops::Range;

use super::split::split;
use crate::flat::Edit;
use crate::{Flat, TextLimit};

/// Deeper ones are dropped: nobody writes them by hand.
const MOST_OPEN: usize = 8;
/// In the unit that counts most: three bytes for each control that a piece opens or closes at its edges.
const RESERVED: usize = 2 * MOST_OPEN * 3;

const PDF: char = '\u{202C}';
const PDI: char = '\u{2069}';

fn is_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// They show letters in another order than they are read in, which is only good for deceiving.
fn is_override(opener: char) -> bool {
    matches!(opener, '\u{202D}' | '\u{202E}')
}

fn closer(opener: char) -> char {
    match opener {
        '\u{2066}'..='\u{2068}' => PDI,
        _ => PDF,
    }
}

/// Each opener gets its closer in its paragraph; closers of nothing go, and so do overrides.
pub(super) fn balanced(flat: Flat) -> Flat {
    if !has_controls(&flat.text) {
        return flat;
    }
    let mut edits = Vec::new();
    let mut open = Vec::new();
    for (at, c) in marks(&flat.text) {
        let whole = at..at + c.len_utf8();
        match c {
            '\n' => close_all(&mut open, at, &mut edits),
            PDF => match open.pop_if(|opened| closer(opened.opener) == PDF) {
                Some(opened) if opened.is_kept => {}
                _ => edits.push(Edit::replace(whole, "")),
            },
            PDI => close_isolate(&mut open, whole, &mut edits),
            opener => {
                let is_kept = open.len() < MOST_OPEN && !is_override(opener);
                open.push(Open { opener, is_kept });
                if !is_kept {
                    edits.push(Edit::replace(whole, ""));
                }
            }
        }
    }
    close_all(&mut open, flat.text.len(), &mut edits);
    flat.edited(&edits)
}

struct Open {
    opener: char,
    is_kept: bool,
}

fn close_all(open: &mut Vec<Open>, at: usize, edits: &mut Vec<Edit>) {
    let closers = closers(open.drain(..).filter(|it| it.is_kept).map(|it| it.opener));
    if !closers.is_empty() {
        edits.push(Edit::insert(at, closers));
    }
}

/// An isolate ends all that was opened inside of it.
fn close_isolate(open: &mut Vec<Open>, whole: Range<usize>, edits: &mut Vec<Edit>) {
    let Some(isolate) = open.iter().rposition(|it| closer(it.opener) == PDI) else {
        return edits.push(Edit::replace(whole, ""));
    };
    let inside = open.drain(isolate..).filter(|it| it.is_kept);
    let closers = closers(inside.map(|it| it.opener));
    edits.push(Edit::replace(whole, closers));
}

fn closers(openers: impl DoubleEndedIterator<Item = char>) -> String {
    openers.rev().map(closer).collect()
}

/// The pieces of a balanced text, each balanced. Where a limit leaves no room for controls, they go.
pub(super) fn pieces(words: &Flat, limit: TextLimit) -> Vec<Flat> {
    if !has_controls(&words.text) {
        return words.slices(&split(words, limit));
    }
    if limit.max < 4 * RESERVED {
        return pieces(&without_controls(words), limit);
    }
    let max = limit.max - RESERVED;
    let ranges = split(words, TextLimit { max, ..limit });
    let carried = carried(&words.text, &ranges);
    let parts = words.slices(&ranges).into_iter().zip(carried);
    let is_seen = |c: char| !c.is_whitespace() && !is_control(c);
    let parts = parts.filter(|(part, _)| part.text.contains(is_seen));
    let whole = parts.map(|(part, (before, after))| between(part, &before, &after));
    whole.collect()
}

/// What each range must open at its start and close at its end.
fn carried(text: &str, ranges: &[Range<usize>]) -> Vec<(String, String)> {
    let mut marks = marks(text).peekable();
    let mut open = Vec::new();
    let mut open_at = |at: usize| {
        while let Some((_, c)) = marks.next_if(|(mark, _)| *mark < at) {
            match c {
                '\n' => open.clear(),
                PDF | PDI => drop(open.pop()),
                opener => open.push(opener),
            }
        }
        open.clone()
    };
    let edges = ranges.iter().map(|range| {
        let before = open_at(range.start).into_iter().collect();
        let after = closers(open_at(range.end).into_iter());
        (before, after)
    });
    edges.collect()
}

/// Marks that reach the edges hold the controls too, so that a block keeps its lines to itself.
fn between(mut part: Flat, before: &str, after: &str) -> Flat {
    let end = part.text.len();
    for span in &mut part.spans {
        let is_last = span.end == end;
        span.end += before.len() + if is_last { after.len() } else { 0 };
        span.start += if span.start == 0 { 0 } else { before.len() };
    }
    part.text = [before, &part.text, after].concat();
    part
}

fn without_controls(flat: &Flat) -> Flat {
    let controls = marks(&flat.text).filter(|(_, c)| *c != '\n');
    let edits = controls.map(|(at, c)| Edit::replace(at..at + c.len_utf8(), ""));
    flat.edited(&edits.collect::<Vec<_>>())
}

/// One fast search for each: most texts have none.
fn has_controls(text: &str) -> bool {
    let controls = ('\u{202A}'..='\u{202E}').chain('\u{2066}'..='\u{2069}');
    controls.into_iter().any(|control| text.contains(control))
}

/// The controls and line breaks with their places.
fn marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    text.char_indices()
        .filter(|(_, c)| *c == '\n' || is_control(*c))
}
