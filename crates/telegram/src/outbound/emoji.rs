//! The reactions that Telegram knows: a short list, and a bot may set one of them per message.

use calls::refused;
use conversation::SendError;

/// As listed at `ReactionTypeEmoji` in Bot API 10.1, without variation selectors.
#[rustfmt::skip]
const ALLOWED: &[&str] = &[
    "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩", "🙏", "👌",
    "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤\u{200d}🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨",
    "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨\u{200d}💻", "👀", "🎃", "🙈", "😇", "😨",
    "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎",
    "👾", "🤷\u{200d}♂", "🤷", "🤷\u{200d}♀", "😡",
];

/// The first that Telegram knows; `None` takes our reaction back.
pub(super) fn allowed(wanted: &[String]) -> Result<Option<&'static str>, SendError> {
    if wanted.is_empty() {
        return Ok(None);
    }
    let known = wanted.iter().find_map(|emoji| {
        let plain = plain(emoji);
        ALLOWED.iter().find(|it| **it == plain).copied()
    });
    known.map(Some).ok_or_else(|| {
        let wanted = wanted.join(" ");
        refused(format!("Telegram has no reaction {wanted}"))
    })
}

/// Without the marks that choose a picture or a skin.
fn plain(emoji: &str) -> String {
    let is_mark = |it: char| matches!(it, '\u{fe0e}' | '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}');
    emoji.chars().filter(|it| !is_mark(*it)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    fn first_allowed(wanted: &[&str]) -> Result<Option<&'static str>, SendError> {
        let wanted: Vec<String> = wanted.iter().map(|it| (*it).to_owned()).collect();
        allowed(&wanted)
    }

    #[test]
    fn the_first_reaction_that_telegram_knows_is_set() {
        assert_eq!(
            first_allowed(&["🦆", "❤\u{fe0f}", "👍"]).unwrap(),
            Some("❤")
        );
        assert_eq!(first_allowed(&["👍🏽"]).unwrap(), Some("👍"));
        assert_eq!(
            first_allowed(&["🤷🏻\u{200d}♀\u{fe0f}"]).unwrap(),
            Some("🤷\u{200d}♀")
        );
    }

    #[test]
    fn no_reaction_takes_ours_back() {
        assert_eq!(first_allowed(&[]).unwrap(), None);
    }

    #[test]
    fn an_unknown_reaction_is_refused_by_its_name() {
        let refused = first_allowed(&["🦆", ":party:"]).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "the platform refused the message: Telegram has no reaction 🦆 :party:"
        );
    }
}
