//! Emoji by Slack's names, both ways. Most are GitHub's; the table has those that differ and are in use.

/// Slack's name, and what it shows.
const OWN_NAMES: &[(&str, &str)] = &[
    ("simple_smile", "🙂"),
    ("thinking_face", "🤔"),
    ("hugging_face", "🤗"),
    ("rolling_on_the_floor_laughing", "🤣"),
    ("star-struck", "🤩"),
    ("robot_face", "🤖"),
    ("face_with_rolling_eyes", "🙄"),
    ("smiling_face_with_3_hearts", "🥰"),
    ("face_with_monocle", "🧐"),
    ("face_vomiting", "🤮"),
    ("face_palm", "🤦"),
    ("the_horns", "🤘"),
    ("sign_of_the_horns", "🤘"),
    ("spock-hand", "🖖"),
    ("i_love_you_hand_sign", "🤟"),
    ("fist", "✊"),
    ("facepunch", "👊"),
    ("punch", "👊"),
    ("hand", "✋"),
    ("heavy_heart_exclamation_mark_ornament", "❣\u{fe0f}"),
    ("large_green_circle", "🟢"),
    ("large_yellow_circle", "🟡"),
    ("large_orange_circle", "🟠"),
    ("large_purple_circle", "🟣"),
    ("large_brown_circle", "🟤"),
    ("large_green_square", "🟩"),
    ("large_red_square", "🟥"),
    ("knife_fork_plate", "🍽\u{fe0f}"),
    ("lower_left_paintbrush", "🖌\u{fe0f}"),
    ("mostly_sunny", "🌤\u{fe0f}"),
    ("sun_small_cloud", "🌤\u{fe0f}"),
    ("umbrella_with_rain_drops", "☔"),
    ("heavy_exclamation_mark", "❗"),
    ("female-sign", "♀\u{fe0f}"),
    ("male-sign", "♂\u{fe0f}"),
];

const TONES: [char; 5] = [
    '\u{1f3fb}',
    '\u{1f3fc}',
    '\u{1f3fd}',
    '\u{1f3fe}',
    '\u{1f3ff}',
];
const REGIONAL_A: u32 = 0x1f1e6;

/// Of `thumbsup`, `wave::skin-tone-4` or `flag-ar`; a workspace's own stays a word, as in `:party_parrot:`.
pub(crate) fn to_unicode(name: &str) -> String {
    let (base, tone) = match name.split_once("::skin-tone-") {
        Some((base, tone)) => (base, tone.parse().ok()),
        None => (name, None),
    };
    let Some(plain) = known(base) else {
        return format!(":{base}:");
    };
    match tone.and_then(|tone: usize| TONES.get(tone.checked_sub(2)?)) {
        Some(tone) => toned(&plain, *tone),
        None => plain,
    }
}

fn known(name: &str) -> Option<String> {
    let own = OWN_NAMES.iter().find(|(it, _)| *it == name);
    own.map(|(_, emoji)| (*emoji).to_owned())
        .or_else(|| flag(name.strip_prefix("flag-")?))
        .or_else(|| github(name).map(|it| it.as_str().to_owned()))
}

fn github(name: &str) -> Option<&'static emojis::Emoji> {
    emojis::get_by_shortcode(name).or_else(|| {
        // `woman-shrugging`, `female-technologist`.
        let name = name.replacen("female-", "woman_", 1);
        emojis::get_by_shortcode(&name.replacen("male-", "man_", 1).replace('-', "_"))
    })
}

fn flag(country: &str) -> Option<String> {
    let is_country = country.len() == 2 && country.bytes().all(|it| it.is_ascii_lowercase());
    let letters = country
        .bytes()
        .map(|it| char::from_u32(REGIONAL_A + u32::from(it - b'a')));
    is_country.then(|| letters.collect::<Option<String>>())?
}

