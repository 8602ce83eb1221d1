//! Channels and servers that open or close to us.

use conversation::{Event, EventKey, Inbound};
use serde::Deserialize;

use super::author;
use super::dispatch::{Dispatch, MALFORMED, Normalised, one, read};
use crate::id::Snowflake;
use crate::known::Known;
use crate::wire::{Channel, Guild, HasId};

/// What lets us in again.
pub(crate) const DELETED: &str =
    "it is deleted: take it out of its room with `causeway room unlink`, and link another";
const PUT_OUT: &str = "the bot was put out of the server: invite it again";

#[derive(Deserialize)]
struct OfGuild {
    guild_id: Snowflake,
}

#[derive(Deserialize)]
struct MemberOfGuild {
    guild_id: Snowflake,
    user: HasId,
}

pub(super) fn channel_deleted(dispatch: &Dispatch<'_>) -> Normalised {
    match read::<Channel>(dispatch) {
        Some(channel) => one(event(channel.id, Event::closed(DELETED), dispatch)),
        None => MALFORMED,
    }
}

/// Perhaps it has the permission now that it lacked: if not, the next message will tell.
pub(super) fn channel_changed(dispatch: &Dispatch<'_>) -> Normalised {
    match read::<Channel>(dispatch) {
        Some(channel) => one(event(channel.id, Event::Opened, dispatch)),
        None => MALFORMED,
    }
}

/// As `channel_changed`, for all channels of the server.
pub(super) fn role_changed(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    match read::<OfGuild>(dispatch) {
        Some(changed) => all(changed.guild_id, &Event::Opened, dispatch, known),
        None => MALFORMED,
    }
}

/// As `role_changed`, where it was us who got a role or lost one. Of others Discord tells only whoever asks for it.
pub(super) fn member_changed(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    match read::<MemberOfGuild>(dispatch) {
        Some(it) if known.bot == Some(it.user.id) => {
            all(it.guild_id, &Event::Opened, dispatch, known)
        }
        Some(_) => Normalised::Ignored("of-no-use"),
        None => MALFORMED,
    }
}

/// A server that is unavailable has trouble of its own; one that is not, we were put out of.
pub(super) fn left(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    match read::<Guild>(dispatch) {
        None => MALFORMED,
        Some(guild) if guild.unavailable => Normalised::Ignored("server-unavailable"),
        Some(guild) => all(guild.id, &Event::closed(PUT_OUT), dispatch, known),
    }
}

/// Each session begins with the servers that we are in; one that comes later let us in.
pub(super) fn entered(dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    match read::<Guild>(dispatch) {
        None => Normalised::Unreadable("malformed-server"),
        Some(guild) if guild.unavailable => Normalised::Ignored("server-unavailable"),
        Some(guild) if known.is_new_guild(guild.id) => {
            all(guild.id, &Event::Opened, dispatch, known)
        }
        Some(_) => Normalised::Ignored("learnt"),
    }
}

fn all(guild: Snowflake, what: &Event, dispatch: &Dispatch<'_>, known: &Known) -> Normalised {
    let channels = known.channels_of(guild).into_iter();
    Normalised::Events(
        channels
            .map(|it| event(it, what.clone(), dispatch))
            .collect(),
    )
}

pub(super) fn event(channel: Snowflake, event: Event, dispatch: &Dispatch<'_>) -> Inbound {
    let kind = dispatch.kind.to_ascii_lowercase();
    calls::happened(
        EventKey(format!("{kind}/{}/{channel}", dispatch.name)),
        channel.channel(),
        dispatch.now,
        author::unknown(),
        event,
    )
}
