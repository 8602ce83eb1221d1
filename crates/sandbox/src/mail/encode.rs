//! The encodings of a mail as it is written: RFC 2047 words, RFC 2231 parameters, quoted-printable, base64.
//! Written by hand on purpose: a library shared with the adapter would hide a fault from both.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// In bytes, without the line break: RFC 5322 recommends 78.
const LINE: usize = 76;

/// A header's text: as it is where that is allowed, else in encoded words that split between characters.
pub(crate) fn words(text: &str) -> String {
    let is_plain = text.bytes().all(|it| (b' '..0x7f).contains(&it)) && !text.contains("=?");
    if is_plain {
        return text.to_owned();
    }
    // 45 bytes become 60 characters, and with `=?utf-8?B??=` a word is below the 75 that RFC 2047 allows.
    let words: Vec<String> = pieces(text, 45)
        .into_iter()
        .map(|piece| format!("=?utf-8?B?{}?=", STANDARD.encode(piece)))
        .collect();
    words.join("\r\n ")
}

/// `Ana López <ana@example.org>`, quoted or encoded where needed.
pub(crate) fn mailbox(name: &str, address: &str) -> String {
    if name.is_empty() {
        return address.to_owned();
    }
    let is_atom = |it: char| it.is_ascii_alphanumeric() || " !#$%&'*+-/=?^_`{|}~".contains(it);
    let shown = if !name.is_ascii() || name.contains(|it: char| it.is_ascii_control()) {
        words(name)
    } else if name.chars().all(is_atom) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    };
    format!("{shown} <{address}>")
}

/// ` filename="…"`, by RFC 2231 where the name is not plain.
pub(crate) fn file_name(name: &str) -> String {
    let is_plain = |it: u8| (b' '..0x7f).contains(&it) && it != b'"' && it != b'\\';
    if name.bytes().all(is_plain) && name.len() < 60 {
        return format!("filename=\"{name}\"");
    }
    let encoded: String = name
        .bytes()
        .map(|it| match it {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                char::from(it).to_string()
            }
            _ => format!("%{it:02X}"),
        })
        .collect();
    format!("filename*=utf-8''{encoded}")
}

pub(crate) fn base64_lines(bytes: &[u8]) -> String {
    // 57 bytes make a line of 76 characters.
    let lines = bytes.chunks(57).map(|it| STANDARD.encode(it) + "\r\n");
    lines.collect()
}

/// RFC 2045, section 6.7.
pub(crate) fn quoted_printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        quote_line(&mut out, line);
        out.push_str("\r\n");
    }
    out
}

fn quote_line(out: &mut String, line: &str) {
    let mut width = 0;
    let mut bytes = line.bytes().peekable();
    while let Some(byte) = bytes.next() {
        let is_last = bytes.peek().is_none();
        let is_literal = match byte {
            b' ' | b'\t' => !is_last,
            b'=' => false,
            // A dot or `From ` at the start of a line is what careless servers change.
            b'.' | b'F' => width > 0,
            _ => byte.is_ascii_graphic(),
        };
        let needed = if is_literal { 1 } else { 3 };
        if width + needed > LINE - 1 {
            out.push_str("=\r\n");
            width = 0;
        }
        width += needed;
        match is_literal {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("={byte:02X}")),
        }
    }
}

/// Cuts between characters, so that each piece is text by itself.
fn pieces(text: &str, most: usize) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > most {
        let cut = (1..=most).rev().find(|at| rest.is_char_boundary(*at));
        let (piece, tail) = rest.split_at(cut.unwrap_or(most));
        pieces.push(piece);
        rest = tail;
    }
    pieces.push(rest);
    pieces
}
