//! What somebody is in a community: what was granted to any of their accounts, and staff as the configuration names it.
//!
//! **Invariant:** a role is granted to an account that was heard, and holds for its whole person; where accounts part, each keeps
//! what was granted to it. A community that has an owner keeps one.

use conversation::{
    AccountRef, CommunityId, IdentityId, Timestamp,
    command::{Office, Offices},
};
use sqlx::{Row, any::AnyRow};

use super::account_ref;
use crate::{Refusal, Result, Store, parts::People, text};

/// A role that an account has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    pub account: AccountRef,
    pub office: Office,
}

/// Of whoever is the person of the account `i`.
const OF_PERSON: &str = "select 'staff' as role from identity i
     join identity o on o.community_id = i.community_id and o.person_id = i.person_id
     join staff s on s.community_id = o.community_id and s.platform = o.platform and s.account = o.account
     where i.community_id = $1 and i.id = $2
     union all
     select r.role from identity i
     join identity o on o.person_id = i.person_id and o.community_id = i.community_id
     join role r on r.person_id = o.own_person_id and r.community_id = o.community_id
     where i.community_id = $1 and i.id = $2";

impl People<'_> {
    /// Of the account and every other of its person's, heard or not.
    pub async fn offices(&mut self, account: &AccountRef) -> Result<Offices> {
        let rows = sqlx::query(
            "select 'staff' as role from staff s
             where s.community_id = $1 and s.platform = $2 and s.account = $3
             union all
             select 'staff' from identity i
             join identity o on o.community_id = i.community_id and o.person_id = i.person_id
             join staff s on s.community_id = o.community_id and s.platform = o.platform and s.account = o.account
             where i.community_id = $1 and i.platform = $2 and i.account = $3
             union all
             select r.role from identity i
             join identity o on o.person_id = i.person_id and o.community_id = i.community_id
             join role r on r.person_id = o.own_person_id and r.community_id = o.community_id
             where i.community_id = $1 and i.platform = $2 and i.account = $3",
        )
        .bind(&self.community.0)
        .bind(&account.platform.0)
        .bind(text::key(&account.account.0))
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(offices(&rows))
    }

    pub async fn offices_of(&mut self, identity: &IdentityId) -> Result<Offices> {
        let rows = sqlx::query(OF_PERSON)
            .bind(&self.community.0)
            .bind(&identity.0)
            .fetch_all(self.tx.reading().await?)
            .await?;
        Ok(offices(&rows))
    }

    /// To the person of that account.
    pub async fn grant(
        &mut self,
        account: &AccountRef,
        office: Office,
        now: Timestamp,
    ) -> Result<()> {
        let own = self.known_account(account).await?;
        if self.offices(account).await?.has(office) {
            return Err(Refusal::GrantedAlready.into());
        }
        sqlx::query(
            "insert into role (community_id, person_id, role, granted_at) values ($1, $2, $3, $4)",
        )
        .bind(&self.community.0)
        .bind(&own.own_person.0)
        .bind(office.word())
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }

    /// From the person of that account, to whichever of their accounts it was granted.
    pub async fn revoke(&mut self, account: &AccountRef, office: Office) -> Result<()> {
        let known = self.known_account(account).await?;
        let done = sqlx::query(
            "delete from role where community_id = $1 and role = $3 and person_id in (
               select o.own_person_id from identity o where o.person_id = $2 and o.community_id = $1
             )",
        )
        .bind(&self.community.0)
        .bind(&known.person.0)
        .bind(office.word())
        .execute(self.tx.connection().await?)
        .await?;
        match done.rows_affected() {
            0 => Err(Refusal::NotGranted.into()),
            _ if office == Office::Owner && !self.is_owned().await? => {
                Err(Refusal::LastOwner.into())
            }
            _ => Ok(()),
        }
    }

    /// By somebody who can still be heard.
    pub async fn is_owned(&mut self) -> Result<bool> {
        let owner = sqlx::query(
            "select 1 from role r cross join identity i
             where r.community_id = $1 and r.role = 'owner'
               and i.own_person_id = r.person_id and i.community_id = r.community_id and i.platform <> '' limit 1",
        );
        let owner = owner.bind(&self.community.0);
        let found = owner.fetch_optional(self.tx.reading().await?).await?;
        Ok(found.is_some())
    }
}

impl Store {
    /// By this account or another of theirs, now.
    pub async fn offices_of(
        &self,
        community: &CommunityId,
        identity: &IdentityId,
    ) -> Result<Offices> {
        let rows = sqlx::query(OF_PERSON).bind(&community.0).bind(&identity.0);
        Ok(offices(&rows.fetch_all(&self.pool).await?))
    }

    /// What was granted here, and to which accounts; who owns the community first.
    pub async fn granted(&self, community: &CommunityId) -> Result<Vec<Granted>> {
        let rows = sqlx::query(
            "select r.role, i.platform, i.account from role r cross join identity i
             where r.community_id = $1 and i.own_person_id = r.person_id and i.community_id = r.community_id
             order by r.granted_at, i.platform, i.account",
        );
        let rows = rows.bind(&community.0).fetch_all(&self.pool).await?;
        let granted = |row: &AnyRow| {
            let office = Office::named(row.get("role"))?;
            let account = account_ref(row);
            Some(Granted { account, office })
        };
        let mut granted: Vec<_> = rows.iter().filter_map(granted).collect();
        granted.sort_by_key(|it| it.office as u8);
        Ok(granted)
    }
}

fn offices(rows: &[AnyRow]) -> Offices {
    rows.iter()
        .filter_map(|it| Office::named(it.get("role")))
        .collect()
}