/// The tone stands behind the first character, in the place of the selector that may be there.
fn toned(emoji: &str, tone: char) -> String {
    let mut characters = emoji.chars();
    let mut said: String = characters.next().into_iter().chain([tone]).collect();
    let rest = characters.as_str();
    said.push_str(rest.strip_prefix('\u{fe0f}').unwrap_or(rest));
    match emojis::get(&said) {
        Some(known) => known.as_str().to_owned(),
        None => emoji.to_owned(),
    }
}

/// `None` for what Slack has no name for.
pub(crate) fn to_name(emoji: &str) -> Option<String> {
    if let Some(own) = emoji.strip_prefix(':').and_then(|it| it.strip_suffix(':')) {
        let is_name = |it: char| it.is_alphanumeric() || "_-+'".contains(it);
        return (!own.is_empty() && own.chars().all(is_name)).then(|| own.to_lowercase());
    }
    if let Some(country) = country(emoji) {
        return Some(format!("flag-{country}"));
    }
    let tone = emoji
        .chars()
        .find_map(|it| TONES.iter().position(|tone| *tone == it));
    let plain: String = emoji.chars().filter(|it| !TONES.contains(it)).collect();
    let bare = plain.trim_end_matches('\u{fe0f}');
    let found = emojis::get(&plain)
        .or_else(|| emojis::get(&format!("{plain}\u{fe0f}")))
        .or_else(|| emojis::get(bare))?;
    let own = OWN_NAMES.iter().find(|(_, it)| *it == found.as_str());
    let name = own.map(|(name, _)| *name).or_else(|| found.shortcode())?;
    Some(match tone {
        Some(tone) => format!("{name}::skin-tone-{}", tone + 2),
        None => name.to_owned(),
    })
}

fn country(emoji: &str) -> Option<String> {
    let letter = |it: char| {
        let place = u32::from(it)
            .checked_sub(REGIONAL_A)
            .filter(|it| *it < 26)?;
        char::from_u32(u32::from('a') + place)
    };
    let letters: Option<String> = emoji.chars().map(letter).collect();
    letters.filter(|it| it.len() == 2)
}

/// Names that say the same: what stands under a message may bear another than ours.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one == other || to_unicode(one) == to_unicode(other)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn names_become_what_people_see() {
        for (name, seen) in [
            ("thumbsup", "👍"),
            ("+1", "👍"),
            ("+1::skin-tone-4", "👍🏽"),
            ("heart", "❤\u{fe0f}"),
            ("thinking_face", "🤔"),
            ("flag-ar", "🇦🇷"),
            ("female-technologist", "👩\u{200d}💻"),
            ("woman-shrugging::skin-tone-2", "🤷🏻\u{200d}♀\u{fe0f}"),
            ("party_parrot", ":party_parrot:"),
            ("party_parrot::skin-tone-9", ":party_parrot:"),
            ("flag-??", ":flag-??:"),
        ] {
            assert_eq!(to_unicode(name), seen, "{name}");
        }
    }

    #[test]
    fn what_people_see_becomes_a_name_that_says_the_same() {
        for (seen, name) in [
            ("👍", "+1"),
            ("👍🏽", "+1::skin-tone-4"),
            ("❤", "heart"),
            ("❤\u{fe0f}", "heart"),
            ("🇦🇷", "flag-ar"),
            ("🤔", "thinking_face"),
            (":party_parrot:", "party_parrot"),
        ] {
            assert_eq!(to_name(seen).as_deref(), Some(name), "{seen}");
        }
        for nothing in ["", "x", "::", ":a b:", "👍👍", "🇦"] {
            assert_eq!(to_name(nothing), None, "{nothing:?}");
        }
        assert!(is_same("thumbsup", "+1") && !is_same("+1", "-1"));
    }

    #[test]
    fn every_name_of_our_own_comes_back() {
        for (name, emoji) in OWN_NAMES {
            assert_eq!(to_unicode(name), *emoji);
            assert!(is_same(&to_name(emoji).unwrap(), name), "{name}");
        }
    }
}
