//! Whether a room asks everybody before the first of their words go on.

use sqlx::Row;

use crate::{Result, parts::Rooms};

impl Rooms<'_> {
    pub async fn asks_first(&mut self, room: &str) -> Result<bool> {
        let room = self.known(room).await?;
        let row = sqlx::query("select asks_first from room where community_id = $1 and id = $2")
            .bind(&self.community.0)
            .bind(&room.0)
            .fetch_one(self.tx.reading().await?)
            .await?;
        Ok(row.get::<i64, _>("asks_first") == 1)
    }

    /// What waits already waits on.
    pub async fn set_asks_first(&mut self, room: &str, asks_first: bool) -> Result<()> {
        let room = self.known(room).await?;
        sqlx::query("update room set asks_first = $1 where community_id = $2 and id = $3")
            .bind(i64::from(asks_first))
            .bind(&self.community.0)
            .bind(&room.0)
            .execute(self.tx.connection().await?)
            .await?;
        self.has_changed(&room).await
    }
}
