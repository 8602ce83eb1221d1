//! What concerns the whole installation, and not one community of it.
//!
//! **Invariant:** whatever changes rows of no community in particular stands here, but for what goes by its age
//! (`housekeeping.rs`) and what sets the clock (`due.rs`). A test reads the source for others (`tests/statements/installation.rs`).

use conversation::{ChannelId, CommunityId, MessageId, Timestamp};
use sqlx::{AnyConnection, Row, any::AnyRow};

use crate::{Answer, NoticeKind, Result, Store, claim::CUT_OFF, open::EPOCH, parts::Installation};

/// How often the rooms of each community have changed.
pub(crate) async fn revisions(connection: &mut AnyConnection) -> Result<Vec<(CommunityId, i64)>> {
    let rows = sqlx::query("select community_id, revision from partition where id = 0")
        .fetch_all(connection)
        .await?;
    let revision = |row: &AnyRow| (CommunityId(row.get("community_id")), row.get("revision"));
    Ok(rows.iter().map(revision).collect())
}

impl Store {
    /// The channels for which something is still to be done, of whatever purpose.
    pub async fn open_channels(&self) -> Result<Vec<ChannelId>> {
        let ids: Vec<String> = sqlx::query_scalar(
            "select channel_id from delivery where state in ('to_do', 'sending', 'uncertain')
             union select channel_id from reader_delivery where state = 'waiting'",
        )
        .fetch_all(&self.pool)
        .await?;
        Ok(ids.into_iter().map(ChannelId).collect())
    }

    /// What one person alone is still to hear, or to see otherwise.
    pub async fn open_answers(&self) -> Result<Vec<Answer>> {
        let rows = sqlx::query(
            "select distinct channel_id, message_id from delivery
             where state in ('to_do', 'sending', 'uncertain') and waits_for = 'asker'",
        )
        .fetch_all(&self.pool)
        .await?;
        let answer = |row: &AnyRow| Answer {
            channel: ChannelId(row.get("channel_id")),
            message: MessageId(row.get("message_id")),
        };
        Ok(rows.iter().map(answer).collect())
    }
}

impl Installation<'_> {
    /// What an earlier process left half done is in doubt from now on.
    pub(crate) async fn new_epoch(&mut self, now: Timestamp) -> Result<i64> {
        let last = self.tx.setting("", EPOCH).await?;
        let epoch = 1 + last.and_then(|it| it.parse::<i64>().ok()).unwrap_or(0);
        self.tx.set("", EPOCH, &epoch.to_string()).await?;
        // The states that are open come first, word for word as in the index that finds them.
        sqlx::query(
            "update delivery set state = 'uncertain', next_attempt_at = $1, reason = $3,
               attempts = case when reason = $3 then attempts else 1 end
             where state in ('to_do', 'sending', 'uncertain') and state = 'sending' and epoch < $2",
        )
        .bind(now.0)
        .bind(epoch)
        .bind(CUT_OFF)
        .execute(self.tx.connection().await?)
        .await?;
        self.end_refusals(now).await?;
        self.end_closings().await?;
        for kind in [NoticeKind::ChannelFails, NoticeKind::AccountUnheard] {
            self.clear_notices(kind).await?;
        }
        Ok(epoch)
    }

    /// Each start tries the closed channels anew: nobody told us which of them were opened while we were away. Of those that are
    /// closed still the next message tells. What staff lets rest rests on.
    async fn end_closings(&mut self) -> Result<()> {
        for sql in [
            "update partition set revision = revision + 1 where id = 0 and community_id in (
               select community_id from channel where link = 'suspended' and not exists (
                 select 1 from notice n where n.community_id = channel.community_id and n.kind = 'channel-rests'
                   and n.about = channel.platform || ':' || channel.remote_id
               )
             )",
            "update channel set link = 'active', revision = (
               select p.revision from partition p where p.community_id = channel.community_id and p.id = 0
             ) where link = 'suspended' and not exists (
               select 1 from notice n where n.community_id = channel.community_id and n.kind = 'channel-rests'
                 and n.about = channel.platform || ':' || channel.remote_id
             )",
        ] {
            sqlx::query(sql).execute(self.tx.connection().await?).await?;
        }
        self.clear_notices(NoticeKind::ChannelClosed).await
    }

    /// A bridge starts, and finds out anew.
    pub(crate) async fn clear_notices(&mut self, kind: NoticeKind) -> Result<()> {
        let done = sqlx::query("delete from notice where kind = $1")
            .bind(kind.as_str())
            .execute(self.tx.connection().await?)
            .await?;
        self.tx.told(done.rows_affected());
        Ok(())
    }
}
