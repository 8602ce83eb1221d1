//! Addresses and telephone numbers in names, in the forms in which people write them: masked.
//!
//! **Invariant:** behind an `@` nothing is left, and no seven digits in a row. A year or a house number stays.

/// `ana@example.org` becomes `ana@…`, `Bo +34 600 123 456` becomes `Bo …`. The text is on one line.
pub(super) fn masked(name: &str) -> String {
    without_numbers(&without_addresses(&signs_for_words(name)))
}

fn is_at(c: char) -> bool {
    matches!(c, '@' | '＠' | '﹫')
}

fn ends_an_address(c: char) -> bool {
    c.is_whitespace() || is_at(c) || "<>()[]{}\"',;:|/\\".contains(c)
}

/// An address keeps what stands before its `@`; a name to be called by loses the sign that calls.
fn without_addresses(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut shown = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        at += 1;
        if !is_at(c) {
            shown.push(c);
            continue;
        }
        let domain = domain(&chars[at..]);
        let touches = shown.ends_with(|it: char| !it.is_whitespace() && !begins_an_address(it));
        let begins = !shown.trim_end().is_empty();
        if (touches && domain.touches()) || (begins && domain.has_dot) {
            shown.truncate(shown.trim_end().len());
            shown.push_str("@…");
            at += domain.length;
        } else if domain.is_far {
            // `Ana @ Home` calls nobody.
            shown.push('@');
        }
    }
    shown
}

fn begins_an_address(c: char) -> bool {
    is_at(c) || "<([{,;:|/\\".contains(c)
}

/// What stands behind an `@`.
struct Domain {
    /// In characters, with the blanks before it.
    length: usize,
    has_dot: bool,
    /// Blanks stand before it.
    is_far: bool,
}

impl Domain {
    fn touches(&self) -> bool {
        self.length > 0 && !self.is_far
    }
}

fn domain(behind: &[char]) -> Domain {
    let blanks = behind.iter().take_while(|it| it.is_whitespace()).count();
    let words = &behind[blanks..];
    let length = match words.first() {
        // A domain may be a number in brackets.
        Some('[') => words.iter().take_while(|it| **it != ']').count(),
        _ => words.iter().take_while(|it| !ends_an_address(**it)).count(),
    };
    let mut inner = words[..length].iter().skip(1);
    let has_dot = inner.any(|it| ".。．｡․".contains(*it));
    Domain {
        length: if length == 0 { 0 } else { blanks + length },
        has_dot,
        is_far: blanks > 0 && length > 0,
    }
}

/// `ana (at) example (dot) org` and `ana at example dot org` are addresses to whoever reads them.
fn signs_for_words(name: &str) -> String {
    let bracketed = brackets_read(name);
    let words: Vec<&str> = bracketed.split(' ').collect();
    let is = |word: &str, sought: &[&str]| sought.iter().any(|it| word.eq_ignore_ascii_case(it));
    let at = words.iter().position(|it| is(it, AT));
    let dot = words.iter().rposition(|it| is(it, DOT));
    match (at, dot) {
        (Some(at), Some(dot)) if 0 < at && at < dot && dot + 1 < words.len() => {
            let local = words[..at].join(" ");
            let domain = words[at + 1..].iter();
            let domain = domain.map(|it| if is(it, DOT) { "." } else { it });
            format!("{local}@{}", domain.collect::<String>())
        }
        _ => bracketed,
    }
}

const AT: &[&str] = &["at", "arroba", "ät"];
const DOT: &[&str] = &["dot", "punto", "punkt", "point"];

/// `(at)` as `@`; and then `(dot)` as a dot, too.
fn brackets_read(name: &str) -> String {
    let read = bracketed_words(name, AT, '@');
    match read == name {
        true => read,
        false => bracketed_words(&read, DOT, '.'),
    }
}

fn bracketed_words(name: &str, words: &[&str], sign: char) -> String {
    const LONGEST: usize = 12;
    let mut read = String::new();
    let mut rest = name;
    while let Some(open) = rest.find(['(', '[', '{', '<', '（']) {
        let (before, from) = rest.split_at(open);
        read.push_str(before);
        let mut inner = from.char_indices().skip(1).take(LONGEST);
        let close = inner.find(|(_, it)| matches!(it, ')' | ']' | '}' | '>' | '）'));
        let word = close.map(|(at, it)| {
            let word = from[..at].trim_start_matches(['(', '[', '{', '<', '（']);
            (word.trim(), at + it.len_utf8())
        });
        match word {
            Some((word, end)) if words.iter().any(|it| word.eq_ignore_ascii_case(it)) => {
                read.truncate(read.trim_end().len());
                read.push(sign);
                rest = from[end..].trim_start();
            }
            _ => {
                let first = from.chars().next().map_or(0, char::len_utf8);
                read.push_str(&from[..first]);
                rest = &from[first..];
            }
        }
    }
    read.push_str(rest);
    read
}

/// Fewer are a year, a house, a tram.
const FEWEST_DIGITS: usize = 7;
/// Behind a `+`, where nobody writes years.
const FEWEST_DIGITS_BEHIND_PLUS: usize = 5;
/// As in `(0)34 - 600`.
const MOST_SIGNS_BETWEEN: usize = 3;

fn without_numbers(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut shown = String::new();
    let mut at = 0;
    while at < chars.len() {
        let run = digits(&chars[at..]);
        let begins = chars[at] == '+' || chars[at] == '＋';
        let fewest = match begins {
            true => FEWEST_DIGITS_BEHIND_PLUS,
            false => FEWEST_DIGITS,
        };
        if run.count >= fewest {
            shown.truncate(shown.trim_end_matches(['(', '[', '+', '＋']).len());
            shown.push('…');
        } else {
            shown.extend(&chars[at..at + run.length.max(1)]);
        }
        at += run.length.max(1);
    }
    shown
}

#[derive(Default)]
struct Run {
    count: usize,
    /// In characters, up to the last digit.
    length: usize,
}

/// The digits from here on, of any script and shape, with no letter and few signs between them.
fn digits(chars: &[char]) -> Run {
    let mut run = Run::default();
    let starts = |it: &char| it.is_numeric() || "+＋".contains(*it);
    if !chars.first().is_some_and(starts) {
        return run;
    }
    let mut signs = 0;
    for (at, c) in chars.iter().enumerate() {
        if c.is_numeric() {
            run.count += 1;
            run.length = at + 1;
            signs = 0;
        } else if c.is_alphanumeric() || signs == MOST_SIGNS_BETWEEN {
            break;
        } else if !dresses_a_digit(*c) {
            signs += 1;
        }
    }
    run
}

/// As on the keys of a telephone.
fn dresses_a_digit(c: char) -> bool {
    matches!(c, '\u{FE0E}' | '\u{FE0F}' | '\u{20E3}')
}
