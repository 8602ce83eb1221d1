//! Where a channel stands, and whom it concerns what becomes of it.

use conversation::{ChannelId, ChannelRef, Link};
use sqlx::Row;

use crate::{Error, Result, Thing, parts::Rooms, row, text};

/// A channel in its room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub id: ChannelId,
    pub room: String,
    pub link: Link,
    /// Other channels in the room.
    pub others: u64,
    /// Deliveries that wait for it.
    pub waiting: u64,
    /// Who gets its posts one by one, as far as that is known here.
    pub readers: u64,
}

impl Rooms<'_> {
    pub async fn seat(&mut self, channel: &ChannelRef) -> Result<Seat> {
        let channel = self.by_its_own_name(channel).await?;
        let found = sqlx::query(
            "select c.id, r.name, c.link,
               (select count(*) from channel o where o.room_id = c.room_id and o.community_id = c.community_id
                  and o.id <> c.id) as others,
               (select count(*) from delivery d where d.channel_id = c.id and d.community_id = c.community_id
                  and d.state in ('to_do', 'sending', 'uncertain')) as waiting,
               (select count(*) from reader k where k.channel_id = c.id and k.community_id = c.community_id) as readers
             from channel c join room r on r.community_id = c.community_id and r.id = c.room_id
             where c.community_id = $1 and c.platform = $2 and c.remote_id = $3",
        )
        .bind(&self.community.0)
        .bind(text::key(&channel.platform.0))
        .bind(text::key(&channel.id.0))
        .fetch_optional(self.tx.reading().await?)
        .await?;
        let Some(row) = found else {
            return Err(Error::Unknown {
                what: Thing::LinkedChannel,
                name: channel.to_string(),
            });
        };
        let count = |column| u64::from(row::number(&row, column));
        Ok(Seat {
            id: ChannelId(row.get("id")),
            room: row.get("name"),
            link: row::link(&row)?,
            others: count("others"),
            waiting: count("waiting"),
            readers: count("readers"),
        })
    }
}
