//! Rooms and links, changeable while the bridge runs: from the terminal now, from chat later. Whoever goes on working with
//! the store refreshes its directory.

use std::sync::Arc;

use conversation::{ChannelRef, Timestamp};
use store::{RemovedRoom, Result, Store};

/// A room as it is asked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub name: String,
    /// They stand in it.
    pub channels: Vec<ChannelRef>,
    /// Of a new one, where it has its own: a text of more posts goes as a file; 0 is no limit.
    pub most_parts: Option<u32>,
}

/// Makes all that is not there yet, or nothing: in one transaction, for there may be thousands.
pub async fn add_all(
    store: &Store,
    community: &str,
    rooms: Vec<Wanted>,
    now: Timestamp,
) -> Result<()> {
    let wanted = Arc::new((community.to_owned(), rooms));
    store
        .write(move |tx| {
            let wanted = wanted.clone();
            Box::pin(async move {
                let community = tx.communities().add(&wanted.0, now).await?;
                for room in &wanted.1 {
                    let (room, channels, most) = (&room.name, &room.channels, room.most_parts);
                    tx.rooms(&community).add(room, most, now).await?;
                    for channel in channels {
                        let linked = tx.rooms(&community).link(room, channel, now).await;
                        linked.map_err(|error| error.of_room(room))?;
                    }
                }
                Ok(())
            })
        })
        .await
}

/// Puts the channel into the room.
pub async fn link(
    store: &Store,
    (community, room): (&str, &str),
    channel: &ChannelRef,
    now: Timestamp,
) -> Result<()> {
    let names = (community.to_owned(), room.to_owned(), channel.clone());
    store
        .write(move |tx| {
            let (community, room, channel) = names.clone();
            Box::pin(async move {
                let community = tx.communities().add(&community, now).await?;
                tx.rooms(&community)
                    .link(&room, &channel, now)
                    .await
                    .map(|_| ())
            })
        })
        .await
}

/// A text of more posts goes as a file in that room; 0 is no limit, and none is what the configuration says.
pub async fn set_most_parts(
    store: &Store,
    (community, room): (&str, &str),
    most_parts: Option<u32>,
    now: Timestamp,
) -> Result<()> {
    let names = (community.to_owned(), room.to_owned());
    store
        .write(move |tx| {
            let (community, room) = names.clone();
            Box::pin(async move {
                let community = tx.communities().add(&community, now).await?;
                tx.rooms(&community).set_most_parts(&room, most_parts).await
            })
        })
        .await
}

/// The same room, with all that was said in it, under another name.
pub async fn rename(
    store: &Store,
    (community, room, to): (&str, &str, &str),
    now: Timestamp,
) -> Result<()> {
    let names = [community, room, to].map(str::to_owned);
    store
        .write(move |tx| {
            let [community, room, to] = names.clone();
            Box::pin(async move {
                let community = tx.communities().add(&community, now).await?;
                tx.rooms(&community).rename(&room, &to).await
            })
        })
        .await
}

/// Its name is free from then on; what was said stays. With channels in it, it stays unless these may be unlinked, too.
pub async fn remove(
    store: &Store,
    (community, room): (&str, &str),
    may_unlink: bool,
    now: Timestamp,
) -> Result<RemovedRoom> {
    let names = [community, room].map(str::to_owned);
    store
        .write(move |tx| {
            let [community, room] = names.clone();
            Box::pin(async move {
                let community = tx.communities().add(&community, now).await?;
                tx.rooms(&community).remove(&room, may_unlink).await
            })
        })
        .await
}

/// Takes the channel out of its room; what was said stays.
pub async fn unlink(store: &Store, community: &str, channel: &ChannelRef) -> Result<()> {
    let names = (community.to_owned(), channel.clone());
    store
        .write(move |tx| {
            let (community, channel) = names.clone();
            Box::pin(async move {
                let community = tx.communities().known(&community).await?;
                tx.rooms(&community).unlink(&channel).await
            })
        })
        .await
}
