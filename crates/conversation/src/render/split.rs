//! Where a long text is cut: after a paragraph, else a line, a sentence, a word, a grapheme.
//!
//! **Invariant:** only whitespace lies between two pieces, and the work grows with the text's length.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::flat::Costs;
use crate::{Flat, TextLimit};

/// The pieces in order, none over the limit but a single character that is larger by itself.
pub(super) fn split(words: &Flat, limit: TextLimit) -> Vec<Range<usize>> {
    let text = &words.text;
    let costs = Costs::of(words, limit.unit);
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let cut = Window::scan(text, start, &costs, limit.max).cut(limit.max);
        if !text[start..cut.end].trim().is_empty() {
            pieces.push(start..cut.end);
        }
        start = cut.next;
    }
    pieces
}

/// A piece ends at `end`; the one after it starts at `next`.
#[derive(Debug, Clone, Copy)]
struct Cut {
    end: usize,
    next: usize,
}

/// The best first.
const PARAGRAPH: usize = 0;
const LINE: usize = 1;
const SENTENCE: usize = 2;
const WORD: usize = 3;

/// What could be the next piece.
struct Window<'a> {
    text: &'a str,
    costs: &'a Costs,
    start: usize,
    /// The end of what the limit allows.
    fits: usize,
    /// The last cut of each kind.
    cuts: [Option<Cut>; 4],
    /// All that is left fits, up to here.
    rest: Option<usize>,
}

impl Window<'_> {
    fn scan<'a>(text: &'a str, start: usize, costs: &'a Costs, max: usize) -> Window<'a> {
        let mut window = Window {
            text,
            costs,
            start,
            fits: start,
            cuts: [None; 4],
            rest: None,
        };
        let mut used = 0;
        let mut meter = costs.meter(start);
        let mut seen = Seen::at(start);
        for (at, c) in text[start..].char_indices() {
            let at = start + at;
            used += meter.pass((at, c));
            let fits = used <= max;
            if is_gap(c) {
                seen.gap(at, c);
            } else {
                window.note_cut(&seen, at, c);
                if !fits {
                    return window;
                }
                seen.word(at, c);
            }
            if fits {
                window.fits = at + c.len_utf8();
            }
        }
        window.rest = Some(seen.word_end);
        window
    }

    /// The character at `at` begins a word or goes on with one.
    fn note_cut(&mut self, seen: &Seen, at: usize, c: char) {
        let end = seen.word_end;
        if end == self.start {
            return;
        }
        if seen.breaks > 0 {
            let kind = if seen.breaks > 1 { PARAGRAPH } else { LINE };
            let next = seen.line_start;
            self.cuts[kind] = Some(Cut { end, next });
        } else if at > end || (seen.ends_sentence_wide && !is_closing(c) && !is_end_mark(c)) {
            let kind = if seen.ends_sentence { SENTENCE } else { WORD };
            self.cuts[kind] = Some(Cut { end, next: at });
        }
    }

    fn cut(&self, max: usize) -> Cut {
        if let Some(end) = self.rest {
            let next = self.text.len();
            return Cut { end, next };
        }
        let length = self.fits - self.start;
        let is_possible = |it: &&Cut| self.keeps_graphemes(it.next);
        let possible = || self.cuts.iter().flatten().filter(is_possible);
        if let Some(cut) = possible().find(|it| it.end - self.start >= length / 2) {
            return *cut;
        }
        let is_far = |it: &&Cut| it.end - self.start >= length / 8 || self.word_fits(it.next, max);
        let last = possible().max_by_key(|it| it.end).filter(is_far);
        last.copied().unwrap_or_else(|| self.inside_a_word())
    }

    /// A cut in a word is a pity that the next piece can spare us.
    fn word_fits(&self, word: usize, max: usize) -> bool {
        let mut used = 0;
        let mut meter = self.costs.meter(word);
        for (at, c) in self.text[word..].char_indices() {
            used += meter.pass((word + at, c));
            if is_gap(c) {
                return true;
            }
            if used > max {
                return false;
            }
        }
        true
    }

    /// After a sign or a syllable where there is one near, else after a grapheme, else after a character.
    fn inside_a_word(&self) -> Cut {
        const NEAR: usize = 128;
        let boundary = |at: usize| self.text.floor_char_boundary(at);
        let from = boundary(self.fits.saturating_sub(NEAR)).max(self.start);
        let to = boundary(self.fits.saturating_add(NEAR));
        let half = self.start + (self.fits - self.start) / 2;
        let words = self.text[from..to].split_word_bound_indices();
        let begins = words.map(|(at, _)| from + at);
        let near = begins.take_while(|at| *at <= self.fits).last();
        let near = near.filter(|at| *at > from.max(half) && self.keeps_graphemes(*at));
        let at = near.unwrap_or_else(|| self.last_grapheme());
        Cut { end: at, next: at }
    }

    fn last_grapheme(&self) -> usize {
        let text = &self.text[self.start..];
        let first = text.chars().next().map_or(0, char::len_utf8);
        let most = (self.fits - self.start).max(first);
        let mut cursor = GraphemeCursor::new(most, text.len(), true);
        if most == text.len() || cursor.is_boundary(text, 0) == Ok(true) {
            return self.start + most;
        }
        match cursor.prev_boundary(text, 0) {
            Ok(Some(at)) if at > 0 => self.start + at,
            _ => self.start + most,
        }
    }

    fn keeps_graphemes(&self, at: usize) -> bool {
        let text = &self.text[self.start..];
        let at = at - self.start;
        match text.as_bytes().get(at) {
            // Only a line feed after a carriage return joins what is before it, and is no start of a word.
            None | Some(0..0x80) => true,
            Some(_) => GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0) == Ok(true),
        }
    }
}

/// What was read last.
#[derive(Default)]
struct Seen {
    word_end: usize,
    /// Line breaks since then, and where the last one ended.
    breaks: usize,
    line_start: usize,
    ends_sentence: bool,
    /// A full stop that needs no space after it.
    ends_sentence_wide: bool,
}

impl Seen {
    fn at(start: usize) -> Seen {
        Seen {
            word_end: start,
            line_start: start,
            ..Seen::default()
        }
    }

    fn gap(&mut self, at: usize, c: char) {
        if c == '\n' {
            self.breaks += 1;
            self.line_start = at + 1;
        }
    }

    fn word(&mut self, at: usize, c: char) {
        self.word_end = at + c.len_utf8();
        self.breaks = 0;
        if !is_closing(c) {
            self.ends_sentence = is_end_mark(c);
            self.ends_sentence_wide = matches!(c, '。' | '！' | '？' | '｡');
        }
    }
}

/// Spaces that must not be broken are part of their word.
fn is_gap(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}')
}

fn is_end_mark(c: char) -> bool {
    ".!?…。！？｡؟۔।॥".contains(c)
}

fn is_closing(c: char) -> bool {
    "\"')]”’»」』）】".contains(c)
}
