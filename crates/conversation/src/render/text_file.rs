//! A long text in files, as people open them on whatever they have.
//!
//! **Invariant:** only whitespace lies between two files, and none is cut inside of a character.

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
    let text = text.replace('\n', LINE_END);
    let mark = if text.is_ascii() { "" } else { BYTE_ORDER_MARK };
    let max = most_bytes.saturating_sub(mark.len());
    let files = if text.len() <= max {
        vec![[mark, &text].concat()]
    } else {
        pieces(text, max).map(|it| [mark, &it].concat()).collect()
    };
    TextFiles { characters, files }
}

fn pieces(text: String, max: usize) -> impl Iterator<Item = String> {
    let flat = Flat {
        text,
        spans: Vec::new(),
    };
    let unit = TextUnit::Bytes;
    let ranges = split(&flat, TextLimit { max, unit });
    ranges.into_iter().map(move |it| flat.text[it].to_owned())
}

/// `Minutes of the board.txt`, or `Minutes of the board (2 of 3).txt`: a name that every system takes.
pub fn text_file_name(about: &str, (number, of): (usize, usize)) -> String {
    const LONGEST: usize = 60;
    let about = about.replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|'], " ");
    let about = cut(&visible(&about), LONGEST);
    let about = match about.trim_matches(['.', ' ']) {
        "" => "Text",
        about => about,
    };
    match of {
        1 => format!("{about}.txt"),
        _ => format!("{about} ({} of {of}).txt", number + 1),
    }
}
