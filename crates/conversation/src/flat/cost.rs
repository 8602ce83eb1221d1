//! What a text costs where a platform counts the signs of its own markup, too.
//!
//! **Invariant:** in `TextUnit::Markdown` it is never less than what is written: a sign that may need escaping
//! counts twice, and each line pays again for the marks on it, since marks end with their line.

use super::{Flat, Mark, Span};
use crate::TextUnit;

impl Flat {
    /// In `unit`, with everything that the marks add.
    pub fn cost(&self, unit: TextUnit) -> usize {
        let costs = Costs::of(self, unit);
        let mut meter = costs.meter(0);
        self.text.char_indices().map(|it| meter.pass(it)).sum()
    }
}

/// Of each stretch of the text between two marks or line breaks.
pub(crate) struct Costs {
    unit: TextUnit,
    stretches: Vec<Stretch>,
}

struct Stretch {
    start: usize,
    marks: usize,
    /// The dot of `1.`, where a line begins with it.
    number: usize,
    /// Besides the marks, where a piece begins in it.
    begun_here: usize,
}

impl Costs {
    pub(crate) fn of(flat: &Flat, unit: TextUnit) -> Costs {
        let stretches = match unit {
            TextUnit::Markdown => Sweep::over(flat),
            TextUnit::Utf16 | TextUnit::Chars | TextUnit::Bytes => Vec::new(),
        };
        Costs { unit, stretches }
    }

    /// The dearest marks that a single character can stand under.
    pub(crate) fn dearest(&self) -> usize {
        let all = self.stretches.iter().map(|it| it.marks + it.begun_here);
        all.max().unwrap_or(0)
    }

    pub(crate) fn meter(&self, start: usize) -> Meter<'_> {
        let next = self.stretches.partition_point(|it| it.start <= start);
        let first = next.checked_sub(1).map(|it| &self.stretches[it]);
        Meter {
            costs: self,
            next,
            due: first.map_or(0, |it| it.marks + it.begun_here),
        }
    }
}

/// Adds up what a piece costs, from its start on.
pub(crate) struct Meter<'a> {
    costs: &'a Costs,
    next: usize,
    due: usize,
}

impl Meter<'_> {
    pub(crate) fn pass(&mut self, (at, c): (usize, char)) -> usize {
        let mut cost = std::mem::take(&mut self.due) + self.costs.unit.cost(c);
        while let Some(stretch) = self.costs.stretches.get(self.next)
            && stretch.start <= at
        {
            cost += stretch.marks + stretch.number;
            self.next += 1;
        }
        cost
    }
}

/// Passes over the text once, with the marks that are open.
struct Sweep<'a> {
    flat: &'a Flat,
    /// Where each ends, and what it adds.
    open: Vec<(usize, Open)>,
    quotes: usize,
    styles: [usize; 5],
}

#[derive(Clone, Copy)]
enum Open {
    Quote,
    Style(usize),
    /// Signs around each stretch.
    Signs(usize),
    /// Signs around the whole.
    Block {
        start: usize,
        fences: usize,
    },
}

