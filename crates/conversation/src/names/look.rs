//! What a name looks like to people: the same for all names that they cannot tell apart.
//!
//! **Invariant:** looks are compared with looks and never shown.

use unicode_security::skeleton;

use super::{clean_name, tricks::sign_of};
use crate::render::name::visible;

/// By the confusables of Unicode (UTS 39), in one case, without blanks and signs, as far as anything else is left.
pub fn look(name: &str) -> String {
    of_shown(&clean_name(name))
}

pub(super) fn of_shown(name: &str) -> String {
    let folded = folded(name);
    let letters: String = folded.chars().filter(|it| !is_sign(*it)).collect();
    match letters.is_empty() {
        true => folded,
        false => letters,
    }
}

/// What is left of a name without all that people overlook: accents, signs, pictures, what stands in brackets or behind
/// a comma.
pub(super) fn essence(name: &str) -> String {
    let clean = clean_name(&without_brackets(&visible(name)));
    let first = clean.split(',').next().unwrap_or_default();
    let folded = folded(first);
    let letters: String = folded.chars().filter(|it| is_letter(*it)).collect();
    match letters.is_empty() {
        true => look(name),
        false => letters,
    }
}

/// Capitals have other doubles than small letters, so both are asked. `I`, `l`, `i` and `1` stand for each other in
/// one case or the other.
fn folded(text: &str) -> String {
    let small = skeleton(text).collect::<String>().to_lowercase();
    let small = skeleton(&small).collect::<String>().to_lowercase();
    let seen = small.chars().filter(|it| !it.is_whitespace());
    let folded = seen.map(|it| match it {
        'i' | 'ı' | '1' | '|' => 'l',
        '0' => 'o',
        other => other,
    });
    folded.collect()
}

fn is_sign(c: char) -> bool {
    c.is_ascii_punctuation() || matches!(c, '\u{A1}'..='\u{BF}' | '\u{2000}'..='\u{206F}')
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() && !matches!(c, '\u{300}'..='\u{36F}')
}

/// `Ana [admin]` looks to a hasty eye as Ana does.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in name.chars() {
        match sign_of(c) {
            '(' | '<' => depth += 1,
            ')' | '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}
