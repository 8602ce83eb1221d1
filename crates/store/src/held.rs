//! What waits for staff before anybody hears of it: events that rules of `HOLD_RULES` stopped.
//!
//! **Invariant:** an event stands here or was taken in, never both and never neither: it goes in the transaction in which
//! it is taken in, dropped or forgotten.

use std::collections::BTreeSet;

use conversation::{
    ChannelFacts, ChannelId, ChannelRef, CommunityId, DELETED_BEFORE_SENT, DROPPED_BY_STAFF, Event,
    FORGOTTEN, Inbound, RemoteId, Timestamp,
};
use serde::Serialize;
use sqlx::{Row, any::AnyRow};

use crate::{
    Notice, NoticeKind, Result, Store, Tx,
    deliveries::{STAYS, excerpt, harmless},
    id::new_id,
    parts::{Held, Installation},
    row, text,
};

/// One of them as staff sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeldLine {
    pub id: String,
    pub channel: String,
    pub author: String,
    /// Who it claims to be, where names prove nothing.
    pub account: String,
    pub message_excerpt: String,
    /// A rule's name.
    pub reason: String,
    pub said_at_ms: i64,
    pub held_at_ms: i64,
}

/// One that staff let go.
#[derive(Debug, Clone)]
pub struct Released {
    pub community: CommunityId,
    pub id: String,
    /// Where it was said, as that place is called now.
    pub channel: ChannelRef,
}

impl Store {
    /// In the community of that name, or in one of its channels; the oldest first.
    pub async fn held(
        &self,
        community: &str,
        of: Option<&ChannelRef>,
        limit: u32,
    ) -> Result<Vec<HeldLine>> {
        let rows = sqlx::query(
            "select h.id, h.reason, h.at, h.event, c.platform, c.remote_id from held h
             join channel c on c.community_id = h.community_id and c.id = h.channel_id
             join community m on m.community_id = h.community_id
             where m.name = $1 and h.released_at is null
               and ($3 is null or c.platform = $3 and c.remote_id = $4) order by h.at, h.id limit $2",
        )
        .bind(text::key(community))
        .bind(i64::from(limit))
        .bind(of.map(|it| text::key(&it.platform.0)))
        .bind(of.map(|it| text::key(&it.id.0)))
        .fetch_all(&self.pool)
        .await?;
        let private = self.private_accounts(community).await?;
        Ok(rows.iter().map(|it| line(it, &private)).collect())
    }

    /// Of whom nothing is shown: by platform and account.
    async fn private_accounts(&self, community: &str) -> Result<BTreeSet<(String, String)>> {
        let rows = sqlx::query(
            "select i.platform, i.account from community c
             cross join person p cross join identity i
             where c.name = $1 and p.community_id = c.community_id and p.private_since is not null
               and i.person_id = p.id and i.community_id = p.community_id",
        )
        .bind(text::key(community))
        .fetch_all(&self.pool)
        .await?;
        let account = |it: &AnyRow| (it.get("platform"), it.get("account"));
        Ok(rows.iter().map(account).collect())
    }

    pub async fn count_held(&self, community: &str, of: Option<&ChannelRef>) -> Result<usize> {
        let count: i64 = sqlx::query_scalar(
            "select count(*) from held h
             join channel c on c.community_id = h.community_id and c.id = h.channel_id
             join community m on m.community_id = h.community_id
             where m.name = $1 and h.released_at is null and ($2 is null or c.platform = $2 and c.remote_id = $3)",
        )
        .bind(text::key(community))
        .bind(of.map(|it| text::key(&it.platform.0)))
        .bind(of.map(|it| text::key(&it.id.0)))
        .fetch_one(&self.pool)
        .await?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// In the order in which they were said.
    pub async fn released(&self) -> Result<Vec<Released>> {
        let rows = sqlx::query(
            "select h.community_id, h.id, c.platform, c.remote_id from held h
             join channel c on c.community_id = h.community_id and c.id = h.channel_id
             where h.released_at is not null order by h.at, h.id",
        )
        .fetch_all(&self.pool)
        .await?;
        let released = |row: &AnyRow| Released {
            community: CommunityId(row.get("community_id")),
            id: row.get("id"),
            channel: row::channel_ref(row),
        };
        Ok(rows.iter().map(released).collect())
    }
}

impl Held<'_> {
    /// Instead of taking it in. Staff is told once for each channel, until it looked.
    pub async fn hold(
        &mut self,
        channel: &ChannelFacts,
        event: &Inbound,
        reason: &'static str,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "insert into held (community_id, id, channel_id, reason, at, event, remote_id)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&self.community.0)
        .bind(new_id(now))
        .bind(&channel.id.0)
        .bind(reason)
        .bind(now.0)
        .bind(serde_json::to_string(&without_elided(event))?)
        .bind(message(event).map(|it| text::key(&it.0)))
        .execute(self.tx.connection().await?)
        .await?;
        self.tx
            .events()
            .record_verdict(&self.community.0, event, reason)
            .await?;
        let notice = notice(&channel.at, reason, now);
        self.tx.notices(self.community).tell_once(&notice).await?;
        Ok(())
    }