impl Sweep<'_> {
    fn over(flat: &Flat) -> Vec<Stretch> {
        let mut sweep = Sweep {
            flat,
            open: Vec::new(),
            quotes: 0,
            styles: [0; 5],
        };
        let mut spans = flat.spans.iter().peekable();
        let edges = edges(flat);
        let stretches = edges.iter().enumerate().map(|(nth, &at)| {
            sweep.close(at);
            while let Some(span) = spans.next_if(|span| span.start <= at) {
                sweep.open(span);
            }
            sweep.stretch(at, edges.get(nth + 1).copied())
        });
        stretches.collect()
    }

    fn close(&mut self, at: usize) {
        while let Some((_, closed)) = self.open.pop_if(|(end, _)| *end <= at) {
            match closed {
                Open::Quote => self.quotes -= 1,
                Open::Style(style) => self.styles[style] -= 1,
                Open::Signs(_) | Open::Block { .. } => {}
            }
        }
    }

    fn open(&mut self, span: &Span) {
        let open = match &span.mark {
            Mark::Quote => Open::Quote,
            Mark::Style(style) => Open::Style(*style as usize),
            Mark::Code => Open::Signs(7),
            Mark::Mention { account: None } => Open::Signs(4),
            Mark::Mention { account: Some(id) } => Open::Signs(4 + id.0.len()),
            Mark::Emoji { id } => Open::Signs(4 + id.0.len()),
            Mark::Link { url } => Open::Signs(7 + address_cost(url)),
            Mark::CodeBlock { language } => Open::Block {
                start: span.start,
                fences: 8 + language.as_ref().map_or(0, String::len),
            },
        };
        match open {
            Open::Quote => self.quotes += 1,
            Open::Style(style) => self.styles[style] += 1,
            Open::Signs(_) | Open::Block { .. } => {}
        }
        self.open.push((span.end, open));
    }

    fn stretch(&self, start: usize, end: Option<usize>) -> Stretch {
        let text = &self.flat.text;
        let begins_line = start == 0 || text.as_bytes()[start - 1] == b'\n';
        let ends_line = end.is_none_or(|end| text.as_bytes()[end - 1] == b'\n');
        let prefix = if self.quotes > 0 { 2 } else { 0 };
        let mut stretch = Stretch {
            start,
            marks: if begins_line { prefix } else { 0 },
            number: usize::from(begins_line && starts_with_number(&text[start..])),
            // A piece may begin with a number, wherever it is cut.
            begun_here: if begins_line { 1 } else { 1 + prefix },
        };
        // An address may stand in brackets, and without the marks around it.
        let is_address = text[start..].starts_with("http");
        let is_whole_line = begins_line && ends_line && !is_address;
        stretch.marks += if is_whole_line { 0 } else { 2 };
        match self.open.last() {
            Some((_, Open::Block { start: of, fences })) if *of == start => {
                stretch.marks += fences + 2 * prefix;
            }
            Some((_, Open::Block { fences, .. })) => stretch.begun_here += fences + 2 * prefix,
            _ => stretch.marks += self.inline(),
        }
        stretch
    }

    /// The signs of the styles, each with a character of no width that keeps them apart; and of the innermost
    /// link, code, mention or picture.
    fn inline(&self) -> usize {
        const SIGNS: [usize; 5] = [5, 3, 5, 5, 5];
        let styles = self.styles.iter().zip(SIGNS);
        let styles: usize = styles.filter(|(count, _)| **count > 0).map(|it| it.1).sum();
        let signs = self.open.iter().map(|(_, open)| match open {
            Open::Signs(signs) => *signs,
            Open::Quote | Open::Style(_) | Open::Block { .. } => 0,
        });
        styles + signs.sum::<usize>()
    }
}

/// Where lines and marks begin and end, and where addresses begin, from 0.
fn edges(flat: &Flat) -> Vec<usize> {
    let marks = flat.spans.iter().flat_map(|span| [span.start, span.end]);
    let lines = flat.text.match_indices('\n').map(|(at, _)| at + 1);
    let addresses = flat.text.match_indices("http").map(|(at, _)| at);
    let others = lines.chain(addresses);
    let mut edges: Vec<usize> = std::iter::once(0).chain(marks).chain(others).collect();
    edges.sort_unstable();
    edges.dedup();
    edges.retain(|at| *at < flat.text.len());
    edges
}

fn starts_with_number(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_digit())
}

/// What would end an address is written by its bytes, as in `%29`.
pub(crate) fn address_cost(url: &str) -> usize {
    let cost = |c: char| match c {
        '(' | ')' | '<' | '>' | '"' | '\\' | '|' | '`' => 3,
        c if c.is_whitespace() || c.is_control() => 3 * c.len_utf8(),
        c => TextUnit::Markdown.cost(c),
    };
    url.chars().map(cost).sum()
}
