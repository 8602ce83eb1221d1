//! Which channel stands in which room. **Invariant:** a channel stands in one room of one community.

use std::collections::BTreeSet;

use conversation::{ChannelId, ChannelRef, CommunityId, Link, RoomId, Timestamp, UNLINKED};
use sqlx::Row;

use crate::{
    Error, NoticeKind, Refusal, Result, Thing,
    id::new_id,
    parts::{Channel, Rooms},
    row, text,
};

/// A channel as one community knows it.
pub(super) struct Known {
    pub(super) community: CommunityId,
    pub(super) id: ChannelId,
    has_left: bool,
    pub(super) room: Option<(RoomId, String)>,
}

impl Rooms<'_> {
    /// Puts the channel into the room. Of what was said there before nothing is carried.
    pub async fn link(
        &mut self,
        room: &str,
        channel: &ChannelRef,
        now: Timestamp,
    ) -> Result<ChannelId> {
        self.link_with((room, channel), false, now).await
    }

    /// Perhaps with what was said there since everybody was told.
    pub async fn link_with(
        &mut self,
        (room, channel): (&str, &ChannelRef),
        history: bool,
        now: Timestamp,
    ) -> Result<ChannelId> {
        let revision = self.tx.directory().next_revision(self.community).await?;
        let channel = &self.by_its_own_name(channel).await?;
        let room = self.known(room).await?;
        let known = self.known_channels(channel).await?;
        refuse_conflict(&known, self.community, &room, channel)?;
        let own = known.into_iter().find(|it| it.community == *self.community);
        let is_seated = own.as_ref().is_some_and(|it| it.room.is_some());
        let id = match own {
            Some(own) => {
                if own.has_left {
                    // What was left over from an earlier stay must not arrive now.
                    self.tx
                        .backlog(self.community, &own.id)
                        .stop(UNLINKED)
                        .await?;
                }
                own.id
            }
            None => ChannelId(new_id(now)),
        };
        self.put_channel(&room, &id, channel, (revision, now))
            .await?;
        self.begin_at(&id, (history, is_seated), now).await?;
        for kind in [NoticeKind::ChannelClosed, NoticeKind::ChannelRests] {
            let mut notices = self.tx.notices(self.community);
            notices.clear(kind, &channel.to_string()).await?;
        }
        Ok(id)
    }

    /// What waits for the channel is not sent any more; what was said stays on record.
    pub async fn unlink(&mut self, channel: &ChannelRef) -> Result<()> {
        let revision = self.tx.directory().next_revision(self.community).await?;
        let channel = &self.by_its_own_name(channel).await?;
        let known = self.known_channels(channel).await?;
        let mut ours = known.iter().filter(|it| it.community == *self.community);
        let Some(linked) = ours.find(|it| it.room.is_some()) else {
            return Err(Error::Unknown {
                what: Thing::LinkedChannel,
                name: channel.to_string(),
            });
        };
        self.leave_room(&linked.id, revision).await
    }

    /// It is read again.
    pub(crate) async fn channel_changed(&mut self, id: &ChannelId) -> Result<()> {
        let revision = self.tx.directory().next_revision(self.community).await?;
        self.read_again(id, revision).await
    }

    /// Something is to be done in each of them.
    pub(crate) async fn channels_changed(&mut self, ids: &BTreeSet<ChannelId>) -> Result<()> {
        if ids.is_empty() {
            return Ok(());
        }
        let revision = self.tx.directory().next_revision(self.community).await?;
        for id in ids {
            self.read_again(id, revision).await?;
        }
        Ok(())
    }

    async fn read_again(&mut self, id: &ChannelId, revision: i64) -> Result<()> {
        sqlx::query("update channel set revision = $1 where community_id = $2 and id = $3")
            .bind(revision)
            .bind(&self.community.0)
            .bind(&id.0)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }

    /// Of what the other one is to get anyway, it gets no second. An attempt that is under way ends by itself.
    async fn hand_over(
        &mut self,
        from: &ChannelId,
        (to, revision): (&ChannelId, i64),
    ) -> Result<()> {
        // The states stand word for word as in the indexes that find what is open and what was stopped.
        sqlx::query(
            "update delivery set channel_id = $1 where community_id = $2 and id in (
               select d.id from delivery d
               where d.community_id = $2 and d.channel_id = $3
                 and d.state in ('to_do', 'sending', 'uncertain') and d.state <> 'sending'
                 and d.waits_for is null
                 and not exists (
                   select 1 from delivery o where o.community_id = $2 and o.message_id = d.message_id and o.channel_id = $1
                 )
               union all
               select d.id from delivery d
               where d.community_id = $2 and d.channel_id = $3 and d.state = 'waiting' and d.waits_for = 'consent'
               union all
               select d.id from delivery d
               where d.community_id = $2 and d.channel_id = $3 and d.state in ('dead', 'held')
                 and not exists (
                   select 1 from delivery o where o.community_id = $2 and o.message_id = d.message_id and o.channel_id = $1
                 )
             )",
        )
        .bind(&to.0)
        .bind(&self.community.0)
        .bind(&from.0)
        .execute(self.tx.connection().await?)
        .await?;
        // So that its lane looks, whoever hears of the move.
        self.read_again(to, revision).await
    }

    async fn leave_room(&mut self, id: &ChannelId, revision: i64) -> Result<()> {
        sqlx::query(
            "update channel set room_id = null, link = 'unlinked', announced_at = null, revision = $3
             where community_id = $1 and id = $2",
        )
        .bind(&self.community.0)
        .bind(&id.0)
        .bind(revision)
        .execute(self.tx.connection().await?)
        .await?;
        self.tx.backlog(self.community, id).stop(UNLINKED).await?;
        if let Some((at, _)) = self.seat_of(id).await? {
            self.tx.notices(self.community).clear_of(&at).await?;
        }
        Ok(())
    }

    async fn put_channel(
        &mut self,
        room: &RoomId,
        id: &ChannelId,
        at: &ChannelRef,
        (revision, now): (i64, Timestamp),
    ) -> Result<()> {
        sqlx::query(
            "insert into channel (community_id, id, purpose, platform, remote_id, room_id, link, created_at, revision)
             values ($1, $2, 'room', $3, $4, $5, 'active', $6, $7)
             on conflict (community_id, id) do update
             set purpose = 'room', room_id = excluded.room_id, link = 'active', revision = excluded.revision",
        )
        .bind(&self.community.0)
        .bind(&id.0)
        .bind(text::key(&at.platform.0))
        .bind(text::key(&at.id.0))
        .bind(&room.0)
        .bind(now.0)
        .bind(revision)
        .execute(self.tx.connection().await?)
        .await?;
        self.tx.events().forget_unkept(at).await
    }

    /// A direct channel may have been called by its inner name.
    pub(super) async fn by_its_own_name(&mut self, channel: &ChannelRef) -> Result<ChannelRef> {
        let seat = match channel.inner_id() {
            Some(id) => self.seat_of(&id).await?,
            None => None,
        };
        Ok(seat.map_or_else(|| channel.clone(), |(at, _)| at))
    }

    async fn seat_of(&mut self, id: &ChannelId) -> Result<Option<(ChannelRef, Option<RoomId>)>> {
        let row = sqlx::query(
            "select platform, remote_id, room_id from channel where community_id = $1 and id = $2",
        )
        .bind(&self.community.0)
        .bind(&id.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(row.map(|row| {
            let room = row.get::<Option<String>, _>("room_id");
            (row::channel_ref(&row), room.map(RoomId))
        }))
    }

    /// The one that stands in a room comes first.
    pub(super) async fn known_channels(&mut self, at: &ChannelRef) -> Result<Vec<Known>> {
        let rows = sqlx::query(
            "select c.community_id, c.id, c.purpose, c.room_id, r.name from channel c
             left join room r on r.community_id = c.community_id and r.id = c.room_id
             where c.platform = $1 and c.remote_id = $2
             order by case when c.room_id is null then 1 else 0 end, c.community_id",
        )
        .bind(text::key(&at.platform.0))
        .bind(text::key(&at.id.0))
        .fetch_all(self.tx.reading().await?)
        .await?;
        let known = |row: &sqlx::any::AnyRow| Known {
            community: CommunityId(row.get("community_id")),
            id: ChannelId(row.get("id")),
            has_left: row.get::<&str, _>("purpose") == "room"
                && row.get::<Option<&str>, _>("room_id").is_none(),
            room: row.get::<Option<String>, _>("room_id").map(|id| {
                (
                    RoomId(id),
                    row.get::<Option<String>, _>("name").unwrap_or_default(),
                )
            }),
        };
        Ok(rows.iter().map(known).collect())
    }
}

