//! Recognises the line in which a mail program says whose words it quotes, in any of its languages and though
//! it is wrapped over several lines.

use super::phrases::{LEADS, WROTE};
use crate::lines::{Hint, Line};

/// Programs wrap an attribution over so many lines at most.
const MOST_LINES: usize = 4;
const LONGEST: usize = 400;

/// How sure we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Certainty {
    /// Only if a quotation follows.
    BeforeQuote,
    /// By itself.
    Alone,
}

/// The attribution that ends with line `last`: the line that it begins with, and how sure that is.
pub(super) fn ending_at(lines: &[Line], last: usize) -> Option<(usize, Certainty)> {
    let line = &lines[last];
    if line.hint == Some(Hint::Attribution) {
        let is_other = |it: &Line| it.hint != Some(Hint::Attribution);
        let before = lines[..last].iter().rposition(is_other);
        return Some((before.map_or(0, |it| it + 1), Certainty::Alone));
    }
    if line.block || !ends_like_one(&line.text) {
        return None;
    }
    let candidates: Vec<(usize, Kind)> = (0..MOST_LINES.min(last + 1))
        .map(|back| last - back)
        .take_while(|at| *at == last || belongs_above(&lines[*at], line))
        .filter_map(|first| Some((first, kind(&joined(&lines[first..=last]))?)))
        .collect();
    // The surest kind first, and of that kind the shortest.
    let (first, kind) = *candidates.iter().min_by_key(|(_, kind)| *kind)?;
    let certainty = match kind {
        Kind::Lead | Kind::DateAndAddress => Certainty::Alone,
        Kind::VerbOnly => Certainty::BeforeQuote,
    };
    Some((first, certainty))
}

fn belongs_above(above: &Line, last: &Line) -> bool {
    !above.is_blank() && above.quote == last.quote && !above.block
}

fn ends_like_one(text: &str) -> bool {
    let end = text.trim_end();
    if text.len() > LONGEST || end.is_empty() {
        return false;
    }
    let lower = end.to_lowercase();
    lower.ends_with([':', '：', '>']) || WROTE.all().any(|verb| lower.ends_with(verb))
}

fn joined(lines: &[Line]) -> String {
    let mut all = String::new();
    for line in lines {
        // A text of many megabytes on one line is no attribution.
        if line.text.len() > LONGEST || all.len() > LONGEST {
            return String::new();
        }
        all.push_str(line.text.trim());
        all.push(' ');
    }
    all.trim().to_lowercase()
}

/// The surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Lead,
    DateAndAddress,
    VerbOnly,
}

fn kind(text: &str) -> Option<Kind> {
    let text = text.trim_start_matches(['-', '*', '_', ' ']);
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let has_verb = has_verb(text);
    let has_date = has_date(text);
    let has_address = text.contains('@');
    let has_lead = LEADS.all().any(|lead| text.starts_with(lead));
    match () {
        () if has_lead && has_verb && has_date => Some(Kind::Lead),
        () if has_verb && has_date && has_address => Some(Kind::DateAndAddress),
        () if has_date && has_address && text.ends_with(">:") => Some(Kind::DateAndAddress),
        () if has_verb && (has_address || has_date || text.len() < 80) => Some(Kind::VerbOnly),
        () => None,
    }
}

/// The verb as a word, near an end that is a colon, or as the very end.
fn has_verb(text: &str) -> bool {
    let end = text.trim_end_matches([':', '：', ' ', '>']);
    WROTE.all().any(|verb| {
        text.match_indices(verb).any(|(at, _)| {
            let after = &text[at + verb.len()..];
            let is_end = at + verb.len() >= end.len();
            let is_word =
                !after.starts_with(char::is_alphabetic) && is_word_start(&text[..at], verb);
            is_word && (is_end || text.ends_with([':', '：']))
        })
    })
}

/// Chinese, Japanese and Korean set no blanks between words.
fn is_word_start(before: &str, verb: &str) -> bool {
    !before.ends_with(char::is_alphabetic) || verb.starts_with(|c| c > '\u{2E80}')
}

/// Two numbers at least, as in any date with a time or a year.
fn has_date(text: &str) -> bool {
    let numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|it| !it.is_empty() && it.len() <= 4);
    numbers.count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::from_plain;

    fn certainty(text: &str) -> Option<(usize, Certainty)> {
        let lines = from_plain(text);
        ending_at(&lines, lines.len() - 1)
    }

    #[test]
    fn attributions_are_known_in_many_languages() {
        for text in [
            "On Mon, Apr 2, 2012 at 6:26 PM, Ana <ana@example.org> wrote:",
            "El lun, 3 jun 2024 a las 10:12, Ana (<ana@example.org>) escribió:",
            "Am Mo., 3. Juni 2024 um 10:12 Uhr schrieb Ana <ana@example.org>:",
            "Le lun. 3 juin 2024 à 10:12, Ana <ana@example.org> a écrit :",
            "Il giorno lun 3 giu 2024 alle ore 10:12 Ana <ana@example.org> ha scritto:",
            "Em seg., 3 de jun. de 2024 às 10:12, Ana <ana@example.org> escreveu:",
            "Op ma 3 jun 2024 om 10:12 schreef Ana <ana@example.org>:",
            "pon., 3 cze 2024 o 10:12 Ana <ana@example.org> napisał(a):",
            "Den mån 3 juni 2024 kl 10:12 skrev Ana <ana@example.org>:",
            "man. 3. jun. 2024 kl. 10.12 skrev Ana <ana@example.org>:",
            "пн, 3 июн. 2024 г. в 10:12, Ana <ana@example.org>:",
            "3 июня 2024 г., 10:12, Ana <ana@example.org> написал(а):",
        ] {
            assert_eq!(certainty(text), Some((0, Certainty::Alone)), "{text}");
        }
    }

    #[test]
    fn a_wrapped_attribution_is_found_whole_and_takes_no_line_more() {
        let text = "Hi,\nOn Dec 16, 2011, at 12:47 PM, Ana\n<ana@example.org>\nwrote:";
        assert_eq!(certainty(text), Some((1, Certainty::Alone)));
    }

    #[test]
    fn a_sentence_that_begins_or_ends_alike_is_none() {
        for text in [
            "On your remote host you can run:",
            "One outstanding question I had:",
            "Here is what I need for Friday 12:",
            "I underwrote 2 of 3 plans:",
        ] {
            assert_eq!(certainty(text), None, "{text}");
        }
        assert_eq!(
            certainty("As Ana wrote:"),
            Some((0, Certainty::BeforeQuote))
        );
    }
}
