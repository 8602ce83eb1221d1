//! Signs by which a name could pass for more than a name: brackets, as the bridge's own tags and platforms have them, a
//! colon that ends it, a mark of quotation before it.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};
use unicode_security::skeleton;

/// `Bo (Slack): hi` becomes `Bo, Slack; hi`, and `Zoe [staff]` becomes `Zoe, staff`: what the bridge says of somebody
/// stands in brackets, and what they say of themselves never does.
pub(super) fn undone(name: &str) -> String {
    let name = name.trim_start_matches(|it: char| it.is_whitespace() || sign_of(it) == '>');
    let mut undone = String::new();
    let mut chars = name.chars().peekable();
    let (mut is_apart, mut angles) = (false, 0_usize);
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        match sign_of(c) {
            '(' | ')' => is_apart = true,
            // `<3` is no bracket.
            '<' if next.is_some_and(|it| !it.is_numeric()) => {
                (is_apart, angles) = (true, angles + 1);
            }
            '>' if angles > 0 => (is_apart, angles) = (true, angles - 1),
            _ if is_apart && c.is_whitespace() => {}
            sign => {
                if std::mem::take(&mut is_apart) {
                    set_apart(&mut undone, c);
                }
                undone.push(match sign {
                    ':' if next.is_none_or(|it| !it.is_alphanumeric()) => ';',
                    // Between letters of a script without blanks it ends a name all the same.
                    ':' if c != ':' => ';',
                    _ => c,
                });
            }
        }
    }
    undone
}

/// A comma, where one is needed, for brackets that stood between what is there and `next`.
fn set_apart(undone: &mut String, next: char) {
    undone.truncate(undone.trim_end().len());
    let is_sign = matches!(next, ',' | ';' | ':' | '.' | '!' | '?' | '…');
    if undone.is_empty() || is_sign {
        return;
    }
    if !undone.ends_with([',', ';', '@', '＠']) {
        undone.push(',');
    }
    undone.push(' ');
}

/// The sign of ASCII that this one is taken for; brackets of all shapes are round ones.
pub(crate) fn sign_of(c: char) -> char {
    if c.is_alphanumeric() || c == ' ' {
        return c;
    }
    match c.general_category() {
        GeneralCategory::OpenPunctuation => return '(',
        GeneralCategory::ClosePunctuation => return ')',
        _ => {}
    }
    match c {
        '«' | '‹' | '\u{239B}'..='\u{239D}' | '\u{23A1}'..='\u{23A3}' | '\u{23A7}'..='\u{23A9}' => {
            '('
        }
        '»' | '›' | '\u{239E}'..='\u{23A0}' | '\u{23A4}'..='\u{23A6}' | '\u{23AB}'..='\u{23AD}' => {
            ')'
        }
        '：' | '﹕' | '︓' | '꞉' | '∶' | '⁚' | '᛬' => ':',
        '＞' | '﹥' | '❯' => '>',
        '＜' | '﹤' | '❮' => '<',
        other => confusable(other),
    }
}

fn confusable(c: char) -> char {
    let mut buffer = [0; 4];
    let mut prototype = skeleton(c.encode_utf8(&mut buffer));
    match (prototype.next(), prototype.next()) {
        (Some(sign), None) => sign,
        _ => c,
    }
}
