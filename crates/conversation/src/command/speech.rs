//! What is said to the bridge, among what people say to each other.
//!
//! **Invariant:** a word that people use as well is a command only where the whole line is one. What may be a command about
//! somebody themselves, with a mistake in it, is ours all the same: nobody else is to read it.

use strsim::osa_distance;

use super::{
    Command, Everyday,
    kind::Value,
    time::HowLong,
    typed::{self, OURS},
    value::bare,
    verb::Effect,
};

/// With what follows them.
const ABOUT_ONESELF: [(&str, &[&str]); 2] = [("private", &["on", "off"]), ("forget", &["me"])];
const REST: &str = "rest";

/// Of a message that begins with a slash what is for the bridge: all behind the program's own name, or a short form.
pub(super) fn behind_slash(text: &str) -> Option<&str> {
    let line = text.trim().strip_prefix(['/', '／'])?;
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    match bare(word) == OURS {
        true => Some(rest.trim_start()),
        false => is_command(line).then_some(line),
    }
}

/// Of a line behind a slash, without the slash.
pub(super) fn is_command(line: &str) -> bool {
    let is_short = |command: Command| command.verb().is_short();
    typed::read(line).is_ok_and(is_short) || is_about_oneself(line)
}

/// Of a line that is all of a mail to others, where no slash tells: it changes something, or may be about its writer with a
/// mistake in it, and says more than a word that people write as well.
pub(super) fn is_meant(line: &str) -> bool {
    let changes = |it: Command| it.verb().effect == Effect::Changes && !is_said_to_all(&it);
    behind_slash(line).is_some()
        || typed::read(line).is_ok_and(changes)
        || is_about_oneself_and_more(line)
}

/// People agree with each other in the same words.
fn is_said_to_all(command: &Command) -> bool {
    matches!(
        command,
        Command::Everyday(Everyday::Agree { purpose: None } | Everyday::Disagree { purpose: None })
    )
}

fn is_about_oneself_and_more(line: &str) -> bool {
    let words: Vec<String> = line.split_whitespace().map(bare).collect();
    let [first, behind @ ..] = words.as_slice() else {
        return false;
    };
    let is_like =
        |(word, next): &(&str, &[&str])| osa_distance(first, word) <= 2 && is_next(behind, next);
    !behind.is_empty() && (ABOUT_ONESELF.iter().any(is_like) || is_rest(first, behind))
}

/// With mistakes, or not all of it.
fn is_about_oneself(line: &str) -> bool {
    let words: Vec<String> = line.split_whitespace().map(bare).collect();
    let Some((first, behind)) = words.split_first() else {
        return false;
    };
    let is_like = |(word, next): &(&str, &[&str])| {
        goes_on(osa_distance(first, word), first, behind, (word, next))
    };
    ABOUT_ONESELF.iter().any(is_like) || is_rest(first, behind)
}

/// Two mistakes are none of ours, where nothing behind them tells.
fn goes_on(distance: usize, first: &str, behind: &[String], (word, next): (&str, &[&str])) -> bool {
    let is_next = is_next(behind, next);
    let is_one = |next: &&str| osa_distance(first, &format!("{word}{next}")) <= 1;
    match distance {
        0 | 1 => behind.len() <= 1 || is_next,
        2 if is_next => true,
        _ => behind.is_empty() && next.iter().any(is_one),
    }
}

fn is_next(behind: &[String], next: &[&str]) -> bool {
    let is_one = |it: &String| next.iter().any(|next| osa_distance(it, next) <= 1);
    behind.first().is_some_and(is_one) && behind.len() <= 3
}

/// It is a short word, and many are like it: what tells it apart is the time behind it.
fn is_rest(first: &str, behind: &[String]) -> bool {
    let begins = behind.first().is_some_and(|it| HowLong::begins(it));
    let is_time = HowLong::read(&behind.join(" ")).is_some();
    let is_alike = first.starts_with('r');
    match osa_distance(first, REST) {
        0 => behind.is_empty() || begins,
        _ if is_slip(first) && behind.is_empty() => true,
        1 => is_time || is_alike && begins,
        2 => is_time && is_alike,
        _ => first
            .strip_prefix(REST)
            .is_some_and(|it| HowLong::read(&format!("{it} {}", behind.join(" "))).is_some()),
    }
}

/// Its own letters in another order, or one of them twice.
fn is_slip(word: &str) -> bool {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.sort_unstable();
    let length = letters.len();
    letters.dedup();
    length == REST.len() && letters.iter().eq(&['e', 'r', 's', 't']) && word.len() <= REST.len() + 1
}
