//! What people see of a markup, for comparing what was written with what is read: the normal form of all
//! converters, each of which says in its own test what it leaves out.
//!
//! Spaces, line breaks and characters of no width do not count, nor where a mark begins and ends between them.

use std::collections::BTreeSet;

use crate::{Bullet, Flat, Line, Mark};

/// A character that is seen, and what is marked on it.
pub type Seen = (char, BTreeSet<String>);

/// `named` gives the mark's name, or nothing where it does not count.
pub fn seen(flat: &Flat, named: impl Fn(&Mark) -> Option<String>) -> Vec<Seen> {
    let mut opening = flat.spans.iter().peekable();
    let mut open: Vec<(usize, Option<String>)> = Vec::new();
    let mut seen = Vec::new();
    for (at, c) in flat.text.char_indices() {
        open.retain(|(end, _)| *end > at);
        while let Some(span) = opening.next_if(|span| span.start <= at) {
            open.push((span.end, named(&span.mark)));
        }
        if is_seen(c) {
            let marks = open.iter().filter_map(|(_, name)| name.clone()).collect();
            seen.push((c, marks));
        }
    }
    seen
}

pub fn is_seen(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// Letters and digits in their order: what nobody may lose.
pub fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// As `seen`, of lines: `pieces` gives a line's words with the names of the marks on them. Bullets and numbers are
/// seen, too.
pub fn seen_in_lines(lines: &[Line], pieces: impl Fn(&Line) -> Vec<Piece>) -> Vec<Seen> {
    let mut all = Vec::new();
    for line in lines {
        let bullet = match line.bullet {
            Some(Bullet::Dot) => "•".to_owned(),
            Some(Bullet::Number(number)) => format!("{number}."),
            None => String::new(),
        };
        let mut pieces = pieces(line);
        pieces.insert(0, (bullet, BTreeSet::new()));
        for (words, mut marks) in pieces {
            if line.quoted {
                marks.insert("quote".to_owned());
            }
            let seen = words.chars().filter(|c| is_seen(*c));
            all.extend(seen.map(|c| (c, marks.clone())));
        }
    }
    all
}

/// Words and the names of the marks on them.
pub type Piece = (String, BTreeSet<String>);
