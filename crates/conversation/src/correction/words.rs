//! A few words that changed, with as much around them as makes clear where they belong.

use std::ops::Range;

use super::diff::{Hunk, hunks};

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    None,
    /// Said in a few words on one line.
    Small(String),
    Large,
}

/// So many slips of the pen are still said on one line.
const MOST_SLIPS: usize = 5;
/// So many places may say something else.
const MOST_PLACES: usize = 3;
const MOST_WORDS: usize = 6;
/// Shorter ones are said with their neighbours: nobody knows what `8` stands for.
const CLEAR_BY_ITSELF: usize = 3;

pub(super) fn change(old: &str, new: &str) -> Change {
    let (old_words, new_words) = (words(old), words(new));
    let hunks = hunks(&texts(old, &old_words), &texts(new, &new_words));
    if hunks.is_empty() {
        return Change::None;
    }
    let (old_slice, new_slice) = (
        |at| slice(old, &old_words, at),
        |at| slice(new, &new_words, at),
    );
    let pairs = hunks
        .iter()
        .map(|it| (old_slice(&it.old), new_slice(&it.new)));
    let pairs: Vec<_> = pairs.collect();
    if new_words.is_empty() || !is_small(&hunks, &pairs) {
        return Change::Large;
    }
    let places = hunks
        .iter()
        .zip(&pairs)
        .map(|(hunk, pair)| match is_clear(pair) {
            true => hunk.new.clone(),
            false => with_neighbours(&hunk.new, new_words.len()),
        });
    let said = joined(places).into_iter().map(|place| {
        let said = slice(new, &new_words, &place);
        said.trim_end_matches([',', '.', ';', ':']).to_owned()
    });
    Change::Small(said.collect::<Vec<_>>().join(", "))
}

fn is_small(hunks: &[Hunk], pairs: &[(String, String)]) -> bool {
    let are_slips = pairs.iter().all(|(old, new)| is_slip(old, new));
    let of_words = |side: fn(&Hunk) -> usize| hunks.iter().map(side).sum::<usize>() <= MOST_WORDS;
    (hunks.len() <= MOST_SLIPS && are_slips)
        || (hunks.len() <= MOST_PLACES
            && of_words(|it| it.new.len())
            && of_words(|it| it.old.len()))
}

/// One letter for another, or a few in a long word.
fn is_slip(old: &str, new: &str) -> bool {
    const LONGEST: usize = 100;
    let longest = old.chars().count().max(new.chars().count());
    if old.is_empty() || new.is_empty() || longest > LONGEST {
        return false;
    }
    let distance = strsim::levenshtein(old, new);
    distance <= 2 || distance * 3 <= longest
}

/// Something stands for something else, and there is enough of it.
fn is_clear((old, new): &(String, String)) -> bool {
    fn bare(text: &str) -> &str {
        text.trim_matches(|c: char| c.is_ascii_punctuation())
    }
    !old.is_empty() && new.chars().count() >= CLEAR_BY_ITSELF && bare(old) != bare(new)
}

/// One before and one behind, or two where the other side has none.
fn with_neighbours(place: &Range<usize>, n_words: usize) -> Range<usize> {
    let is_first = place.start == 0;
    let is_last = place.end == n_words;
    let before = 1 + usize::from(is_last);
    let behind = 1 + usize::from(is_first);
    place.start.saturating_sub(before)..(place.end + behind).min(n_words)
}

/// Places that touch each other become one.
fn joined(places: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for place in places {
        match joined.last_mut() {
            Some(last) if place.start <= last.end => last.end = last.end.max(place.end),
            _ => joined.push(place),
        }
    }
    joined
}

/// On one line.
fn slice(text: &str, words: &[Range<usize>], at: &Range<usize>) -> String {
    let Some(last) = at.end.checked_sub(1).filter(|_| !at.is_empty()) else {
        return String::new();
    };
    let text = &text[words[at.start].start..words[last].end];
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn texts<'a>(text: &'a str, words: &[Range<usize>]) -> Vec<&'a str> {
    words.iter().map(|it| &text[it.clone()]).collect()
}

/// What stands between blanks; where a script writes none, each of its signs.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut may_go_on = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match words.last_mut() {
            _ if c.is_whitespace() => may_go_on = false,
            Some(last) if may_go_on && !stands_alone(c) => last.end = end,
            _ => {
                words.push(at..end);
                may_go_on = !stands_alone(c);
            }
        }
    }
    words
}

/// Thai, Lao, Burmese, Khmer, Japanese and Chinese.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}
