//! How somebody wants to be left alone: their words stay where they said them, go without their name, are not counted, and
//! nobody calls them.
//!
//! **Invariant:** it is a person's, whichever of their accounts says it, and holds from the transaction in which it is said.

use conversation::{CommunityId, IdentityId, PersonId, Timestamp};
use sqlx::Row;

use crate::{Result, Tx, parts::Wishes};

mod counted;
mod keep_back;
mod pseudonym;

/// Of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub person: PersonId,
    /// Since when nothing that they say leaves its platform.
    pub private_since: Option<Timestamp>,
    /// Since when it goes without their name.
    pub nameless_since: Option<Timestamp>,
    /// Until when nobody calls them.
    pub rests_until: Option<Timestamp>,
    /// In the engagement log.
    pub is_counted: bool,
}

impl Wishes<'_> {
    /// Of the person whose account it is.
    pub async fn of(&mut self, identity: &IdentityId) -> Result<Wish> {
        let found = sqlx::query(
            "select p.id, p.private_since, p.nameless_since, p.rests_until,
               (select count(*) from consent c where c.person_id = p.id and c.purpose = 'metrics' and c.is_given = 0
                  and c.community_id = p.community_id) as n_refused
             from identity i join person p on p.id = i.person_id and p.community_id = i.community_id
             where i.id = $2 and i.community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&identity.0)
        .fetch_one(self.tx.reading().await?)
        .await?;
        let time = |column| found.get::<Option<i64>, _>(column).map(Timestamp);
        Ok(Wish {
            person: PersonId(found.get("id")),
            private_since: time("private_since"),
            nameless_since: time("nameless_since"),
            rests_until: time("rests_until"),
            is_counted: found.get::<i64, _>("n_refused") == 0,
        })
    }

    /// All of it but whether they are counted.
    pub async fn set(&mut self, wish: &Wish) -> Result<()> {
        sqlx::query(
            "update person set private_since = $3, nameless_since = $4, rests_until = $5 where id = $2 and community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&wish.person.0)
        .bind(wish.private_since.map(|it| it.0))
        .bind(wish.nameless_since.map(|it| it.0))
        .bind(wish.rests_until.map(|it| it.0))
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}

/// One after the other, each told the community and the person.
pub(crate) async fn for_person(
    tx: &mut Tx,
    (community, person): (&CommunityId, &PersonId),
    all: &[&'static str],
) -> Result<u64> {
    let mut changed = 0;
    for &sql in all {
        let done = sqlx::query(sql)
            .bind(&community.0)
            .bind(&person.0)
            .execute(tx.connection().await?)
            .await?;
        changed += done.rows_affected();
    }
    Ok(changed)
}
