//! The message's own words, in the marks that the channel can show.

use std::ops::Range;

use super::Rendering;
use super::apart::told_apart;
use super::bidi::balanced;
use super::links::told_links;
use crate::address::Shown;
use crate::flat::Edit;
use crate::{Capabilities, Flat, Mark, Markup, Node, Span, Support};

pub(super) struct Body {
    pub(super) flat: Flat,
    pub(super) starts_with_block: bool,
}

/// The words, without blank lines around them, then `notes`, one a line.
pub(super) fn body(rendering: &Rendering<'_>, notes: &[String], to: &Capabilities) -> Body {
    let text = &rendering.content.text;
    let mut flat = in_plain_lines(text.flatten());
    let starts_with_block = starts_in_block(&flat) || starts_with_list(&text.0).unwrap_or(false);
    ring_only_who_may_be_rung(&mut flat, rendering);
    if rendering.from != to.label {
        let is_emoji = |it: &Span| matches!(it.mark, Mark::Emoji { .. });
        flat.spans.retain(|it| !is_emoji(it));
    }
    flat = match to.markup {
        Support::Native => told_links(flat, Shown::InShort),
        Support::Fallback | Support::None => in_words(told_links(flat, Shown::Whole)),
    };
    let mut flat = trimmed(&told_apart(flat, rendering.labels), starts_with_block);
    for note in notes {
        if !flat.text.is_empty() {
            flat.text.push('\n');
        }
        flat.text.push_str(note);
    }
    Body {
        flat,
        starts_with_block,
    }
}

/// The words where nothing but words can be shown.
pub(super) fn plain(text: &Markup) -> String {
    let flat = in_plain_lines(text.flatten());
    let starts_with_block = starts_in_block(&flat) || starts_with_list(&text.0).unwrap_or(false);
    let mut text = balanced(in_words(told_links(flat, Shown::Whole))).text;
    let Range { start, end } = without_blanks(&text, starts_with_block);
    text.truncate(end);
    text.drain(..start);
    text
}

fn starts_in_block(flat: &Flat) -> bool {
    let words = flat.text.len() - flat.text.trim_start().len();
    let first = flat.spans.iter().take_while(|span| span.start <= words);
    let mut blocks = first.filter(|it| matches!(it.mark, Mark::Quote | Mark::CodeBlock { .. }));
    blocks.any(|block| words < block.end)
}

/// A list is no mark, so the tree must tell. None where the nodes hold no words.
fn starts_with_list(nodes: &[Node]) -> Option<bool> {
    nodes.iter().find_map(|node| match node {
        Node::List { items, .. } => (!items.is_empty()).then_some(true),
        Node::Text(text) => (!text.trim().is_empty()).then_some(false),
        Node::Styled { children, .. } | Node::Link { children, .. } => starts_with_list(children),
        Node::Quote(_) | Node::CodeBlock { .. } => Some(false),
        Node::Code(_) | Node::Mention { .. } | Node::Emoji { .. } => Some(false),
    })
}

fn trimmed(flat: &Flat, starts_with_block: bool) -> Flat {
    let words = without_blanks(&flat.text, starts_with_block);
    flat.slice(words.start, words.end)
}

/// The first line of a block keeps the spaces that set it in.
fn without_blanks(text: &str, starts_with_block: bool) -> Range<usize> {
    let text = text.trim_end();
    let mut start = text.len() - text.trim_start().len();
    if starts_with_block {
        start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    }
    start..text.len()
}

/// Lines end in one way, whichever of Unicode's forms it was; and of the other controls, which ring, move and colour what
/// a terminal shows, only the tab is left.
pub(super) fn in_plain_lines(flat: Flat) -> Flat {
    let is_odd = |c: char| is_line_end(c) || (c.is_control() && !matches!(c, '\n' | '\t'));
    let edits = flat.text.match_indices(is_odd).map(|(at, odd)| {
        let end = at + odd.len();
        let is_first_half = odd == "\r" && flat.text[end..].starts_with('\n');
        let is_end = odd.contains(is_line_end) && !is_first_half;
        Edit::replace(at..end, if is_end { "\n" } else { "" })
    });
    let edits: Vec<Edit> = edits.collect();
    match edits.is_empty() {
        true => flat,
        false => flat.edited(&edits),
    }
}

/// UAX #14, without `\n`.
fn is_line_end(c: char) -> bool {
    "\r\u{0B}\u{0C}\u{85}\u{2028}\u{2029}".contains(c)
}

/// An account of one platform means nobody on another, or somebody else; and who is rung there has to want it.
fn ring_only_who_may_be_rung(flat: &mut Flat, rendering: &Rendering<'_>) {
    for span in &mut flat.spans {
        if let Mark::Mention { account } = &mut span.mark {
            let here = account.as_ref().and_then(|it| rendering.mentions.get(it));
            *account = here.cloned();
        }
    }
}

/// Without markup a quote starts its lines with `>`, and the rest is plain. Code stands as it is, so that it can be
/// copied and cut anywhere.
fn in_words(mut flat: Flat) -> Flat {
    let signs = quote_signs(&flat);
    flat.spans.clear();
    match signs.is_empty() {
        true => flat,
        false => flat.edited(&signs),
    }
}

fn quote_signs(flat: &Flat) -> Vec<Edit> {
    const MOST_SIGNS: usize = 8;
    let quotes = || flat.spans.iter().filter(|span| span.mark == Mark::Quote);
    if quotes().next().is_none() {
        return Vec::new();
    }
    let mut starts = quotes().map(|span: &Span| span.start).peekable();
    let mut ends: Vec<usize> = quotes().map(|span| span.end).collect();
    ends.sort_unstable();
    let mut ends = ends.into_iter().peekable();
    let mut depth: usize = 0;
    let lines = flat.text.match_indices('\n').map(|(at, _)| at + 1);
    let mut signs = Vec::new();
    for line in std::iter::once(0).chain(lines) {
        while starts.next_if(|start| *start <= line).is_some() {
            depth += 1;
        }
        while ends.next_if(|end| *end <= line).is_some() {
            depth -= 1;
        }
        if depth > 0 {
            signs.push(Edit::insert(line, "> ".repeat(depth.min(MOST_SIGNS))));
        }
    }
    signs
}
