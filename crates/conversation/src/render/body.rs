//! The message's own words, in the marks that the channel can show.

use std::ops::Range;

use super::Rendering;
use crate::flat::Edit;
use crate::{Capabilities, Flat, Mark, Markup, Node, Span, Support};

pub(super) struct Body {
    pub(super) flat: Flat,
    pub(super) starts_with_block: bool,
}

/// The words, without blank lines around them, then `notes`, one a line.
pub(super) fn body(rendering: &Rendering<'_>, notes: &[String], to: &Capabilities) -> Body {
    let text = &rendering.content.text;
    let mut flat = with_plain_line_ends(text.flatten());
    let starts_with_block = starts_in_block(&flat) || starts_with_list(&text.0).unwrap_or(false);
    ring_only_who_may_be_rung(&mut flat, rendering);
    if rendering.from != to.label {
        flat.spans
            .retain(|span| !matches!(span.mark, Mark::Emoji { .. }));
    }
    if to.markup != Support::Native {
        flat = in_words(flat);
    }
    let mut flat = trimmed(&flat, starts_with_block);
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
    let flat = with_plain_line_ends(text.flatten());
    let starts_with_block = starts_in_block(&flat) || starts_with_list(&text.0).unwrap_or(false);
    let mut text = in_words(flat).text;
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

fn with_plain_line_ends(flat: Flat) -> Flat {
    if !flat.text.contains('\r') {
        return flat;
    }
    let edits: Vec<Edit> = flat
        .text
        .match_indices('\r')
        .map(|(at, _)| match flat.text[at + 1..].starts_with('\n') {
            true => Edit::replace(at..at + 1, ""),
            false => Edit::replace(at..at + 1, "\n"),
        })
        .collect();
    flat.edited(&edits)
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

/// Without markup a link says its address, a quote starts its lines with `>`, and the rest is plain. Code
/// stands as it is, so that it can be copied and cut anywhere.
fn in_words(mut flat: Flat) -> Flat {
    let mut edits = link_addresses(&flat);
    edits.extend(quote_signs(&flat));
    edits.sort_by_key(|edit| edit.range.start);
    flat.spans.clear();
    match edits.is_empty() {
        true => flat,
        false => flat.edited(&edits),
    }
}

fn link_addresses(flat: &Flat) -> Vec<Edit> {
    let links = flat.spans.iter().filter_map(|span| match &span.mark {
        Mark::Link { url } => Some((span, url)),
        _ => None,
    });
    links
        .filter(|(span, url)| bare(&flat.text[span.start..span.end]) != bare(url))
        .map(|(span, url)| Edit::insert(span.end, format!(" ({url})")))
        .collect()
}

/// `example.org` says as much as `https://example.org/`.
fn bare(address: &str) -> &str {
    let address = address.trim();
    let schemes = ["https://", "http://", "mailto:", "tel:"];
    let bare = schemes.iter().find_map(|it| address.strip_prefix(it));
    bare.unwrap_or(address).trim_end_matches('/')
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
