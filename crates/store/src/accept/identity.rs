//! Who did it: one identity for each account, by the platform's immutable id.

use conversation::{IdentityId, Inbound, Timestamp};
use sqlx::Row;

use crate::{Entry, Result, Tx, id::new_id, text};

impl Tx {
    /// The actor's identity, made at first sight together with a person of its own.
    pub(super) async fn identity(
        &mut self,
        entry: &Entry,
        event: &Inbound,
        now: Timestamp,
    ) -> Result<IdentityId> {
        let known = sqlx::query(
            "select id, display_name from identity where community_id = $1 and platform = $2 and account = $3",
        )
        .bind(&entry.community.0)
        .bind(&event.channel.platform.0)
        .bind(text::key(&event.actor.account.0))
        .fetch_optional(self.connection())
        .await?;
        let Some(known) = known else {
            return self.new_identity(entry, event, now).await;
        };
        let id = IdentityId(known.get("id"));
        let name = text::clean(&event.actor.display_name);
        if known.get::<String, _>("display_name") != name {
            self.rename(entry, &id, &name).await?;
        }
        Ok(id)
    }

    async fn new_identity(
        &mut self,
        entry: &Entry,
        event: &Inbound,
        now: Timestamp,
    ) -> Result<IdentityId> {
        let person = new_id(now);
        sqlx::query("insert into person (community_id, id, created_at) values ($1, $2, $3)")
            .bind(&entry.community.0)
            .bind(&person)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        let id = new_id(now);
        sqlx::query(
            "insert into identity (community_id, id, person_id, platform, account, display_name, created_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(&entry.community.0)
        .bind(&id)
        .bind(&person)
        .bind(&event.channel.platform.0)
        .bind(text::key(&event.actor.account.0))
        .bind(text::clean(&event.actor.display_name))
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(IdentityId(id))
    }

    async fn rename(&mut self, entry: &Entry, id: &IdentityId, name: &str) -> Result<()> {
        sqlx::query("update identity set display_name = $1 where community_id = $2 and id = $3")
            .bind(name)
            .bind(&entry.community.0)
            .bind(&id.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
