//! What staff must know, said once for each cause.

use conversation::{CommunityId, Timestamp};
use serde::Serialize;
use sqlx::Row;

use crate::{Result, Store, Tx, text};

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    pub kind: String,
    pub about: String,
    pub text: String,
    pub at: Timestamp,
}

/// A platform does not take our credentials.
pub const ACCOUNT_REFUSED: &str = "account-refused";
/// A platform closed a channel to us.
pub const CHANNEL_CLOSED: &str = "channel-closed";
/// A message was given up.
pub const DEAD_LETTER: &str = "dead-letter";
/// A reader does not get what is handed out.
pub const READER_TROUBLE: &str = "reader-trouble";
/// What a reader's server took came back.
pub const READER_RETURNED: &str = "reader-returned";
/// A channel takes nothing now.
pub const CHANNEL_FAILS: &str = "channel-fails";
/// Something waits for staff before anybody hears of it.
pub const HELD: &str = "held";
/// A room took in more than it may, and what came after is held.
pub const STORM_BRAKE: &str = "storm-brake";
/// Something was said in a channel that the bridge cannot have any more.
pub const WORDS_MISSED: &str = "words-missed";

impl Store {
    /// The newest first.
    pub async fn notices(&self, limit: u32) -> Result<Vec<Notice>> {
        let rows = sqlx::query(
            "select kind, about, text, at from notice order by at desc, kind, about limit $1",
        )
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .iter()
            .map(|row| Notice {
                kind: row.get("kind"),
                about: row.get("about"),
                text: row.get("text"),
                at: Timestamp(row.get("at")),
            })
            .collect())
    }
}

impl Tx {
    /// False if staff was told before and nothing cleared it since.
    pub async fn notify_once(&mut self, community: &CommunityId, notice: &Notice) -> Result<bool> {
        let done = sqlx::query(
            "insert into notice (community_id, kind, about, text, at) values ($1, $2, $3, $4, $5)
             on conflict (community_id, kind, about) do nothing",
        )
        .bind(&community.0)
        .bind(&notice.kind)
        .bind(text::key(&notice.about))
        .bind(text::clean(&notice.text))
        .bind(notice.at.0)
        .execute(self.connection())
        .await?;
        Ok(done.rows_affected() == 1)
    }

    /// The cause is gone: the next time is news again.
    pub async fn clear_notice(
        &mut self,
        community: &CommunityId,
        kind: &str,
        about: &str,
    ) -> Result<()> {
        sqlx::query("delete from notice where community_id = $1 and kind = $2 and about = $3")
            .bind(&community.0)
            .bind(kind)
            .bind(text::key(about))
            .execute(self.connection())
            .await?;
        Ok(())
    }

    pub(crate) async fn clear_notices(&mut self, kind: &str) -> Result<()> {
        sqlx::query("delete from notice where kind = $1")
            .bind(kind)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    /// Staff has looked at what was stopped.
    pub(crate) async fn clear_stopped_notices(&mut self) -> Result<()> {
        sqlx::query("delete from notice where kind in ($1, $2)")
            .bind(DEAD_LETTER)
            .bind(STORM_BRAKE)
            .execute(self.connection())
            .await?;
        Ok(())
    }
}
