//! What waits to be said together: corrections until their author is done, reactions until the next digest.
//!
//! **Invariant:** what waits is a delivery in the state `waiting` that says for what, so it holds back nobody and outlives a
//! restart; when it has waited for long enough stands in `due`.

use conversation::{ChannelId, CommunityId, Markup, MessageId, Reacted, Timestamp, WaitsFor};
use sqlx::Row;

use crate::{
    Entry, Result, Tx,
    id::new_id,
    together::Together,
    tx::{MOST_ROWS, rows},
};

/// In one digest.
const AT_ONCE: i64 = 500;

impl Tx {
    /// Since when something has waited for it in the channel.
    pub async fn waiting_since(
        &mut self,
        (community, channel): (&CommunityId, &ChannelId),
        what: WaitsFor,
    ) -> Result<Option<Timestamp>> {
        let since: Option<i64> = sqlx::query_scalar(
            "select min(created_at) from delivery
             where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = $3",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .bind(what.as_str())
        .fetch_one(self.connection())
        .await?;
        Ok(since.map(Timestamp))
    }

    /// Of each message the newest edit that waits for the channel goes out, if it came before then, and says what the older
    /// ones would. What came later than now was made by a clock that went wrong. Says how many.
    pub async fn release_corrections(
        &mut self,
        (community, channel): (&CommunityId, &ChannelId),
        before: Timestamp,
        now: Timestamp,
    ) -> Result<u64> {
        sqlx::query(
            "update delivery set state = 'suppressed', waits_for = null, reason = 'said-by-a-later-one'
             where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = 'correction' and exists (
               select 1 from delivery n
               where n.message_id = delivery.message_id and n.channel_id = delivery.channel_id
                 and n.community_id = delivery.community_id and n.state = 'waiting' and n.waits_for = 'correction'
                 and n.seq > delivery.seq
             )",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .execute(self.connection())
        .await?;
        let released = sqlx::query(
            "update delivery set state = 'to_do', waits_for = null, reason = null, attempts = 0, next_attempt_at = 0
             where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = 'correction'
               and (created_at <= $3 or created_at > $4)",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .bind(before.0)
        .bind(now.0)
        .execute(self.connection())
        .await?;
        Ok(released.rows_affected())
    }

    /// The reactions that wait for the channel's digest, message by message.
    pub async fn waiting_reactions(&mut self, entry: &Entry) -> Result<Vec<Reacted>> {
        let rows = sqlx::query(
            "select w.message_id, w.since, m.revision, b.content, b.files as n_files, n.display_name from (
               select community_id, message_id, min(seq) as first, min(created_at) as since from delivery
               where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = 'digest'
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
            "update delivery set state = 'suppressed', waits_for = null, reason = $3
             where state = 'waiting' and channel_id = $2 and community_id = $1 and waits_for = 'digest'",
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
        sqlx::query(
            "update delivery set state = 'suppressed', waits_for = null, reason = $3
             where state = 'waiting' and channel_id = $2 and community_id = $1",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .bind(rule)
        .execute(self.connection())
        .await?;
        sqlx::query(
            "delete from due where about = $2 and kind in ('correction', 'digest') and community_id = $1",
        )
        .bind(&community.0)
        .bind(&channel.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }
}
