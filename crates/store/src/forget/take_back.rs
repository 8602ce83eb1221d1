//! What somebody said and reacted to is taken back where it stands, piece by piece, by deliveries as any other.
//!
//! **Invariant:** no more of it waits in a channel's queue than a few, so that what others say there waits for few; whoever dies at it
//! goes on behind the last piece.

use conversation::{
    ChannelId, Fate, MessageId, OperationKind, PlannedDelivery, Platform, Timestamp,
};
use sqlx::{Row, any::AnyRow};

use super::Forgetting;
use crate::{Result, accept::Deliveries, parts::Forgettings};

/// In one piece; of each several rows change.
const AT_ONCE: i64 = 50;
/// What waits to be taken back: no more is planned before.
const MOST_WAITING: i64 = 50;

/// The platforms on which what stands there can be taken back, and reactions be changed.
#[derive(Debug, Clone, Default)]
pub struct Can {
    pub delete: Vec<Platform>,
    pub react: Vec<Platform>,
}

/// What came of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// More is to be planned, once less waits.
    More(Vec<ChannelId>),
    /// All is planned; so much of it waits.
    Waits(i64),
}

impl Forgettings<'_> {
    pub async fn take_back(&mut self, it: &Forgetting, can: &Can, now: Timestamp) -> Result<Piece> {
        let waiting = self.n_waiting(it).await?;
        if waiting >= MOST_WAITING {
            return Ok(Piece::More(Vec::new()));
        }
        let mut woken = self.take_reactions_back(it, can, now).await?;
        let messages: Vec<String> = sqlx::query_scalar(
            "select m.id from identity i
             join message m on m.identity_id = i.id and m.community_id = i.community_id
             where i.person_id = $2 and i.community_id = $1 and m.id > $3 order by m.id limit $4",
        )
        .bind(&self.community.0)
        .bind(&it.person.0)
        .bind(&it.through)
        .bind(AT_ONCE)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let Some(last) = messages.last().cloned() else {
            return Ok(match woken.is_empty() {
                true => Piece::Waits(waiting),
                false => Piece::More(woken),
            });
        };
        for message in messages {
            self.mark(&message, now).await?;
            woken.extend(self.delete_copies(it, &message, can, now).await?);
        }
        let further = Forgetting {
            through: last,
            ..it.clone()
        };
        self.note(&further).await?;
        woken.sort();
        woken.dedup();
        Ok(Piece::More(woken))
    }

    async fn n_waiting(&mut self, it: &Forgetting) -> Result<i64> {
        Ok(sqlx::query_scalar(
            // From what is open, which is little: SQLite takes crossed tables in their order.
            "select count(*) from delivery d cross join message m cross join identity i
             where d.state in ('to_do', 'sending', 'uncertain') and d.operation = 'delete' and d.community_id = $1
               and m.id = d.message_id and m.community_id = d.community_id
               and i.id = m.identity_id and i.community_id = m.community_id and i.person_id = $2",
        )
        .bind(&self.community.0)
        .bind(&it.person.0)
        .fetch_one(self.tx.reading().await?)
        .await?)
    }

    /// Those of channels that cannot take it back say why, for the receipt.
    async fn delete_copies(
        &mut self,
        it: &Forgetting,
        message: &str,
        can: &Can,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let posts = sqlx::query(
            "select d.channel_id, c.platform from message m
             join delivery d on d.message_id = m.id and d.community_id = m.community_id
             join channel c on c.community_id = d.community_id and c.id = d.channel_id
             where m.id = $2 and m.community_id = $1 and m.deleted_at >= $3 and d.operation = 'post'
               and d.channel_id <> m.channel_id
               and (d.state in ('sending', 'uncertain') or d.remote_ids <> '[]' or d.handed_to > 0)
               and not exists (
                 select 1 from delivery o where o.message_id = m.id and o.channel_id = d.channel_id
                   and o.community_id = d.community_id and o.operation = 'delete'
               )",
        )
        .bind(&self.community.0)
        .bind(message)
        .bind(it.asked_at.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let delete = |row: &AnyRow| PlannedDelivery {
            channel: ChannelId(row.get("channel_id")),
            operation: OperationKind::Delete,
            fate: match can
                .delete
                .iter()
                .any(|it| it.as_str() == row.get::<&str, _>("platform"))
            {
                true => Fate::Send,
                false => Fate::Suppress("deletes-unsupported"),
            },
        };
        let planned: Vec<_> = posts.iter().map(delete).collect();
        Ok(self.plan(message, &planned, now))
    }

    /// Under what others said: what is left there stands in its copies.
    async fn take_reactions_back(
        &mut self,
        it: &Forgetting,
        can: &Can,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let reacted = sqlx::query(
            "select distinct r.message_id, r.channel_id from identity i cross join reaction r
             where i.person_id = $2 and i.community_id = $1 and r.identity_id = i.id and r.community_id = i.community_id
             order by r.message_id limit $3",
        )
        .bind(&self.community.0)
        .bind(&it.person.0)
        .bind(AT_ONCE)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let mut woken = Vec::new();
        for row in &reacted {
            let (message, from): (String, String) = (row.get("message_id"), row.get("channel_id"));
            sqlx::query(
                "delete from reaction where community_id = $1 and message_id = $2 and identity_id in (
                   select i.id from identity i where i.person_id = $3 and i.community_id = $1
                 )",
            )
            .bind(&self.community.0)
            .bind(&message)
            .bind(&it.person.0)
            .execute(self.tx.connection().await?)
            .await?;
            let planned = self.react_anew((&message, &from), can).await?;
            woken.extend(self.plan(&message, &planned, now));
        }
        Ok(woken)
    }

    async fn react_anew(
        &mut self,
        (message, from): (&str, &str),
        can: &Can,
    ) -> Result<Vec<PlannedDelivery>> {
        let places = sqlx::query(
            "select distinct y.channel_id, c.platform from copy y
             join message m on m.id = y.message_id and m.community_id = y.community_id
             join channel c on c.community_id = y.community_id and c.id = y.channel_id
             where y.message_id = $2 and y.community_id = $1 and y.channel_id <> $3 and y.part = 0
               and m.deleted_at is null and c.link = 'active' and c.purpose = 'room' and c.room_id is not null",
        )
        .bind(&self.community.0)
        .bind(message)
        .bind(from)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let can_react = |row: &&AnyRow| {
            let platform: &str = row.get("platform");
            can.react.iter().any(|it| it.as_str() == platform)
        };
        let react = |row: &AnyRow| PlannedDelivery {
            channel: ChannelId(row.get("channel_id")),
            operation: OperationKind::React,
            fate: Fate::Send,
        };
        Ok(places.iter().filter(can_react).map(react).collect())
    }

    fn plan(
        &mut self,
        message: &str,
        planned: &[PlannedDelivery],
        now: Timestamp,
    ) -> Vec<ChannelId> {
        let deliveries = Deliveries {
            community: self.community,
            message: &MessageId(message.to_owned()),
            planned,
            is_answer: false,
            now,
        };
        deliveries.put(self.tx);
        let sent = planned.iter().filter(|it| it.fate == Fate::Send);
        sent.map(|it| it.channel.clone()).collect()
    }
}
