//! Transfer encodings and charsets, decoded as far as the bytes allow. Nothing here fails.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use encoding_rs::Encoding;

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// What is not of the alphabet is skipped; a character left over at the end is dropped.
pub(super) fn base64(text: &[u8]) -> Vec<u8> {
    let is_of_alphabet = |b: &u8| b.is_ascii_alphanumeric() || *b == b'+' || *b == b'/';
    let mut clean: Vec<u8> = text.iter().copied().filter(is_of_alphabet).collect();
    if clean.len() % 4 == 1 {
        clean.pop();
    }
    LENIENT.decode(&clean).unwrap_or_default()
}

pub(super) fn quoted_printable(text: &[u8]) -> Vec<u8> {
    quoted_printable::decode(text, quoted_printable::ParseMode::Robust)
        .unwrap_or_else(|_| text.to_vec())
}

/// `transfer_encoding` is in lower case.
pub(super) fn decode(body: &[u8], transfer_encoding: &str) -> Vec<u8> {
    match transfer_encoding.trim() {
        "base64" => base64(body),
        "quoted-printable" => quoted_printable(body),
        _ => body.to_vec(),
    }
}

/// Text in the charset that it says, or in the one that it looks like.
pub(super) fn text(bytes: &[u8], charset: &str) -> String {
    let label = charset.trim().trim_matches(['"', '\'']);
    // A great many mails say `us-ascii`, or nothing, and are UTF-8.
    let says_nothing = ["us-ascii", "ascii", ""]
        .iter()
        .any(|it| label.eq_ignore_ascii_case(it));
    let said = Encoding::for_label(label.as_bytes()).filter(|_| !says_nothing);
    let decoded = match said {
        Some(encoding) => encoding.decode(bytes).0.into_owned(),
        None => unknown_charset(bytes),
    };
    decoded.replace('\0', "")
}

pub(super) fn unknown_charset(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => {
            let latin = encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes);
            latin.0.into_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_encodings_yield_what_they_hold() {
        assert_eq!(base64(b"aGVs\r\nbG8!"), b"hello");
        assert_eq!(base64(b"aGVsbG8gd"), b"hello ");
        assert_eq!(quoted_printable(b"caf=E9 =\r\nx =ZZ"), b"caf\xE9 x =ZZ");
    }

    #[test]
    fn an_unknown_charset_never_fails() {
        assert_eq!(text(b"\xff\xfe", "unknown-8bit"), "ÿþ");
        assert_eq!(text("é".as_bytes(), "us-ascii"), "é");
        assert_eq!(text(b"\xe9", "iso-8859-1"), "é");
        assert_eq!(text(b"a\0b", "utf-8"), "ab");
    }
}
