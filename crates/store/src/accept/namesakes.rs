//! Which number a name has among those of others that look alike.
//!
//! **Invariant:** whoever is configured, or of staff, has a name before all others, whoever spoke first; and nobody gets a
//! number by which they look as somebody else does.

use std::{collections::HashSet, sync::Arc};

use conversation::Bearer;
use sqlx::Row;

use crate::{
    Result,
    first_names::FirstNames,
    parts::{Names, People},
    text,
};

/// More than so many numbers of namesakes are not tried.
const MOST_TRIES: u32 = 100;

/// An account with its name.
#[derive(Clone, Copy)]
pub(super) struct Called<'a> {
    /// As the store knows it.
    pub(super) account: &'a str,
    pub(super) name: &'a str,
    pub(super) skeleton: &'a str,
    /// The number that it had under a name that looked the same.
    pub(super) number: Option<u32>,
}

/// A name under which somebody was heard.
pub(super) struct Heard {
    pub(super) id: String,
    pub(super) account: String,
    name: String,
    skeleton: String,
    pub(super) number: u32,
}

/// Who has their name before others.
struct First {
    configured: Arc<FirstNames>,
    staff: HashSet<String>,
}

impl First {
    fn holds(&self, account: &str) -> bool {
        self.configured.holds(account) || self.staff.contains(account)
    }
}

impl Names<'_> {
    /// The number of somebody; those who had it and must give way get another.
    pub(super) async fn number(&mut self, who: Called<'_>) -> Result<u32> {
        let first = self.first().await?;
        self.number_before(who, &first).await
    }

    async fn number_before(&mut self, who: Called<'_>, first: &First) -> Result<u32> {
        let (named, place) = first.configured.named(who.skeleton, who.account);
        if !first.holds(who.account) {
            return match who.number.filter(|it| *it > named) {
                Some(number) => Ok(number),
                None => self.free_number(who, (first, "")).await,
            };
        }
        let number = match place {
            Some(place) => place,
            None => self.first_number(who, (first, named)).await?,
        };
        self.make_way((who, number), first).await?;
        Ok(number)
    }

    /// The least that nobody has who has their name first, too.
    async fn first_number(
        &mut self,
        who: Called<'_>,
        (first, named): (&First, u32),
    ) -> Result<u32> {
        let alike = self.heard("n.skeleton", who.skeleton).await?;
        let others = alike.iter().filter(|it| it.account != who.account);
        let taken: HashSet<u32> = others
            .filter(|it| first.holds(&it.account))
            .map(|it| it.number)
            .collect();
        let kept = who.number.filter(|it| *it > named && !taken.contains(it));
        let is_free = |it: &u32| !taken.contains(it);
        Ok(match kept.filter(|_| !taken.is_empty()) {
            Some(kept) => kept,
            None => (named + 1..).find(is_free).unwrap_or(u32::MAX),
        })
    }

    /// Whoever else looks so gets another number.
    async fn make_way(&mut self, (who, number): (Called<'_>, u32), first: &First) -> Result<()> {
        let look = look_with_number(who.name, number);
        for other in self.heard("n.look", &look).await? {
            if other.account == who.account {
                continue;
            }
            let called = Called {
                account: &other.account,
                name: &other.name,
                skeleton: &other.skeleton,
                number: None,
            };
            let number = self.free_number(called, (first, &look)).await?;
            self.renumber(&other, number).await?;
        }
        Ok(())
    }

    /// The next one after those who bear a name that looks so, unless somebody is called that already, or is about to be
    /// as `given` looks: `Ana 2` may be a name, too.
    async fn free_number(
        &mut self,
        who: Called<'_>,
        (first, given): (&First, &str),
    ) -> Result<u32> {
        let alike = self.heard("n.skeleton", who.skeleton).await?;
        let others = alike.iter().filter(|it| it.account != who.account);
        let last = others.map(|it| it.number).max().unwrap_or(0);
        let (named, _) = first.configured.named(who.skeleton, who.account);
        let next = last.max(named) + 1;
        for number in next..next + MOST_TRIES {
            let look = look_with_number(who.name, number);
            let heard = self.heard("n.look", &look).await?;
            let is_taken = look == given || heard.iter().any(|it| it.account != who.account);
            if !is_taken && !first.configured.is_others(&look, who.account) {
                return Ok(number);
            }
        }
        Ok(next + MOST_TRIES)
    }

    async fn settle_number(&mut self, heard: &Heard, first: &First) -> Result<()> {
        let who = Called {
            account: &heard.account,
            name: &heard.name,
            skeleton: &heard.skeleton,
            number: Some(heard.number),
        };
        let number = self.number_before(who, first).await?;
        match number == heard.number {
            true => Ok(()),
            false => self.renumber(heard, number).await,
        }
    }

    async fn renumber(&mut self, who: &Heard, number: u32) -> Result<()> {
        sqlx::query("update name set namesake = $1, look = $2 where community_id = $3 and id = $4")
            .bind(i64::from(number))
            .bind(look_with_number(&who.name, number))
            .bind(&self.community.0)
            .bind(&who.id)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }

    pub(super) async fn heard(&mut self, by: &str, what: &str) -> Result<Vec<Heard>> {
        let sql = format!(
            "select n.id, i.account, n.display_name, n.skeleton, n.namesake
             from name n join identity i on i.community_id = n.community_id and i.id = n.identity_id
             where {by} = $1 and n.community_id = $2 and n.platform = $3 order by n.since, n.id"
        );
        let rows = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(what)
            .bind(&self.community.0)
            .bind(self.platform)
            .fetch_all(self.tx.reading().await?)
            .await?;
        let heard = rows.iter().map(|row| Heard {
            id: row.get("id"),
            account: row.get("account"),
            name: row.get("display_name"),
            skeleton: row.get("skeleton"),
            number: crate::row::number(row, "namesake"),
        });
        Ok(heard.collect())
    }

    async fn first(&mut self) -> Result<First> {
        let configured = self.tx.first_names().of(self.community, self.platform);
        let staff: Vec<String> = sqlx::query_scalar(
            "select account from staff where community_id = $1 and platform = $2",
        )
        .bind(&self.community.0)
        .bind(self.platform)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let staff = staff.into_iter().collect();
        Ok(First { configured, staff })
    }
}

impl People<'_> {
    /// After the configuration was read: whoever has their name first gets their number, and who must give way does.
    pub(crate) async fn settle_numbers(&mut self) -> Result<()> {
        let rows = sqlx::query("select distinct platform from identity where community_id = $1")
            .bind(&self.community.0)
            .fetch_all(self.tx.reading().await?)
            .await?;
        let platforms: Vec<String> = rows.iter().map(|it| it.get("platform")).collect();
        for platform in platforms.iter().filter(|it| !it.is_empty()) {
            let platform = platform.as_str();
            let mut names = self.tx.names(self.community, platform);
            let first = names.first().await?;
            for is_first in [true, false] {
                for heard in names.heard("i.platform", platform).await? {
                    if first.holds(&heard.account) == is_first && !heard.name.is_empty() {
                        names.settle_number(&heard, &first).await?;
                    }
                }
            }
        }
        Ok(())
    }
}

pub(crate) fn look_with_number(name: &str, namesake: u32) -> String {
    let bearer = Bearer {
        name,
        namesake,
        tag: None,
    };
    text::key(&bearer.look())
}
