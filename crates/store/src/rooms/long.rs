//! How long a text may be in a room before it goes as a file.

use crate::{Result, parts::Rooms, row};

impl Rooms<'_> {
    pub async fn most_parts(&mut self, room: &str) -> Result<Option<u32>> {
        let room = self.known(room).await?;
        let row = sqlx::query("select most_parts from room where community_id = $1 and id = $2")
            .bind(&self.community.0)
            .bind(&room.0)
            .fetch_one(self.tx.reading().await?)
            .await?;
        Ok(row::number_if_any(&row, "most_parts"))
    }

    /// None for as the configuration says, 0 for no limit. What is on its way keeps what it was begun with.
    pub async fn set_most_parts(&mut self, room: &str, most_parts: Option<u32>) -> Result<()> {
        let room = self.known(room).await?;
        sqlx::query("update room set most_parts = $1 where community_id = $2 and id = $3")
            .bind(most_parts.map(i64::from))
            .bind(&self.community.0)
            .bind(&room.0)
            .execute(self.tx.connection().await?)
            .await?;
        self.has_changed(&room).await
    }
}
