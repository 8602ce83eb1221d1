//! How things stand: what waits and why, what rules stopped, who was heard last, how large it all is.

use conversation::{ChannelRef, CommunityId, DeliveryState, Link, Platform, Timestamp};
use serde::Serialize;
use sqlx::{Row, any::AnyRow};

use crate::{Result, Store, pauses::ALIVE_AT, row};

/// What one channel is still to get.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Waiting {
    #[serde(serialize_with = "row::as_text")]
    pub channel: ChannelRef,
    pub link: Link,
    pub deliveries: u64,
    /// When the oldest of them was made.
    #[serde(rename = "since_ms")]
    pub since: Timestamp,
    /// Of the oldest: how often it was tried, and what came of the last attempt.
    pub attempts: u32,
    pub why: Option<String>,
}

/// Events that were not taken in, by the rule that says why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stopped {
    pub platform: Platform,
    pub rule: String,
    pub events: u64,
}

/// What was said in a channel since then could not be read yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    pub channel: ChannelRef,
    pub since: Timestamp,
}

/// How much waits until staff has looked at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ForStaff {
    /// Deliveries that were given up.
    pub dead: u64,
    /// Deliveries that a brake stopped.
    pub braked: u64,
    /// Events of which nobody heard.
    pub held: u64,
}

impl Store {
    /// In one community, or in all; the oldest first. What somebody alone is answered is none of a channel's.
    pub async fn waiting(&self, of: Option<&CommunityId>) -> Result<Vec<Waiting>> {
        let rows = sqlx::query(
            "select c.purpose, c.id as channel_id, c.platform, c.remote_id, c.link, o.n, d.created_at, d.attempts, d.reason
             from (
               select community_id, channel_id, count(*) as n, min(seq) as seq from delivery
               where state in ('to_do', 'sending', 'uncertain') and waits_for is null
                 and ($1 is null or community_id = $1) group by channel_id, community_id
             ) o
             join delivery d on d.channel_id = o.channel_id and d.community_id = o.community_id and d.seq = o.seq
               and d.state in ('to_do', 'sending', 'uncertain')
             join channel c on c.community_id = o.community_id and c.id = o.channel_id
             order by d.created_at, c.platform, c.remote_id",
        )
        .bind(of.map(|it| &it.0))
        .fetch_all(&self.pool)
        .await?;
        let waiting = |row: &AnyRow| {
            Ok(Waiting {
                channel: row::shown_channel(row, row::TO),
                link: row::link(row)?,
                deliveries: count(row),
                since: Timestamp(row.get("created_at")),
                attempts: row::number(row, "attempts"),
                why: row.get("reason"),
            })
        };
        rows.iter().map(waiting).collect()
    }

    /// Our own words that came back are left out: they are stopped at each post.
    pub async fn stopped_since(&self, since: Timestamp) -> Result<Vec<Stopped>> {
        let rows = sqlx::query(
            "select platform, verdict, count(*) as n from event
             where taken_at >= $1 and verdict not in ('take', 'own-words', 'returned', 'bounce', 'elided-text')
             group by platform, verdict order by platform, verdict",
        )
        .bind(since.0)
        .fetch_all(&self.pool)
        .await?;
        let stopped = |row: &AnyRow| Stopped {
            platform: Platform(row.get("platform")),
            rule: row.get("verdict"),
            events: count(row),
        };
        Ok(rows.iter().map(stopped).collect())
    }

    /// When anything was last heard there, as far back as events are known.
    pub async fn last_heard(&self, platform: &Platform) -> Result<Option<Timestamp>> {
        let at: Option<i64> = sqlx::query_scalar(
            "select taken_at from event where platform = $1 order by taken_at desc limit 1",
        )
        .bind(platform.as_str())
        .fetch_optional(&self.pool)
        .await?;
        Ok(at.map(Timestamp))
    }

    pub async fn unread(&self, of: Option<&CommunityId>) -> Result<Vec<Unread>> {
        let rows = sqlx::query(
            "select platform, remote_id, unheard_since from channel
             where unheard_since is not null and room_id is not null and ($1 is null or community_id = $1)
             order by unheard_since, id",
        )
        .bind(of.map(|it| &it.0))
        .fetch_all(&self.pool)
        .await?;
        let unread = |row: &AnyRow| Unread {
            channel: row::channel_ref(row),
            since: Timestamp(row.get("unheard_since")),
        };
        Ok(rows.iter().map(unread).collect())
    }

    /// When a bridge last said that it is at work.
    pub async fn alive_at(&self) -> Result<Option<Timestamp>> {
        let at: Option<String> =
            sqlx::query_scalar("select value from setting where community_id = '' and name = $1")
                .bind(ALIVE_AT)
                .fetch_optional(&self.pool)
                .await?;
        Ok(at.and_then(|it| it.parse().ok()).map(Timestamp))
    }

    pub async fn for_staff(&self, of: Option<&CommunityId>) -> Result<ForStaff> {
        let of = of.map(|it| &it.0);
        let stopped = "select count(*) as n from delivery
             where state in ('dead', 'held') and state = $1 and ($2 is null or community_id = $2)";
        let mut counts = Vec::new();
        for state in [DeliveryState::Dead, DeliveryState::Held] {
            let row = sqlx::query(stopped).bind(state.as_str()).bind(of);
            counts.push(count(&row.fetch_one(&self.pool).await?));
        }
        let held = sqlx::query(
            "select count(*) as n from held where released_at is null and ($1 is null or community_id = $1)",
        );
        let held = held.bind(of);
        Ok(ForStaff {
            dead: counts[0],
            braked: counts[1],
            held: count(&held.fetch_one(&self.pool).await?),
        })
    }

    /// In bytes. Of a file, with what is still to be written into it.
    pub async fn size(&self) -> Result<u64> {
        if let Some(file) = self.file() {
            return Ok(crate::file::size(file));
        }
        let size: i64 = sqlx::query_scalar("select pg_database_size(current_database())")
            .fetch_one(&self.pool)
            .await?;
        Ok(u64::try_from(size).unwrap_or(0))
    }
}

fn count(row: &AnyRow) -> u64 {
    u64::try_from(row.get::<i64, _>("n")).unwrap_or(0)
}
