//! How often somebody was handed what is held of them.

use std::time::Duration;

use conversation::{IdentityId, Timestamp};

use crate::{Result, parts::People};

const DAY: Duration = Duration::from_secs(24 * 3600);

impl People<'_> {
    /// False where the person of that account was handed it so often within the last day.
    pub async fn may_be_handed(
        &mut self,
        identity: &IdentityId,
        most: i64,
        now: Timestamp,
    ) -> Result<bool> {
        sqlx::query("delete from handed where community_id = $1 and at <= $2")
            .bind(&self.community.0)
            .bind(now.minus(DAY).0)
            .execute(self.tx.connection().await?)
            .await?;
        // A time that is to come was told by a clock that was ahead.
        let noted = sqlx::query(
            "insert into handed (community_id, person_id, at)
             select i.community_id, i.person_id, $3 from identity i
             where i.community_id = $1 and i.id = $2 and (
               select count(*) from handed h where h.person_id = i.person_id and h.community_id = i.community_id
             ) < $4
             on conflict (person_id, at, community_id) do nothing",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .bind(now.0)
        .bind(most)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(noted.rows_affected() > 0)
    }
}
