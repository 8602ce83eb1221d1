//! What is said to the bridge, among what people say to each other.
//!
//! **Invariant:** a word that people use as well is a command only where the whole line is one. What may be a command about
//! somebody themselves, with a mistake in it, is ours all the same: nobody else is to read it.

/// Whether a line that goes on so is still a command's.
type GoesOn = fn(&[&str]) -> bool;

/// Words that stand for themselves.
const SHORT_FORMS: &[(&str, GoesOn)] = &[
    ("help", |rest| rest.is_empty()),
    ("start", |rest| rest.len() <= 1),
    ("status", |rest| rest.is_empty()),
    ("rest", |rest| {
        rest.first().is_none_or(|it| begins_a_time(it))
    }),
    ("private", |rest| rest.len() <= 1),
    ("forget", |rest| rest.len() <= 1),
];

/// Of a line without its platform's own sign.
pub fn is_command(line: &str) -> bool {
    let lower = line.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let Some((first, rest)) = words.split_first() else {
        return false;
    };
    let form = SHORT_FORMS.iter().find(|(name, _)| name == first);
    form.is_some_and(|(_, is_theirs)| is_theirs(rest))
}

/// `2`, `2weeks`, `two`, `for`, `until`: and neither `of` nor `assured`.
fn begins_a_time(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "a", "an", "one", "two", "three", "four", "five", "six", "seven", "for", "till", "until",
        "off", "on", "today", "tomorrow", "now",
    ];
    word.starts_with(|it: char| it.is_ascii_digit()) || WORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_form_is_a_command_only_if_the_whole_line_is() {
        for line in [
            "help",
            " HELP ",
            "start",
            "start k3f9x2",
            "status",
            "rest",
            "rest 2 weeks",
            "rest 2 weks",
            "rest two weeks",
            "rest until Monday",
            "private on",
            "private onn",
            "forget me",
            "forget mee",
            "forget",
        ] {
            assert!(is_command(line), "{line}");
        }
        for line in [
            "",
            "status of the bus?",
            "help me with the beds",
            "rest of the day",
            "rest assured",
            "start with the bread",
            "private messages are better",
            "forget about it",
            "restless",
            "helpful",
            "room list",
            "weather",
        ] {
            assert!(!is_command(line), "{line}");
        }
    }
}
