//! What a community holds of one person, over all their accounts: read for them alone, outside every transaction.
//!
//! **Invariant:** nothing of anybody else is here. What somebody answered, or reacted to, is told by its id.

use conversation::{CommunityId, IdentityId, Inbound, PersonId, Platform, RemoteId, Timestamp};
use sqlx::{Row, any::AnyRow};

use crate::{Result, Store, row};

mod handed;
mod held;
mod said;

pub use held::{
    AccountHeld, ConsentHeld, HeldBack, NameHeld, PersonHeld, PressHeld, PseudonymHeld, RoleHeld,
};
pub use said::{FileHeld, ReactionHeld, Revision, SaidHeld, WentTo};

impl Store {
    /// Whose account it is.
    pub async fn person_of(
        &self,
        community: &CommunityId,
        identity: &IdentityId,
    ) -> Result<Option<PersonId>> {
        let person: Option<String> = sqlx::query_scalar(
            "select person_id from identity where community_id = $1 and id = $2",
        )
        .bind(&community.0)
        .bind(&identity.0)
        .fetch_optional(&self.pool)
        .await?;
        Ok(person.map(PersonId))
    }

    /// The oldest first.
    pub async fn accounts_of(
        &self,
        community: &CommunityId,
        person: &PersonId,
    ) -> Result<Vec<AccountHeld>> {
        let rows = sqlx::query(
            "select id, platform, account, picture, created_at from identity
             where person_id = $2 and community_id = $1 and platform <> '' order by created_at, id",
        )
        .bind(&community.0)
        .bind(&person.0)
        .fetch_all(&self.pool)
        .await?;
        let mut accounts = Vec::new();
        for it in &rows {
            let identity = IdentityId(it.get("id"));
            accounts.push(AccountHeld {
                platform: Platform(it.get("platform")),
                account: RemoteId(it.get("account")),
                picture: it.get("picture"),
                known_since: Timestamp(it.get("created_at")),
                names: self.names_of(community, &identity).await?,
                counted: self.count_counted(community, &identity).await?,
                identity,
            });
        }
        Ok(accounts)
    }

    async fn names_of(
        &self,
        community: &CommunityId,
        identity: &IdentityId,
    ) -> Result<Vec<NameHeld>> {
        let rows = sqlx::query(
            "select display_name, namesake, since, until from name
             where identity_id = $2 and community_id = $1 and display_name <> '' order by since, id",
        )
        .bind(&community.0)
        .bind(&identity.0)
        .fetch_all(&self.pool)
        .await?;
        let name = |it: &AnyRow| NameHeld {
            name: it.get("display_name"),
            number: row::number(it, "namesake"),
            since: Timestamp(it.get("since")),
            until: it.get::<Option<i64>, _>("until").map(Timestamp),
        };
        Ok(rows.iter().map(name).collect())
    }

    /// Rows of the engagement log, which hold numbers and kinds.
    async fn count_counted(&self, community: &CommunityId, identity: &IdentityId) -> Result<i64> {
        Ok(sqlx::query_scalar(
            "select count(*) from identity i
             join engagement e on e.actor_key = i.account_hash and e.community_id = i.community_id
             where i.community_id = $1 and i.id = $2",
        )
        .bind(&community.0)
        .bind(&identity.0)
        .fetch_one(&self.pool)
        .await?)
    }

    /// What waits for staff, or for a message that it changes, and was said by one of these accounts.
    pub async fn held_of(
        &self,
        community: &CommunityId,
        accounts: &[AccountHeld],
    ) -> Result<Vec<HeldBack>> {
        let rows = sqlx::query(
            "select h.event, h.reason, h.at from held h where h.community_id = $1
             union all
             select e.event, 'came-early', e.at from early_change e where e.community_id = $1
             order by 3",
        )
        .bind(&community.0)
        .fetch_all(&self.pool)
        .await?;
        let of_theirs = |it: &AnyRow| {
            let event: Inbound = serde_json::from_str(it.get("event")).ok()?;
            let is_theirs = |account: &&AccountHeld| {
                account.platform == event.channel.platform && account.account == event.actor.account
            };
            accounts.iter().find(is_theirs)?;
            Some(HeldBack::of(
                &event,
                it.get("reason"),
                Timestamp(it.get("at")),
            ))
        };
        Ok(rows.iter().filter_map(of_theirs).collect())
    }
}
