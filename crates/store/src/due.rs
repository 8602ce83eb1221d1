//! What falls due, and when: all that is done later stands in one table.
//!
//! **Invariant:** a row goes, or gets its next time, in the transaction that does its work; what fails is put off alone. Of a
//! kind that only a newer program knows nobody here knows what to do: it stays as it is, and is never the earliest.

use std::time::Duration;

use conversation::{ChannelId, CommunityId, Timestamp, WaitsFor};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use crate::{Result, Store, parts::Clock, row::number};

/// Before it is tried again, after the first failure; twice as long after each other one.
const AFTER_A_FAILURE: Duration = Duration::from_secs(30);
/// Up to 32 minutes.
const MOST_DOUBLINGS: u32 = 6;

/// How long what somebody said waits for their yes.
pub const ASKED_FOR: Duration = Duration::from_secs(7 * 24 * 3600);

/// What is to be done then, and what a row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DueKind {
    /// A channel, for which edits wait to be said.
    Correction,
    /// A channel, for which reactions wait to be told.
    Digest,
    /// A delivery that waits for its files.
    File,
    /// A channel in which something was changed that nobody knows yet.
    EarlyChange,
    /// A message that was deleted while it was under way.
    Erasure,
    /// A channel in which something waits, and whose authors may have to hear of it.
    Lateness,
    /// An account whose words wait for its person's yes.
    Consent,
    /// A community: what was said there is kept for a while.
    Retention,
    /// Somebody who is to be forgotten: what of theirs stands elsewhere is taken back.
    TakingBack,
    /// The whole installation: what nobody needs to remember.
    Forgetting,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Due {
    pub community: CommunityId,
    pub kind: DueKind,
    pub about: String,
    pub at: Timestamp,
    /// Failures in a row.
    pub attempts: u32,
}

/// How long after it began each falls due.
#[derive(Debug, Clone, Copy)]
pub struct Delays {
    pub correction: Duration,
    pub digest: Duration,
    pub lateness: Duration,
}

impl DueKind {
    pub const ALL: [DueKind; 10] = [
        DueKind::Correction,
        DueKind::Digest,
        DueKind::File,
        DueKind::EarlyChange,
        DueKind::Erasure,
        DueKind::Lateness,
        DueKind::Consent,
        DueKind::Retention,
        DueKind::TakingBack,
        DueKind::Forgetting,
    ];

    /// As it stands in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            DueKind::Correction => "correction",
            DueKind::Digest => "digest",
            DueKind::File => "file",
            DueKind::EarlyChange => "early-change",
            DueKind::Erasure => "erasure",
            DueKind::Lateness => "lateness",
            DueKind::Consent => "consent",
            DueKind::Retention => "retention",
            DueKind::TakingBack => "taking-back",
            DueKind::Forgetting => "forgetting",
        }
    }

    fn parse(text: &str) -> Option<DueKind> {
        DueKind::ALL.into_iter().find(|it| it.as_str() == text)
    }

    /// None for what waits for somebody, and for no time of a channel's.
    pub fn of(what: WaitsFor) -> Option<DueKind> {
        match what {
            WaitsFor::Correction => Some(DueKind::Correction),
            WaitsFor::Digest => Some(DueKind::Digest),
            WaitsFor::File => Some(DueKind::File),
            WaitsFor::Window | WaitsFor::Consent => None,
        }
    }

    /// No row of the kind is ever further away: one that is was made by a clock that went wrong.
    fn longest(self, delays: &Delays) -> Duration {
        match self {
            DueKind::Correction => delays.correction,
            DueKind::Digest => delays.digest,
            DueKind::Lateness => delays.lateness,
            DueKind::File | DueKind::EarlyChange | DueKind::Erasure | DueKind::TakingBack => {
                Duration::from_secs(60)
            }
            DueKind::Consent => ASKED_FOR,
            DueKind::Retention | DueKind::Forgetting => Duration::from_secs(3600),
        }
    }

    /// What must stand there of the kind, as the rows that it is about tell: `$1` is the kind, `$2` when, or after how long.
    /// Each has its `where`, or SQLite takes what follows for a join's.
    fn derived(self) -> &'static str {
        match self {
            DueKind::Correction | DueKind::Digest => {
                "select community_id, $1, channel_id, min(created_at) + $2, 0 from delivery
                 where state = 'waiting' and waits_for = $1 group by community_id, channel_id"
            }
            DueKind::File => {
                "select community_id, $1, id, $2, 0 from delivery where state = 'waiting' and waits_for = $1"
            }
            DueKind::EarlyChange => {
                "select community_id, $1, channel_id, $2, 0 from early_change where true group by community_id, channel_id"
            }
            DueKind::Erasure => {
                "select community_id, $1, id, $2, 0 from message where deleted_at is not null and erased_at is null
                 union all
                 select community_id, $1, id, $2, 0 from message
                 where stays is not null and stays <> 'consent' and erased_at is null"
            }
            DueKind::Lateness => {
                "select community_id, $1, channel_id, min(created_at) + $2, 0 from delivery
                 where state in ('to_do', 'sending', 'uncertain') and operation = 'post' group by channel_id, community_id"
            }
            DueKind::Consent => {
                "select community_id, $1, identity_id, min(taken_at) + $2, 0 from message
                 where stays = 'consent' group by identity_id, community_id"
            }
            DueKind::Retention => {
                "select community_id, $1, '', $2, 0 from community where true"
            }
            DueKind::TakingBack => "select community_id, $1, id, $2, 0 from forgetting where true",
            DueKind::Forgetting => "select '', $1, '', $2, 0 where true",
        }
    }
}

