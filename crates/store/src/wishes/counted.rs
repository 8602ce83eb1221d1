//! Who is in the engagement log, and who does not want to be.

use conversation::{PersonId, Timestamp};

use super::for_person;
use crate::{Result, parts::Wishes};

/// What somebody agrees to, or not, who is counted.
const METRICS: &str = "metrics";

/// Which of their accounts count under which.
const NO_LONGER_AS_ONE: &str = "delete from counted where community_id = $1 and (
   account_key in (select i.account_hash from identity i where i.person_id = $2 and i.community_id = $1)
   or person_key in (select i.account_hash from identity i where i.person_id = $2 and i.community_id = $1)
 )";

impl Wishes<'_> {
    /// What was written of them goes at once. Says how many rows that were.
    pub async fn stop_counting(&mut self, person: &PersonId, now: Timestamp) -> Result<u64> {
        self.answer_for_metrics(person, false, now).await?;
        for_person(
            self.tx,
            (self.community, person),
            &[
                "update engagement set answers_key = null where answers_key in (
                   select i.account_hash from identity i where i.person_id = $2 and i.community_id = $1
                 ) and community_id = $1",
                NO_LONGER_AS_ONE,
            ],
        )
        .await?;
        for_person(
            self.tx,
            (self.community, person),
            &["delete from engagement where actor_key in (
                 select i.account_hash from identity i where i.person_id = $2 and i.community_id = $1
               ) and community_id = $1"],
        )
        .await
    }

    /// From now on, under one of their accounts.
    pub async fn count_again(&mut self, person: &PersonId, now: Timestamp) -> Result<()> {
        self.answer_for_metrics(person, true, now).await?;
        let before = &[NO_LONGER_AS_ONE];
        for_person(self.tx, (self.community, person), before).await?;
        sqlx::query(
            "insert into counted (community_id, key_no, account_key, person_key, since)
             select i.community_id, $3, i.account_hash, f.first, $4 from identity i
             join (select min(a.account_hash) as first from identity a where a.person_id = $2 and a.community_id = $1) f
               on f.first <> i.account_hash
             where i.person_id = $2 and i.community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .bind(crate::keys::KEY_NO)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    async fn answer_for_metrics(
        &mut self,
        person: &PersonId,
        is_given: bool,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "insert into consent (community_id, person_id, purpose, is_given, version, at)
             select $1, $2, $3, $4, coalesce(max(a.version), 1), $5 from agreement a where a.community_id = $1
             on conflict (person_id, purpose, community_id) do update
               set is_given = excluded.is_given, version = excluded.version, at = excluded.at",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .bind(METRICS)
        .bind(i64::from(is_given))
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}
