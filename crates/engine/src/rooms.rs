//! Rooms and links, changeable while the bridge runs: from the terminal now, from chat later. Whoever goes on working with
//! the store refreshes its directory.

use std::sync::Arc;

use conversation::{ChannelRef, Timestamp};
use store::{Error, Result, Store};

/// A room as it is asked for: its name, and the channels that stand in it.
pub type Wanted = (String, Vec<ChannelRef>);

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
                let community = tx.community(&wanted.0, now).await?;
                for (room, channels) in &wanted.1 {
                    tx.add_room(&community, room, now).await?;
                    for channel in channels {
                        let linked = tx.link(&community, room, channel, now).await;
                        linked.map_err(|error| of_room(room, error))?;
                    }
                }
                Ok(())
            })
        })
        .await
}

fn of_room(room: &str, error: Error) -> Error {
    match error {
        Error::Conflict(why) => Error::Conflict(format!("the room `{room}`: {why}")),
        other => other,
    }
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
                let community = tx.community(&community, now).await?;
                tx.link(&community, &room, &channel, now).await.map(|_| ())
            })
        })
        .await
}

/// Takes the channel out of its room; what was said stays.
pub async fn unlink(store: &Store, channel: &ChannelRef) -> Result<()> {
    let channel = channel.clone();
    store
        .write(move |tx| {
            let channel = channel.clone();
            Box::pin(async move { tx.unlink(&channel).await })
        })
        .await
}
