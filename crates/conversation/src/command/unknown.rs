//! What somebody may have meant.

use strsim::osa_distance;

use super::verb::{Verb, Who, verbs};

/// As many as anybody is told of.
pub(super) const SHOWN: usize = 3;
/// Of each word, and of words: what is longer is like nothing.
const LONGEST_WORD: usize = 24;
const MOST_WORDS: usize = 4;

/// Those of which something is done about that are most like how the line begins: the first three, and behind them as many
/// as make three of what anybody may say.
pub(super) fn nearest(line: &str) -> Vec<&'static Verb> {
    let line = line.trim_start_matches(|it: char| !it.is_alphanumeric());
    let words = line.split_whitespace().take(MOST_WORDS);
    let short = |it: &str| it.chars().take(LONGEST_WORD).collect::<String>();
    let words: Vec<String> = words.map(|it| short(it).to_lowercase()).collect();
    let distance = |verb: &&'static Verb| {
        let distances = verb.spellings().map(|it| distance(&words, it));
        distances.min().unwrap_or(usize::MAX)
    };
    let mut found: Vec<_> = verbs().filter(|it| it.is_told()).collect();
    found.sort_by_cached_key(distance);
    let (mut shown, mut for_anybody) = (0, 0);
    found.retain(|it| {
        let is_for_anybody = it.who == Who::Anybody;
        let is_shown = shown < SHOWN || is_for_anybody && for_anybody < SHOWN;
        shown += usize::from(is_shown);
        for_anybody += usize::from(is_shown && is_for_anybody);
        is_shown
    });
    found
}

/// What is about the same thing is nearer than what is alike.
fn distance(said: &[String], spelling: &str) -> usize {
    const ANOTHER_THING: usize = 2;
    let length = spelling.split(' ').count().min(said.len());
    let alike = osa_distance(&said[..length].join(" "), spelling);
    let is_about_it = said.first().map(String::as_str) == spelling.split(' ').next();
    alike + if is_about_it { 0 } else { ANOTHER_THING }
}
