//! A raw dispatch, what it means, and where it happened: what all its readers share.

use conversation::{Inbound, Timestamp};
use serde::de::DeserializeOwned;

use crate::id::Snowflake;
use crate::known::{Known, KnownChannel};

/// One event of the gateway.
#[derive(Debug, Clone)]
pub(crate) struct Dispatch<'a> {
    /// As in `MESSAGE_CREATE`.
    pub(crate) kind: &'a str,
    /// Its `d`, as it came.
    pub(crate) data: &'a str,
    /// The session and the number in it: the same when it is sent again after RESUME.
    pub(crate) name: &'a str,
    /// By Discord's clock, for what does not bear a time.
    pub(crate) now: Timestamp,
}

/// What a dispatch means to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Normalised {
    Events(Vec<Inbound>),
    /// Known, and of no use to a conversation; named by a code that does not change.
    Ignored(&'static str),
    /// To be kept raw under the code `reason`.
    Unreadable(&'static str),
    /// Nobody told us of this channel yet.
    Unknown(Snowflake),
}

pub(super) const MALFORMED: Normalised = Normalised::Unreadable("malformed-dispatch");

pub(super) fn read<T: DeserializeOwned>(dispatch: &Dispatch<'_>) -> Option<T> {
    serde_json::from_str(dispatch.data).ok()
}

pub(super) fn one(event: Inbound) -> Normalised {
    Normalised::Events(vec![event])
}

/// Where something happened: the channel that people link, and the thread in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scene<'a> {
    pub(super) channel: Snowflake,
    pub(super) thread: Option<(Snowflake, &'a KnownChannel)>,
    pub(super) is_forum: bool,
}

impl<'a> Scene<'a> {
    /// `Err` names what must be asked for.
    pub(super) fn of(
        channel: Snowflake,
        is_direct: bool,
        known: &'a Known,
    ) -> Result<Scene<'a>, Snowflake> {
        let plain = Scene {
            channel,
            thread: None,
            is_forum: false,
        };
        let place = match known.place(channel) {
            Some(place) => place,
            None if is_direct => return Ok(plain),
            None => return Err(channel),
        };
        let Some(parent) = place.stands_for() else {
            return Ok(plain);
        };
        let above = known.place(parent).ok_or(parent)?;
        Ok(Scene {
            channel: parent,
            thread: Some((channel, place)),
            is_forum: above.is_forum(),
        })
    }

    pub(super) fn thread_id(&self) -> Option<Snowflake> {
        self.thread.map(|it| it.0)
    }
}
