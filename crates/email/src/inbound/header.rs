//! The header of a mail or of one of its parts, read with patience: no line of it can make the mail unreadable.
//!
//! **Invariant:** no decoded value holds a line break, and no value longer than `LONGEST_VALUE` is decoded.

use encoding_rs::Encoding;

/// What a header may hold, in bytes; the rest is cut off. Decoding costs more than linear time in it.
const LONGEST_VALUE: usize = 16 * 1024;
const MOST_FIELDS: usize = 500;

#[derive(Debug, Default)]
pub(crate) struct Headers<'a> {
    fields: Vec<(&'a str, &'a [u8])>,
}

impl<'a> Headers<'a> {
    /// The header and what comes after its empty line. Lines that are no field are skipped, as the `From ` line
    /// of a mailbox file is.
    pub(crate) fn split(raw: &'a [u8]) -> (Headers<'a>, &'a [u8]) {
        let mut fields: Vec<(&str, &[u8])> = Vec::new();
        let mut at = 0;
        while at < raw.len() {
            let end = field_end(raw, at);
            let field = &raw[at..end];
            if field == b"\n" || field == b"\r\n" {
                return (Headers { fields }, &raw[end..]);
            }
            if let Some(parsed) = field_parts(field)
                && fields.len() < MOST_FIELDS
            {
                fields.push(parsed);
            }
            at = end;
        }
        (Headers { fields }, &raw[raw.len()..])
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// As they came.
    pub(crate) fn all(&self, name: &str) -> impl Iterator<Item = &'a [u8]> {
        let is_named = move |key: &str| key.eq_ignore_ascii_case(name);
        let found = self.fields.iter().filter(move |(key, _)| is_named(key));
        found.map(|(_, value)| *value)
    }

    pub(crate) fn first(&self, name: &str) -> Option<String> {
        self.all(name).next().map(decoded)
    }

    /// In lower case; nothing where it is not there.
    pub(crate) fn word(&self, name: &str) -> String {
        self.first(name).unwrap_or_default().to_lowercase()
    }

    /// Those of several names in their order, unfolded, with encoded words as they are. One that would have to be cut is
    /// empty: half of it could say the opposite.
    pub(crate) fn named(&self, names: &[&str]) -> impl Iterator<Item = (&'a str, String)> {
        let is_wanted = |key: &str| names.iter().any(|it| key.eq_ignore_ascii_case(it));
        let found = self.fields.iter().filter(move |(key, _)| is_wanted(key));
        found.map(|(key, value)| match value.len() > LONGEST_VALUE {
            true => (*key, String::new()),
            false => (*key, unfolded(value)),
        })
    }

    /// Unfolded, but with its encoded words as they are, which is how addresses must be read.
    pub(crate) fn first_encoded(&self, name: &str) -> Option<String> {
        self.all(name).next().map(unfolded)
    }
}

/// Behind the line break of the line in which `at` stands.
pub(super) fn line_end(raw: &[u8], at: usize) -> usize {
    let found = raw[at..].iter().position(|b| *b == b'\n');
    found.map_or(raw.len(), |n| at + n + 1)
}

/// A field with the lines that continue it.
fn field_end(raw: &[u8], begin: usize) -> usize {
    let mut at = begin;
    loop {
        let line_end = line_end(raw, at);
        let is_empty_line = matches!(&raw[begin..line_end], b"\n" | b"\r\n");
        let continues = raw.get(line_end).is_some_and(|b| *b == b' ' || *b == b'\t');
        if is_empty_line || !continues {
            return line_end;
        }
        at = line_end;
    }
}

fn field_parts(field: &[u8]) -> Option<(&str, &[u8])> {
    let colon = field.iter().take(200).position(|b| *b == b':')?;
    let name = std::str::from_utf8(&field[..colon]).ok()?.trim_end();
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic());
    is_name.then_some((name, &field[colon + 1..]))
}

fn unfolded(value: &[u8]) -> String {
    let value = &value[..value.len().min(LONGEST_VALUE)];
    let text = match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        // A cut may have split a character, and old programs write Latin-1 as it is.
        Err(e) if e.error_len().is_none() => String::from_utf8_lossy(value).into_owned(),
        Err(_) => encoding_rs::WINDOWS_1252.decode(value).0.into_owned(),
    };
    let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

