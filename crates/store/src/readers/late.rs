//! What waits for single readers, each in the order in which it was said. Nobody else waits for them.

use conversation::{DeliveryId, DeliveryState, Timestamp};
use sqlx::Row;

use super::{Became, HandOut};
use crate::{
    Error, Result, Work,
    parts::{HandingOut, Readers},
    row,
};

/// What a look at those who wait says.
#[derive(Debug)]
pub enum Late {
    Work(Box<LateWork>),
    NotBefore(Timestamp),
    Idle,
}

/// One part of one post, for one reader.
#[derive(Debug, Clone)]
pub struct LateWork {
    pub work: Work,
    pub part: i64,
    pub reader: i64,
    /// This one included.
    pub attempts: u32,
    /// How often it stayed open whether it arrived.
    pub doubts: u32,
    /// By their server, last, and when.
    pub said: Option<String>,
    pub said_at: Timestamp,
}

/// The oldest that waits for a reader.
struct Oldest {
    delivery: DeliveryId,
    part: i64,
    doubts: u32,
    said: Option<String>,
    at: Timestamp,
}

impl LateWork {
    fn hand_out(&self) -> HandOut {
        HandOut {
            community: self.work.community.clone(),
            channel: self.work.to.id.clone(),
            delivery: self.work.delivery.clone(),
            part: self.part,
            revision: self.work.said.revision,
        }
    }
}

