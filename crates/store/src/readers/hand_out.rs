//! One post on its way to the readers of a channel.
//!
//! **Invariant:** whoever was reached is not sent it again, and nobody is passed over: up to `handed_through` every reader was
//! reached or has a row that says why not. So a list of thousands leaves rows of those alone who wait or were refused.

use std::collections::HashSet;

use conversation::{ChannelId, DeliveryId, MessageId, RemoteId, Timestamp};
use sqlx::Row;

use crate::{
    Result,
    accept::{CORRECTION, put_copies},
    parts::HandingOut,
    text,
};

/// One part of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandOut {
    pub community: String,
    pub channel: ChannelId,
    pub delivery: DeliveryId,
    pub part: i64,
    /// In which the message is said.
    pub revision: u32,
}

/// The post as each reader has it, by an id that we give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnCopy {
    pub message: MessageId,
    pub id: RemoteId,
    pub part: i64,
    pub is_correction: bool,
}

/// How far it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    pub through: i64,
    /// Of those behind, who has a row.
    pub settled: HashSet<i64>,
    /// Somebody waits for it.
    pub is_awaited: bool,
}

/// What became of it for one reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    Reached,
    Waits {
        said: String,
        until: Timestamp,
        /// It may have arrived.
        in_doubt: bool,
    },
    Refused {
        said: String,
    },
}

impl Became {
    pub(super) fn said(&self) -> Option<String> {
        match self {
            Became::Reached => None,
            Became::Waits { said, .. } | Became::Refused { said } => Some(text::clean(said)),
        }
    }

    pub(super) fn doubts(&self) -> i64 {
        i64::from(matches!(self, Became::Waits { in_doubt: true, .. }))
    }

    fn state(&self) -> &'static str {
        match self {
            Became::Reached => "sent",
            Became::Waits { .. } => "waiting",
            Became::Refused { .. } => "refused",
        }
    }
}

impl HandingOut<'_> {
    /// Whoever waits for something older gets this behind it; its own author gets nothing. The id that it has for all is
    /// known from now on, for the first may answer before the last was reached.
    pub async fn begin(
        &mut self,
        (author, copy): (Option<i64>, Option<&OwnCopy>),
        now: Timestamp,
    ) -> Result<Begun> {
        if let Some(copy) = copy {
            let part = copy.part + if copy.is_correction { CORRECTION } else { 0 };
            let ids = [(part, &copy.id)];
            let place = (self.it.community.as_str(), self.it.channel.as_str());
            put_copies(self.tx, place, &copy.message, &ids);
        }
        sqlx::query(
            "insert into reader_delivery (community_id, channel_id, delivery_id, part, reader, seq, state, doubts, at)
             select r.community_id, r.channel_id, d.id, $4, r.number, d.seq, 'waiting', 0, $5
             from reader r join delivery d on d.community_id = r.community_id and d.id = $3
             where r.channel_id = $2 and r.community_id = $1 and r.due_at is not null
               and r.number > d.handed_through and r.number <> $6
             on conflict (community_id, delivery_id, part, reader) do nothing",
        )
        .bind(&self.it.community)
        .bind(&self.it.channel.0)
        .bind(&self.it.delivery.0)
        .bind(self.it.part)
        .bind(now.0)
        .bind(author.unwrap_or(0))
        .execute(self.tx.connection().await?)
        .await?;
        let through: i64 = sqlx::query_scalar(
            "select handed_through from delivery where community_id = $1 and id = $2",
        )
        .bind(&self.it.community)
        .bind(&self.it.delivery.0)
        .fetch_one(self.tx.reading().await?)
        .await?;
        let rows = sqlx::query(
            "select reader, state from reader_delivery where community_id = $1 and delivery_id = $2 and part = $3",
        )
        .bind(&self.it.community)
        .bind(&self.it.delivery.0)
        .bind(self.it.part)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let readers = rows.iter().map(|row| row.get("reader"));
        Ok(Begun {
            through,
            settled: readers.filter(|it| *it > through).collect(),
            is_awaited: rows
                .iter()
                .any(|row| row.get::<&str, _>("state") == "waiting"),
        })
    }

    /// Each had their turn, and whoever waits or was refused has a row that says so.
    pub async fn end(&mut self, last: i64) -> Result<()> {
        sqlx::query(
            "update delivery set handed_through = $1 where community_id = $2 and id = $3 and handed_through < $1",
        )
        .bind(last)
        .bind(&self.it.community)
        .bind(&self.it.delivery.0)
        .execute(self.tx.connection().await?)
        .await?;
        self.forget_reached(last).await
    }

    /// `through` is as far as all are settled, this reader included if they were reached.
    pub async fn settle(
        &mut self,
        reader: i64,
        (became, through): (&Became, i64),
        now: Timestamp,
    ) -> Result<()> {
        let is_reached = *became == Became::Reached;
        if !is_reached || reader > through {
            self.put_row(reader, became, now).await?;
        }
        sqlx::query(
            "update delivery set handed_through = case when handed_through < $1 then $1 else handed_through end,
               revision = case when handed_to = 0 then $2 else revision end, handed_to = handed_to + $3,
               attempts = case when $3 = 1 then 1 else attempts end
             where community_id = $4 and id = $5",
        )
        .bind(through)
        .bind(i64::from(self.it.revision))
        .bind(i64::from(is_reached))
        .bind(&self.it.community)
        .bind(&self.it.delivery.0)
        .execute(self.tx.connection().await?)
        .await?;
        if is_reached && through > reader {
            self.forget_reached(through).await?;
        }
        match became {
            Became::Waits { until, .. } => self.let_wait(reader, *until).await,
            Became::Reached | Became::Refused { .. } => Ok(()),
        }
    }

    async fn put_row(&mut self, reader: i64, became: &Became, now: Timestamp) -> Result<()> {
        sqlx::query(
            "insert into reader_delivery (community_id, channel_id, delivery_id, part, reader, seq, state, doubts, said, at)
             select community_id, channel_id, id, $3, $4, seq, $5, $6, $7, $8
             from delivery where community_id = $1 and id = $2
             on conflict (community_id, delivery_id, part, reader) do update
             set state = excluded.state, doubts = excluded.doubts, said = excluded.said, at = excluded.at",
        )
        .bind(&self.it.community)
        .bind(&self.it.delivery.0)
        .bind(self.it.part)
        .bind(reader)
        .bind(became.state())
        .bind(became.doubts())
        .bind(became.said())
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// Whom `through` speaks for needs no row any more.
    async fn forget_reached(&mut self, through: i64) -> Result<()> {
        sqlx::query(
            "delete from reader_delivery
             where community_id = $1 and delivery_id = $2 and part = $3 and reader <= $4 and state = 'sent'",
        )
        .bind(&self.it.community)
        .bind(&self.it.delivery.0)
        .bind(self.it.part)
        .bind(through)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    async fn let_wait(&mut self, reader: i64, until: Timestamp) -> Result<()> {
        sqlx::query(
            "update reader set attempts = case when due_at is null then 1 else attempts end,
               due_at = coalesce(due_at, $1)
             where community_id = $2 and channel_id = $3 and number = $4",
        )
        .bind(until.0)
        .bind(&self.it.community)
        .bind(&self.it.channel.0)
        .bind(reader)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}
