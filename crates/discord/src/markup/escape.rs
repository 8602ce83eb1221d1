//! Signs that Discord would take for marks, and are words. **Invariant:** what is escaped shows the same words.

use super::space::NO_WIDTH;

/// What stands around words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Around {
    /// The byte of the words at which their line would begin a block.
    pub(super) block_sign: Option<usize>,
    /// Signs somewhere in the text could make a link with those before them.
    pub(super) may_link: bool,
    pub(super) in_link: bool,
}

/// The words hold no address.
pub(super) fn escape(words: &str, place: Around, out: &mut String) {
    let mut before = None;
    for (at, c) in words.char_indices() {
        let after = &words[at + c.len_utf8()..];
        if place.block_sign == Some(at) || is_mark(c, before, after, place) {
            out.push('\\');
        }
        out.push(c);
        if rings(c, after) || leads(c, &words[..at], after) {
            out.push(NO_WIDTH);
        }
        before = Some(c);
    }
}

fn is_mark(c: char, before: Option<char>, after: &str, place: Around) -> bool {
    let next = after.chars().next();
    match c {
        '\\' | '*' | '_' | '`' => true,
        '~' | '|' => [before, next].iter().any(|it| it.is_none_or(|it| it == c)),
        '<' => !next.is_some_and(|it| {
            super::space::is_space(it) || it.is_ascii_digit() || matches!(it, '=' | '-')
        }),
        '[' => place.may_link || place.in_link,
        ']' => place.in_link,
        ':' => is_shortcode(after),
        _ => false,
    }
}

/// As in `:smile:`, which Discord shows as a picture; not as in `10:30:15`.
fn is_shortcode(after: &str) -> bool {
    const LONGEST: usize = 64;
    let is_of_name = |it: &u8| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'+' | b'-');
    let length = after.bytes().take(LONGEST).take_while(is_of_name).count();
    let name = &after[..length];
    let is_time = name.bytes().all(|it| it.is_ascii_digit()) && !matches!(name, "100" | "1234");
    !is_time && after[length..].starts_with(':')
}

/// `@everyone` and `@here` ring nobody, whatever the channel allows.
fn rings(c: char, after: &str) -> bool {
    c == '@' && (after.starts_with("everyone") || after.starts_with("here"))
}

/// A scheme without an address would make one of the signs after it.
fn leads(c: char, before: &str, after: &str) -> bool {
    c == ':' && after.starts_with("//") && (before.ends_with("http") || before.ends_with("https"))
}

/// The byte of the line that makes it a list, a quote, a heading or small print.
pub(super) fn block_sign(line: &str) -> Option<usize> {
    let rest = line.trim_start();
    let at = line.len() - rest.len();
    let is_sign = |length: usize| {
        rest[length..]
            .chars()
            .next()
            .is_none_or(super::space::is_space)
    };
    let length = |sign: u8| rest.bytes().take_while(|it| *it == sign).count();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let is_item = rest[digits..].starts_with('.') && is_sign(digits + 1);
        return is_item.then_some(at + digits);
    }
    match rest.as_bytes().first()? {
        b'>' => Some(at),
        b'#' => is_sign(length(b'#')).then_some(at),
        b'-' if rest.starts_with("-#") => Some(at),
        b'-' | b'+' => is_sign(1).then_some(at),
        _ => None,
    }
}

/// Code between backticks that it does not hold itself.
pub(super) fn code(code: &str) -> String {
    let runs: Vec<usize> = code.split(|c| c != '`').map(str::len).collect();
    let is_free = |length: usize| !runs.contains(&length);
    let edge = code.starts_with('`') || code.ends_with('`');
    let (fence, code) = match (is_free(1), is_free(2)) {
        (true, _) => ("`", code.to_owned()),
        (_, true) => ("``", code.to_owned()),
        _ => ("``", apart(code)),
    };
    let gap = if edge { " " } else { "" };
    [fence, gap, &code, gap, fence].concat()
}

/// No two backticks beside each other.
fn apart(code: &str) -> String {
    let mut written = String::with_capacity(code.len());
    for c in code.chars() {
        if c == '`' && written.ends_with('`') {
            written.push(NO_WIDTH);
        }
        written.push(c);
    }
    written
}

/// A block of code, without a prefix before its lines.
pub(super) fn block(language: Option<&str>, code: &str) -> String {
    const LONGEST: usize = 32;
    let is_of_name =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-' | '.' | '#');
    let language = language.filter(|it| it.len() <= LONGEST && it.chars().all(is_of_name));
    let code = match code.contains("```") {
        true => apart(code),
        false => code.to_owned(),
    };
    format!(
        "```{}\n{}\n```",
        language.unwrap_or_default(),
        code.trim_matches('\n')
    )
}