    /// All, or those whose id begins so, are for the bridge to take in. Says how many.
    pub async fn release_held(&mut self, id: &str, now: Timestamp) -> Result<u64> {
        let done = sqlx::query(
            "update held set released_at = $1
             where community_id = $3 and released_at is null and substr(id, 1, length($2)) = $2",
        )
        .bind(now.0)
        .bind(text::clean(id))
        .bind(&self.community.0)
        .execute(self.tx.connection().await?)
        .await?;
        self.tx
            .notices(self.community)
            .clear_all(NoticeKind::Held)
            .await?;
        // A running bridge looks for them when something changes.
        self.tx.directory().next_revision(self.community).await?;
        Ok(done.rows_affected())
    }

    /// All, or those whose id begins so, go for good; that they were dropped stays on record. Says how many.
    pub async fn drop_held(&mut self, id: &str) -> Result<u64> {
        let gone = sqlx::query(
            "delete from held where community_id = $2 and substr(id, 1, length($1)) = $1 returning community_id, event",
        )
        .bind(text::clean(id))
        .bind(&self.community.0)
        .fetch_all(self.tx.connection().await?)
        .await?;
        self.tx
            .notices(self.community)
            .clear_all(NoticeKind::Held)
            .await?;
        record_ends(self.tx, &gone, DROPPED_BY_STAFF).await
    }

    /// Its author took it back.
    pub(crate) async fn drop_held_message(
        &mut self,
        channel: &ChannelId,
        message: &RemoteId,
    ) -> Result<()> {
        let gone = sqlx::query(
            "delete from held where community_id = $1 and channel_id = $2 and remote_id = $3
             returning community_id, event",
        )
        .bind(&self.community.0)
        .bind(&channel.0)
        .bind(text::key(&message.0))
        .fetch_all(self.tx.connection().await?)
        .await?;
        record_ends(self.tx, &gone, DELETED_BEFORE_SENT)
            .await
            .map(drop)
    }

    /// The event, as JSON, for whoever takes it in within this transaction. `None` if somebody did, or dropped it.
    pub async fn take_released(&mut self, id: &str) -> Result<Option<String>> {
        let event = sqlx::query_scalar(
            "delete from held where community_id = $1 and id = $2 and released_at is not null returning event",
        )
        .bind(&self.community.0)
        .bind(id)
        .fetch_optional(self.tx.connection().await?)
        .await?;
        Ok(event)
    }
}

impl Installation<'_> {
    /// Those that nobody looked at since before then, in the whole installation. Says how many.
    pub(crate) async fn forget_held(&mut self, before: Timestamp) -> Result<u64> {
        let gone = sqlx::query(
            "delete from held where at < $1 and released_at is null returning community_id, event",
        )
        .bind(before.0)
        .fetch_all(self.tx.connection().await?)
        .await?;
        record_ends(self.tx, &gone, FORGOTTEN).await
    }
}

/// What becomes of these events.
async fn record_ends(tx: &mut Tx, gone: &[AnyRow], rule: &str) -> Result<u64> {
    for row in gone {
        if let Ok(event) = serde_json::from_str(&row.get::<String, _>("event")) {
            let community: String = row.get("community_id");
            tx.events().record_verdict(&community, &event, rule).await?;
        }
    }
    Ok(gone.len() as u64)
}

fn message(event: &Inbound) -> Option<&RemoteId> {
    match &event.event {
        Event::Posted(posted) => posted.messages.first(),
        _ => None,
    }
}

/// What was left out of the words is set aside already.
fn without_elided(event: &Inbound) -> Inbound {
    let mut event = event.clone();
    if let Event::Posted(posted) = &mut event.event {
        posted.elided.clear();
    }
    event
}

fn notice(channel: &ChannelRef, reason: &str, now: Timestamp) -> Notice {
    let because = conversation::because(reason).unwrap_or(reason);
    let text = format!(
        "something that was said in {channel} waits for staff, because {because}: `causeway held list` shows it, \
             `causeway held release` lets it go, `causeway held drop` drops it"
    );
    Notice::new(NoticeKind::Held, channel.to_string(), text, now)
}

fn line(row: &AnyRow, private: &BTreeSet<(String, String)>) -> HeldLine {
    let event: Option<Inbound> = serde_json::from_str(&row.get::<String, _>("event")).ok();
    let is_private = |it: &&Inbound| {
        let account = text::key(&it.actor.account.0);
        private.contains(&(it.channel.platform.0.clone(), account))
    };
    let stays = event.as_ref().is_some_and(|it| is_private(&it));
    let said = match event.as_ref().map(|it| &it.event) {
        _ if stays => STAYS.to_owned(),
        Some(Event::Posted(posted)) => excerpt(&posted.content),
        _ => "(what is stored of it cannot be shown)".to_owned(),
    };
    let actor = event.as_ref().map(|it| &it.actor).filter(|_| !stays);
    HeldLine {
        id: row.get("id"),
        channel: row::channel_ref(row).to_string(),
        author: actor.map_or(String::new(), |it| harmless(&it.display_name)),
        account: actor.map_or(String::new(), |it| harmless(&it.account.0)),
        message_excerpt: said,
        reason: row.get("reason"),
        said_at_ms: event.as_ref().map_or(0, |it| it.at.0),
        held_at_ms: row.get("at"),
    }
}
