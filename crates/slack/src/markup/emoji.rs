//! Pictures by their names between colons. Slack's names are those of Unicode in most cases, and GitHub's in many.

use std::collections::HashMap;
use std::sync::OnceLock;

use emojis::{Emoji, SkinTone};

/// The longest name between colons; Slack allows a hundred letters.
const LONGEST: usize = 100;

/// The name that follows a colon, if another colon ends it.
pub(super) fn name(after: &str) -> Option<&str> {
    let length = after.bytes().take(LONGEST).take_while(is_of_name).count();
    let name = &after[..length];
    let is_time = name.bytes().all(|it| it.is_ascii_digit()) && !matches!(name, "100" | "1234");
    (!is_time && after[length..].starts_with(':')).then_some(name)
}

/// A name may begin here that ends elsewhere.
pub(super) fn goes_on(after: &str) -> bool {
    after.len() <= LONGEST && after.bytes().all(|it| is_of_name(&it))
}

fn is_of_name(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'+' | b'-' | b'\'')
}

/// What Unicode has under Slack's name, in the tone from 2 to 6.
pub(super) fn unicode(name: &str, tone: Option<u64>) -> Option<String> {
    let found = emojis::get_by_shortcode(name).or_else(|| by_name(name));
    let Some(emoji) = found else {
        return flag(name);
    };
    let toned = tone
        .and_then(skin_tone)
        .and_then(|it| emoji.with_skin_tone(it));
    Some(toned.unwrap_or(emoji).as_str().to_owned())
}

fn by_name(name: &str) -> Option<&'static Emoji> {
    static BY_NAME: OnceLock<HashMap<String, &'static Emoji>> = OnceLock::new();
    let by_name = BY_NAME.get_or_init(|| {
        let named = |it: &'static Emoji| (it.name().replace([' ', '-'], "_"), it);
        emojis::iter().map(named).collect()
    });
    by_name.get(&name.replace('-', "_")).copied()
}

/// As in `flag-ar`: two letters make one flag.
fn flag(name: &str) -> Option<String> {
    let country = name.strip_prefix("flag-")?;
    let is_code = country.len() == 2 && country.bytes().all(|it| it.is_ascii_lowercase());
    let letter = |c: char| char::from_u32(0x1F1E6 + (u32::from(c) - u32::from('a')));
    is_code.then(|| country.chars().filter_map(letter).collect())
}

fn skin_tone(tone: u64) -> Option<SkinTone> {
    Some(match tone {
        2 => SkinTone::Light,
        3 => SkinTone::MediumLight,
        4 => SkinTone::Medium,
        5 => SkinTone::MediumDark,
        6 => SkinTone::Dark,
        _ => return None,
    })
}

/// `:name:` and a tone after it, as in `:wave::skin-tone-3:`; and how long that is.
pub(super) fn shortcode(text: &str) -> Option<(String, usize)> {
    let name = name(text.strip_prefix(':')?)?;
    let length = name.len() + 2;
    let tone = text[length..].strip_prefix(":skin-tone-");
    let tone = tone
        .and_then(|it| it.get(..2))
        .and_then(|it| it.strip_suffix(':'));
    let tone = tone
        .and_then(|it| it.parse().ok())
        .filter(|it| skin_tone(*it).is_some());
    let emoji = unicode(name, tone)?;
    let tone_length = if tone.is_some() {
        ":skin-tone-2:".len()
    } else {
        0
    };
    Some((emoji, length + tone_length))
}

/// As in the `unicode` of an element: `1f44b-1f3fd`.
pub(super) fn by_code(code: &str) -> Option<String> {
    let letter = |it: &str| u32::from_str_radix(it, 16).ok().and_then(char::from_u32);
    code.split('-').map(letter).collect()
}
