//! The last rows of somebody who was forgotten and told so: that they said something, where it stood, and their private chats.

use conversation::{ChannelId, Timestamp};

use super::Forgetting;
use crate::{Result, parts::Forgettings};

/// Of each several rows go.
const AT_ONCE: i64 = 50;

/// Of one private chat, `$2`.
const CHAT: &[&str] = &[
    "delete from delivery where community_id = $1 and channel_id = $2",
    "delete from button where community_id = $1 and message_id in (
       select m.id from message m where m.channel_id = $2 and m.community_id = $1
     )",
    "delete from own_word where community_id = $1 and message_id in (
       select m.id from message m where m.channel_id = $2 and m.community_id = $1
     )",
    "delete from copy where channel_id = $2 and community_id = $1",
    "delete from message where channel_id = $2 and community_id = $1",
    "delete from request where channel_id = $2 and community_id = $1",
    "delete from place where community_id = $1 and channel_id = $2",
    "delete from due where about = $2 and community_id = $1",
    "delete from channel where community_id = $1 and id = $2",
];

impl Forgettings<'_> {
    /// Whether they have been told, or cannot be.
    pub async fn is_told(&mut self, it: &Forgetting) -> Result<bool> {
        let Some(channel) = &it.channel else {
            return Ok(true);
        };
        let open: i64 = sqlx::query_scalar(
            "select count(*) from delivery where channel_id = $2 and community_id = $1
               and state in ('to_do', 'sending', 'uncertain', 'waiting')",
        )
        .bind(&self.community.0)
        .bind(&channel.0)
        .fetch_one(self.tx.reading().await?)
        .await?;
        Ok(open == 0)
    }

    /// False once nothing is left.
    pub async fn sweep(&mut self, it: &Forgetting, now: Timestamp) -> Result<bool> {
        let messages: Vec<String> = sqlx::query_scalar(
            "select m.id from identity i
             join message m on m.identity_id = i.id and m.community_id = i.community_id
             where i.person_id = $2 and i.community_id = $1 and m.id > $3 order by m.id limit $4",
        )
        .bind(&self.community.0)
        .bind(&it.person.0)
        .bind(&it.through)
        .bind(AT_ONCE)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let Some(last) = messages.last().cloned() else {
            self.sweep_chats(it).await?;
            return Ok(false);
        };
        for message in &messages {
            // Also of what was sent after the first look.
            self.mark(message, now).await?;
            match self.is_answered(it, message).await? {
                true => self.forget_copies(message).await?,
                false => {
                    self.tx
                        .words(&self.community.0)
                        .forget_message(message)
                        .await?
                }
            }
        }
        let further = Forgetting {
            through: last,
            ..it.clone()
        };
        self.note(&further).await?;
        Ok(true)
    }

    /// Others went on in its thread, which is known by its name.
    async fn is_answered(&mut self, it: &Forgetting, message: &str) -> Result<bool> {
        let found: Option<i64> = sqlx::query_scalar(
            "select 1 from message m
             join identity i on i.id = m.identity_id and i.community_id = m.community_id
             where m.thread_id = $2 and m.community_id = $1 and i.person_id <> $3 limit 1",
        )
        .bind(&self.community.0)
        .bind(message)
        .bind(&it.person.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(found.is_some())
    }

    async fn forget_copies(&mut self, message: &str) -> Result<()> {
        let all = [
            "delete from delivery where message_id = $2 and community_id = $1",
            "delete from copy where message_id = $2 and community_id = $1 and part >= 0",
            "delete from reaction where community_id = $1 and message_id = $2",
            "delete from quoted where of_message = $2 and community_id = $1",
        ];
        self.tx
            .words(&self.community.0)
            .for_message(message, &all)
            .await
    }

    /// One that somebody new speaks in is theirs.
    async fn sweep_chats(&mut self, it: &Forgetting) -> Result<()> {
        let chats: Vec<String> = sqlx::query_scalar(
            "select c.id from identity i cross join channel c
             where i.person_id = $2 and i.community_id = $1 and c.identity_id = i.id and c.identity_id is not null
               and c.community_id = i.community_id and c.purpose = 'direct'",
        )
        .bind(&self.community.0)
        .bind(&it.person.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        for chat in chats {
            for &sql in CHAT {
                sqlx::query(sql)
                    .bind(&self.community.0)
                    .bind(&chat)
                    .execute(self.tx.connection().await?)
                    .await?;
            }
            self.tx.direct_changed(ChannelId(chat));
        }
        sqlx::query("delete from forgetting where id = $2 and community_id = $1")
            .bind(&self.community.0)
            .bind(&it.id)
            .execute(self.tx.connection().await?)
            .await?;
        Ok(())
    }
}
