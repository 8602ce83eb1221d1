//! What was said is kept for a while, and that it was said for longer: then both go, piece by piece.
//!
//! **Invariant:** words that are still to be delivered outlive their days, but not twice; what ends with them says so. A
//! message goes after its words, and a name after what was said under it. Each piece is a transaction of its own and short, for
//! everybody waits for the writer.

use std::{collections::BTreeSet, time::Duration};

use conversation::{CommunityId, RETENTION, Timestamp};
use sqlx::{AssertSqlSafe, Row};

use crate::{Notice, NoticeKind, Result, Tx, row};

const DAY: Duration = Duration::from_secs(24 * 3600);
/// A twelfth of a year.
const MONTH: Duration = Duration::from_secs(365 * 24 * 3600 / 12);
/// In one piece.
const AT_ONCE: usize = 500;
/// Of each several rows go.
const MESSAGES_AT_ONCE: usize = 100;

/// A delivery `d` that somebody may still make.
const AWAITED: &str = "(d.state in ('to_do', 'sending', 'uncertain', 'dead', 'held')
   or d.state = 'suppressed' and d.reason in ('correction-waits', 'file-follows', 'next-digest'))";

/// For how long.
#[derive(Debug, Clone, Copy)]
pub struct Retention {
    /// What was said: words, subjects, files' names.
    pub body_days: u32,
    /// That it was said, and where it stands.
    pub metadata_months: u32,
}

/// The next piece of what is too old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// Said after then.
    Words {
        after: Timestamp,
    },
    Messages,
    Engagement,
    Names,
}

impl Expiry {
    pub const FIRST: Expiry = Expiry::Words {
        after: Timestamp(i64::MIN),
    };
}

impl Retention {
    fn words_before(self, now: Timestamp) -> Timestamp {
        now.minus(DAY.saturating_mul(self.body_days))
    }

    /// Whatever waits for them.
    fn all_words_before(self, now: Timestamp) -> Timestamp {
        now.minus(DAY.saturating_mul(2 * self.body_days))
    }

    fn messages_before(self, now: Timestamp) -> Timestamp {
        let before = now.minus(MONTH.saturating_mul(self.metadata_months));
        before.min(self.all_words_before(now))
    }
}

impl Tx {
    /// One piece goes. Which comes next, if any does.
    pub async fn expire(
        &mut self,
        kept: Retention,
        piece: Expiry,
        now: Timestamp,
    ) -> Result<Option<Expiry>> {
        let before = kept.messages_before(now);
        Ok(match piece {
            Expiry::Words { after } => match self.expire_words(kept, after, now).await? {
                Some(after) => Some(Expiry::Words { after }),
                None => Some(Expiry::Messages),
            },
            Expiry::Messages => match self.expire_messages(before, kept, now).await? {
                true => Some(piece),
                false => Some(Expiry::Engagement),
            },
            Expiry::Engagement => match self.expire_engagement(before).await? {
                true => Some(piece),
                false => Some(Expiry::Names),
            },
            Expiry::Names => self.expire_names(before).await?.then_some(piece),
        })
    }

