//! What waits to be said together: corrections until their author is done, reactions until the next digest.
//!
//! **Invariant:** what waits is a suppressed delivery whose reason says for what, so it holds back nobody and
//! outlives a restart.

use conversation::{ChannelId, CommunityId, Markup, MessageId, Reacted, Timestamp};
use sqlx::Row;

use crate::{
    Entry, Result, Store, Tx,
    id::new_id,
    together::Together,
    tx::{MOST_ROWS, rows},
};

/// At one look.
const AT_ONCE: i64 = 500;

impl Store {
    /// The channels for which an edit waits to be said that came before then, and whose they are.
    pub async fn corrections_before(
        &self,
        before: Timestamp,
    ) -> Result<Vec<(CommunityId, ChannelId)>> {
        let rows = sqlx::query(
            "select distinct community_id, channel_id from delivery where reason = 'correction-waits' and created_at <= $1",
        )
        .bind(before.0)
        .fetch_all(&self.pool)
        .await?;
        let channel = |row: &sqlx::any::AnyRow| {
            let community = CommunityId(row.get("community_id"));
            (community, ChannelId(row.get("channel_id")))
        };
        Ok(rows.iter().map(channel).collect())
    }

    /// Channels in which a reaction has waited since before then, and since when.
    pub async fn digests_before(&self, before: Timestamp) -> Result<Vec<(ChannelId, Timestamp)>> {
        let rows = sqlx::query(
            "select channel_id, min(created_at) as since from delivery where reason = 'next-digest'
             group by channel_id having min(created_at) <= $1",
        )
        .bind(before.0)
        .fetch_all(&self.pool)
        .await?;
        let due = |row: &sqlx::any::AnyRow| {
            let since = Timestamp(row.get("since"));
            (ChannelId(row.get("channel_id")), since)
        };
        Ok(rows.iter().map(due).collect())
    }
}

impl Tx {
    /// Of each message the newest edit that waits for the channel goes out, if it came before then, and says what the older
    /// ones would. Says how many.
    pub async fn release_corrections(
        &mut self,
        (community, channel): (&CommunityId, &ChannelId),
        before: Timestamp,
    ) -> Result<usize> {
        sqlx::query(
            "update delivery set reason = 'said-by-a-later-one'
             where reason = 'correction-waits' and community_id = $1 and channel_id = $2 and exists (
               select 1 from delivery n
               where n.reason = 'correction-waits' and n.message_id = delivery.message_id
                 and n.channel_id = delivery.channel_id and n.community_id = delivery.community_id
                 and n.seq > delivery.seq
             )",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .execute(self.connection())
        .await?;
        let released = sqlx::query(
            "update delivery set state = 'to_do', reason = null, attempts = 0, next_attempt_at = 0
             where reason = 'correction-waits' and community_id = $1 and channel_id = $2 and created_at <= $3",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .bind(before.0)
        .execute(self.connection())
        .await?;
        Ok(usize::try_from(released.rows_affected()).unwrap_or(0))
    }

    /// The reactions that wait for the channel's digest, message by message.
    pub async fn waiting_reactions(&mut self, entry: &Entry) -> Result<Vec<Reacted>> {
        let rows = sqlx::query(
            "select w.message_id, w.since, m.revision, b.content, b.files as n_files, n.display_name from (
               select community_id, message_id, min(seq) as first, min(created_at) as since from delivery
               where reason = 'next-digest' and channel_id = $2 and community_id = $1
               group by community_id, message_id
             ) w
             join message m on m.community_id = w.community_id and m.id = w.message_id
             left join body b on b.community_id = m.community_id and b.message_id = m.id and b.revision = m.revision
             join name n on n.community_id = m.community_id and n.id = m.name_id
             where m.deleted_at is null order by w.first limit $3",
        )
        .bind(&entry.community.0)
        .bind(&entry.channel.id.0)
        .bind(AT_ONCE)
        .fetch_all(self.connection())
        .await?;
        let mut reacted = Vec::new();
        for row in &rows {
            let message = MessageId(row.get("message_id"));
            let since = Timestamp(row.get("since"));
            let revision = (
                entry.community.as_str(),
                message.as_str(),
                row.get("revision"),
            );
            reacted.push(Reacted {
                author: row.get("display_name"),
                content: self.content(revision, row).await?.unwrap_or_default(),
                counts: self.new_reactions(entry, &message, since).await?,
                message,
            });
        }
        Ok(reacted)
    }

    /// Of people elsewhere, as far as they stand now.
    async fn new_reactions(
        &mut self,
        entry: &Entry,
        message: &MessageId,
        since: Timestamp,
    ) -> Result<std::collections::BTreeMap<String, usize>> {
        let rows = sqlx::query(
            "select emoji, count(*) as n from reaction
             where community_id = $1 and message_id = $2 and channel_id <> $3 and taken_at >= $4
             group by emoji",
        )
        .bind(&entry.community.0)
        .bind(&message.0)
        .bind(&entry.channel.id.0)
        .bind(since.0)
        .fetch_all(self.connection())
        .await?;
        let count = |row: &sqlx::any::AnyRow| {
            let n = usize::try_from(row.get::<i64, _>("n")).unwrap_or(0);
            (row.get("emoji"), n)
        };
        Ok(rows.iter().map(count).collect())
    }

    /// Says the digest, or nothing where nothing is left to say. The same reactions are told once.
    pub async fn say_digest(
        &mut self,
        entry: &Entry,
        (text, reacted): (Option<&Markup>, &[Reacted]),
        now: Timestamp,
    ) -> Result<bool> {
        sqlx::query(
            "update delivery set reason = $3
             where reason = 'next-digest' and channel_id = $2 and community_id = $1",
        )
        .bind(&entry.community.0)
        .bind(&entry.channel.id.0)
        .bind(if text.is_some() {
            "in-digest"
        } else {
            "nothing-to-say"
        })
        .execute(self.connection())
        .await?;
        let Some(text) = text else {
            return Ok(false);
        };
        let words = crate::RoomWords {
            home: entry.clone(),
            // Told once, for those that it tells wait no longer from this transaction on.
            news: format!("digest-{}", new_id(now)),
            subject: Some("Reactions".to_owned()),
            text: text.clone(),
            to: vec![entry.channel.id.clone()],
        };
        let mut quoted = Together::default();
        for chunk in reacted.chunks(MOST_ROWS) {
            quoted.add(format!(
                "insert into quoted (community_id, of_message, by_message) values {}",
                rows(chunk.len(), 3)
            ));
            for it in chunk {
                quoted.bind(&entry.community.0);
                quoted.bind(&it.message.0).bind(&words.news);
            }
        }
        self.write_together(quoted).await?;
        self.say_to_room(&words, now).await
    }

    /// Nothing is said there any more.
    pub(crate) async fn stop_gathered(
        &mut self,
        community: &CommunityId,
        channel: &ChannelId,
        rule: &'static str,
    ) -> Result<()> {
        for sql in [
            "update delivery set reason = $3 where reason = 'correction-waits' and community_id = $1 and channel_id = $2",
            "update delivery set reason = $3 where reason = 'next-digest' and community_id = $1 and channel_id = $2",
            "update delivery set reason = $3 where reason = 'file-follows' and community_id = $1 and channel_id = $2",
        ] {
            sqlx::query(sql)
                .bind(&community.0)
                .bind(&channel.0)
                .bind(rule)
                .execute(self.connection())
                .await?;
        }
        Ok(())
    }
}
