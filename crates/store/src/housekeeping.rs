//! What need not be remembered for ever.

use std::time::Duration;

use conversation::{Timestamp, days_kept};
use sqlx::any::AnyQueryResult;

use crate::{NoticeKind, Result, parts::Installation};

const DAY: Duration = Duration::from_secs(24 * 3600);
/// For so long a repeated event is known as one.
const REPEATS_KNOWN: Duration = DAY.saturating_mul(14);
/// Channels that nobody links for so long are silent, or not meant to be.
const UNKEPT_KNOWN: Duration = DAY.saturating_mul(30);
/// Mail that came back and words that were missed are no news for ever; what comes later is told anew.
const NEWS_KNOWN: Duration = DAY.saturating_mul(7);
/// Who was refused one post long ago is told of by newer ones.
const REFUSALS_KNOWN: Duration = DAY.saturating_mul(30);
/// What staff has not looked at by then.
const HELD_KEPT: Duration = DAY.saturating_mul(30);
/// No message is tried for as long.
const PAUSES_KNOWN: Duration = DAY.saturating_mul(90);

/// How much went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Of what nobody misses.
    pub rows: u64,
    /// What was held for staff, and was not looked at.
    pub held: u64,
}

impl Installation<'_> {
    /// Each as long as its reason says. Says how many.
    async fn forget_set_aside(&mut self, now: Timestamp) -> Result<u64> {
        let reasons: Vec<String> =
            sqlx::query_scalar("select distinct reason from set_aside where community_id = ''")
                .fetch_all(self.tx.reading().await?)
                .await?;
        let mut gone = 0;
        for reason in reasons {
            let kept = DAY.saturating_mul(days_kept(&reason));
            let done = sqlx::query(
                "delete from set_aside where community_id = '' and reason = $1 and at < $2",
            )
            .bind(&reason)
            .bind(now.minus(kept).0)
            .execute(self.tx.connection().await?)
            .await?;
            gone += done.rows_affected();
        }
        Ok(gone)
    }

    /// For the whole installation: what is too old is so in every community.
    pub async fn forget_old(&mut self, now: Timestamp) -> Result<Forgotten> {
        let before = |age: Duration| now.0 - i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
        let events = sqlx::query("delete from event where taken_at < $1")
            .bind(before(REPEATS_KNOWN))
            .execute(self.tx.connection().await?)
            .await?;
        let raw = self.forget_set_aside(now).await?;
        let unkept = sqlx::query("delete from unkept where community_id = '' and at < $1")
            .bind(before(UNKEPT_KNOWN))
            .execute(self.tx.connection().await?)
            .await?;
        let pauses = sqlx::query("delete from pause where ended_at < $1")
            .bind(before(PAUSES_KNOWN))
            .execute(self.tx.connection().await?)
            .await?;
        let readers =
            sqlx::query("delete from reader_delivery where state = 'refused' and at < $1")
                .bind(before(REFUSALS_KNOWN))
                .execute(self.tx.connection().await?)
                .await?;
        let notices =
            sqlx::query("delete from notice where kind in ($1, $2, $3, $4, $5) and at < $6")
                .bind(NoticeKind::ReaderReturned.as_str())
                .bind(NoticeKind::WordsMissed.as_str())
                .bind(NoticeKind::WordsExpired.as_str())
                .bind(NoticeKind::ForgottenIsNamed.as_str())
                .bind(NoticeKind::CodesGuessed.as_str())
                .bind(before(NEWS_KNOWN))
                .execute(self.tx.connection().await?)
                .await?;
        let requests = sqlx::query("delete from request where until < $1")
            .bind(now.0)
            .execute(self.tx.connection().await?)
            .await?;
        let gone = [notices, events, unkept, pauses, readers, requests];
        let gone: u64 = gone.iter().map(AnyQueryResult::rows_affected).sum();
        Ok(Forgotten {
            rows: gone + raw,
            held: self.forget_held(Timestamp(before(HELD_KEPT))).await?,
        })
    }
}
