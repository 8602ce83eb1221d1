//! Where links lead, behind their words.
//!
//! **Invariant:** nobody needs to follow a link to learn where it leads; and what says it already is not said again, so
//! that hops add nothing.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
};

use crate::address::{Shown, can_lead, is_said, told, without_user};
use crate::flat::Edit;
use crate::{Flat, Mark, Markup, Span};

/// What is put in behind a link.
struct Told {
    /// Of the link: marks that are listed behind it lie inside of it.
    link: usize,
    text: String,
}

/// Behind each link stands where it leads, unless its words say it. What no platform follows stays words.
pub(super) fn told_links(mut flat: Flat, shown: Shown) -> Flat {
    join_neighbours(&mut flat.spans);
    drop_wordless(&mut flat);
    let blocks = ends_of_blocks(&flat.spans);
    let mut insertions: BTreeMap<usize, Told> = BTreeMap::new();
    for (link, span) in flat.spans.iter_mut().enumerate() {
        let Mark::Link { url } = &mut span.mark else {
            continue;
        };
        *url = without_user(url);
        // A line break at the end is no word, and what comes behind it may need the line.
        let words = flat.text[span.start..span.end].trim_end_matches('\n');
        let end = span.start + words.len();
        let ends_in_block = blocks.get(&end).is_some_and(|block| *block > link);
        if !is_said((words, &flat.text[end..]), url, shown) {
            let gap = match words.chars().next_back() {
                _ if ends_in_block => "\n",
                Some(last) if last.is_whitespace() => "",
                _ => " ",
            };
            let text = [gap, &told(url, shown)].concat();
            insertions.insert(end, Told { link, text });
        }
    }
    let mut flat = match insertions.is_empty() {
        true => flat,
        false => with(flat, &insertions),
    };
    flat.spans.retain(|it| match &it.mark {
        Mark::Link { url } => can_lead(url),
        _ => true,
    });
    flat
}

/// The links for which `is_chosen` says so are words, with all of where they lead.
pub(super) fn in_words(mut words: Flat, is_chosen: impl Fn(&str) -> bool) -> Flat {
    let mut edits = Vec::new();
    words.spans.retain(|span| match &span.mark {
        Mark::Link { url } if is_chosen(url) => {
            let (label, behind) = (&words.text[span.start..span.end], &words.text[span.end..]);
            if !is_said((label, behind), url, Shown::Whole) {
                let in_short = told(url, Shown::InShort);
                let rest = behind.trim_start().strip_prefix(&in_short);
                let end = rest.map_or(span.end, |rest| words.text.len() - rest.len());
                let whole = format!(" {}", told(url, Shown::Whole));
                edits.push(Edit::replace(span.end..end, whole));
            }
            false
        }
        _ => true,
    });
    edits.sort_by_key(|edit| edit.range.start);
    words.edited(&edits)
}

/// Nobody sees them, and nobody follows them.
fn drop_wordless(flat: &mut Flat) {
    let has_words = |it: &Span| !flat.text[it.start..it.end].trim().is_empty();
    let is_kept = |it: &Span| !matches!(it.mark, Mark::Link { .. }) || has_words(it);
    flat.spans.retain(is_kept);
}

/// Where they end, and where they are listed.
fn ends_of_blocks(spans: &[Span]) -> HashMap<usize, usize> {
    let is_block = |it: &Span| matches!(it.mark, Mark::Quote | Mark::CodeBlock { .. });
    let blocks = spans.iter().enumerate().filter(|it| is_block(it.1));
    blocks.map(|(at, it)| (it.end, at)).collect()
}

/// Of words that bear several styles, platforms make several links, one beside the other. None lies in another.
fn join_neighbours(spans: &mut Vec<Span>) {
    let mut last: Option<usize> = None;
    for at in 0..spans.len() {
        if !matches!(spans[at].mark, Mark::Link { .. }) {
            continue;
        }
        match last {
            Some(last) if spans[at].start < spans[last].end => spans[at].end = spans[at].start,
            Some(last)
                if spans[at].start == spans[last].end && spans[at].mark == spans[last].mark =>
            {
                spans[last].end = spans[at].end;
                spans[at].end = spans[at].start;
            }
            _ => last = Some(at),
        }
    }
    spans.retain(|it| it.start < it.end);
    spans.sort_by_key(|it| (it.start, Reverse(it.end)));
}

/// The insertions belong to what lies around the links, but neither to them nor to what lies inside.
fn with(flat: Flat, insertions: &BTreeMap<usize, Told>) -> Flat {
    let edits = insertions.iter();
    let edits = edits.map(|(at, told)| Edit::insert(*at, told.text.as_str()));
    let mut edited = flat.edited(&edits.collect::<Vec<_>>());
    for (at, (before, after)) in flat.spans.iter().zip(&mut edited.spans).enumerate() {
        let told = insertions.get(&before.end);
        if let Some(told) = told.filter(|it| it.link <= at) {
            after.end -= told.text.len();
        }
    }
    edited
}

/// The words of a text and all of where its links lead, for what shows no links.
pub fn with_links_in_words(markup: &Markup) -> Markup {
    let flat = markup.flatten();
    let is_link = |it: &Span| matches!(it.mark, Mark::Link { .. });
    match flat.spans.iter().any(is_link) {
        true => in_words(flat, |_| true).to_markup(),
        false => markup.clone(),
    }
}
