//! The names of an account, one row for each way in which it was written.
//!
//! **Invariant:** what one account is called alike has one number, and no more rows than a few: whoever writes their name anew
//! each time fills neither the table nor the looks into it. Names that look different cost what is said under them, and go
//! with it.

use conversation::{IdentityId, Timestamp, look};

use super::namesakes::{Called, look_with_number};
use crate::{Result, id::new_id, parts::Names, text};

/// Further ones count as the last of them.
const MOST_ALIKE: usize = 20;

/// A row of `name`.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) id: String,
    pub(super) namesake: u32,
}

impl Name {
    /// A number would stay in what was shown.
    pub(super) fn of_nobody(id: String) -> Name {
        Name { id, namesake: 1 }
    }
}

impl Names<'_> {
    /// A name under which the account was not heard yet.
    pub(super) async fn new_name(
        &mut self,
        (identity, account): (&IdentityId, &str),
        name: &str,
        now: Timestamp,
    ) -> Result<Name> {
        let skeleton = text::key(&look(name));
        let mut alike = self.heard("n.skeleton", &skeleton).await?;
        alike.retain(|it| it.account == account);
        if let Some(last) = alike.get(MOST_ALIKE - 1) {
            return Ok(Name {
                id: last.id.clone(),
                namesake: last.number,
            });
        }
        let called = Called {
            account,
            name,
            skeleton: &skeleton,
            number: alike.first().map(|it| it.number),
        };
        let namesake = self.number(called).await?;
        let id = match self.complete_name(identity, (called, namesake)).await? {
            true => identity.0.clone(),
            false => self.insert_name(identity, (called, namesake), now).await?,
        };
        Ok(Name { id, namesake })
    }

    /// The account's first row, where it is empty, or of a version that did not write down how names look. False if it is not.
    async fn complete_name(
        &mut self,
        identity: &IdentityId,
        (called, namesake): (Called<'_>, u32),
    ) -> Result<bool> {
        let done = sqlx::query(
            "update name set display_name = $1, skeleton = $2, look = $3, namesake = $4
             where community_id = $5 and id = $6 and skeleton = '' and display_name in ('', $1)",
        )
        .bind(called.name)
        .bind(called.skeleton)
        .bind(look_with_number(called.name, namesake))
        .bind(i64::from(namesake))
        .bind(&self.community.0)
        .bind(&identity.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn insert_name(
        &mut self,
        identity: &IdentityId,
        (called, namesake): (Called<'_>, u32),
        now: Timestamp,
    ) -> Result<String> {
        let id = new_id(now);
        sqlx::query(
            "insert into name (community_id, id, identity_id, platform, display_name, skeleton, look, namesake, since)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(&self.community.0)
        .bind(&id)
        .bind(&identity.0)
        .bind(self.platform)
        .bind(called.name)
        .bind(called.skeleton)
        .bind(look_with_number(called.name, namesake))
        .bind(i64::from(namesake))
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(id)
    }
}
