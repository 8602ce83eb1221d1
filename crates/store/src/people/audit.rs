//! What staff did, which every member may read.
//!
//! **Invariant:** a row holds the words of a command and the sentence that it came to, and whose account said it: no name, no other
//! account, and no word of anybody.

use conversation::{CommunityId, IdentityId, Phrase, Timestamp};
use sqlx::{Row, any::AnyRow};

use crate::{Result, Store, id::new_id, parts::People, row};

/// Something that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditLine {
    pub at: Timestamp,
    pub by: DoneBy,
    /// The words of the command.
    pub verb: String,
    pub effect: Phrase,
}

/// Who did it, as they are called now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoneBy {
    Terminal,
    Called {
        name: String,
        namesake: u32,
    },
    /// Nobody is known by that account any more.
    Forgotten,
}

impl People<'_> {
    pub async fn note_done(
        &mut self,
        (verb, effect): (&str, &Phrase),
        by: Option<&IdentityId>,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "insert into audit (community_id, id, at, identity_id, verb, effect) values ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&self.community.0)
        .bind(new_id(now))
        .bind(now.0)
        .bind(by.map(|it| it.0.clone()))
        .bind(verb)
        .bind(serde_json::to_string(effect)?)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(())
    }
}

impl Store {
    /// So many, the newest first, and how many there are.
    pub async fn audit(
        &self,
        community: &CommunityId,
        most: u32,
    ) -> Result<(Vec<AuditLine>, usize)> {
        let rows = sqlx::query(
            "select a.at, a.identity_id, a.verb, a.effect, n.display_name, coalesce(n.namesake, 1) as namesake from audit a
             left join identity i on i.community_id = a.community_id and i.id = a.identity_id
             left join person p on p.community_id = i.community_id and p.id = i.person_id
             left join name n on n.community_id = i.community_id and n.id = i.name_id and p.nameless_since is null
               and n.display_name <> ''
             where a.community_id = $1 order by a.id desc limit $2",
        )
        .bind(&community.0)
        .bind(i64::from(most))
        .fetch_all(&self.pool)
        .await?;
        let count: i64 = sqlx::query_scalar("select count(*) from audit where community_id = $1")
            .bind(&community.0)
            .fetch_one(&self.pool)
            .await?;
        let lines: Result<_> = rows.iter().map(line).collect();
        Ok((lines?, usize::try_from(count).unwrap_or(0)))
    }
}

fn line(row: &AnyRow) -> Result<AuditLine> {
    let is_said = row.get::<Option<&str>, _>("identity_id").is_some();
    let name: Option<String> = row.get("display_name");
    Ok(AuditLine {
        at: Timestamp(row.get("at")),
        by: match name {
            Some(name) => DoneBy::Called {
                name,
                namesake: row::number(row, "namesake"),
            },
            None if is_said => DoneBy::Forgotten,
            None => DoneBy::Terminal,
        },
        verb: row.get("verb"),
        effect: serde_json::from_str(row.get("effect"))?,
    })
}
