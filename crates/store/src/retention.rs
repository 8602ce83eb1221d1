//! What was said is kept for a while, and that it was said for longer: then both go, piece by piece.
//!
//! **Invariant:** words that are still to be delivered outlive their days, but not twice; what ends with them says so. A
//! message goes after its words, and a name after what was said under it. Each piece is a transaction of its own and short, for
//! everybody waits for the writer.

use std::{collections::BTreeSet, time::Duration};

use conversation::{CommunityId, RETENTION, Timestamp};
use sqlx::{AssertSqlSafe, Row};

use crate::{Notice, NoticeKind, Result, parts::Words, row};

const DAY: Duration = Duration::from_secs(24 * 3600);
/// A twelfth of a year.
const MONTH: Duration = Duration::from_secs(365 * 24 * 3600 / 12);
/// In one piece.
const AT_ONCE: u32 = 500;
/// Of each several rows go.
const MESSAGES_AT_ONCE: usize = 100;

/// A delivery `d` that somebody may still make.
const AWAITED: &str = "d.state in ('to_do', 'sending', 'uncertain', 'dead', 'held', 'waiting')";

const ENGAGEMENT: &str = "delete from engagement where community_id = $1 and id in (
   select e.id from engagement e where e.community_id = $1 and e.at < $2 order by e.at limit $3
 )";
const AUDIT: &str = "delete from audit where community_id = $1 and id in (
   select a.id from audit a where a.community_id = $1 and a.at < $2 order by a.id limit $3
 )";
const NAMES: &str = "delete from name where community_id = $1 and id in (
   select n.id from name n where n.community_id = $1 and n.until < $2 and not exists (
     select 1 from message m where m.taken_at < $2 and m.community_id = $1 and m.name_id = n.id
   ) order by n.until limit $3
 )";

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
    Audit,
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

