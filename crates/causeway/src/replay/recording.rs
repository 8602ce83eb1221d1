//! A recorded room: newline-delimited JSON, plain or gzipped, read as a story of people on two platforms.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context;
use flate2::read::MultiGzDecoder;
use serde::Deserialize;

use crate::exit::{Exit, failure};

/// Nobody can say more than this at once in Telegram, with room for a number in front.
const LONGEST_IN_TELEGRAM: usize = 4096 - 16;

pub(super) struct Recording {
    pub(super) messages: Vec<Said>,
}

pub(super) struct Said {
    pub(super) author: String,
    pub(super) text: String,
    pub(super) side: Side,
    /// The number of the message that it answers.
    pub(super) answers: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Telegram,
    Mail,
}

#[derive(Deserialize)]
struct Line {
    author: String,
    text: String,
}

impl Recording {
    pub(super) fn read(file: &Path, limit: usize) -> anyhow::Result<Recording> {
        let lines = lines(file, limit)?;
        let wordy = wordy_authors(&lines);
        let mut last_words: HashMap<&str, usize> = HashMap::new();
        let mut messages = Vec::with_capacity(lines.len());
        for (number, line) in lines.iter().enumerate() {
            messages.push(Said {
                author: line.author.clone(),
                text: line.text.clone(),
                side: side_of(&line.author, &wordy),
                answers: mentioned(&line.text, &last_words),
            });
            last_words.insert(&line.author, number);
        }
        Ok(Recording { messages })
    }

    pub(super) fn authors(&self, side: Side) -> Vec<&str> {
        let mut seen = HashSet::new();
        let there = self.messages.iter().filter(|it| it.side == side);
        there
            .map(|it| it.author.as_str())
            .filter(|it| seen.insert(*it))
            .collect()
    }
}

fn lines(file: &Path, limit: usize) -> anyhow::Result<Vec<Line>> {
    let shown = file.display();
    let open = File::open(file).with_context(|| format!("{shown} cannot be opened"))?;
    let mut reader = BufReader::new(open);
    /// RFC 1952, 2.3.1.
    const GZIP: [u8; 2] = [0x1f, 0x8b];
    let begin = reader
        .fill_buf()
        .with_context(|| format!("{shown} cannot be read"))?;
    let is_gzip = begin.starts_with(&GZIP);
    let reader: Box<dyn Read> = match is_gzip {
        true => Box::new(MultiGzDecoder::new(reader)),
        false => Box::new(reader),
    };
    let mut lines = Vec::new();
    for (number, line) in BufReader::new(reader).lines().enumerate() {
        if lines.len() == limit {
            break;
        }
        let line =
            line.with_context(|| format!("{shown} cannot be read on after line {number}"))?;
        if line.trim().is_empty() {
            continue;
        }
        let parsed = serde_json::from_str(&line).map_err(|error| {
            failure(
                Exit::Usage,
                format!(
                    "{shown}, line {}, column {}: each line must be {{\"sent_at\": …, \"author\": …, \"text\": …}}",
                    number + 1,
                    serde_json::Error::column(&error),
                ),
            )
        })?;
        lines.push(parsed);
    }
    Ok(lines)
}

/// Who ever wrote more than Telegram takes wrote mail.
fn wordy_authors(lines: &[Line]) -> HashSet<&str> {
    let wordy = lines
        .iter()
        .filter(|it| it.text.encode_utf16().count() > LONGEST_IN_TELEGRAM);
    wordy.map(|it| it.author.as_str()).collect()
}

fn side_of(author: &str, wordy: &HashSet<&str>) -> Side {
    let mut hasher = DefaultHasher::new();
    author.hash(&mut hasher);
    match hasher.finish().is_multiple_of(2) && !wordy.contains(author) {
        true => Side::Telegram,
        false => Side::Mail,
    }
}

/// The last words of the first person whom the text mentions with an `@`.
fn mentioned(text: &str, last_words: &HashMap<&str, usize>) -> Option<usize> {
    text.split('@').skip(1).find_map(|after| {
        let end = after.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
        last_words
            .get(&after[..end.unwrap_or(after.len())])
            .copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_answers_the_last_words_of_that_person() {
        let last_words = HashMap::from([("person-0002", 7)]);
        assert_eq!(mentioned("Hello@person-0002!", &last_words), Some(7));
        assert_eq!(mentioned("@someone: hm", &last_words), None);
        assert_eq!(mentioned("no mention", &last_words), None);
    }

    #[test]
    fn who_writes_more_than_telegram_takes_writes_mail() {
        let wordy = HashSet::from(["person-1"]);
        assert_eq!(side_of("person-1", &wordy), Side::Mail);
    }
}
