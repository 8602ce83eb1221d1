//! Where somebody who was forgotten is told so: their newest private chat, or one that is opened for it.

use conversation::{
    AccountRef, ChannelId, ChannelRef, CommunityId, PersonId, Platform, RemoteId, Timestamp,
};
use sqlx::{AssertSqlSafe, Row};

use super::{Forgetting, Sealed};
use crate::{
    Entry, Result, Store,
    directory::{COLUMNS, TABLES, key_of},
    id::new_id,
    parts::Forgettings,
    text,
};

impl Store {
    /// For whom a chat is to be opened, if they are to be told and there is none.
    pub async fn to_be_told(
        &self,
        community: &CommunityId,
        forgetting: &str,
    ) -> Result<Option<AccountRef>> {
        let found = sqlx::query(
            "select f.platform, f.account_cipher, m.key_no, k.wrapped, m.community_id from forgetting f
             join community m on m.community_id = f.community_id
             join community_key k on k.community_id = m.community_id and k.no = m.key_no
             where f.id = $2 and f.community_id = $1 and f.phase = 'telling' and f.account_cipher is not null",
        )
        .bind(&community.0)
        .bind(forgetting)
        .fetch_optional(&self.pool)
        .await?;
        let Some(row) = found else { return Ok(None) };
        let platform: String = row.get("platform");
        let account = key_of(&row, &self.keys)?.open(&platform, row.get("account_cipher"));
        Ok(account.map(|it| AccountRef {
            platform: Platform(platform),
            account: RemoteId(it),
        }))
    }
}

impl Forgettings<'_> {
    /// Where they are alone with the bridge, and were heard last.
    pub(super) async fn chat_of(&mut self, person: &PersonId) -> Result<Option<ChannelId>> {
        let chat: Option<String> = sqlx::query_scalar(
            "select c.id from identity i cross join channel c
             where i.person_id = $2 and i.community_id = $1 and c.identity_id = i.id and c.identity_id is not null
               and c.community_id = i.community_id and c.purpose = 'direct' and c.link = 'active'
             order by c.heard_at desc limit 1",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(chat.map(ChannelId))
    }

    /// The account of theirs that was known last.
    pub(super) async fn reach(&mut self, person: &PersonId) -> Result<Option<Sealed>> {
        let found = sqlx::query(
            "select platform, account from identity where person_id = $2 and community_id = $1 and platform <> ''
             order by created_at desc limit 1",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        let key = self.tx.community_key(self.community).await?;
        Ok(found.map(|row| {
            let platform: String = row.get("platform");
            Sealed {
                cipher: key.seal(&platform, row.get("account")),
                platform: Platform(platform),
            }
        }))
    }

    /// It was opened there, or cannot be: whose it is is kept no longer either way.
    pub async fn reached(
        &mut self,
        it: &Forgetting,
        at: Option<&ChannelRef>,
        now: Timestamp,
    ) -> Result<Forgetting> {
        let reached = Forgetting {
            channel: match at {
                Some(at) => self.opened(it, at, now).await?,
                None => None,
            },
            reach: None,
            ..it.clone()
        };
        self.note(&reached).await?;
        Ok(reached)
    }

    /// None where somebody speaks there by now.
    async fn opened(
        &mut self,
        it: &Forgetting,
        at: &ChannelRef,
        now: Timestamp,
    ) -> Result<Option<ChannelId>> {
        let keys = self.tx.community_key(self.community).await?;
        let (platform, remote_id) = (at.platform.as_str(), text::key(&at.id.0));
        let id: Option<String> = sqlx::query_scalar(
            "insert into channel (community_id, id, purpose, platform, remote_id, identity_id, link, created_at, remote_hash,
               remote_cipher)
             select i.community_id, $3, 'direct', $4, $5, i.id, 'active', $6, $7, $8 from identity i
             where i.person_id = $2 and i.community_id = $1 and i.platform = $4 order by i.id limit 1
             on conflict (community_id, platform, remote_id) do nothing returning id",
        )
        .bind(&self.community.0)
        .bind(&it.person.0)
        .bind(new_id(now))
        .bind(platform)
        .bind(&remote_id)
        .bind(now.0)
        .bind(keys.account_hash(platform, &remote_id))
        .bind(keys.account_cipher(platform, &remote_id))
        .fetch_optional(self.tx.connection().await?)
        .await?;
        Ok(id.map(ChannelId))
    }

    /// Where they are told.
    pub async fn chat(&mut self, it: &Forgetting) -> Result<Option<Entry>> {
        let sql = format!(
            "select {COLUMNS} from {TABLES} where c.id = $2 and c.community_id = $1 and c.purpose = 'direct'"
        );
        let row = sqlx::query(AssertSqlSafe(sql))
            .bind(&self.community.0)
            .bind(it.channel.as_ref().map(|it| it.0.clone()))
            .fetch_optional(self.tx.connection().await?)
            .await?;
        let keys = self.tx.keys();
        row.map(|it| Entry::of(&it, key_of(&it, keys)?)).transpose()
    }
}
