//! What a community tells everybody of itself: numbers and its own words, and nobody's name or account.

use conversation::{CommunityId, Language};
use sqlx::Row;

use crate::{Result, Store, parts::People, text};

/// Accounts that the configuration names, and persons who were given a role, each once.
const N_STAFF: &str = "select (select count(*) from staff s where s.community_id = $1) + (
   select count(distinct r.person_id) from role r
   where r.community_id = $1 and r.role in ('owner', 'steward', 'staff') and not exists (
     select 1 from identity i
     join staff s on s.community_id = i.community_id and s.platform = i.platform and s.account = i.account
     where i.person_id = r.person_id and i.community_id = r.community_id
   )
 ) as n";

/// A community as the world sees it.
#[derive(Debug, Clone)]
pub struct Presented {
    pub community: CommunityId,
    pub name: String,
    pub language: Language,
    /// Who may read what waits for staff.
    pub n_staff: i64,
    /// What everybody is asked to agree to, in its newest version.
    pub agreement: Option<(i64, String)>,
}

impl Store {
    /// By what stands in the addresses of its pages.
    pub async fn presented(&self, short: &str) -> Result<Option<Presented>> {
        let found =
            sqlx::query("select community_id, name, language from community where short = $1")
                .bind(text::key(short))
                .fetch_optional(&self.pool)
                .await?;
        let Some(row) = found else { return Ok(None) };
        let community = CommunityId(row.get("community_id"));
        let agreement = sqlx::query(
            "select version, text from agreement where community_id = $1 order by version desc limit 1",
        );
        let agreement = agreement.bind(&community.0).fetch_optional(&self.pool);
        let agreement = agreement
            .await?
            .map(|it| (it.get("version"), it.get("text")));
        let n_staff = sqlx::query(N_STAFF)
            .bind(&community.0)
            .fetch_one(&self.pool);
        Ok(Some(Presented {
            n_staff: n_staff.await?.get("n"),
            name: row.get("name"),
            language: Language::of(row.get("language")),
            community,
            agreement,
        }))
    }
}

impl People<'_> {
    pub async fn count_staff(&mut self) -> Result<i64> {
        let found = sqlx::query(N_STAFF).bind(&self.community.0);
        Ok(found.fetch_one(self.tx.reading().await?).await?.get("n"))
    }

    /// What stands in the addresses of the community's pages.
    pub async fn short(&mut self) -> Result<String> {
        Ok(
            sqlx::query_scalar("select short from community where community_id = $1")
                .bind(&self.community.0)
                .fetch_one(self.tx.reading().await?)
                .await?,
        )
    }
}
