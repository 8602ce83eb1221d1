//! Columns that several queries read, as our types.

use conversation::{ChannelId, ChannelRef, Language, Link, Platform, RemoteId};
use serde::Serializer;
use sqlx::{Row, any::AnyRow};

use crate::{Error, Result};

pub(crate) fn channel_ref(row: &AnyRow) -> ChannelRef {
    ChannelRef {
        platform: Platform(row.get("platform")),
        id: RemoteId(row.get("remote_id")),
    }
}

/// Of where a delivery goes.
pub(crate) const TO: [&str; 4] = ["purpose", "channel_id", "platform", "remote_id"];

/// As staff sees it: of a private chat the inner name, for its own may be a person's. From columns with its purpose, id,
/// platform and id there.
pub(crate) fn shown_channel(
    row: &AnyRow,
    [purpose, id, platform, remote]: [&str; 4],
) -> ChannelRef {
    match row.get::<&str, _>(purpose) {
        "direct" => ChannelRef::inner(&ChannelId(row.get(id))),
        _ => ChannelRef::new(row.get::<&str, _>(platform), row.get::<String, _>(remote)),
    }
}

/// None where nobody chose one, or this version does not speak it.
pub(crate) fn language(row: &AnyRow) -> Option<Language> {
    Language::known(row.get::<Option<&str>, _>("language")?)
}

/// A channel as commands take it.
pub(crate) fn as_text<S: Serializer>(
    channel: &ChannelRef,
    to: S,
) -> std::result::Result<S::Ok, S::Error> {
    to.collect_str(channel)
}

pub(crate) fn link(row: &AnyRow) -> Result<Link> {
    match row.get::<String, _>("link").as_str() {
        "active" => Ok(Link::Active),
        "suspended" => Ok(Link::Suspended),
        "unlinked" => Ok(Link::Unlinked),
        other => Err(Error::Unreadable(format!("a link in state {other}"))),
    }
}

pub(crate) fn link_text(link: Link) -> &'static str {
    match link {
        Link::Active => "active",
        Link::Suspended => "suspended",
        Link::Unlinked => "unlinked",
    }
}

pub(crate) fn parsed<T>(row: &AnyRow, column: &str, parse: fn(&str) -> Option<T>) -> Result<T> {
    let text: String = row.get(column);
    parse(&text).ok_or_else(|| Error::Unreadable(format!("`{text}` in the column {column}")))
}

pub(crate) fn number(row: &AnyRow, column: &str) -> u32 {
    u32::try_from(row.get::<i64, _>(column)).unwrap_or(0)
}

pub(crate) fn number_if_any(row: &AnyRow, column: &str) -> Option<u32> {
    let number = row.get::<Option<i64>, _>(column)?;
    Some(u32::try_from(number).unwrap_or(0))
}
