//! Who there is, as staff sees them.

use conversation::{AccountRef, CommunityId, Platform, RemoteId};
use serde::Serialize;
use sqlx::{Row, any::AnyRow};

use super::Mentions;
use crate::{Result, Store, row, text};

/// A person as staff sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonView {
    pub mentions: Mentions,
    /// The oldest first.
    pub accounts: Vec<AccountView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountView {
    pub account: AccountRef,
    /// As their platform gave it.
    pub name: String,
    pub namesake: u32,
    pub is_staff: bool,
}

impl Store {
    /// So many of those who were heard in the community of that name, the oldest acquaintance first.
    pub async fn people(&self, community: &str, most: u32) -> Result<Vec<PersonView>> {
        let rows = sqlx::query(
            "select p.id as person_id, p.mentions, i.platform, i.account, n.display_name, n.namesake,
               s.account as staff
             from (
               select q.community_id, q.id, q.mentions, q.created_at from community m
               join person q on q.community_id = m.community_id
               where m.name = $1 and exists (
                 select 1 from identity o where o.person_id = q.id and o.community_id = q.community_id and o.platform <> ''
               ) order by q.created_at, q.id limit $2
             ) p
             join identity i on i.community_id = p.community_id and i.person_id = p.id
             join name n on n.community_id = i.community_id and n.id = i.name_id
             left join staff s on s.community_id = i.community_id and s.platform = i.platform and s.account = i.account
             where i.platform <> ''
             order by p.created_at, p.id, i.created_at, i.id",
        )
        .bind(text::key(community))
        .bind(i64::from(most))
        .fetch_all(&self.pool)
        .await?;
        let mut people: Vec<(String, PersonView)> = Vec::new();
        for row in &rows {
            let id: String = row.get("person_id");
            if people.last().is_none_or(|(last, _)| *last != id) {
                let mentions = Mentions::parse(row.get("mentions"));
                let accounts = Vec::new();
                people.push((id, PersonView { mentions, accounts }));
            }
            if let Some((_, person)) = people.last_mut() {
                person.accounts.push(AccountView {
                    account: account_ref(row),
                    name: row.get("display_name"),
                    namesake: row::number(row, "namesake"),
                    is_staff: row.get::<Option<&str>, _>("staff").is_some(),
                });
            }
        }
        Ok(people.into_iter().map(|(_, person)| person).collect())
    }
}

impl Store {
    /// Whom anybody heard.
    pub async fn count_people(&self, community: &CommunityId) -> Result<usize> {
        let count: i64 = sqlx::query_scalar(
            "select count(distinct person_id) from identity where community_id = $1 and platform <> ''",
        )
        .bind(&community.0)
        .fetch_one(&self.pool)
        .await?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// The accounts of staff, heard or not.
    pub async fn staff(&self, community: &CommunityId) -> Result<Vec<AccountRef>> {
        let rows = sqlx::query(
            "select platform, account from staff where community_id = $1 order by platform, account",
        );
        let rows = rows.bind(&community.0).fetch_all(&self.pool).await?;
        Ok(rows.iter().map(account_ref).collect())
    }
}

pub(super) fn account_ref(row: &AnyRow) -> AccountRef {
    AccountRef {
        platform: Platform(row.get("platform")),
        account: RemoteId(row.get("account")),
    }
}
