//! Names as they can be shown: on one line, of bounded length, without characters that hide or turn others.

use unicode_segmentation::UnicodeSegmentation;

/// In graphemes.
pub(crate) const LONGEST_NAME: usize = 64;

/// Cut after `most` characters, between graphemes; the last one is then `…`.
pub(crate) fn cut(line: &str, most: usize) -> String {
    if line.chars().count() <= most {
        return line.to_owned();
    }
    let mut cut = String::new();
    let mut left = most.saturating_sub(1);
    for grapheme in line.graphemes(true) {
        let length = grapheme.chars().count();
        if length > left {
            break;
        }
        cut.push_str(grapheme);
        left -= length;
    }
    cut.truncate(cut.trim_end().len());
    cut + "…"
}

/// The text on one line, cut after `most` graphemes, the last one of which is then `…`.
pub fn one_line(text: &str, most: usize) -> String {
    let words = visible(text);
    let mut line = String::new();
    let mut graphemes = words.graphemes(true);
    let mut chars_left = most * CHARS_PER_GRAPHEME;
    for _ in 0..most {
        let Some(grapheme) = graphemes.next() else {
            return line;
        };
        let length = grapheme.chars().count();
        let most = MOST_CHARS_IN_GRAPHEME.min(chars_left);
        line.extend(grapheme.chars().take(most));
        chars_left = chars_left.saturating_sub(length);
        if chars_left == 0 {
            break;
        }
    }
    if graphemes.next().is_some() {
        let last = line.grapheme_indices(true).next_back().map_or(0, |it| it.0);
        line.truncate(line[..last].trim_end().len());
        line.push('…');
    }
    line
}

/// A letter under 500 accents is one grapheme: such towers are lowered.
const MOST_CHARS_IN_GRAPHEME: usize = 16;
/// On average, so that a line of towers is not long either.
const CHARS_PER_GRAPHEME: usize = 4;

/// On one line, without what hides or turns: as names of people and of files can be shown.
pub fn visible(text: &str) -> String {
    let mut shown = String::new();
    let mut before = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let is_kept = if is_joiner(c) {
            before.is_some_and(is_joined) && chars.peek().copied().is_some_and(is_joined)
        } else if is_tag(c) {
            before.is_some_and(|it| it == BLACK_FLAG || is_tag(it))
        } else if is_variation(c) {
            before.is_some_and(|it| it != ' ')
        } else {
            !is_hidden(c)
        };
        if is_space(c) {
            if before.is_some_and(|it| it != ' ') {
                shown.push(' ');
                before = Some(' ');
            }
        } else if is_kept {
            shown.push(c);
            before = Some(c);
        }
    }
    shown.truncate(shown.trim_end().len());
    shown
}

/// Nothing is seen of it where it stands alone.
pub(crate) fn is_unseen(c: char) -> bool {
    is_space(c) || is_hidden(c) || is_variation(c)
}

/// U+2800 is a Braille cell without dots, a favourite of those who want no name.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{2800}'
}

fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200C}' | '\u{200D}')
}

/// The flags of England, Scotland and Wales are a black flag and letters that are not seen.
const BLACK_FLAG: char = '\u{1F3F4}';

fn is_tag(c: char) -> bool {
    matches!(c, '\u{E0020}'..='\u{E007F}')
}

fn is_variation(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}')
}

/// Emoji sequences are joined, and so are letters of the Arabic and the Indian scripts.
fn is_joined(c: char) -> bool {
    matches!(c,
        '\u{0600}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{1780}'..='\u{18AF}'
        | '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// Controls, and what Unicode calls default ignorable: shown as nothing, or turning what is shown.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}
