//! What a community asks everybody to agree to, in each version, and what each person said to it, purpose by purpose.
//!
//! **Invariant:** what somebody said is the person's, whichever of their accounts said it; a version never changes.

use conversation::{CommunityId, IdentityId, RemoteId, Timestamp, command::Aim};
use sqlx::{Row, any::AnyRow};

use crate::{Result, Store, parts::Agreements, text};

/// The words that hold now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    pub version: i64,
    /// Empty where the community has none of its own.
    pub text: String,
    pub since: Timestamp,
}

/// What somebody said to one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    pub aim: Aim,
    pub is_given: bool,
    /// Of the agreement.
    pub version: i64,
    pub at: Timestamp,
}

/// A community that never said what it asks for asks for the plain words, since it is there.
const NEWEST: &str = "select a.version, a.text, a.since from agreement a where a.community_id = $1
 union all
 select 1, '', m.created_at from community m where m.community_id = $1 and not exists (
   select 1 from agreement a where a.community_id = $1
 ) order by 1 desc limit 1";

const SAID: &str = "select c.purpose, c.is_given, c.version, c.at from identity i
 join consent c on c.person_id = i.person_id and c.community_id = i.community_id
 where i.community_id = $1 and i.id = $2";

fn agreement(row: &AnyRow) -> Agreement {
    Agreement {
        version: row.get("version"),
        text: row.get("text"),
        since: Timestamp(row.get("since")),
    }
}

/// None of a purpose that only a newer program knows.
fn consent(row: &AnyRow) -> Option<Consent> {
    let known = [Aim::Relay, Aim::Metrics, Aim::Pulse, Aim::Stories];
    let purpose: &str = row.get("purpose");
    Some(Consent {
        aim: known.into_iter().find(|it| it.word() == purpose)?,
        is_given: row.get::<i64, _>("is_given") == 1,
        version: row.get("version"),
        at: Timestamp(row.get("at")),
    })
}

impl Store {
    pub async fn agreement(&self, community: &CommunityId) -> Result<Agreement> {
        let row = sqlx::query(NEWEST).bind(&community.0);
        Ok(agreement(&row.fetch_one(&self.pool).await?))
    }

    pub async fn consents(
        &self,
        community: &CommunityId,
        identity: &IdentityId,
    ) -> Result<Vec<Consent>> {
        let rows = sqlx::query(SAID).bind(&community.0).bind(&identity.0);
        let rows = rows.fetch_all(&self.pool).await?;
        Ok(rows.iter().filter_map(consent).collect())
    }
}

impl Agreements<'_> {
    /// Other words than those that hold are a new version. Says which holds from now on.
    pub async fn put(&mut self, words: &str, now: Timestamp) -> Result<i64> {
        let newest = sqlx::query(NEWEST)
            .bind(&self.community.0)
            .fetch_one(self.tx.reading().await?)
            .await?;
        let newest = agreement(&newest);
        let words = text::clean(words);
        if newest.text == words {
            return Ok(newest.version);
        }
        sqlx::query(
            "insert into agreement (community_id, version, text, since) values ($1, $2, $3, $4)",
        )
        .bind(&self.community.0)
        .bind(newest.version + 1)
        .bind(&*words)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(newest.version + 1)
    }

    pub async fn said(&mut self, identity: &IdentityId, aim: Aim) -> Result<Option<bool>> {
        let rows = sqlx::query(SAID)
            .bind(&self.community.0)
            .bind(&identity.0)
            .fetch_all(self.tx.reading().await?)
            .await?;
        let said = rows.iter().filter_map(consent).find(|it| it.aim == aim);
        Ok(said.map(|it| it.is_given))
    }

    /// Of the person of that account, if it is known: what they said to it that their words go on.
    pub async fn relay_said_by(
        &mut self,
        (platform, account): (&str, &RemoteId),
    ) -> Result<Option<bool>> {
        let given: Option<i64> = sqlx::query_scalar(
            "select c.is_given from identity i
             join consent c on c.person_id = i.person_id and c.community_id = i.community_id
             where i.community_id = $1 and i.platform = $2 and i.account = $3 and c.purpose = 'relay'",
        )
        .bind(&self.community.0)
        .bind(platform)
        .bind(text::key(&account.0))
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(given.map(|it| it == 1))
    }

    /// The newest word counts, and is said to the words that hold now.
    pub async fn say(
        &mut self,
        identity: &IdentityId,
        (aim, is_given): (Aim, bool),
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "insert into consent (community_id, person_id, purpose, is_given, version, at)
             select i.community_id, i.person_id, $3, $4, coalesce((
               select max(a.version) from agreement a where a.community_id = i.community_id
             ), 1), $5 from identity i where i.community_id = $1 and i.id = $2
             on conflict (person_id, purpose, community_id) do update
             set is_given = excluded.is_given, version = excluded.version, at = excluded.at",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .bind(aim.word())
        .bind(i64::from(is_given))
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        match aim {
            Aim::Relay => self.stay_private(identity, !is_given, now).await,
            Aim::Metrics | Aim::Pulse | Aim::Stories => Ok(()),
        }
    }

    /// They said no, and are as if they had not been asked.
    pub async fn forget_a_no(&mut self, identity: &IdentityId, aim: Aim) -> Result<()> {
        sqlx::query(
            "delete from consent where community_id = $1 and purpose = $3 and is_given = 0 and person_id = (
               select i.person_id from identity i where i.community_id = $1 and i.id = $2
             )",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .bind(aim.word())
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// Whoever says no to it that their words go on is private everywhere, and whoever says yes is so no longer.
    async fn stay_private(
        &mut self,
        identity: &IdentityId,
        is_private: bool,
        now: Timestamp,
    ) -> Result<()> {
        let since = is_private.then_some(now.0);
        sqlx::query(
            "update person set private_since = case when $3 is null then null else coalesce(private_since, $3) end
             where community_id = $1 and id = (
               select i.person_id from identity i where i.community_id = $1 and i.id = $2
             )",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .bind(since)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}
