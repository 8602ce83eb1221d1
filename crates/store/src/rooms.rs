//! Rooms and the channels that stand in them: what staff changes while the bridge runs.

use conversation::{ChannelId, ChannelRef, CommunityId, Link, RoomId, Timestamp};
use serde::Serialize;
use sqlx::Row;

use crate::{Error, Result, Store, Tx, id::new_id, row};

/// A room as staff sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RoomView {
    pub community: String,
    pub name: String,
    pub channels: Vec<(ChannelRef, Link)>,
}

impl Store {
    pub async fn rooms(&self) -> Result<Vec<RoomView>> {
        let rows = sqlx::query(
            "select m.name as community, r.name, c.platform, c.remote_id, c.link
             from room r
             join community m on m.community_id = r.community_id
             left join channel c on c.community_id = r.community_id and c.room_id = r.id
             order by m.name, r.name, c.created_at, c.id",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut rooms: Vec<RoomView> = Vec::new();
        for row in &rows {
            let (community, name): (String, String) = (row.get("community"), row.get("name"));
            if rooms
                .last()
                .is_none_or(|it| it.community != community || it.name != name)
            {
                rooms.push(RoomView {
                    community,
                    name,
                    channels: Vec::new(),
                });
            }
            if let (Some(room), Some(_)) =
                (rooms.last_mut(), row.get::<Option<String>, _>("platform"))
            {
                room.channels.push((row::channel_ref(row), row::link(row)?));
            }
        }
        Ok(rooms)
    }
}

impl Tx {
    /// The community of that name, made if there is none.
    pub async fn community(&mut self, name: &str, now: Timestamp) -> Result<CommunityId> {
        let found: Option<String> =
            sqlx::query_scalar("select community_id from community where name = $1")
                .bind(name)
                .fetch_optional(self.connection())
                .await?;
        if let Some(id) = found {
            return Ok(CommunityId(id));
        }
        let id = new_id(now);
        sqlx::query(
            "insert into community (community_id, name, engagement_key, created_at) values ($1, $2, $3, $4)",
        )
        .bind(&id)
        .bind(name)
        .bind(uuid::Uuid::new_v4().to_string())
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(CommunityId(id))
    }

    /// The room of that name, made if there is none.
    pub async fn add_room(
        &mut self,
        community: &CommunityId,
        name: &str,
        now: Timestamp,
    ) -> Result<RoomId> {
        if let Some(room) = self.find_room(community, name).await? {
            return Ok(room);
        }
        let id = new_id(now);
        sqlx::query(
            "insert into room (community_id, id, name, created_at) values ($1, $2, $3, $4)",
        )
        .bind(&community.0)
        .bind(&id)
        .bind(name)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        self.directory_changed().await?;
        Ok(RoomId(id))
    }

    /// Puts the channel into the room. A channel stands in one room of one community.
    pub async fn link(
        &mut self,
        community: &CommunityId,
        room: &str,
        channel: &ChannelRef,
        now: Timestamp,
    ) -> Result<ChannelId> {
        let room = self.known_room(community, room).await?;
        let id = match self.find_channel(channel).await? {
            Some((owner, _, _)) if owner != *community => {
                return Err(Error::Conflict(format!(
                    "{channel} belongs to another community. Unlink it there first"
                )));
            }
            Some((_, id, Some(other))) if other != room => {
                return Err(Error::Conflict(format!(
                    "{channel} stands in another room already ({id}). Unlink it there first: \
                     `causeway room unlink {channel}`"
                )));
            }
            Some((_, id, _)) => id,
            None => ChannelId(new_id(now)),
        };
        self.put_channel(community, &id, &room, channel, now)
            .await?;
        self.directory_changed().await?;
        Ok(id)
    }

    pub async fn unlink(&mut self, channel: &ChannelRef) -> Result<()> {
        let Some((community, id, Some(_))) = self.find_channel(channel).await? else {
            return Err(Error::Unknown {
                what: "linked channel",
                name: channel.to_string(),
            });
        };
        sqlx::query(
            "update channel set room_id = null, link = 'unlinked' where community_id = $1 and id = $2",
        )
        .bind(&community.0)
        .bind(&id.0)
        .execute(self.connection())
        .await?;
        self.directory_changed().await
    }

    /// Closes or opens a link that stays in its room.
    pub async fn set_link(&mut self, channel: &ChannelId, link: Link) -> Result<()> {
        sqlx::query("update channel set link = $1 where id = $2 and room_id is not null")
            .bind(row::link_text(link))
            .bind(&channel.0)
            .execute(self.connection())
            .await?;
        self.directory_changed().await
    }

    /// The platform gave the channel another id. If that one is linked already, the old one goes.
    pub async fn move_channel(&mut self, channel: &ChannelId, to: &ChannelRef) -> Result<()> {
        let taken = self.find_channel(to).await?;
        let query = if taken.is_some_and(|(_, other, _)| other != *channel) {
            sqlx::query("update channel set room_id = null, link = 'unlinked' where id = $1")
                .bind(&channel.0)
        } else {
            sqlx::query("update channel set platform = $2, remote_id = $3 where id = $1")
                .bind(&channel.0)
                .bind(&to.platform.0)
                .bind(&to.id.0)
        };
        query.execute(self.connection()).await?;
        self.directory_changed().await
    }

    async fn put_channel(
        &mut self,
        community: &CommunityId,
        id: &ChannelId,
        room: &RoomId,
        at: &ChannelRef,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "insert into channel (community_id, id, platform, remote_id, room_id, link, created_at)
             values ($1, $2, $3, $4, $5, 'active', $6)
             on conflict (community_id, id) do update set room_id = excluded.room_id, link = 'active'",
        )
        .bind(&community.0)
        .bind(&id.0)
        .bind(&at.platform.0)
        .bind(&at.id.0)
        .bind(&room.0)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn known_room(&mut self, community: &CommunityId, name: &str) -> Result<RoomId> {
        self.find_room(community, name)
            .await?
            .ok_or_else(|| Error::Unknown {
                what: "room",
                name: name.to_owned(),
            })
    }

    async fn find_room(&mut self, community: &CommunityId, name: &str) -> Result<Option<RoomId>> {
        let found: Option<String> =
            sqlx::query_scalar("select id from room where community_id = $1 and name = $2")
                .bind(&community.0)
                .bind(name)
                .fetch_optional(self.connection())
                .await?;
        Ok(found.map(RoomId))
    }

    async fn find_channel(
        &mut self,
        at: &ChannelRef,
    ) -> Result<Option<(CommunityId, ChannelId, Option<RoomId>)>> {
        let row = sqlx::query(
            "select community_id, id, room_id from channel where platform = $1 and remote_id = $2",
        )
        .bind(&at.platform.0)
        .bind(&at.id.0)
        .fetch_optional(self.connection())
        .await?;
        Ok(row.map(|row| {
            (
                CommunityId(row.get("community_id")),
                ChannelId(row.get("id")),
                row.get::<Option<String>, _>("room_id").map(RoomId),
            )
        }))
    }

    pub(crate) async fn directory_changed(&mut self) -> Result<()> {
        let last = self.setting("", "directory_revision").await?;
        let next = 1 + last.and_then(|it| it.parse::<i64>().ok()).unwrap_or(0);
        self.set("", "directory_revision", &next.to_string()).await
    }
}
