//! A line as it was typed, in its parts.
//!
//! **Invariant:** quotations hold blanks, whichever signs a phone makes of them. Only what stands in none is a command's word
//! or an option.

use super::fault::Fault;

const DOUBLE: &[char] = &[
    '"', '“', '”', '„', '‟', '«', '»', '＂', '″', '「', '」', '『', '』',
];
const SINGLE: &[char] = &['\'', '‘', '’', '‚', '‛', '‹', '›', '`', '´', '′'];
/// What nobody sees, and phones and platforms leave at the edges of words.
const HIDDEN: &[char] = &[
    '\u{AD}', '\u{200B}', '\u{200E}', '\u{200F}', '\u{2060}', '\u{2066}', '\u{2067}', '\u{2068}',
    '\u{2069}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{202D}', '\u{202E}', '\u{FEFF}',
];
/// What stands behind a quotation belongs to the sentence.
const STOPS: &[char] = &['.', ',', ';', ':', '!', '?'];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    /// As in `room` of `room=spring`, where an option may be meant.
    pub(super) key: Option<Key>,
    pub(super) text: String,
    /// Then it is nothing but a value.
    pub(super) is_quoted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) sign: char,
    pub(super) value: String,
}

pub(super) fn tokens(line: &str) -> Result<Vec<Token>, Fault> {
    let mut tokens = Vec::new();
    let mut rest = trimmed(line);
    while !rest.is_empty() {
        let (token, behind) = first(rest)?;
        tokens.push(token);
        rest = trimmed(behind);
    }
    Ok(tokens)
}

/// Those of a line whose quotation does not end.
pub(super) fn before_quotation(line: &str) -> Vec<Token> {
    let before = line.split(DOUBLE).next().unwrap_or_default();
    tokens(before).unwrap_or_default()
}

fn trimmed(line: &str) -> &str {
    line.trim_start_matches(|it: char| it.is_whitespace() || HIDDEN.contains(&it))
}

fn first(line: &str) -> Result<(Token, &str), Fault> {
    if let Some((text, behind)) = quotation(line)? {
        let token = Token {
            key: None,
            text,
            is_quoted: true,
        };
        return Ok((token, behind));
    }
    let end = line.find(char::is_whitespace).unwrap_or(line.len());
    let word = &line[..end];
    let of_key = |(name, sign): (&str, char)| -> Result<_, Fault> {
        let at = name.len() + sign.len_utf8();
        Ok(match quotation(&line[at..])? {
            Some((value, behind)) => (
                Key {
                    name: name.to_owned(),
                    sign,
                    value,
                },
                behind,
            ),
            None => {
                let value = visible(&word[at..]).to_owned();
                (
                    Key {
                        name: name.to_owned(),
                        sign,
                        value,
                    },
                    &line[end..],
                )
            }
        })
    };
    let (key, behind) = match key(word).map(of_key).transpose()? {
        Some((key, behind)) => (Some(key), behind),
        None => (None, &line[end..]),
    };
    let text = visible(&line[..line.len() - behind.len()]).to_owned();
    Ok((
        Token {
            key,
            text,
            is_quoted: false,
        },
        behind,
    ))
}

/// `most-parts` of `most-parts=3`, and of `--most-parts=3`.
fn key(word: &str) -> Option<(&str, char)> {
    let (at, sign) = word.char_indices().find(|it| matches!(it.1, '=' | ':'))?;
    let name = &word[..at];
    let inner = without_dashes(name).unwrap_or(name);
    let is_name = |it: char| it.is_ascii_alphabetic() || it == '-' || it == '_';
    (!inner.is_empty() && inner.chars().all(is_name)).then_some((name, sign))
}

/// Phones make one long dash of two.
pub(super) fn without_dashes(word: &str) -> Option<&str> {
    ["--", "—", "–"].iter().find_map(|it| word.strip_prefix(it))
}

fn visible(word: &str) -> &str {
    word.trim_matches(HIDDEN)
}

/// The text that stands in quotation marks at the beginning, and what stands behind it. An apostrophe may be a part of a word.
fn quotation(line: &str) -> Result<Option<(String, &str)>, Fault> {
    let Some(opens) = line.chars().next() else {
        return Ok(None);
    };
    let closing = match opens {
        it if DOUBLE.contains(&it) => DOUBLE,
        it if SINGLE.contains(&it) => SINGLE,
        _ => return Ok(None),
    };
    let mut text = String::new();
    let mut signs = line.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' {
            text.extend(signs.next().map(|it| it.1));
            continue;
        }
        if closing.contains(&sign) {
            let behind = line[at + sign.len_utf8()..].trim_start_matches(STOPS);
            if trimmed(behind).len() < behind.len() || behind.is_empty() {
                return Ok(Some((text, behind)));
            }
        }
        text.push(sign);
    }
    match closing == SINGLE {
        true => Ok(None),
        false => Err(Fault::Unclosed),
    }
}

/// As it is read again as the same, whatever is in it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for sign in text.chars() {
        if sign == '\\' || DOUBLE.contains(&sign) {
            quoted.push('\\');
        }
        quoted.push(sign);
    }
    quoted.push('"');
    quoted
}

/// Whether it is read as that one word as it stands, whatever follows it, where these names are options.
pub(super) fn is_plain(text: &str, is_option: impl Fn(&str) -> bool) -> bool {
    let opens = |text: &str| text.starts_with(DOUBLE) || text.starts_with(SINGLE);
    let is_value = |it: &Token| {
        let is_option = |key: &Key| key.sign == '=' || is_option(&key.name);
        it.text == text && !it.key.as_ref().is_some_and(is_option)
    };
    !opens(text)
        && !text.split(['=', ':']).skip(1).any(opens)
        && !text.starts_with('-')
        && without_dashes(text).is_none()
        && tokens(text).is_ok_and(|it| it.len() == 1 && is_value(&it[0]))
}
