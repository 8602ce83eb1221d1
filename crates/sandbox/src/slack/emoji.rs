//! The names of Slack's emoji. They are GitHub's but for some, on which a message from elsewhere easily stumbles.

/// Names of GitHub that Slack does not have.
const NOT_IN_SLACK: &str = "\
    hugs thinking rofl roll_eyes raised_eyebrow star_struck vulcan_salute \
    smiling_face_with_three_hearts 1st_place_medal 2nd_place_medal 3rd_place_medal medal_sports \
    fist_oncoming fist_raised fist_left fist_right metal facepalm shrug_man hand_over_mouth \
    monocle_face lol";

/// Names that Slack has beside them, each with what it looks like.
const ALSO_IN_SLACK: &str = "\
    hugging_face=🤗 thinking_face=🤔 rolling_on_the_floor_laughing=🤣 face_with_rolling_eyes=🙄 \
    face_with_raised_eyebrow=🤨 star-struck=🤩 spock-hand=🖖 smiling_face_with_3_hearts=🥰 \
    first_place_medal=🥇 second_place_medal=🥈 third_place_medal=🥉 sports_medal=🏅 the_horns=🤘 \
    left-facing_fist=🤛 right-facing_fist=🤜 face_palm=🤦 shrug=🤷 face_with_hand_over_mouth=🤭 \
    face_with_monocle=🧐 simple_smile=🙂 man-shrugging=🤷‍♂️ woman-shrugging=🤷‍♀️ \
    male-technologist=👨‍💻 female-technologist=👩‍💻 flag-es=🇪🇸 flag-eu=🇪🇺 flag-mx=🇲🇽 es=🇪🇸";

/// With or without a skin tone: `wave::skin-tone-3`.
pub(crate) fn is_name(name: &str) -> bool {
    let name = match name.split_once("::skin-tone-") {
        Some((name, "2" | "3" | "4" | "5" | "6")) => name,
        Some(_) => return false,
        None => name,
    };
    character(name).is_some()
}

/// What it looks like.
pub(crate) fn character(name: &str) -> Option<String> {
    let name = name.split("::").next().unwrap_or(name);
    let mut also = ALSO_IN_SLACK.split(' ').filter_map(|it| it.split_once('='));
    if let Some((_, character)) = also.find(|(it, _)| *it == name) {
        return Some(character.to_owned());
    }
    let differs = name.starts_with("man_") || name.starts_with("woman_");
    if differs || NOT_IN_SLACK.split(' ').any(|it| it == name) {
        return None;
    }
    emojis::get_by_shortcode(name).map(|it| it.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_slacks_own() {
        for name in [
            "thumbsup",
            "+1",
            "tada",
            "thinking_face",
            "wave::skin-tone-3",
        ] {
            assert!(is_name(name), "{name}");
        }
        for name in ["thinking", "not_an_emoji", "👍", "wave::skin-tone-9", ""] {
            assert!(!is_name(name), "{name}");
        }
    }
}
