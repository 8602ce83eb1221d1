//! What came of it, platform by platform, as it stands when somebody is told.

use conversation::{ChannelRef, CommunityId, MessageId, Platform};
use sqlx::{AssertSqlSafe, Row, any::AnyRow};

use super::{Forgetting, Phase};
use crate::{
    Entry, Result, Store,
    directory::{COLUMNS, TABLES, key_of},
    parts::PrivateChats,
};

/// Of one platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MessagesOf {
    pub platform: Platform,
    pub taken_back: i64,
    /// The platform has no way to take them back.
    pub cannot: i64,
    /// It was tried, in vain.
    pub refused: i64,
    /// It goes on.
    pub waits: i64,
}

#[derive(Debug, Clone)]
pub struct Receipt {
    pub messages: i64,
    pub is_over: bool,
    /// The configuration names them.
    pub is_named: bool,
    pub places: Vec<MessagesOf>,
}

impl PrivateChats<'_> {
    /// Of somebody who is being forgotten: nobody else knows them any more.
    pub async fn of_forgotten(&mut self, at: &ChannelRef) -> Result<Option<Entry>> {
        let sql = format!(
            "select {COLUMNS} from {TABLES}
             join place p on p.community_id = c.community_id and p.channel_id = c.id
             join forgetting f on f.community_id = c.community_id and f.channel_id = c.id
             where p.platform = $1 and p.place_key = $2 and c.purpose = 'direct' limit 1"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(&at.platform.0)
            .bind(self.place_key(at))
            .fetch_optional(self.tx.connection().await?)
            .await?;
        let keys = self.tx.keys();
        row.map(|it| Entry::of(&it, key_of(&it, keys)?)).transpose()
    }
}

impl Store {
    /// Of whom the private chat was in which this is said.
    pub async fn receipt(
        &self,
        community: &CommunityId,
        said: &MessageId,
    ) -> Result<Option<Receipt>> {
        let found = sqlx::query(
            "select f.id, f.person_id, f.channel_id, f.platform, f.account_cipher, f.asked_at, f.phase, f.through, f.messages, f.is_named from message m
             join channel c on c.community_id = m.community_id and c.id = m.channel_id and c.purpose = 'direct'
             join forgetting f on f.channel_id = m.channel_id and f.community_id = m.community_id
             where m.id = $2 and m.community_id = $1 order by f.id desc limit 1",
        )
        .bind(&community.0)
        .bind(&said.0)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = found else { return Ok(None) };
        let it = Forgetting::of(&row)?;
        Ok(Some(Receipt {
            messages: it.messages,
            is_over: it.phase != Phase::TakingBack,
            is_named: it.is_named,
            places: self.taken_back(community, &it).await?,
        }))
    }

    async fn taken_back(
        &self,
        community: &CommunityId,
        it: &Forgetting,
    ) -> Result<Vec<MessagesOf>> {
        let rows = sqlx::query(
            "select c.platform,
               sum(case when d.state = 'sent' or d.reason = 'never-posted' then 1 else 0 end) as taken_back,
               sum(case when d.state = 'suppressed' and d.reason = 'deletes-unsupported' then 1 else 0 end) as cannot,
               sum(case when d.state in ('dead', 'held') then 1 else 0 end) as refused,
               sum(case when d.state in ('to_do', 'sending', 'uncertain') then 1 else 0 end) as waits
             from identity i
             join message m on m.identity_id = i.id and m.community_id = i.community_id
             join delivery d on d.message_id = m.id and d.community_id = m.community_id and d.operation = 'delete'
             join channel c on c.community_id = d.community_id and c.id = d.channel_id
             where i.person_id = $2 and i.community_id = $1 and m.deleted_at >= $3
             group by c.platform order by c.platform",
        )
        .bind(&community.0)
        .bind(&it.person.0)
        .bind(it.asked_at.0)
        .fetch_all(&self.pool)
        .await?;
        let of = |row: &AnyRow| MessagesOf {
            platform: Platform(row.get("platform")),
            taken_back: row.get("taken_back"),
            cannot: row.get("cannot"),
            refused: row.get("refused"),
            waits: row.get("waits"),
        };
        Ok(rows.iter().map(of).collect())
    }
}