impl Words<'_> {
    /// One piece of what the community keeps goes. Which comes next, if any does.
    pub async fn expire(
        &mut self,
        (kept, piece): (Retention, Expiry),
        now: Timestamp,
    ) -> Result<Option<Expiry>> {
        let before = kept.messages_before(now);
        Ok(match piece {
            Expiry::Words { after } => {
                let words = self.expire_words((kept, after), now).await?;
                Some(words.map_or(Expiry::Messages, |after| Expiry::Words { after }))
            }
            Expiry::Messages => match self.expire_messages((kept, before), now).await? {
                true => Some(piece),
                false => Some(Expiry::Engagement),
            },
            Expiry::Engagement => match self.expire_rows(ENGAGEMENT, before).await? {
                true => Some(piece),
                false => Some(Expiry::Audit),
            },
            Expiry::Audit => match self.expire_rows(AUDIT, before).await? {
                true => Some(piece),
                false => Some(Expiry::Names),
            },
            // Those that were nobody's newest since before then, but for those of messages that were changed lately.
            Expiry::Names => self.expire_rows(NAMES, before).await?.then_some(piece),
        })
    }

    /// Up to when they are looked through, if there are more.
    async fn expire_words(
        &mut self,
        (kept, after): (Retention, Timestamp),
        now: Timestamp,
    ) -> Result<Option<Timestamp>> {
        let sql = format!(
            "select b.message_id, b.revision, b.at, case when exists (
               select 1 from delivery d
               where d.message_id = b.message_id and d.community_id = b.community_id and {AWAITED}
             ) or exists (
               select 1 from reader_delivery r where r.community_id = b.community_id and r.state = 'waiting'
                 and r.delivery_id in (
                   select d.id from delivery d where d.message_id = b.message_id and d.community_id = b.community_id
                 )
             ) then 1 else 0 end as awaited
             from body b where b.community_id = $1 and b.at > $2 and b.at < $3 order by b.at limit {AT_ONCE}"
        );
        let due = sqlx::query(AssertSqlSafe(sql))
            .bind(self.community)
            .bind(after.0)
            .bind(kept.words_before(now).0)
            .fetch_all(self.tx.connection().await?)
            .await?;
        let latest = kept.all_words_before(now).0;
        for body in &due {
            let message: &str = body.get("message_id");
            if body.get::<i64, _>("awaited") == 1 {
                if body.get::<i64, _>("at") >= latest {
                    continue;
                }
                self.end_deliveries(message, now).await?;
            }
            self.expire_body(message, body.get("revision"), now).await?;
        }
        let is_full = u32::try_from(due.len()) == Ok(AT_ONCE);
        let last = due.last().filter(|_| is_full);
        Ok(last.map(|it| Timestamp(it.get("at"))))
    }

    async fn expire_body(&mut self, message: &str, revision: i64, now: Timestamp) -> Result<()> {
        let newest = sqlx::query(
            "update message set erased_at = $4 where community_id = $1 and id = $2 and revision = $3",
        )
        .bind(self.community)
        .bind(message)
        .bind(revision)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        if newest.rows_affected() > 0 {
            return self.delete(message).await;
        }
        for sql in [
            "delete from body where community_id = $1 and message_id = $2 and revision = $3",
            "delete from attachment where community_id = $1 and message_id = $2 and revision = $3",
        ] {
            sqlx::query(sql)
                .bind(self.community)
                .bind(message)
                .bind(revision)
                .execute(self.tx.connection().await?)
                .await?;
        }
        Ok(())
    }

    /// Nothing is left of the message that could be sent. Staff is told for each channel.
    async fn end_deliveries(&mut self, message: &str, now: Timestamp) -> Result<()> {
        let waiting = sqlx::query(
            "delete from reader_delivery where state = 'waiting' and community_id = $1 and delivery_id in (
               select d.id from delivery d where d.message_id = $2 and d.community_id = $1
             ) returning channel_id",
        )
        .bind(self.community)
        .bind(message)
        .fetch_all(self.tx.connection().await?)
        .await?;
        let sql = format!(
            "update delivery as d set state = 'suppressed', waits_for = null, reason = $3
             where d.message_id = $2 and d.community_id = $1 and {AWAITED} returning channel_id"
        );
        let ended = sqlx::query(AssertSqlSafe(sql))
            .bind(self.community)
            .bind(message)
            .bind(RETENTION)
            .fetch_all(self.tx.connection().await?)
            .await?;
        let channels = waiting.iter().chain(&ended).map(|it| it.get("channel_id"));
        for channel in channels.collect::<BTreeSet<String>>() {
            self.tell_of_the_end(&channel, now).await?;
        }
        Ok(())
    }

    async fn tell_of_the_end(&mut self, channel: &str, now: Timestamp) -> Result<()> {
        let found = sqlx::query(
            "select purpose, id as channel_id, platform, remote_id from channel where community_id = $1 and id = $2",
        )
        .bind(self.community)
        .bind(channel)
        .fetch_one(self.tx.reading().await?)
        .await?;
        let channel = row::shown_channel(&found, row::TO).to_string();
        let text = format!(
            "some of what waited for {channel} was not sent, for its words are kept no longer (`[retention]`): why it waited, \
             `causeway status` says"
        );
        let notice = Notice::new(NoticeKind::WordsExpired, channel, text, now);
        let community = CommunityId::from(self.community);
        self.tx.notices(&community).tell_anew(&notice).await
    }

    /// Says whether there may be more.
    async fn expire_messages(
        &mut self,
        (kept, before): (Retention, Timestamp),
        now: Timestamp,
    ) -> Result<bool> {
        // What was changed lately has words that may still be under way.
        let sql = format!(
            "select id from message where community_id = $1 and taken_at < $2 and (revision = 0 or revised_at < $3)
             order by taken_at limit {MESSAGES_AT_ONCE}"
        );
        let due = sqlx::query(AssertSqlSafe(sql))
            .bind(self.community)
            .bind(before.0)
            .bind(kept.all_words_before(now).0)
            .fetch_all(self.tx.connection().await?)
            .await?;
        for message in &due {
            self.forget_message(message.get("id")).await?;
        }
        Ok(due.len() == MESSAGES_AT_ONCE)
    }

    pub(crate) async fn forget_message(&mut self, message: &str) -> Result<()> {
        self.delete(message).await?;
        let all = [
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
        ];
        self.for_message(message, &all).await
    }

    async fn expire_rows(&mut self, delete: &'static str, before: Timestamp) -> Result<bool> {
        let done = sqlx::query(delete)
            .bind(self.community)
            .bind(before.0)
            .bind(i64::from(AT_ONCE))
            .execute(self.tx.connection().await?)
            .await?;
        Ok(done.rows_affected() == u64::from(AT_ONCE))
    }
}
