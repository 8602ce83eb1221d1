//! `format=flowed` (RFC 3676): soft line breaks that a reader's program may undo.

use crate::{
    lines::{DEEPEST_QUOTE, without_quote_marks},
    plain::PlainLine,
};

/// Lines are broken near this width, in characters.
const WIDTH: usize = 76;

/// Lines of a flowed text joined into paragraphs, quote marks kept.
pub(crate) fn unflow(text: &str, del_sp: bool) -> String {
    let mut joined: Vec<String> = Vec::new();
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let (quote, words) = flowed_line(line);
        let is_signature = words == "-- ";
        let flows = words.ends_with(' ') && !is_signature;
        let words = match flows && del_sp {
            true => &words[..words.len() - 1],
            false => words,
        };
        match joined.last_mut() {
            Some(last) if open == Some(quote) && !is_signature => last.push_str(words),
            _ => joined.push(match quote {
                0 => words.to_owned(),
                depth => format!("{} {words}", ">".repeat(depth)),
            }),
        }
        open = flows.then_some(quote);
    }
    joined.join("\n")
}

/// Quote marks stand without blanks between them, and one stuffed space may follow.
fn flowed_line(line: &str) -> (usize, &str) {
    let words = line.trim_start_matches('>');
    let depth = (line.len() - words.len()).min(DEEPEST_QUOTE);
    (depth, words.strip_prefix(' ').unwrap_or(words))
}

pub(crate) fn flow(lines: &[PlainLine]) -> String {
    let mut text = String::new();
    for line in lines {
        let prefix = match line.quote {
            0 => String::new(),
            depth => format!("{} ", ">".repeat(depth)),
        };
        let width = match line.fixed {
            true => usize::MAX,
            false => WIDTH.saturating_sub(prefix.len()),
        };
        for piece in wrapped(&line.text, width) {
            text.push_str(&prefix);
            if prefix.is_empty() && needs_stuffing(piece) {
                text.push(' ');
            }
            text.push_str(piece);
            text.push('\n');
        }
    }
    text
}

fn needs_stuffing(line: &str) -> bool {
    line.starts_with([' ', '>']) || line.starts_with("From ")
}

/// Pieces that end in a space, save the last: a word longer than the width is left whole.
fn wrapped(text: &str, width: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut length) = (0, 0);
    let mut position = 0;
    for word in text.split_inclusive(' ') {
        let chars = word.chars().count();
        if length > 0 && length + chars > width && can_break(&text[start..position], word) {
            pieces.push(&text[start..position]);
            (start, length) = (position, 0);
        }
        position += word.len();
        length += chars;
    }
    pieces.push(&text[start..]);
    pieces
}

/// A piece of nothing but spaces, or one that reads as a signature, would be taken for something else.
fn can_break(before: &str, word: &str) -> bool {
    !before.trim().is_empty() && before != "-- " && without_quote_marks(word).0 == 0 && word != " "
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> PlainLine {
        PlainLine {
            quote: 0,
            text: text.to_owned(),
            fixed: false,
        }
    }

    #[test]
    fn what_we_flow_is_read_back_as_it_was() {
        let long = "word ".repeat(60) + "end";
        let lines = [
            line(&long),
            line(""),
            line(" > no quote"),
            line("From here"),
        ];
        let text = flow(&lines);
        assert!(text.lines().all(|it| it.chars().count() <= 80), "{text}");
        assert_eq!(
            unflow(&text, false),
            format!("{long}\n\n > no quote\nFrom here")
        );
    }

    #[test]
    fn quotes_and_signatures_do_not_flow_into_each_other() {
        let text = "> one \n> two\n>> deep \nnew \nwords\n-- \nAna \nLopez";
        assert_eq!(
            unflow(text, false),
            "> one two\n>> deep \nnew words\n-- \nAna Lopez"
        );
        assert_eq!(unflow("ab \ncd", true), "abcd");
    }
}
