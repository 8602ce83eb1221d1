//! What stands in `<…>`: people, channels, groups, dates, links.

use conversation::Node;
use jiff::{Timestamp, tz::TimeZone};

use super::address::can_lead;
use super::entity::unescaped;

/// What Slack writes by its id, and only the adapter can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reference<'a> {
    User(&'a str),
    Channel(&'a str),
    UserGroup(&'a str),
}

/// Names without the `@` or `#` before them.
pub(super) type Names<'a> = &'a dyn Fn(Reference<'_>) -> Option<String>;

/// What the text starts with, and how long that is.
pub(super) fn reference(text: &str, names: Names<'_>) -> Option<(Node, usize)> {
    let inside = text.strip_prefix('<')?;
    let end = inside.find(['>', '<', '\n'])?;
    if !inside[end..].starts_with('>') {
        return None;
    }
    let (target, label) = match inside[..end].split_once('|') {
        Some((target, label)) => (target, unescaped(label)),
        None => (&inside[..end], String::new()),
    };
    let node = match target.as_bytes().first()? {
        b'@' => user(&target[1..], label, names)?,
        b'#' => channel(&target[1..], label, names)?,
        b'!' => special(&target[1..], label, names)?,
        _ => link(&unescaped(target), label)?,
    };
    Some((node, end + 2))
}

pub(super) fn user(id: &str, label: String, names: Names<'_>) -> Option<Node> {
    let id = account(id)?;
    let label = Some(label).filter(|it| !it.is_empty());
    let name = names(Reference::User(id)).or(label);
    let name = name.unwrap_or_else(|| id.to_owned());
    Some(Node::Mention {
        account: Some(id.into()),
        name: format!("@{}", name.trim_start_matches('@')),
    })
}

/// Slack's ids are capital letters and digits.
pub(super) fn account(id: &str) -> Option<&str> {
    let is_id = |it: u8| it.is_ascii_uppercase() || it.is_ascii_digit();
    let is_user = id.starts_with(['U', 'W']) && (2..=24).contains(&id.len());
    (is_user && id.bytes().all(is_id)).then_some(id)
}

/// A channel or a group, or who is to be named so where it is shown.
pub(super) fn place(sign: char, id: &str, name: &str) -> Node {
    let name = format!("{sign}{}", name.trim_start_matches(sign));
    match name.len() {
        1 => Node::Mention {
            account: Some(id.into()),
            name,
        },
        _ => Node::Text(name),
    }
}

fn channel(id: &str, label: String, names: Names<'_>) -> Option<Node> {
    let label = Some(label).filter(|it| !it.is_empty());
    let name = names(Reference::Channel(id)).or(label)?;
    Some(place('#', id, &name))
}

/// `!here`, `!subteam^S1|@cooks`, `!date^…|words`
fn special(target: &str, label: String, names: Names<'_>) -> Option<Node> {
    let label = Some(label).filter(|it| !it.is_empty());
    if let Some(id) = target.strip_prefix("subteam^") {
        let name = names(Reference::UserGroup(id)).or(label)?;
        return Some(place('@', id, &name));
    }
    let words = match target {
        "here" | "channel" | "everyone" => Some(format!("@{target}")),
        _ => label.or_else(|| {
            let seconds = target.strip_prefix("date^")?.split('^').next()?;
            time_in_words(seconds.parse().ok()?)
        }),
    };
    words.map(Node::Text)
}

/// Everybody sees their own time there; here, all see the same.
pub(super) fn time_in_words(seconds: i64) -> Option<String> {
    let time = Timestamp::from_second(seconds)
        .ok()?
        .to_zoned(TimeZone::UTC);
    Some(time.strftime("%-d %B %Y %H:%M UTC").to_string())
}

fn link(url: &str, label: String) -> Option<Node> {
    if !can_lead(url) {
        return None;
    }
    let label = if label.trim_matches(super::space::is_space).is_empty() {
        url.to_owned()
    } else {
        label
    };
    Some(Node::Link {
        url: url.to_owned(),
        children: vec![Node::Text(label)],
    })
}
