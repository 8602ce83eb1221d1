//! The new words of a mail, apart from the quoted mail, the signature and the footers around them.
//!
//! **Invariant:** no word is lost: each is in `new` or in `elided`, and if taking off leaves nothing, the whole stays.

mod attribution;
mod original;
mod phrases;
mod signature;

use conversation::Markup;

use self::attribution::Certainty;
use crate::{
    html,
    lines::{self, Hint, Line},
};

/// What a person said, and what stood around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplyText {
    pub new: Markup,
    /// Quoted text, signature and footers, as plain text.
    pub elided: String,
}

/// From plain text. `sender` is the name that the mail came with.
pub fn reply_text_of_plain(text: &str, sender: Option<&str>) -> ReplyText {
    split(lines::from_plain(text), sender)
}

pub fn reply_text_of_html(text: &str, sender: Option<&str>) -> ReplyText {
    split(html::lines(text), sender)
}

/// Nobody wrote a word of it: a telephone's advertisement, or a list's footer.
pub(crate) fn is_signature(text: &str) -> bool {
    const LONGEST: usize = 4096;
    if text.len() > LONGEST {
        return false;
    }
    let lines = lines::from_plain(text.trim());
    signature::beginning(&lines, None) == Some(0)
}

pub(crate) fn split(lines: Vec<Line>, sender: Option<&str>) -> ReplyText {
    let elided = elided(&lines, sender);
    let those = |is_elided: bool| -> Vec<Line> {
        let those = lines
            .iter()
            .zip(&elided)
            .filter(|(_, it)| **it == is_elided);
        those.map(|(line, _)| line.clone()).collect()
    };
    let kept = those(false);
    match kept.iter().all(Line::is_blank) {
        true => ReplyText {
            new: lines::to_markup(&lines),
            elided: String::new(),
        },
        false => ReplyText {
            new: lines::to_markup(&kept),
            elided: lines::to_text(&those(true)),
        },
    }
}

/// Of each line, whether it is left out.
fn elided(lines: &[Line], sender: Option<&str>) -> Vec<bool> {
    let mut elided = vec![false; lines.len()];
    let forwarded = original::forwarded(lines).unwrap_or(lines.len());
    // What is handed on is kept; what stands above it is a mail like any other.
    let mut end = match original::beginning(&lines[..forwarded]) {
        Some(begin) => {
            elided[begin..].fill(true);
            begin
        }
        None => forwarded,
    };
    let mut quotes = quotations(&lines[..end]);
    if let Some(begin) = quotes.iter().find_map(|it| it.unmarked) {
        elided[begin..].fill(true);
        end = begin;
        quotes.retain(|it| it.begin < begin);
    }
    end = take_off_below(lines, &quotes, end, &mut elided, sender);
    let open = quotes.iter().filter(|it| it.end <= end);
    let is_interleaved = quotes.len() > 1 || open.clone().any(|it| has_words(&lines[..it.begin]));
    for quote in open {
        let quote_end = if is_interleaved {
            quote.quoted
        } else {
            quote.end
        };
        elided[quote.begin..quote_end].fill(true);
    }
    elided
}

/// Signatures, footers and quotations under one another; nobody's mail has more.
const MOST_LAYERS: usize = 12;

/// Takes off quotations and signatures from below for as long as there are any; returns where the words end.
fn take_off_below(
    lines: &[Line],
    quotes: &[Quotation],
    from: usize,
    elided: &mut [bool],
    sender: Option<&str>,
) -> usize {
    let mut end = from;
    for _ in 0..MOST_LAYERS {
        let words = words_end(&lines[..end]);
        // One of empty lines alone lies below all that is said.
        let is_last =
            |it: &&Quotation| it.words_end == words && it.begin < words && it.is_taken_off();
        let quote = quotes.iter().find(is_last).map(|it| it.begin);
        let begin = quote.or_else(|| signature::beginning(&lines[..words], sender));
        // A mail of nothing but a quotation or a signature is kept whole, as is what stood above it.
        let Some(begin) = begin.filter(|it| has_words(&lines[..*it])) else {
            return words;
        };
        elided[begin..words].fill(true);
        end = begin;
    }
    end
}

/// Behind the last line that says something.
fn words_end(lines: &[Line]) -> usize {
    let last = lines.iter().rposition(|line| !line.is_blank());
    last.map_or(0, |at| at + 1)
}

fn has_words(lines: &[Line]) -> bool {
    lines.iter().any(|line| line.quote == 0 && !line.is_blank())
}

/// One run of quoted lines and the attribution above it.
#[derive(Debug, Clone, Copy)]
struct Quotation {
    begin: usize,
    /// Where the attribution ends and the quoted lines begin.
    quoted: usize,
    end: usize,
    /// After the last line of it that says something.
    words_end: usize,
    cited: bool,
    /// The attribution stands over text that is not marked as quoted.
    unmarked: Option<usize>,
}

impl Quotation {
    /// A quotation that a person made by hand is part of their words.
    fn is_taken_off(&self) -> bool {
        self.cited || self.quoted > self.begin
    }
}

fn quotations(lines: &[Line]) -> Vec<Quotation> {
    let mut all: Vec<Quotation> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].quote > 0 {
            let end = run_end(lines, at);
            let above = all.last().map_or(0, |it| it.end);
            let begin = attribution_above(lines, above, at).unwrap_or(at);
            let words_end = words_end(&lines[..end]);
            let cited = lines[at..end].iter().any(|line| line.cited);
            all.push(Quotation {
                begin,
                quoted: at,
                end,
                words_end,
                cited,
                unmarked: None,
            });
            at = end;
        } else {
            if let Some((first, Certainty::Alone)) = attribution::ending_at(lines, at)
                && !is_quote_next(lines, at + 1)
            {
                let unmarked = Some(first);
                all.push(Quotation {
                    begin: first,
                    quoted: at + 1,
                    end: lines.len(),
                    words_end: lines.len(),
                    cited: true,
                    unmarked,
                });
                return all;
            }
            at += 1;
        }
    }
    all
}

/// Empty lines do not end a run if more of it follows.
fn run_end(lines: &[Line], begin: usize) -> usize {
    let mut end = begin;
    for (at, line) in lines.iter().enumerate().skip(begin) {
        match line.quote {
            0 if line.is_blank() => {}
            0 => break,
            _ => end = at + 1,
        }
    }
    end
}

fn attribution_above(lines: &[Line], from: usize, quote: usize) -> Option<usize> {
    let last = (from..quote).rev().find(|at| !lines[*at].is_blank())?;
    let (first, _) = attribution::ending_at(&lines[..quote], last)?;
    Some(first.max(from))
}

fn is_quote_next(lines: &[Line], from: usize) -> bool {
    let next = lines[from..].iter().find(|line| !line.is_blank());
    next.is_some_and(|line| line.quote > 0 || line.hint == Some(Hint::Attribution))
}

#[cfg(test)]
mod tests;
