//! What the communities of a store are called.

use crate::{Error, Result, Store, Tx, text};

impl Store {
    /// The oldest first.
    pub async fn communities(&self) -> Result<Vec<String>> {
        let names =
            sqlx::query_scalar("select name from community order by created_at, community_id");
        Ok(names.fetch_all(&self.pool).await?)
    }
}

impl Tx {
    /// The same community, with all that it said, under another name.
    pub async fn rename_community(&mut self, name: &str, to: &str) -> Result<()> {
        let taken: Option<String> =
            sqlx::query_scalar("select community_id from community where name = $1")
                .bind(text::key(to))
                .fetch_optional(self.connection())
                .await?;
        if taken.is_some() {
            return Err(Error::Conflict(format!(
                "there is a community `{to}` already"
            )));
        }
        let renamed = sqlx::query("update community set name = $1 where name = $2")
            .bind(text::key(to))
            .bind(text::key(name))
            .execute(self.connection())
            .await?;
        match renamed.rows_affected() {
            0 => Err(Error::Unknown {
                what: "community",
                name: name.to_owned(),
            }),
            _ => self.directory_changed().await,
        }
    }
}
