//! Codes that are shown in one place to be said in another.
//!
//! **Invariant:** no row holds a code: only its hash under the community's key, until it was said or its time is over.

use conversation::{IdentityId, Timestamp};
use sqlx::Row;

use crate::{Result, parts::People};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeKind {
    /// Whoever says it owns the community.
    Owner,
    /// Whoever says it may be the same person as whoever it was shown to.
    Connect,
}

impl CodeKind {
    fn as_str(self) -> &'static str {
        match self {
            CodeKind::Owner => "owner",
            CodeKind::Connect => "connect",
        }
    }
}

impl People<'_> {
    /// Instead of all others of its kind that were shown to the same, and of those whose time is over.
    pub async fn set_code(
        &mut self,
        (kind, code): (CodeKind, &str),
        shown_to: Option<&IdentityId>,
        (until, now): (Timestamp, Timestamp),
    ) -> Result<()> {
        sqlx::query(
            "delete from code where community_id = $1 and (until < $2 or kind = $3 and coalesce(identity_id, '') = $4)",
        )
        .bind(&self.community.0)
        .bind(now.0)
        .bind(kind.as_str())
        .bind(shown_to.map_or("", |it| it.as_str()))
        .execute(self.tx.connection().await?)
        .await?;
        let hash = self.hash_of(kind, code).await?;
        sqlx::query(
            "insert into code (community_id, kind, hash, identity_id, until) values ($1, $2, $3, $4, $5)",
        )
        .bind(&self.community.0)
        .bind(kind.as_str())
        .bind(hash)
        .bind(shown_to.map(|it| it.0.clone()))
        .bind(until.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// The code that is made of this, for whoever it is shown to.
    pub async fn show_code(
        &mut self,
        of: &str,
        shown_to: &IdentityId,
        (until, now): (Timestamp, Timestamp),
    ) -> Result<()> {
        let code = self.tx.community_key(self.community).await?.code(of);
        self.set_code((CodeKind::Connect, &code), Some(shown_to), (until, now))
            .await
    }

    /// To whom it was shown, nobody at the terminal. It is good no more. `None` where it is none.
    pub async fn use_code(
        &mut self,
        (kind, code): (CodeKind, &str),
        now: Timestamp,
    ) -> Result<Option<Option<IdentityId>>> {
        let hash = self.hash_of(kind, code).await?;
        let used = sqlx::query(
            "delete from code where hash = $1 and kind = $2 and community_id = $3 returning identity_id, until",
        )
        .bind(hash)
        .bind(kind.as_str())
        .bind(&self.community.0)
        .fetch_optional(self.tx.connection().await?)
        .await?;
        let used = used.filter(|it| it.get::<i64, _>("until") >= now.0);
        Ok(used.map(|it| it.get::<Option<String>, _>("identity_id").map(IdentityId)))
    }

    /// Whatever was shown to the person of that account.
    pub(super) async fn forget_codes_of(&mut self, identity: &IdentityId) -> Result<()> {
        sqlx::query(
            "delete from code where community_id = $1 and identity_id in (
               select o.id from identity i join identity o on o.person_id = i.person_id and o.community_id = i.community_id
               where i.community_id = $1 and i.id = $2
             )",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    async fn hash_of(&mut self, kind: CodeKind, code: &str) -> Result<String> {
        let key = self.tx.community_key(self.community).await?;
        Ok(key.hash(&["code", kind.as_str(), code]))
    }
}