impl Delays {
    pub fn of(&self, what: WaitsFor) -> Option<(DueKind, Duration)> {
        let kind = DueKind::of(what)?;
        Some((kind, kind.longest(self)))
    }

    fn derived(&self, kind: DueKind, now: Timestamp) -> i64 {
        match kind {
            DueKind::Correction | DueKind::Digest | DueKind::Lateness | DueKind::Consent => {
                Timestamp(0).plus(kind.longest(self)).0
            }
            _ => now.0,
        }
    }
}

impl Store {
    /// The earliest of these kinds, due or not.
    pub async fn earliest_due(&self, kinds: &[DueKind], limit: usize) -> Result<Vec<Due>> {
        let kinds: Vec<_> = kinds
            .iter()
            .map(|it| format!("'{}'", it.as_str()))
            .collect();
        let sql = format!(
            "select community_id, kind, about, at, attempts from due where kind in ({}) order by at, kind limit $1",
            kinds.join(", ")
        );
        let rows = sqlx::query(AssertSqlSafe(sql))
            .bind(i64::try_from(limit).unwrap_or(i64::MAX))
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.iter().filter_map(due).collect())
    }
}

fn due(row: &AnyRow) -> Option<Due> {
    Some(Due {
        community: CommunityId(row.get("community_id")),
        kind: DueKind::parse(row.get("kind"))?,
        about: row.get("about"),
        at: Timestamp(row.get("at")),
        attempts: number(row, "attempts"),
    })
}

impl Clock<'_> {
    /// Where it stands already, the earlier time counts.
    pub async fn fall_due_at(
        &mut self,
        community: &CommunityId,
        (kind, about): (DueKind, &str),
        at: Timestamp,
    ) -> Result<()> {
        let set = sqlx::query(
            "insert into due (community_id, kind, about, at, attempts) values ($1, $2, $3, $4, 0)
             on conflict (about, kind, community_id) do update set at = excluded.at where excluded.at < due.at",
        )
        .bind(&community.0)
        .bind(kind.as_str())
        .bind(about)
        .bind(at.0)
        .execute(self.tx.connection().await?)
        .await?;
        self.tx.clock_was_set(set.rows_affected());
        Ok(())
    }

    /// Its work is done: when there is more, if there will be.
    pub async fn done_until(&mut self, due: &Due, next: Option<Timestamp>) -> Result<()> {
        match next {
            Some(at) => self.set_anew(due, at, 0).await,
            None => {
                sqlx::query("delete from due where about = $1 and kind = $2 and community_id = $3")
                    .bind(&due.about)
                    .bind(due.kind.as_str())
                    .bind(&due.community.0)
                    .execute(self.tx.connection().await?)
                    .await?;
                Ok(())
            }
        }
    }

    /// It failed: ever longer until it is tried again.
    pub async fn put_off(&mut self, due: &Due, now: Timestamp) -> Result<()> {
        let longer = 1 << due.attempts.min(MOST_DOUBLINGS);
        let at = now.plus(AFTER_A_FAILURE.saturating_mul(longer));
        self.set_anew(due, at, due.attempts + 1).await
    }

    async fn set_anew(&mut self, due: &Due, at: Timestamp, attempts: u32) -> Result<()> {
        sqlx::query(
            "update due set at = $4, attempts = $5 where about = $1 and kind = $2 and community_id = $3",
        )
        .bind(&due.about)
        .bind(due.kind.as_str())
        .bind(&due.community.0)
        .bind(at.0)
        .bind(i64::from(attempts))
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// Something is left in the channel's queue that does not go through at once: its row stands for as long as anything does.
    pub async fn may_be_late(
        &mut self,
        (community, channel): (&CommunityId, &ChannelId),
        after: Duration,
    ) -> Result<()> {
        let set = sqlx::query(
            "insert into due (community_id, kind, about, at, attempts)
             select community_id, 'lateness', channel_id, created_at + $3, 0 from delivery
             where community_id = $1 and channel_id = $2 and state in ('to_do', 'sending', 'uncertain') and operation = 'post'
             order by seq limit 1
             on conflict (about, kind, community_id) do nothing",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .bind(Timestamp(0).plus(after).0)
        .execute(self.tx.connection().await?)
        .await?;
        self.tx.clock_was_set(set.rows_affected());
        Ok(())
    }

    /// For the whole installation, at the start of a bridge and after a clock was set back: all that older versions and clocks
    /// that went wrong left stands there as its rows want it.
    pub async fn set(&mut self, delays: &Delays, now: Timestamp) -> Result<()> {
        for kind in DueKind::ALL {
            let sql = format!(
                "insert into due (community_id, kind, about, at, attempts) {}
                 on conflict (about, kind, community_id) do update set at = excluded.at where excluded.at < due.at",
                kind.derived()
            );
            sqlx::query(AssertSqlSafe(sql))
                .bind(kind.as_str())
                .bind(delays.derived(kind, now))
                .execute(self.tx.connection().await?)
                .await?;
            sqlx::query("update due set at = $2 where kind = $1 and at > $2")
                .bind(kind.as_str())
                .bind(now.plus(kind.longest(delays)).0)
                .execute(self.tx.connection().await?)
                .await?;
        }
        self.tx.clock_was_set(1);
        Ok(())
    }
}