impl Channel<'_> {
    /// Closes or opens a link that stays in its room, or a private chat.
    pub async fn set_link(&mut self, link: Link) -> Result<()> {
        let (community, channel) = (&self.entry.community, &self.entry.channel);
        let revision = self.tx.directory().next_revision(community).await?;
        sqlx::query(
            "update channel set link = $1, revision = $4
             where community_id = $2 and id = $3 and (room_id is not null or purpose <> 'room')",
        )
        .bind(row::link_text(link))
        .bind(&community.0)
        .bind(&channel.id.0)
        .bind(revision)
        .execute(self.tx.connection().await?)
        .await?;
        if channel.is_direct() {
            self.tx.direct_changed(channel.id.clone());
        }
        Ok(())
    }

    /// The platform gave the channel another id, and with it a new count of messages: the new one is a place of
    /// its own that takes the old one's seat in its room, and what waits goes along. What stood there stays behind.
    pub async fn moves_to(&mut self, to: &ChannelRef, now: Timestamp) -> Result<()> {
        let (community, channel) = (&self.entry.community, &self.entry.channel.id);
        let revision = self.tx.directory().next_revision(community).await?;
        let mut rooms = self.tx.rooms(community);
        let Some((from, room)) = rooms.seat_of(channel).await? else {
            return Ok(());
        };
        let known = rooms.known_channels(to).await?;
        let Some(room) = room else {
            // It has moved before, and this was under way meanwhile.
            let mut seated = known.iter().filter(|it| it.room.is_some());
            return match seated.find(|it| it.community == *community) {
                Some(other) => rooms.hand_over(channel, (&other.id, revision)).await,
                None => Ok(()),
            };
        };
        if from == *to
            || known
                .iter()
                .any(|it| it.community != *community && it.room.is_some())
        {
            return Ok(());
        }
        let (id, is_seated) = match known.into_iter().find(|it| it.community == *community) {
            Some(other) => (other.id, other.room.is_some()),
            None => (ChannelId(new_id(now)), false),
        };
        rooms.hand_over(channel, (&id, revision)).await?;
        let announced = rooms.announced_at(channel).await?;
        rooms.leave_room(channel, revision).await?;
        if !is_seated {
            rooms.put_channel(&room, &id, to, (revision, now)).await?;
            rooms.set_announced(&id, announced).await?;
        }
        Ok(())
    }
}

fn refuse_conflict(
    known: &[Known],
    community: &CommunityId,
    room: &RoomId,
    channel: &ChannelRef,
) -> Result<()> {
    let Some(Known {
        community: owner,
        room: Some((other, name)),
        ..
    }) = known.first()
    else {
        return Ok(());
    };
    let channel = channel.clone();
    match owner == community {
        true if other == room => Ok(()),
        true => {
            let room = name.clone();
            Err(Refusal::InAnotherRoom { channel, room }.into())
        }
        false => Err(Refusal::OfAnotherCommunity { channel }.into()),
    }
}
