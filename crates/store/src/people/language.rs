//! In which language the bridge speaks with somebody alone.

use conversation::{ChannelId, IdentityId, Language};
use sqlx::Row;

use crate::{Result, parts::People, row};

impl People<'_> {
    /// From now on; none is the community's. What it was before.
    pub async fn speak_with(
        &mut self,
        whom: &IdentityId,
        language: Option<Language>,
    ) -> Result<Option<Language>> {
        let person = sqlx::query(
            "select p.id, p.language from identity i
             join person p on p.id = i.person_id and p.community_id = i.community_id
             where i.community_id = $1 and i.id = $2",
        )
        .bind(&self.community.0)
        .bind(&whom.0)
        .fetch_one(self.tx.reading().await?)
        .await?;
        sqlx::query("update person set language = $3 where community_id = $1 and id = $2")
            .bind(&self.community.0)
            .bind(person.get::<String, _>("id"))
            .bind(language.map(Language::tag))
            .execute(self.tx.connection().await?)
            .await?;
        let chats: Vec<String> = sqlx::query_scalar(
            "select id from channel where community_id = $1 and identity_id is not null and identity_id in (
               select o.id from identity i
               join identity o on o.person_id = i.person_id and o.community_id = i.community_id
               where i.community_id = $1 and i.id = $2
             )",
        )
        .bind(&self.community.0)
        .bind(&whom.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        for chat in chats {
            self.tx.direct_changed(ChannelId(chat));
        }
        Ok(row::language(&person))
    }
}
