//! Words that Telegram would take for somebody's username. **Invariant:** whoever writes on another platform
//! rings no telephone here, and the text keeps its length.
//!
//! A name in code is no mention to Telegram, and the text stays as it was written. Only where a message is so full
//! of names that Telegram would not take an entity for each, their `@` becomes the wide one, `＠`.

use std::cmp::Reverse;
use std::ops::Range;

use teloxide_core::types::{MessageEntity, MessageEntityKind};

/// Telegram ignores those beyond, without a word.
const MOST_ENTITIES: usize = 100;

pub(super) fn literal(
    text: String,
    mut entities: Vec<MessageEntity>,
) -> (String, Vec<MessageEntity>) {
    let mut names = usernames(&text);
    names.retain(|(_, name)| !entities.iter().any(|it| quiets(it, name)));
    if entities.len() + names.len() > MOST_ENTITIES {
        return (with_wide_signs(text, &names), entities);
    }
    let codes = names.into_iter().map(|(_, name)| {
        let length = name.end - name.start;
        MessageEntity::new(MessageEntityKind::Code, name.start, length)
    });
    entities.extend(codes);
    entities.sort_by_key(|it| (it.offset, Reverse(it.length)));
    (text, entities)
}

/// Telegram looks for no names in these.
fn quiets(entity: &MessageEntity, name: &Range<usize>) -> bool {
    let is_closed = matches!(
        entity.kind,
        MessageEntityKind::Code
            | MessageEntityKind::Pre { .. }
            | MessageEntityKind::TextLink { .. }
            | MessageEntityKind::TextMention { .. }
            | MessageEntityKind::CustomEmoji { .. }
    );
    is_closed && entity.offset < name.end && name.start < entity.offset + entity.length
}

/// As Telegram finds them: `@` with 2 to 32 letters, digits or `_`, apart from other words. Each with the byte of
/// its `@`, and its place in UTF-16 units.
fn usernames(text: &str) -> Vec<(usize, Range<usize>)> {
    let mut found = Vec::new();
    let (mut byte, mut unit) = (0, 0);
    for (at, _) in text.match_indices('@') {
        let rest = &text[at + 1..];
        let is_of_name = |it: &char| it.is_ascii_alphanumeric() || *it == '_';
        let length = rest.chars().take_while(is_of_name).count();
        let is_apart = !text[..at].ends_with(is_of_word) && !rest[length..].starts_with(is_of_word);
        if (2..=32).contains(&length) && is_apart {
            unit += utf16_length(&text[byte..at]);
            byte = at;
            found.push((at, unit..unit + 1 + length));
        }
    }
    found
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

/// The wide sign is one UTF-16 unit, too.
fn with_wide_signs(mut text: String, names: &[(usize, Range<usize>)]) -> String {
    for (at, _) in names.iter().rev() {
        text.replace_range(*at..at + 1, "＠");
    }
    text
}

pub(super) fn utf16_length(text: &str) -> usize {
    text.encode_utf16().count()
}