    /// Up to when they are looked through, if there are more.
    async fn expire_words(
        &mut self,
        kept: Retention,
        after: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let sql = format!(
            "select b.community_id, b.message_id, b.revision, b.at, case when exists (
               select 1 from delivery d
               where d.message_id = b.message_id and d.community_id = b.community_id and {AWAITED}
             ) or exists (
               select 1 from reader_delivery r where r.community_id = b.community_id and r.state = 'waiting'
                 and r.delivery_id in (
                   select d.id from delivery d where d.message_id = b.message_id and d.community_id = b.community_id
                 )
             ) then 1 else 0 end as awaited
             from body b where b.at > $1 and b.at < $2 order by b.at limit {AT_ONCE}"
        );
        let due = sqlx::query(AssertSqlSafe(sql))
            .bind(after.0)
            .bind(kept.words_before(now).0)
            .fetch_all(self.connection())
            .await?;
        let latest = kept.all_words_before(now).0;
        for body in &due {
            let message: (&str, &str) = (body.get("community_id"), body.get("message_id"));
            if body.get::<i64, _>("awaited") == 1 {
                if body.get::<i64, _>("at") >= latest {
                    continue;
                }
                self.end_deliveries(message, now).await?;
            }
            self.expire_body(message, body.get("revision"), now).await?;
        }
        let last = due.get(AT_ONCE - 1);
        Ok(last.map(|it| Timestamp(it.get("at"))))
    }

    async fn expire_body(
        &mut self,
        (community, message): (&str, &str),
        revision: i64,
        now: Timestamp,
    ) -> Result<()> {
        for sql in [
            "delete from body where community_id = $1 and message_id = $2 and revision = $3",
            "delete from attachment where community_id = $1 and message_id = $2 and revision = $3",
        ] {
            sqlx::query(sql)
                .bind(community)
                .bind(message)
                .bind(revision)
                .execute(self.connection())
                .await?;
        }
        sqlx::query(
            "update message set erased_at = $4 where community_id = $1 and id = $2 and revision = $3",
        )
        .bind(community)
        .bind(message)
        .bind(revision)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    /// Nothing is left of the message that could be sent. Staff is told for each channel.
    async fn end_deliveries(
        &mut self,
        (community, message): (&str, &str),
        now: Timestamp,
    ) -> Result<()> {
        let waiting = sqlx::query(
            "delete from reader_delivery where state = 'waiting' and community_id = $1 and delivery_id in (
               select d.id from delivery d where d.message_id = $2 and d.community_id = $1
             ) returning channel_id",
        )
        .bind(community)
        .bind(message)
        .fetch_all(self.connection())
        .await?;
        let sql = format!(
            "update delivery as d set state = 'suppressed', reason = $3
             where d.message_id = $2 and d.community_id = $1 and {AWAITED} returning channel_id"
        );
        let ended = sqlx::query(AssertSqlSafe(sql))
            .bind(community)
            .bind(message)
            .bind(RETENTION)
            .fetch_all(self.connection())
            .await?;
        let channels = waiting.iter().chain(&ended).map(|it| it.get("channel_id"));
        for channel in channels.collect::<BTreeSet<String>>() {
            self.tell_of_the_end(community, &channel, now).await?;
        }
        Ok(())
    }

    async fn tell_of_the_end(
        &mut self,
        community: &str,
        channel: &str,
        now: Timestamp,
    ) -> Result<()> {
        let found = sqlx::query(
            "select c.purpose, c.id as channel_id, c.platform, c.remote_id, (
               select count(*) from delivery d
               where d.channel_id = c.id and d.community_id = c.community_id and d.reason = 'retention'
             ) as n
             from channel c where c.community_id = $1 and c.id = $2",
        )
        .bind(community)
        .bind(channel)
        .fetch_one(self.connection())
        .await?;
        let channel = row::shown_channel(&found, row::TO).to_string();
        let text = match found.get::<i64, _>("n") {
            0 => format!("readers of {channel} waited for words that are not kept any longer"),
            n => format!(
                "unsent to {channel}, for words are not kept any longer: {n}. What is stopped is in `causeway dead list`"
            ),
        };
        let notice = Notice::new(NoticeKind::WordsExpired, channel, text, now);
        let community = CommunityId::from(community);
        self.notify_anew(&community, &notice).await
    }

    /// Says whether there may be more.
    async fn expire_messages(
        &mut self,
        before: Timestamp,
        kept: Retention,
        now: Timestamp,
    ) -> Result<bool> {
        // What was changed lately has words that may still be under way.
        let sql = format!(
            "select community_id, id from message
             where taken_at < $1 and (revision = 0 or revised_at < $2) order by taken_at limit {MESSAGES_AT_ONCE}"
        );
        let due = sqlx::query(AssertSqlSafe(sql))
            .bind(before.0)
            .bind(kept.all_words_before(now).0)
            .fetch_all(self.connection())
            .await?;
        for message in &due {
            self.forget_message((message.get("community_id"), message.get("id")))
                .await?;
        }
        Ok(due.len() == MESSAGES_AT_ONCE)
    }

    async fn forget_message(&mut self, (community, message): (&str, &str)) -> Result<()> {
        self.delete_words((community, message)).await?;
        for sql in [
            "delete from reader_delivery where community_id = $1 and delivery_id in (
               select d.id from delivery d where d.message_id = $2 and d.community_id = $1
             )",
            "delete from delivery where message_id = $2 and community_id = $1",
            "delete from copy where message_id = $2 and community_id = $1",
            "delete from reaction where community_id = $1 and message_id = $2",
            "delete from quoted where community_id = $1 and of_message = $2",
            "delete from quoted where by_message = $2 and community_id = $1",
            "delete from own_word where message_id = $2 and community_id = $1",
            "delete from button where message_id = $2 and community_id = $1",
            "delete from message where community_id = $1 and id = $2",
        ] {
            sqlx::query(sql)
                .bind(community)
                .bind(message)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }

    async fn expire_engagement(&mut self, before: Timestamp) -> Result<bool> {
        let due = format!(
            "select e.community_id, e.id from community c
             join engagement e on e.community_id = c.community_id where e.at < $1 limit {AT_ONCE}"
        );
        let delete = "delete from engagement where community_id = $1 and id = $2";
        self.expire_rows((&due, delete), before).await
    }

    /// Those that were nobody's newest since before then: all that was said under them is gone.
    async fn expire_names(&mut self, before: Timestamp) -> Result<bool> {
        let due = format!(
            "select community_id, id from name where until < $1 order by until limit {AT_ONCE}"
        );
        let delete = "delete from name where community_id = $1 and id = $2";
        self.expire_rows((&due, delete), before).await
    }

    async fn expire_rows(
        &mut self,
        (due, delete): (&str, &'static str),
        before: Timestamp,
    ) -> Result<bool> {
        let due = sqlx::query(AssertSqlSafe(due.to_owned()))
            .bind(before.0)
            .fetch_all(self.connection())
            .await?;
        for row in &due {
            sqlx::query(delete)
                .bind(row.get::<&str, _>("community_id"))
                .bind(row.get::<&str, _>("id"))
                .execute(self.connection())
                .await?;
        }
        Ok(due.len() == AT_ONCE)
    }
}
