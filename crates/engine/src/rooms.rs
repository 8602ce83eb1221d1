//! Rooms as the configuration asks for them.

use std::sync::Arc;

use conversation::{ChannelRef, Timestamp};
use store::{Result, Store};

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
                tx.rooms(&community).announce_new(now).await.map(drop)
            })
        })
        .await
}
