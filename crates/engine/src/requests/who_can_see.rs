//! Where it is read what is said in a channel.
//!
//! **Invariant:** platforms and numbers are told, and nobody's name or address.

use std::collections::BTreeMap;

use conversation::{Arg, ChannelFacts, Link, Phrase, Platform};
use store::{Entry, Result, Tx};
use words::{WHO_CAN_SEE, WHO_CAN_SEE_ALONE, WHO_CAN_SEE_HERE};

/// A channel that is closed now hears it later.
pub(super) async fn who_can_see(tx: &mut Tx, entry: &Entry) -> Result<Phrase> {
    if entry.channel.is_direct() {
        return Ok(Phrase::of(WHO_CAN_SEE_ALONE));
    }
    let directory = tx.directory().rooms_of(&entry.community).await?;
    let room = directory.room_of(entry).iter();
    let mut others = room.filter(|it| it.id != entry.channel.id).peekable();
    Ok(match others.peek() {
        None => Phrase::of(WHO_CAN_SEE_HERE),
        Some(_) => Phrase::of(WHO_CAN_SEE).with("places", places(others)),
    })
}

/// So many on each platform.
pub(crate) fn places<'c>(channels: impl Iterator<Item = &'c ChannelFacts>) -> Arg {
    Arg::Places(counted(channels))
}

pub(crate) fn counted<'c>(
    channels: impl Iterator<Item = &'c ChannelFacts>,
) -> BTreeMap<Platform, i64> {
    let mut places: BTreeMap<Platform, i64> = BTreeMap::new();
    for channel in channels.filter(|it| it.link != Link::Unlinked) {
        *places.entry(channel.at.platform.clone()).or_default() += 1;
    }
    places
}
