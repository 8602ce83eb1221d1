//! One payload of the gateway by itself, for people who look into what became of it. The gateway tells of channels
//! before anything happens in them; here each one that nobody told of counts as a channel without threads.

use conversation::{Inbound, Timestamp};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::id::Snowflake;
use crate::inbound::{self, Dispatch, Normalised};
use crate::known::{Known, KnownChannel};

/// What a payload means to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    Events(Vec<Inbound>),
    /// Known, and of no use to a conversation.
    Ignored(&'static str),
    Unreadable(&'static str),
}

#[derive(Deserialize)]
struct Payload<'a> {
    #[serde(borrow)]
    t: &'a str,
    s: Option<u64>,
    #[serde(borrow)]
    d: &'a RawValue,
}

/// `raw` is `{"op": 0, "t": …, "s": …, "d": …}`; `bot` is who we are there.
pub fn normalise(raw: &str, bot: Option<u64>, now: Timestamp) -> Meaning {
    let Ok(payload) = serde_json::from_str::<Payload<'_>>(raw) else {
        return Meaning::Unreadable("malformed-payload");
    };
    let name = payload.s.unwrap_or_default().to_string();
    let dispatch = Dispatch {
        kind: payload.t,
        data: payload.d.get(),
        name: &name,
        now,
    };
    let mut known = Known::default();
    known.bot = bot.map(Snowflake);
    known.learn(dispatch.kind, dispatch.data);
    if let Normalised::Unknown(channel) = inbound::normalise(&dispatch, &known) {
        known.learn_as(channel, KnownChannel::default());
    }
    match inbound::normalise(&dispatch, &known) {
        Normalised::Events(events) => Meaning::Events(events),
        Normalised::Ignored(reason) => Meaning::Ignored(reason),
        Normalised::Unreadable(reason) => Meaning::Unreadable(reason),
        Normalised::Unknown(_) => Meaning::Unreadable("unknown-channel"),
    }
}
