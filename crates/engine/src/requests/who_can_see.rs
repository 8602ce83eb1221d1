//! Where it is read what is said in a channel.
//!
//! **Invariant:** platforms and numbers are told, and nobody's name or address.

use std::collections::BTreeMap;

use conversation::{Arg, Link, Phrase, Platform};
use store::{Entry, Result, Tx};
use words::{WHO_CAN_SEE, WHO_CAN_SEE_ALONE, WHO_CAN_SEE_HERE};

/// A channel that is closed now hears it later.
pub(super) async fn who_can_see(tx: &mut Tx, entry: &Entry) -> Result<Phrase> {
    if entry.channel.is_direct() {
        return Ok(Phrase::of(WHO_CAN_SEE_ALONE));
    }
    let directory = tx.directory().rooms_of(&entry.community).await?;
    let room = directory.room_of(entry).iter();
    let others = room.filter(|it| it.id != entry.channel.id && it.link != Link::Unlinked);
    let mut places: BTreeMap<Platform, i64> = BTreeMap::new();
    for channel in others {
        *places.entry(channel.at.platform.clone()).or_default() += 1;
    }
    Ok(match places.is_empty() {
        true => Phrase::of(WHO_CAN_SEE_HERE),
        false => Phrase::of(WHO_CAN_SEE).with("places", Arg::Places(places)),
    })
}
