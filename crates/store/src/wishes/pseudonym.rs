//! What somebody is called who is relayed without their name: in each room by another number, and always by the same.
//!
//! **Invariant:** nothing in it comes from who they are. A message keeps the one under which it was said.

use conversation::{IdentityId, PersonId, Platform, RoomId, Timestamp, look, pseudonym};

use crate::{Result, id::new_id, parts::Wishes, text};

/// More of those who go by such a name of their own are not avoided.
const MOST_TRIES: i64 = 100;

impl Wishes<'_> {
    /// The row of the name under which they speak in that room.
    pub(crate) async fn name_in(
        &mut self,
        (person, room): (&PersonId, &RoomId),
        (identity, platform): (&IdentityId, &Platform),
        now: Timestamp,
    ) -> Result<String> {
        let name = pseudonym(self.number(person, room).await?);
        sqlx::query(
            "insert into name (community_id, id, identity_id, platform, display_name, skeleton, look, namesake, since, pseudonym)
             values ($1, $2, $3, $4, $5, $6, $6, 1, $7, 1)
             on conflict (identity_id, display_name, community_id) do update set pseudonym = 1",
        )
        .bind(&self.community.0)
        .bind(new_id(now))
        .bind(&identity.0)
        .bind(&platform.0)
        .bind(&name)
        .bind(text::key(&look(&name)))
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        let id = "select id from name where identity_id = $2 and display_name = $3 and community_id = $1";
        Ok(sqlx::query_scalar(id)
            .bind(&self.community.0)
            .bind(&identity.0)
            .bind(&name)
            .fetch_one(self.tx.reading().await?)
            .await?)
    }

    /// Theirs in that room, a new one where they have none.
    async fn number(&mut self, person: &PersonId, room: &RoomId) -> Result<i64> {
        let known: Option<i64> = sqlx::query_scalar(
            "select number from pseudonym where person_id = $2 and room_id = $3 and community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&person.0)
        .bind(&room.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        match known {
            Some(known) => Ok(known),
            None => self.new_number(person, room).await,
        }
    }

    async fn new_number(&mut self, person: &PersonId, room: &RoomId) -> Result<i64> {
        let newest: i64 = sqlx::query_scalar(
            "select coalesce(max(number), 0) from pseudonym where room_id = $2 and community_id = $1",
        )
        .bind(&self.community.0)
        .bind(&room.0)
        .fetch_one(self.tx.reading().await?)
        .await?;
        let mut number = newest + 1;
        while number < newest + MOST_TRIES && self.is_called_so(number).await? {
            number += 1;
        }
        sqlx::query(
            "insert into pseudonym (community_id, room_id, person_id, number) values ($1, $2, $3, $4)",
        )
        .bind(&self.community.0)
        .bind(&room.0)
        .bind(&person.0)
        .bind(number)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(number)
    }

    /// By a name of their own.
    async fn is_called_so(&mut self, number: i64) -> Result<bool> {
        let found: Option<i64> = sqlx::query_scalar(
            "select 1 from name where skeleton = $2 and community_id = $1 and pseudonym = 0 limit 1",
        )
        .bind(&self.community.0)
        .bind(text::key(&look(&pseudonym(number))))
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(found.is_some())
    }
}
