//! What stands in `<…>`: people, roles, channels, pictures, times, commands, addresses.

use conversation::Node;
use jiff::{Timestamp, tz::TimeZone};

use super::address::address;

/// What Discord writes by its id, and only the adapter can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reference<'a> {
    User(&'a str),
    Role(&'a str),
    Channel(&'a str),
}

/// Names without the `@` or `#` before them.
pub(super) type Names<'a> = &'a dyn Fn(Reference<'_>) -> Option<String>;

/// The longest that is no address: a picture's name has up to 32 letters.
const LONGEST: usize = 128;

/// What the text starts with, and how long that is.
pub(super) fn reference(text: &str, names: Names<'_>) -> Option<(Node, usize)> {
    let inside = text.strip_prefix('<')?;
    if let Some(length) = bracketed(inside) {
        let url = inside[..length].to_owned();
        let children = vec![Node::Text(url.clone())];
        return Some((Node::Link { url, children }, length + 2));
    }
    let near = &inside[..inside.floor_char_boundary(LONGEST)];
    let end = near.find(['>', '<', '\n'])?;
    if !near[end..].starts_with('>') {
        return None;
    }
    let node = named(&inside[..end], names)?;
    Some((node, end + 2))
}

/// An address in brackets, which shows no preview.
fn bracketed(inside: &str) -> Option<usize> {
    address(inside)?;
    let end = inside.find(['>', '<', ' ', '\n'])?;
    inside[end..].starts_with('>').then_some(end)
}

fn named(inside: &str, names: Names<'_>) -> Option<Node> {
    let text = |text: String| Some(Node::Text(text));
    if let Some(id) = inside.strip_prefix("@&") {
        return text(format!("@{}", names(Reference::Role(number(id)?))?));
    }
    if let Some(id) = inside.strip_prefix('@') {
        let id = number(id.strip_prefix('!').unwrap_or(id))?;
        let name = names(Reference::User(id)).unwrap_or_else(|| id.to_owned());
        let (account, name) = (Some(id.into()), format!("@{name}"));
        return Some(Node::Mention { account, name });
    }
    if let Some(id) = inside.strip_prefix('#') {
        return text(format!("#{}", names(Reference::Channel(number(id)?))?));
    }
    if let Some(command) = inside.strip_prefix('/') {
        let (name, id) = command.rsplit_once(':')?;
        number(id)?;
        return text(format!("/{name}"));
    }
    if let Some(time) = inside.strip_prefix("t:") {
        return text(time_in_words(time)?);
    }
    emoji(inside)
}

fn emoji(inside: &str) -> Option<Node> {
    let (name, id) = inside
        .strip_prefix("a:")
        .or(inside.strip_prefix(':'))?
        .split_once(':')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let id = number(id)?.into();
    let text = format!(":{name}:");
    is_name.then_some(Node::Emoji { id, text })
}

/// Discord's ids are whole numbers of up to 20 digits.
pub(super) fn number(id: &str) -> Option<&str> {
    let is_number = (1..=20).contains(&id.len()) && id.bytes().all(|it| it.is_ascii_digit());
    is_number.then_some(id)
}

/// Everybody sees their own time there; here, all see the same.
fn time_in_words(time: &str) -> Option<String> {
    let (seconds, style) = time.split_once(':').unwrap_or((time, "f"));
    let time = Timestamp::from_second(seconds.parse().ok()?)
        .ok()?
        .to_zoned(TimeZone::UTC);
    let format = match style {
        "t" => "%H:%M UTC",
        "T" => "%H:%M:%S UTC",
        "d" => "%d/%m/%Y",
        "D" => "%-d %B %Y",
        "f" | "R" => "%-d %B %Y %H:%M UTC",
        "F" => "%A, %-d %B %Y %H:%M UTC",
        "s" => "%d/%m/%Y %H:%M UTC",
        "S" => "%d/%m/%Y %H:%M:%S UTC",
        _ => return None,
    };
    Some(time.strftime(format).to_string())
}
