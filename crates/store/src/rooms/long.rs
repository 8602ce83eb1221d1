//! How long a text may be in a room before it goes as a file.

use crate::{Result, parts::Rooms};

impl Rooms<'_> {
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
