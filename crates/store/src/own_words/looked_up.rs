//! What the bridge says of somebody, and codes that it shows: looked up where it is put into words, for no row holds it.

use std::collections::BTreeMap;

use conversation::{Arg, Bearer, IdentityId, Phrase};
use sqlx::Row;

use crate::{Result, parts::Outbox, row};

#[derive(Debug, Clone, Default)]
pub struct LookedUp {
    /// As they are called now; without those whom nobody knows any more.
    pub people: BTreeMap<IdentityId, String>,
    /// By what they are made of.
    pub codes: BTreeMap<String, String>,
}

impl Outbox<'_> {
    pub(super) async fn look_up(&mut self, phrase: &Phrase) -> Result<LookedUp> {
        let mut found = LookedUp::default();
        for arg in phrase.args.values() {
            match arg {
                Arg::Person(id) => {
                    let called = self.called(id).await?;
                    found.people.extend(called.map(|it| (id.clone(), it)));
                }
                Arg::Shown(of) => {
                    let code = self.entry.keys.code(of);
                    found.codes.insert(of.clone(), code);
                }
                _ => {}
            }
        }
        Ok(found)
    }

    async fn called(&mut self, id: &IdentityId) -> Result<Option<String>> {
        let row = sqlx::query(
            "select n.display_name, n.namesake from identity i
             join name n on n.community_id = i.community_id and n.id = i.name_id
             where i.community_id = $1 and i.id = $2",
        )
        .bind(&self.entry.community.0)
        .bind(&id.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(row.map(|it| {
            let bearer = Bearer {
                name: it.get("display_name"),
                namesake: row::number(&it, "namesake"),
                tag: None,
            };
            bearer.called()
        }))
    }
}
