//! Rooms and the channels that stand in them: what staff changes while the bridge runs.

use conversation::{ChannelRef, CommunityId, Link, RoomId, Timestamp};
use futures::TryStreamExt;
use serde::Serialize;
use sqlx::Row;

use crate::{Error, Result, Store, Thing, id::new_id, parts::Rooms, row, text};

pub use change::RemovedRoom;
pub use seat::Seat;

mod announce;
mod change;
mod community;
mod first;
mod links;
mod long;
mod seat;

/// A room as staff sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoomView {
    pub community: String,
    pub name: String,
    /// From how many posts on a text goes as a file: 0 for never, nothing for as the configuration says.
    pub most_parts: Option<u32>,
    pub channels: Vec<ChannelView>,
}

/// A channel in its room, as staff sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChannelView {
    #[serde(serialize_with = "row::as_text")]
    pub channel: ChannelRef,
    pub link: Link,
    /// What staff was told of it, if it is closed to us.
    pub why: Option<String>,
}

impl Store {
    /// How many channels stand in the room.
    pub async fn channels_of(&self, community: &str, room: &str) -> Result<usize> {
        let channels: i64 = sqlx::query_scalar(
            "select count(c.id) from room r
             join community m on m.community_id = r.community_id
             join channel c on c.community_id = r.community_id and c.room_id = r.id
             where m.name = $1 and r.name = $2",
        )
        .bind(text::key(community))
        .bind(text::key(room))
        .fetch_one(&self.pool)
        .await?;
        Ok(usize::try_from(channels).unwrap_or(0))
    }

    /// Of one community, or of all.
    pub async fn rooms(&self, of: Option<&CommunityId>) -> Result<Vec<RoomView>> {
        // One by one: of ten thousand rooms the rows alone would take tens of megabytes.
        let mut rows = sqlx::query(
            "select m.name as community, r.name, r.most_parts, c.platform, c.remote_id, c.link, n.text as why
             from room r
             join community m on m.community_id = r.community_id
             left join channel c on c.community_id = r.community_id and c.room_id = r.id
             left join notice n on n.community_id = c.community_id and n.kind = 'channel-closed'
               and n.about = c.platform || ':' || c.remote_id
             where $1 is null or r.community_id = $1
             order by m.name, r.name, c.created_at, c.id",
        )
        .bind(of.map(|it| &it.0))
        .fetch(&self.pool);
        let mut rooms: Vec<RoomView> = Vec::new();
        while let Some(row) = rows.try_next().await? {
            let row = &row;
            let (community, name): (String, String) = (row.get("community"), row.get("name"));
            if rooms
                .last()
                .is_none_or(|it| it.community != community || it.name != name)
            {
                rooms.push(RoomView {
                    community,
                    name,
                    most_parts: row::number_if_any(row, "most_parts"),
                    channels: Vec::new(),
                });
            }
            if let (Some(room), Some(_)) =
                (rooms.last_mut(), row.get::<Option<String>, _>("platform"))
            {
                room.channels.push(ChannelView {
                    channel: row::channel_ref(row),
                    link: row::link(row)?,
                    why: row.get("why"),
                });
            }
        }
        Ok(rooms)
    }
}

impl Rooms<'_> {
    /// The room of that name, made if there is none. Nothing is relayed in it before a channel is linked.
    pub async fn add(
        &mut self,
        name: &str,
        most_parts: Option<u32>,
        now: Timestamp,
    ) -> Result<RoomId> {
        if let Some(room) = self.find(name).await? {
            return Ok(room);
        }
        let id = new_id(now);
        sqlx::query(
            "insert into room (community_id, id, name, most_parts, created_at) values ($1, $2, $3, $4, $5)",
        )
        .bind(&self.community.0)
        .bind(&id)
        .bind(text::key(name))
        .bind(most_parts.map(i64::from))
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(RoomId(id))
    }

    pub async fn has(&mut self, name: &str) -> Result<bool> {
        Ok(self.find(name).await?.is_some())
    }

    pub(super) async fn known(&mut self, name: &str) -> Result<RoomId> {
        self.find(name).await?.ok_or_else(|| Error::Unknown {
            what: Thing::Room,
            name: name.to_owned(),
        })
    }

    async fn find(&mut self, name: &str) -> Result<Option<RoomId>> {
        let found: Option<String> =
            sqlx::query_scalar("select id from room where community_id = $1 and name = $2")
                .bind(&self.community.0)
                .bind(text::key(name))
                .fetch_optional(self.tx.reading().await?)
                .await?;
        Ok(found.map(RoomId))
    }
}
