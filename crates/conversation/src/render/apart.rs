//! Lines that look as if the bridge had written them, in the words of a person: told apart by a sign before them.
//!
//! **Invariant:** a line of a message that names a speaker as the bridge does begins with the sign; and one that begins
//! with it is left alone, so that hops add nothing.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_security::skeleton;

use super::name::{is_unseen, visible};
use words::{Language, WHOLE_TEXT};

use crate::flat::Edit;
use crate::names::tricks::sign_of;
use crate::{AttachmentKind, Flat, Mark};

/// As before what somebody quotes.
pub(crate) const SIGN: &str = "» ";

/// What stands behind so many blanks may look as if it began a line.
const WIDE_GAP: usize = 4;
/// In characters; a name of the bridge's own is shorter.
const LONGEST_NAME: usize = 80;
/// Of a platform and a time.
const LONGEST_BRACKET: usize = 40;
/// Marks and blanks between a bracket and its colon.
const MOST_BETWEEN: usize = 6;
const LONGEST_FORM: usize = LONGEST_NAME + LONGEST_BRACKET + MOST_BETWEEN + 3;
const MOST_CHARS_READ: usize = 400;

/// `labels` are those of the platforms that the bridge joins.
pub(super) fn told_apart(flat: Flat, labels: &[&str]) -> Flat {
    let places = beginnings(&flat.text).filter(|at| looks_ours(&flat.text[*at..], labels));
    let places: Vec<usize> = places.collect();
    if places.is_empty() {
        return flat;
    }
    let edits: Vec<Edit> = places.iter().map(|at| Edit::insert(*at, SIGN)).collect();
    let mut edited = flat.edited(&edits);
    for (before, after) in flat.spans.iter().zip(&mut edited.spans) {
        // A block keeps its line to itself.
        let is_block = matches!(before.mark, Mark::Quote | Mark::CodeBlock { .. });
        if is_block && places.binary_search(&before.start).is_ok() {
            after.start -= SIGN.len();
        }
    }
    edited
}

/// Where something is seen behind a line break or a gap that looks like one.
fn beginnings(text: &str) -> impl Iterator<Item = usize> {
    let mut blanks = WIDE_GAP;
    text.char_indices().filter_map(move |(at, c)| {
        let is_blank = is_unseen(c);
        let before = blanks;
        blanks = match c {
            '\n' => WIDE_GAP,
            _ if is_blank => blanks + 1,
            _ => 0,
        };
        (before >= WIDE_GAP && !is_blank).then_some(at)
    })
}

fn looks_ours(text: &str, labels: &[&str]) -> bool {
    // A line may be as long as the text: no more of it is looked at, however many gaps it has.
    let line = text.chars().take_while(|it| *it != '\n');
    let read = line.take(MOST_CHARS_READ);
    if !read.clone().any(is_bracket) {
        return false;
    }
    let line = visible(&read.collect::<String>());
    if line.starts_with(SIGN.trim_end()) {
        return false;
    }
    let signs: Vec<char> = line.chars().take(LONGEST_FORM).map(sign_of).collect();
    is_attribution(&signs, labels) || is_note(&signs, &line)
}

fn is_bracket(c: char) -> bool {
    matches!(sign_of(c), '(' | ')')
}

/// `Ana (Telegram, sent 14:02):`, in whatever marks and brackets.
fn is_attribution(signs: &[char], labels: &[&str]) -> bool {
    let closes = signs.iter().enumerate().filter(|(_, it)| **it == ')');
    closes.into_iter().any(|(close, _)| {
        let behind = signs[close + 1..].iter().take(MOST_BETWEEN + 1);
        let mut behind = behind.skip_while(|it| " *_~`'\"".contains(**it));
        let open = || signs[..close].iter().rposition(|it| *it == '(');
        behind.next() == Some(&':')
            && open().is_some_and(|it| {
                is_name(&signs[..it]) && is_platform(&signs[it + 1..close], labels)
            })
    })
}

fn is_name(signs: &[char]) -> bool {
    let is_seen = |it: &char| it.is_alphanumeric() || is_picture(*it);
    signs.len() <= LONGEST_NAME && signs.iter().any(is_seen)
}

/// A label, and perhaps a time behind it. What else stands in brackets is honest: a currency, a place, an argument.
fn is_platform(signs: &[char], labels: &[&str]) -> bool {
    let bracket: String = signs.iter().collect();
    let word = plain(bracket.split(',').next().unwrap_or_default().trim());
    signs.len() <= LONGEST_BRACKET && labels.iter().any(|it| plain(it) == word)
}

/// `[file: plan.zip, 63 MB — too large …]` and `(… the whole text is …)`.
fn is_note(signs: &[char], line: &str) -> bool {
    let Some(inside) = signs.strip_prefix(&['(']) else {
        return false;
    };
    let inside: String = inside.iter().collect();
    let says_why =
        || line.contains(['—', '–', '―']) || line.contains(" - ") || inside.contains(") http");
    let inside = plain(inside.trim_start());
    let is_of = |kind: AttachmentKind, language| {
        let behind = inside.strip_prefix(&plain(kind.in_words(language)));
        behind.is_some_and(|it| !it.trim_start().starts_with(char::is_alphanumeric))
    };
    let whole = inside.trim_start_matches(['.', '…', ' ']);
    let is_of_text = |language| whole.starts_with(&plain(WHOLE_TEXT.fixed(language)));
    let is_in = |language| {
        let mut kinds = AttachmentKind::ALL.into_iter();
        (whole.len() < inside.len() && is_of_text(language))
            || (kinds.any(|kind| is_of(kind, language)) && says_why())
    };
    // Whatever language people write in, all who read there know ours.
    Language::all().any(is_in)
}

/// A name may be a picture alone.
fn is_picture(c: char) -> bool {
    c.general_category() == GeneralCategory::OtherSymbol
}

/// Letters as they look.
fn plain(text: &str) -> String {
    let skeleton: String = skeleton(text).collect();
    skeleton.to_lowercase()
}
