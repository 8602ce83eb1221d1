//! Larger changes: the paragraphs that are different now, with their marks.

use std::ops::Range;

use super::{
    diff::{common, hunks},
    words::{texts, words},
};
use crate::{Flat, Mark, render::name::one_line};

/// Of what was taken out, so much is said.
const LONGEST_QUOTE: usize = 60;
/// In a paragraph that changed, so many words around the change say where it is.
const WORDS_AROUND: usize = 4;
/// Fewer words more are not worth leaving out.
const WORTH_LEAVING_OUT: usize = 12;

pub(super) fn changed(old: &Flat, new: &Flat) -> Flat {
    let (old_lines, new_lines) = (lines(old), lines(new));
    let keys =
        |flat, lines: &[Range<usize>]| -> Vec<_> { lines.iter().map(|it| key(flat, it)).collect() };
    let mut said = Flat::default();
    for hunk in hunks(&keys(old, &old_lines), &keys(new, &new_lines)) {
        if !said.text.is_empty() {
            said.text.push('\n');
        }
        let old = part(old, &old_lines[hunk.old]);
        let new = part(new, &new_lines[hunk.new]);
        said.append(one_change(&old, new));
    }
    said
}

fn one_change(old: &Flat, new: Flat) -> Flat {
    if new.text.is_empty() {
        let quote = one_line(&old.text, LONGEST_QUOTE);
        return Flat::unmarked(format!("Taken out: “{quote}”"));
    }
    let is_new = old.text.is_empty();
    let mut said = Flat::unmarked(if is_new { "Added: " } else { "Changed: " }.to_owned());
    said.append(if is_new { new } else { around(&old.text, new) });
    said
}

/// Without the words far before the change and far behind it.
fn around(old: &str, new: Flat) -> Flat {
    let (old_words, new_words) = (words(old), words(&new.text));
    let (old, texts) = (texts(old, &old_words), texts(&new.text, &new_words));
    let before = common(old.iter(), texts.iter());
    let behind = common(old[before..].iter().rev(), texts[before..].iter().rev());
    let left_out = |n: usize| match n.saturating_sub(WORDS_AROUND) {
        n if n >= WORTH_LEAVING_OUT => n,
        _ => 0,
    };
    let (first, last) = (left_out(before), new_words.len() - left_out(behind));
    if last <= first {
        return new;
    }
    let mut said = Flat::unmarked(if first > 0 { "… " } else { "" }.to_owned());
    said.append(new.slice(new_words[first].start, new_words[last - 1].end));
    if last < new_words.len() {
        said.text.push_str(" …");
    }
    said
}

fn part(flat: &Flat, lines: &[Range<usize>]) -> Flat {
    match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => flat.slice(first.start, last.end),
        _ => Flat::default(),
    }
}

/// Those that hold words.
fn lines(flat: &Flat) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut lines = Vec::new();
    for line in flat.text.split_inclusive('\n') {
        let words = start..start + line.trim_end().len();
        if !line.trim().is_empty() {
            lines.push(words);
        }
        start += line.len();
    }
    lines
}

/// Two lines of the same words that lead to the same places are the same.
fn key<'a>(flat: &'a Flat, line: &Range<usize>) -> (Vec<&'a str>, Vec<&'a str>) {
    let text = flat.text[line.clone()].split_whitespace().collect();
    (text, links_in(flat, line).collect())
}

pub(super) fn links(flat: &Flat) -> Vec<&str> {
    links_in(flat, &(0..flat.text.len())).collect()
}

fn links_in<'a>(flat: &'a Flat, at: &Range<usize>) -> impl Iterator<Item = &'a str> {
    let at = at.clone();
    flat.spans.iter().filter_map(move |span| match &span.mark {
        Mark::Link { url } if span.start < at.end && at.start < span.end => Some(url.as_str()),
        _ => None,
    })
}
