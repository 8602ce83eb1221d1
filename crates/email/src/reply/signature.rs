//! Recognises what stands under a person's words: a signature, a telephone's advertisement, a list's footer.

use super::{
    original::is_ruler,
    phrases::{LIST_FOOTER, SENT_FROM, SENT_FROM_END},
};
use crate::lines::{Hint, Line};

/// So many lines stand below a delimiter at most; more are a text with a line across it.
const LONGEST: usize = 20;
const LONGEST_ADVERTISEMENT: usize = 100;

/// Where what stands under the words begins, if anything does. `lines` end in the last line that says something.
pub(super) fn beginning(lines: &[Line], sender: Option<&str>) -> Option<usize> {
    let last = lines.len().checked_sub(1)?;
    hinted(lines)
        .or_else(|| delimited(lines))
        .or_else(|| footer(lines))
        .or_else(|| is_advertisement(&lines[last]).then_some(last))
        .or_else(|| dashed_name(lines))
        .or_else(|| contacts(lines, sender?))
}

/// The mail program says that it is one.
fn hinted(lines: &[Line]) -> Option<usize> {
    let is_signature = |line: &Line| line.hint == Some(Hint::Signature);
    let above = lines
        .iter()
        .rposition(|it| !is_signature(it) && !it.is_blank());
    let begin = above.map_or(0, |at| at + 1);
    lines[begin..].iter().any(is_signature).then_some(begin)
}

fn delimited(lines: &[Line]) -> Option<usize> {
    let is_delimiter = |line: &Line| matches!(line.text.trim(), "--" | "—" | "–" | "__");
    let is_open = |at: usize| lines[at..].iter().all(|line| line.quote == 0);
    let from = lines.len().saturating_sub(LONGEST);
    (from..lines.len()).find(|at| is_delimiter(&lines[*at]) && is_open(*at))
}

/// A ruler, then a list server's own words or ways to reach somebody.
fn footer(lines: &[Line]) -> Option<usize> {
    let from = lines.len().saturating_sub(LONGEST);
    let at = (from..lines.len()).find(|at| lines[*at].quote == 0 && is_ruler(&lines[*at].text))?;
    let below = &lines[at..];
    let says_list = below.iter().any(|line| {
        let text = line.text.to_lowercase();
        line.text.len() < 500 && LIST_FOOTER.all().any(|phrase| text.contains(phrase))
    });
    (says_list || ways_to_reach(below) >= 2).then_some(at)
}

/// As in `Sent from my iPhone`, but not as in `Sent from my desk, which is much easier.`
fn is_advertisement(line: &Line) -> bool {
    let text = line.text.trim().trim_matches(['*', '_', '<', '>']);
    if text.len() > LONGEST_ADVERTISEMENT || line.quote > 0 {
        return false;
    }
    let lower = text.to_lowercase();
    let begins = SENT_FROM.all().find_map(|it| lower.strip_prefix(it));
    let end = lower.trim_end_matches('.');
    let ends = SENT_FROM_END.all().any(|it| end.ends_with(it));
    match begins {
        Some(device) => is_device(device),
        None => ends && lower.split_whitespace().count() <= 6,
    }
}

fn is_device(words: &str) -> bool {
    let without_link = words.split(['<', '(']).next().unwrap_or(words);
    let count = without_link.split_whitespace().count();
    let sentence = without_link.trim_end_matches('.');
    (1..=8).contains(&count) && !sentence.contains([',', '.', '?', ';', '!'])
}

/// As in `-Ana Lopez`, alone in the last paragraph.
fn dashed_name(lines: &[Line]) -> Option<usize> {
    let last = lines.len().checked_sub(1)?;
    let name = lines[last].text.trim().strip_prefix('-')?;
    let is_name = name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= 3
        && name.chars().all(|c| c.is_alphabetic() || " .".contains(c));
    let is_alone = last > 0 && lines[last - 1].is_blank() && lines[last].quote == 0;
    (is_name && is_alone).then_some(last)
}

/// A last paragraph of the sender's name and ways to reach them; those stay on the platform that they were said on.
fn contacts(lines: &[Line], sender: &str) -> Option<usize> {
    let begin = lines.iter().rposition(Line::is_blank)? + 1;
    let block = &lines[begin..];
    let is_short = |line: &Line| line.text.chars().count() <= 70 && line.quote == 0 && !line.block;
    let ways = ways_to_reach(block);
    let names_sender = sender.split_whitespace().any(|word| {
        word.chars().count() > 2 && block[0].text.to_lowercase().contains(&word.to_lowercase())
    });
    (block.len() <= 8 && ways >= 2 && names_sender && block.iter().all(is_short)).then_some(begin)
}

fn ways_to_reach(lines: &[Line]) -> usize {
    let ways = lines.iter().filter(|line| is_way_to_reach(&line.text));
    ways.count()
}

fn is_way_to_reach(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_word = text.split_whitespace().count() <= 3;
    digits >= 7
        || (is_word && (text.contains('@') || text.contains("www.") || text.contains("://")))
}
