//! What was heard and not kept: counted by channel and kind, so that staff can link a channel that it forgot.
//!
//! **Invariant:** no word, no file and no name of a person stands here, and no id of whoever speaks to the bot alone. The
//! newest stay, however many there are: a stranger can put the bot into as many chats as they like.

use std::collections::BTreeMap;

use conversation::{ChannelRef, EventKey, Platform, Timestamp, clean_name};
use serde::Serialize;
use sqlx::Row;

use crate::{Result, Store, parts::Events, row, text};

/// Of all platforms and kinds together.
const MOST_KEPT: i64 = 2000;

/// One event that is not kept.
#[derive(Debug, Clone)]
pub struct Unkept<'a> {
    pub platform: &'a Platform,
    /// None for what is said to the bot alone.
    pub channel: Option<&'a ChannelRef>,
    pub name: Option<String>,
    /// What happened, or why it could not be read.
    pub kind: &'static str,
}

/// A channel that something was heard from, and that is in no room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HeardChannel {
    /// As `causeway room link` takes it.
    pub channel: String,
    /// As people there call it, where the platform told.
    pub name: Option<String>,
    /// Those that are remembered.
    pub events: u64,
    pub last_at_ms: i64,
}

impl Store {
    /// Channels that were heard and are not linked, the newest first.
    pub async fn heard_channels(&self) -> Result<Vec<HeardChannel>> {
        let rows = sqlx::query(
            "select u.platform, u.remote_id, u.name, u.n, u.at from unkept u
             where u.community_id = '' and u.remote_id <> '' and not exists (
               select 1 from channel c
               where c.platform = u.platform and c.remote_id = u.remote_id and c.room_id is not null
             ) order by u.at desc, u.platform, u.remote_id, u.kind",
        )
        .fetch_all(&self.pool)
        .await?;
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut heard: Vec<HeardChannel> = Vec::new();
        for row in &rows {
            let channel = row::channel_ref(row).to_string();
            let at = *seen.entry(channel.clone()).or_insert(heard.len());
            if at == heard.len() {
                heard.push(HeardChannel {
                    channel,
                    name: None,
                    events: 0,
                    last_at_ms: row.get("at"),
                });
            }
            let name: String = row.get("name");
            let known = &mut heard[at];
            known.name = known.name.take().or((!name.is_empty()).then_some(name));
            known.events += u64::try_from(row.get::<i64, _>("n")).unwrap_or(0);
        }
        Ok(heard)
    }
}

impl Events<'_> {
    /// Puts down that an event came that no room took in. False if it came before.
    pub async fn first_stopped(
        &mut self,
        (platform, key): (&Platform, &EventKey),
        rule: &'static str,
        now: Timestamp,
    ) -> Result<bool> {
        let hash = self.tx.event_hash(key);
        let done = sqlx::query(
            "insert into event (community_id, platform, key_hash, verdict, taken_at) values ('', $1, $2, $3, $4)
             on conflict (community_id, platform, key_hash) do nothing",
        )
        .bind(&platform.0)
        .bind(hash)
        .bind(rule)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// Whether it is the first of its channel and kind.
    pub async fn count_unkept(&mut self, what: &Unkept<'_>, now: Timestamp) -> Result<bool> {
        let id = what.channel.map_or(String::new(), |it| text::key(&it.id.0));
        let name = what.name.as_deref().map_or(String::new(), shown);
        let known = sqlx::query(
            "update unkept set n = n + 1, at = $1, name = case when $2 = '' then name else $2 end
             where community_id = '' and platform = $3 and remote_id = $4 and kind = $5",
        )
        .bind(now.0)
        .bind(&name)
        .bind(&what.platform.0)
        .bind(&id)
        .bind(what.kind)
        .execute(self.tx.connection().await?)
        .await?;
        if known.rows_affected() > 0 {
            return Ok(false);
        }
        sqlx::query(
            "insert into unkept (community_id, platform, remote_id, kind, name, n, at) values ('', $1, $2, $3, $4, 1, $5)",
        )
        .bind(&what.platform.0)
        .bind(&id)
        .bind(what.kind)
        .bind(&name)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        self.forget_oldest_unkept().await?;
        Ok(true)
    }

    async fn forget_oldest_unkept(&mut self) -> Result<()> {
        sqlx::query(
            "delete from unkept where community_id = '' and at < (
               select at from unkept where community_id = '' order by at desc limit 1 offset $1
             )",
        )
        .bind(MOST_KEPT - 1)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// It is linked now, or closed to us.
    pub async fn forget_unkept(&mut self, channel: &ChannelRef) -> Result<()> {
        sqlx::query(
            "delete from unkept where community_id = '' and platform = $1 and remote_id = $2",
        )
        .bind(text::key(&channel.platform.0))
        .bind(text::key(&channel.id.0))
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}

/// For the terminal of whoever looks: on one line, without what hides, turns or tells a number.
fn shown(name: &str) -> String {
    let shown = clean_name(name);
    let says_nothing = shown == clean_name("");
    text::clean(if says_nothing { "" } else { &shown })
}