impl Readers<'_> {
    /// The oldest that waits for the reader whose time came first; the attempt is counted.
    pub async fn claim_late(&mut self, now: Timestamp) -> Result<Late> {
        loop {
            let Some(reader) = self.first_due().await? else {
                return Ok(Late::Idle);
            };
            let due = Timestamp(reader.get("due_at"));
            if due > now {
                return Ok(Late::NotBefore(due));
            }
            let number: i64 = reader.get("number");
            let Some(oldest) = self.oldest_waiting(number).await? else {
                self.next_is_due(number, now).await?;
                continue;
            };
            self.count_attempt(number).await?;
            let mut outbox = self.tx.outbox(self.entry);
            let mut work = match outbox.work_of(&oldest.delivery, now).await {
                Err(error @ (Error::Unreadable(_) | Error::Sql(sqlx::Error::RowNotFound))) => {
                    self.step_over((number, &oldest), &error, now).await?;
                    continue;
                }
                work => work?,
            };
            // Whoever asks for the next part gets this one.
            work.sent
                .parts
                .truncate(usize::try_from(oldest.part).unwrap_or(0));
            return Ok(Late::Work(Box::new(LateWork {
                work,
                part: oldest.part,
                reader: number,
                attempts: row::number(&reader, "attempts") + 1,
                doubts: oldest.doubts,
                said: oldest.said,
                said_at: oldest.at,
            })));
        }
    }

    /// What cannot be read must not keep a reader from all that comes after it.
    async fn step_over(
        &mut self,
        (reader, oldest): (i64, &Oldest),
        error: &Error,
        now: Timestamp,
    ) -> Result<()> {
        tracing::error!(channel.id = %self.entry.channel.id, reader.number = reader, %error, "what waits for a reader cannot be read: it is given up");
        let it = HandOut {
            community: self.entry.community.0.clone(),
            channel: self.entry.channel.id.clone(),
            delivery: oldest.delivery.clone(),
            part: oldest.part,
            revision: 0,
        };
        let became = Became::Refused {
            said: error.to_string(),
        };
        self.tx
            .hand_out(&it)
            .note_said((reader, &became), now)
            .await?;
        self.next_is_due(reader, now).await
    }

    async fn first_due(&mut self) -> Result<Option<sqlx::any::AnyRow>> {
        Ok(sqlx::query(
            "select number, due_at, attempts from reader
             where community_id = $1 and channel_id = $2 and due_at is not null order by due_at limit 1",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .fetch_optional(self.tx.reading().await?)
        .await?)
    }

    async fn oldest_waiting(&mut self, reader: i64) -> Result<Option<Oldest>> {
        let row = sqlx::query(
            "select delivery_id, part, doubts, said, at from reader_delivery
             where community_id = $1 and channel_id = $2 and reader = $3 and state = 'waiting'
             order by seq, part limit 1",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(reader)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(row.map(|row| Oldest {
            delivery: DeliveryId(row.get("delivery_id")),
            part: row.get("part"),
            doubts: row::number(&row, "doubts"),
            said: row.get("said"),
            at: Timestamp(row.get("at")),
        }))
    }

    async fn count_attempt(&mut self, reader: i64) -> Result<()> {
        sqlx::query(
            "update reader set attempts = attempts + 1 where community_id = $1 and channel_id = $2 and number = $3",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(reader)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// What became of it; `None` where there is nothing to say any more. True if with it the whole post is given up,
    /// for it reached nobody.
    pub async fn settle_late(
        &mut self,
        it: &LateWork,
        became: Option<&Became>,
        now: Timestamp,
    ) -> Result<bool> {
        let hand_out = it.hand_out();
        match became {
            Some(became @ Became::Waits { until, .. }) => {
                self.tx
                    .hand_out(&hand_out)
                    .note_said((it.reader, became), now)
                    .await?;
                self.set_due(it.reader, Some(*until)).await?;
                return Ok(false);
            }
            Some(became @ Became::Refused { .. }) => {
                self.tx
                    .hand_out(&hand_out)
                    .note_said((it.reader, became), now)
                    .await?;
            }
            Some(Became::Reached) => {
                self.tx
                    .hand_out(&hand_out)
                    .reached_late(it.reader, 1)
                    .await?;
                self.tx
                    .hand_out(&hand_out)
                    .skip_corrections(it.reader)
                    .await?;
            }
            None => {
                self.tx
                    .hand_out(&hand_out)
                    .reached_late(it.reader, 0)
                    .await?
            }
        }
        self.next_is_due(it.reader, now).await?;
        match became {
            Some(Became::Refused { said }) => {
                self.tx.hand_out(&hand_out).give_up_unread(said).await
            }
            _ => Ok(false),
        }
    }

    /// What keeps everybody from getting anything counts for nobody.
    pub async fn put_back_late(&mut self, it: &LateWork) -> Result<()> {
        sqlx::query(
            "update reader set attempts = attempts - 1
             where community_id = $1 and channel_id = $2 and number = $3 and attempts > 0",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(it.reader)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// At once, if anything waits for them still.
    async fn next_is_due(&mut self, reader: i64, now: Timestamp) -> Result<()> {
        let next = self.oldest_waiting(reader).await?;
        self.set_due(reader, next.map(|_| now)).await?;
        sqlx::query(
            "update reader set attempts = 0 where community_id = $1 and channel_id = $2 and number = $3",
        )
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(reader)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    async fn set_due(&mut self, reader: i64, at: Option<Timestamp>) -> Result<()> {
        sqlx::query(
            "update reader set due_at = $1 where community_id = $2 and channel_id = $3 and number = $4",
        )
        .bind(at.map(|it| it.0))
        .bind(&self.entry.community.0)
        .bind(&self.entry.channel.id.0)
        .bind(reader)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}

impl HandingOut<'_> {
    async fn note_said(&mut self, (reader, became): (i64, &Became), now: Timestamp) -> Result<()> {
        let is_over = matches!(became, Became::Refused { .. });
        sqlx::query(
            "update reader_delivery set state = $1, doubts = doubts + $2, said = $3, at = $4
             where community_id = $5 and delivery_id = $6 and part = $7 and reader = $8",
        )
        .bind(if is_over { "refused" } else { "waiting" })
        .bind(became.doubts())
        .bind(became.said())
        .bind(now.0)
        .bind(&self.it.community)
        .bind(&self.it.delivery.0)
        .bind(self.it.part)
        .bind(reader)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// Whom `handed_through` does not speak for yet keeps a row, or the round would take them for somebody who has nothing.
    async fn reached_late(&mut self, reader: i64, times: i64) -> Result<()> {
        for sql in [
            "update reader_delivery set state = 'sent'
             where community_id = $1 and delivery_id = $2 and part = $3 and reader = $4 and reader > (
               select d.handed_through from delivery d where d.community_id = $1 and d.id = $2
             )",
            "delete from reader_delivery
             where community_id = $1 and delivery_id = $2 and part = $3 and reader = $4 and state = 'waiting'",
        ] {
            sqlx::query(sql)
                .bind(&self.it.community)
                .bind(&self.it.delivery.0)
                .bind(self.it.part)
                .bind(reader)
                .execute(self.tx.connection().await?)
                .await?;
        }
        sqlx::query(
            "update delivery set handed_to = handed_to + $3 where community_id = $1 and id = $2",
        )
        .bind(&self.it.community)
        .bind(&self.it.delivery.0)
        .bind(times)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// A post that comes late is said as it stands, so what corrected it before is said with it.
    async fn skip_corrections(&mut self, reader: i64) -> Result<()> {
        sqlx::query(
            "delete from reader_delivery
             where community_id = $1 and channel_id = $2 and reader = $3 and state = 'waiting' and delivery_id in (
               select e.id from delivery p
               join message m on m.community_id = p.community_id and m.id = p.message_id
               join delivery e on e.message_id = p.message_id and e.channel_id = p.channel_id
                 and e.community_id = p.community_id
               where p.community_id = $1 and p.id = $4 and p.operation = 'post' and p.revision = m.revision
                 and e.operation = 'edit' and e.files is null and e.state = 'sent'
             )",
        )
        .bind(&self.it.community)
        .bind(&self.it.channel.0)
        .bind(reader)
        .bind(&self.it.delivery.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// A post that nobody has, and for which nobody waits any more, is a dead letter.
    async fn give_up_unread(&mut self, said: &str) -> Result<bool> {
        let done = sqlx::query(
            "update delivery set state = $1, reason = $2
             where community_id = $3 and id = $4 and state = 'sent' and handed_to = 0
               and not exists (
                 select 1 from reader_delivery w
                 where w.community_id = $3 and w.delivery_id = $4 and w.state = 'waiting'
               )",
        )
        .bind(DeliveryState::Dead.as_str())
        .bind(crate::text::clean(said))
        .bind(&self.it.community)
        .bind(&self.it.delivery.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(done.rows_affected() == 1)
    }
}
