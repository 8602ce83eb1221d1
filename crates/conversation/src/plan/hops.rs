//! How many bridges a message went through. Ours or another's, each names the author in the text, as in
//! `Ana (Slack): `, after the quote of what is answered.

use crate::render::apart::SIGN;
use crate::{Event, Flat, Inbound, Mark};

/// Two bridges that watch each other stop here.
const MOST_HOPS: usize = 3;

pub(super) fn too_many(event: &Inbound) -> bool {
    let Event::Posted(posted) = &event.event else {
        return false;
    };
    let flat = posted.content.text.flatten();
    let mut at = 0;
    for _ in 0..MOST_HOPS {
        at = after_quote(&flat, at);
        match attribution(&flat.text[at..]) {
            Some(length) => at += length,
            None => return false,
        }
    }
    true
}

/// Past the quote that stands there, be it marked as one or by its signs.
fn after_quote(flat: &Flat, at: usize) -> usize {
    let at = after_spaces(&flat.text, at);
    let is_here = |start: usize, end: usize| start <= at && at < end;
    let mut quotes = flat.spans.iter().filter(|span| span.mark == Mark::Quote);
    if let Some(quote) = quotes.find(|span| is_here(span.start, span.end)) {
        return after_spaces(&flat.text, quote.end);
    }
    let lines = flat.text[at..].split_inclusive('\n');
    let quoted = lines.take_while(|line| line.starts_with('>'));
    after_spaces(&flat.text, at + quoted.map(str::len).sum::<usize>())
}

/// And past the sign by which we tell apart what is no attribution of ours.
fn after_spaces(text: &str, at: usize) -> usize {
    let behind = text[at..].trim_start();
    let behind = behind.strip_prefix(SIGN).unwrap_or(behind);
    text.len() - behind.trim_start().len()
}

/// The length of `Ana (Slack):`, which a space or the line's end follows.
fn attribution(text: &str) -> Option<usize> {
    const LONGEST: usize = 400;
    let beginning = &text[..text.floor_char_boundary(LONGEST)];
    let line = beginning.lines().next()?;
    let end = match line.find("): ") {
        Some(at) => at,
        None => line.strip_suffix("):")?.len(),
    };
    let (name, platform) = line[..end].rsplit_once(" (")?;
    let is_one = !name.is_empty() && !platform.is_empty();
    is_one.then_some(end + "):".len())
}
