//! Finds what the server marks by itself: mentions, hashtags, commands, links and mail addresses.

use super::entity::{Entity, Formatted, utf16_len};

const NOTHING_INSIDE: [&str; 5] = ["code", "pre", "text_link", "text_mention", "custom_emoji"];

/// Adds what is found where it does not cross what was given.
pub(super) fn complete(mut given: Formatted) -> Formatted {
    if !given
        .text
        .bytes()
        .any(|byte| matches!(byte, b'@' | b'#' | b'/' | b'.'))
    {
        return given;
    }
    let found = words(&given.text)
        .filter_map(|(offset, word)| find(offset, word))
        .filter(|it| given.entities.iter().all(|other| agree(it, other)))
        .collect::<Vec<_>>();
    given.entities.extend(found);
    given
        .entities
        .sort_by_key(|it| (it.offset, std::cmp::Reverse(it.length)));
    given
}

fn agree(found: &Entity, given: &Entity) -> bool {
    let apart = found.end() <= given.offset || given.end() <= found.offset;
    let inside = given.offset <= found.offset && found.end() <= given.end();
    let around = found.offset <= given.offset && given.end() <= found.end();
    apart || ((inside || around) && !NOTHING_INSIDE.contains(&given.kind.as_str()))
}

/// The words between white space, with their UTF-16 offsets.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = 0;
    text.split_inclusive(char::is_whitespace).map(move |piece| {
        let at = offset;
        offset += utf16_len(piece);
        (at, piece.trim_end())
    })
}

fn find(offset: usize, word: &str) -> Option<Entity> {
    let opened = word.trim_start_matches(['(', '[', '{', '"', '\'', '«', '“', '¿', '¡']);
    let offset = offset + utf16_len(&word[..word.len() - opened.len()]);
    let (kind, length) = kind_of(opened)?;
    // A command must begin its word: "(/start" is none.
    if kind == "bot_command" && opened.len() != word.len() {
        return None;
    }
    Some(Entity::new(kind, offset, utf16_len(&opened[..length])))
}

fn kind_of(word: &str) -> Option<(&'static str, usize)> {
    match word.as_bytes().first()? {
        b'@' => mention(word).map(|length| ("mention", length)),
        b'#' => hashtag(word).map(|length| ("hashtag", length)),
        b'/' => command(word).map(|length| ("bot_command", length)),
        _ => email(word)
            .map(|length| ("email", length))
            .or_else(|| url(word).map(|length| ("url", length))),
    }
}

fn name_length(text: &str) -> usize {
    text.bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        .count()
}

fn mention(word: &str) -> Option<usize> {
    let length = name_length(&word[1..]);
    (5..=32).contains(&length).then_some(length + 1)
}

fn hashtag(word: &str) -> Option<usize> {
    let tag: &str = word[1..]
        .split(|it: char| !it.is_alphanumeric() && it != '_')
        .next()?;
    tag.chars()
        .any(|it| !it.is_ascii_digit())
        .then_some(tag.len() + 1)
}

fn command(word: &str) -> Option<usize> {
    let length = name_length(&word[1..]);
    if !(1..=64).contains(&length) {
        return None;
    }
    let rest = &word[1 + length..];
    let bot = rest.strip_prefix('@').map_or(0, name_length);
    let length = 1 + length + if bot >= 3 { bot + 1 } else { 0 };
    // "/usr/lib" is a path.
    (!word[length..].starts_with('/')).then_some(length)
}

fn without_closing(word: &str) -> &str {
    word.trim_end_matches([
        '.', ',', ';', ':', '!', '?', ')', ']', '}', '"', '\'', '»', '”', '…',
    ])
}

fn email(word: &str) -> Option<usize> {
    let word = without_closing(word);
    let (local, domain) = word.split_once('@')?;
    let is_local = !local.is_empty()
        && local
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"._+-".contains(&it));
    (is_local && is_domain(domain)).then_some(word.len())
}

fn is_domain(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let is_label =
        |it: &&str| !it.is_empty() && it.chars().all(|it| it.is_alphanumeric() || it == '-');
    labels.len() >= 2
        && labels.iter().all(is_label)
        && labels
            .last()
            .is_some_and(|it| it.len() >= 2 && it.chars().all(char::is_alphabetic))
}

/// A bare name needs one of these to count as a link.
const KNOWN_ENDS: [&str; 16] = [
    "com", "org", "net", "io", "dev", "info", "edu", "gov", "eu", "es", "de", "uk", "fr", "app",
    "me", "coop",
];

fn url(word: &str) -> Option<usize> {
    let word = without_closing(word);
    let lower = word.to_lowercase();
    let bare = ["http://", "https://", "ftp://"]
        .iter()
        .find_map(|scheme| lower.strip_prefix(scheme));
    let address = bare.unwrap_or(&lower);
    let host = address.split(['/', '?', '#']).next()?;
    let host = host.split_once(':').map_or(host, |(host, _)| host);
    let known = || {
        host.rsplit('.')
            .next()
            .is_some_and(|end| KNOWN_ENDS.contains(&end))
    };
    (is_domain(host) && (bare.is_some() || known())).then_some(word.len())
}