fn decoded(value: &[u8]) -> String {
    // Encoded words can decode to anything, line breaks too.
    let words = decode_words(&unfolded(value));
    words.replace(char::is_control, " ").trim().to_owned()
}

/// RFC 2047, with the charsets and the quoting that programs really use.
pub(crate) fn decode_words(text: &str) -> String {
    let mut out = String::new();
    let mut bytes: Vec<u8> = Vec::new();
    let mut charset = String::new();
    let mut rest = text;
    while let Some((before, word, after)) = next_word(rest) {
        let joins = before.trim().is_empty() && !charset.is_empty();
        if !joins || !charset.eq_ignore_ascii_case(&word.charset) {
            out.push_str(&in_charset(&bytes, &charset));
            bytes.clear();
        }
        if !joins {
            out.push_str(before);
        }
        charset = word.charset;
        bytes.extend(word.bytes);
        rest = after;
    }
    out.push_str(&in_charset(&bytes, &charset));
    out.push_str(rest);
    out
}

struct Word {
    charset: String,
    bytes: Vec<u8>,
}

fn next_word(text: &str) -> Option<(&str, Word, &str)> {
    let mut from = 0;
    while let Some(found) = text[from..].find("=?") {
        let begin = from + found;
        if let Some((word, length)) = encoded_word(&text[begin..]) {
            return Some((&text[..begin], word, &text[begin + length..]));
        }
        from = begin + 2;
    }
    None
}

/// The longest word that is looked at; RFC 2047 says 75, programs write more.
const LONGEST_WORD: usize = 2_000;

fn encoded_word(text: &str) -> Option<(Word, usize)> {
    let window = text.get(..text.len().min(LONGEST_WORD)).unwrap_or(text);
    let (charset, rest) = window[2..].split_once('?')?;
    let (encoding, rest) = rest.split_once('?')?;
    let (content, _) = rest.split_once("?=")?;
    let bytes = match encoding {
        "B" | "b" => super::transfer::base64(content.as_bytes()),
        "Q" | "q" => super::transfer::quoted_printable(content.replace('_', "=20").as_bytes()),
        _ => return None,
    };
    let length = 2 + charset.len() + 1 + encoding.len() + 1 + content.len() + 2;
    // RFC 2231 adds a language, as in `utf-8*en`.
    let charset = charset.split('*').next().unwrap_or_default().to_owned();
    let is_charset = !charset.is_empty() && !charset.contains(char::is_whitespace);
    is_charset.then_some((Word { charset, bytes }, length))
}

fn in_charset(bytes: &[u8], charset: &str) -> String {
    match Encoding::for_label(charset.as_bytes()) {
        _ if bytes.is_empty() => String::new(),
        Some(encoding) => encoding.decode_without_bom_handling(bytes).0.into_owned(),
        None => super::transfer::unknown_charset(bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encoded_words_are_read_as_programs_write_them() {
        assert_eq!(
            decode_words("=?utf-8?Q?R=C3=A9?= =?utf-8?Q?union?= am 1."),
            "Réunion am 1."
        );
        assert_eq!(decode_words("=?utf-8?Q?=C3?= =?utf-8?Q?=A4?="), "ä");
        assert_eq!(decode_words("=?x-unknown?Q?caf=E9_x?="), "café x");
        assert_eq!(decode_words("=?utf-8*de?Q?K=C3=A4se?="), "Käse");
        assert_eq!(decode_words("2 =? 3 ?= 4"), "2 =? 3 ?= 4");
        assert_eq!(
            decode_words("=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?= y"),
            "山田 y"
        );
    }

    #[test]
    fn line_breaks_never_survive_in_a_value() {
        let raw = b"From alice Mon\nSubject: a\r\n b =?utf-8?Q?c=0D=0ABcc=3A_x?=\r\njunk line\r\nX:\r\n\r\nbody";
        let (headers, body) = Headers::split(raw);
        assert_eq!(headers.first("subject").unwrap(), "a b c  Bcc: x");
        assert_eq!(headers.first("x").unwrap(), "");
        assert_eq!(body, b"body");
    }
}
