//! Rooms and links, changeable while the bridge runs: from the terminal now, from chat later.

use conversation::{ChannelRef, Timestamp};
use store::{Result, Store};

/// Makes the room, if there is none of that name.
pub async fn add_room(store: &Store, community: &str, room: &str, now: Timestamp) -> Result<()> {
    let names = (community.to_owned(), room.to_owned());
    store
        .write(move |tx| {
            let (community, room) = names.clone();
            Box::pin(async move {
                let community = tx.community(&community, now).await?;
                tx.add_room(&community, &room, now).await.map(|_| ())
            })
        })
        .await?;
    store.refresh_directory().await.map(|_| ())
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
        .await?;
    store.refresh_directory().await.map(|_| ())
}

/// Takes the channel out of its room; what was said stays.
pub async fn unlink(store: &Store, channel: &ChannelRef) -> Result<()> {
    let channel = channel.clone();
    store
        .write(move |tx| {
            let channel = channel.clone();
            Box::pin(async move { tx.unlink(&channel).await })
        })
        .await?;
    store.refresh_directory().await.map(|_| ())
}
