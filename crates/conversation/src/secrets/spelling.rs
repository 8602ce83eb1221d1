//! The ways in which a secret is written: as it is, escaped for an address or for JSON, in base64, over two lines.

use std::ops::Range;

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Shorter ones stand in every other word.
const SHORTEST: usize = 4;
/// Of what base64 makes of a secret wherever it stands in it.
const SHORTEST_ENCODED: usize = 6;

/// One character of a text, whatever it took to write it.
#[derive(Debug, Clone)]
pub(super) struct Sign {
    is: char,
    /// In bytes of the text.
    pub(super) at: Range<usize>,
    /// Blanks and line breaks were passed over before it.
    after_gap: bool,
}

#[derive(Clone)]
pub(super) struct Spelling {
    signs: Vec<char>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// In small or capital letters.
    Plain,
    /// It could be a word, which stands in others: found where it stands alone.
    Word,
    /// It is a part of a whole, which goes with it.
    Encoded,
}

pub(super) fn all(secret: &str) -> Vec<Spelling> {
    let plain: Vec<char> = signs(secret).iter().map(|it| it.is).collect();
    if plain.len() < SHORTEST {
        return Vec::new();
    }
    let kind = match plain.iter().all(char::is_ascii_alphabetic) {
        true => Kind::Word,
        false => Kind::Plain,
    };
    let mut spellings = vec![Spelling { signs: plain, kind }];
    for offset in 0..3 {
        let standard = encoded(secret.trim().as_bytes(), offset);
        let for_addresses = standard.replace('+', "-").replace('/', "_");
        for text in [&standard, &for_addresses] {
            if text.len() >= SHORTEST_ENCODED {
                let (signs, kind) = (text.chars().collect(), Kind::Encoded);
                spellings.push(Spelling { signs, kind });
            }
        }
    }
    spellings
}

/// What base64 makes of it behind so many other bytes, as far as that depends on nothing beside it.
fn encoded(secret: &[u8], offset: usize) -> String {
    let bytes = [vec![0; offset], secret.to_vec()].concat();
    let (begin, end) = ((offset * 8).div_ceil(6), bytes.len() * 8 / 6);
    STANDARD_NO_PAD.encode(bytes)[begin..end].to_owned()
}

impl Spelling {
    /// Where it stands in the text if it begins there.
    pub(super) fn at(&self, text: &[Sign], from: usize) -> Option<Range<usize>> {
        let mut end = from;
        for (number, wanted) in self.signs.iter().enumerate() {
            let is_code = |it: &Sign| it.after_gap && !self.is(*wanted, it);
            if number > 0 && text.get(end).is_some_and(is_code) {
                end += code_of_a_server(&text[end..]);
            }
            text.get(end).filter(|it| self.is(*wanted, it))?;
            end += 1;
        }
        match self.kind {
            Kind::Plain => Some(from..end),
            Kind::Word => stands_alone(text, from..end).then_some(from..end),
            Kind::Encoded => Some(whole(text, from..end)),
        }
    }

    fn is(&self, wanted: char, sign: &Sign) -> bool {
        match self.kind {
            Kind::Encoded => wanted == sign.is,
            Kind::Plain | Kind::Word => wanted.eq_ignore_ascii_case(&sign.is),
        }
    }
}

/// A mail server begins each line of its answer with `5.7.8`.
fn code_of_a_server(text: &[Sign]) -> usize {
    let rest = text.iter().skip(1).position(|it| it.after_gap);
    let length = rest.map_or(0, |it| it + 1);
    let is_code = |it: &Sign| it.is.is_ascii_digit() || ['.', '-'].contains(&it.is);
    match text[..length].iter().all(is_code) {
        true => length,
        false => 0,
    }
}

fn stands_alone(text: &[Sign], range: Range<usize>) -> bool {
    let is_open = |it: &Sign| !it.is.is_alphanumeric();
    let before = range.start == 0 || text[range.start].after_gap || is_open(&text[range.start - 1]);
    let behind = text.get(range.end);
    before && behind.is_none_or(|it| it.after_gap || is_open(it))
}

/// All of the base64 that it stands in.
fn whole(text: &[Sign], range: Range<usize>) -> Range<usize> {
    let is_part = |it: &Sign| it.is.is_ascii_alphanumeric() || "+/=-_".contains(it.is);
    let (mut start, mut end) = (range.start, range.end);
    while start > 0 && !text[start].after_gap && is_part(&text[start - 1]) {
        start -= 1;
    }
    while text.get(end).is_some_and(|it| !it.after_gap && is_part(it)) {
        end += 1;
    }
    start..end
}

pub(super) fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len());
    let (mut at, mut after_gap) = (0, false);
    while let Some((is, length)) = sign(&text[at..]) {
        match is {
            Some(is) => {
                let (at, after_gap) = (at..at + length, std::mem::take(&mut after_gap));
                signs.push(Sign { is, at, after_gap });
            }
            None => after_gap = true,
        }
        at += length;
    }
    signs
}

/// The next character and how many bytes it takes; none for a gap.
fn sign(text: &str) -> Option<(Option<char>, usize)> {
    let first = text.chars().next()?;
    let plain = (Some(first), first.len_utf8());
    let rest = &text[first.len_utf8()..];
    Some(match first {
        '%' => of_an_address(rest).unwrap_or(plain),
        '\\' => of_json(rest).unwrap_or(plain),
        // How mail breaks a line that is too long.
        '=' if rest.starts_with(['\r', '\n']) => (None, 1),
        it if it.is_whitespace() || it.is_control() || is_hidden(it) => (None, plain.1),
        _ => plain,
    })
}

fn is_hidden(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

/// `%3A`, and `%253A` where it was written so twice.
fn of_an_address(rest: &str) -> Option<(Option<char>, usize)> {
    let mut code = rest;
    while code.starts_with("25") && hex(code.get(2..4)).is_some() {
        code = &code[2..];
    }
    let is = char::from(u8::try_from(hex(code.get(..2))?).ok()?);
    let length = 1 + rest.len() - code.len() + 2;
    is.is_ascii().then_some((shown(is), length))
}

/// `\/`, `\n` and `\u003a`.
fn of_json(rest: &str) -> Option<(Option<char>, usize)> {
    match rest.chars().next()? {
        'n' | 'r' | 't' => Some((None, 2)),
        it @ ('/' | '"' | '\\') => Some((Some(it), 2)),
        'u' => {
            let is = char::from_u32(hex(rest.get(1..5))?)?;
            Some((shown(is), 6))
        }
        _ => None,
    }
}

fn shown(is: char) -> Option<char> {
    (!is.is_whitespace() && !is.is_control()).then_some(is)
}

fn hex(digits: Option<&str>) -> Option<u32> {
    let digits = digits.filter(|it| it.bytes().all(|b| b.is_ascii_hexdigit()))?;
    u32::from_str_radix(digits, 16).ok()
}
