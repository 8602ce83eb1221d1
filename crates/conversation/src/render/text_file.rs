//! A long text in files, as people open them on whatever they have.
//!
//! **Invariant:** only whitespace lies between two files, and none is cut inside of a character.

use words::{Language, TEXT_FILE, TEXT_UNNAMED};

use super::name::{cut, visible};
use super::{body, split::split};
use crate::{Flat, Markup, TextLimit, TextUnit};

/// What people wrote, without marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFiles {
    /// So long the text is.
    pub characters: usize,
    /// What each file holds, in UTF-8.
    pub files: Vec<String>,
}

/// Old editors show lines that end as Windows ends them, and so do all others.
const LINE_END: &str = "\r\n";
/// Without it, viewers on phones and old editors take UTF-8 for another encoding. What is plain ASCII needs none.
const BYTE_ORDER_MARK: &str = "\u{FEFF}";

/// None of the files is larger than `most_bytes`, which are some hundreds at least.
pub fn text_files(text: &Markup, most_bytes: usize) -> TextFiles {
    let text = body::plain(text);
    let characters = text.chars().count();
    let mark = if text.is_ascii() { "" } else { BYTE_ORDER_MARK };
    let mut written = String::with_capacity(text.len() + text.len() / 16);
    written.push_str(mark);
    for line in text.split_inclusive('\n') {
        match line.strip_suffix('\n') {
            Some(line) => written.extend([line, LINE_END]),
            None => written.push_str(line),
        }
    }
    let files = match written.len() <= most_bytes {
        true => vec![written],
        false => pieces(written, mark, most_bytes),
    };
    TextFiles { characters, files }
}

/// Each begins with the mark, as the whole does.
fn pieces(text: String, mark: &str, most_bytes: usize) -> Vec<String> {
    let flat = Flat::unmarked(text);
    let limit = TextLimit {
        max: most_bytes.saturating_sub(mark.len()),
        unit: TextUnit::Bytes,
    };
    let ranges = split(&flat, limit).into_iter().enumerate();
    let pieces = ranges.map(|(number, range)| match number {
        0 => flat.text[range].to_owned(),
        _ => [mark, &flat.text[range]].concat(),
    });
    pieces.collect()
}

/// `Minutes of the board.txt`, or `Minutes of the board (2 of 3).txt`: a name that every system takes.
pub fn text_file_name(about: &str, (number, of): (usize, usize), language: Language) -> String {
    const LONGEST: usize = 60;
    let about = about.replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], " ");
    let about = cut(&visible(&about), LONGEST);
    let about = match about.trim_matches(['.', ' ']) {
        "" => TEXT_UNNAMED.fixed(language),
        about => about,
    };
    match of {
        1 => format!("{about}.txt"),
        _ => {
            let count = |it: usize| i64::try_from(it).unwrap_or(i64::MAX).into();
            let told = [
                ("about", about.into()),
                ("number", count(number + 1)),
                ("of", count(of)),
            ];
            TEXT_FILE.say(language, &told) + ".txt"
        }
    }
}
