//! What was said, and how it changed.

use std::collections::HashSet;

use conversation::{
    Content, Event, IdentityId, Inbound, MessageFacts, MessageId, Posted, ReactionChange, Timestamp,
};
use sqlx::Row;

use crate::{
    Entry, Result, Tx,
    accept::THREAD_NAME,
    id::new_id,
    text,
    tx::{MOST_ROWS, placeholders},
};

/// In characters; as much as fits into a line of a mailbox.
const LONGEST_SUBJECT: usize = 60;

impl Tx {
    pub(super) async fn record_posted(
        &mut self,
        said: (&Entry, &Inbound),
        posted: &Posted,
        identity: &IdentityId,
        parent: Option<&MessageFacts>,
        now: Timestamp,
    ) -> Result<MessageId> {
        let (entry, event) = said;
        let id = new_id(now);
        let own_subject = posted.subject.clone().filter(|it| !it.trim().is_empty());
        let begins_with_subject = parent.is_none() && own_subject.is_some();
        let subject = own_subject.unwrap_or_else(|| first_words(&posted.content));
        sqlx::query(
            "insert into message (community_id, id, room_id, channel_id, identity_id, thread_id, reply_to, subject,
               own_subject, said_at, taken_at, revision, revised_at, content)
             values ($1, $2, $3, $4, $5, $6, $7,
               coalesce((select subject from message where community_id = $1 and id = $7), $8),
               $9, $10, $11, 0, $10, $12)",
        )
        .bind(&entry.community.0)
        .bind(&id)
        .bind(entry.channel.room.as_ref().map(|it| it.0.clone()))
        .bind(&entry.channel.id.0)
        .bind(&identity.0)
        .bind(parent.map_or(&id, |it| &it.thread.0))
        .bind(parent.map(|it| it.id.0.clone()))
        .bind(text::clean(&subject))
        .bind(i64::from(begins_with_subject))
        .bind(event.at.0)
        .bind(now.0)
        .bind(entry.stored(&posted.content)?)
        .execute(self.connection())
        .await?;
        let id = MessageId(id);
        self.record_copies(entry, &id, &posted.messages).await?;
        if let Some(thread) = &posted.thread {
            let root = parent.map_or(&id, |it| &it.thread);
            let channel = &entry.channel.id.0;
            self.name_thread((&entry.community.0, channel), thread, root)
                .await?;
        }
        Ok(id)
    }

    /// A name that is a message's own id, or is known already, stays what it is.
    pub(crate) async fn name_thread(
        &mut self,
        (community, channel): (&str, &str),
        name: &conversation::RemoteId,
        root: &MessageId,
    ) -> Result<()> {
        sqlx::query(
            "insert into copy (community_id, channel_id, remote_id, message_id, part) values ($1, $2, $3, $4, $5)
             on conflict (community_id, channel_id, remote_id) do nothing",
        )
        .bind(community)
        .bind(channel)
        .bind(text::key(&name.0))
        .bind(&root.0)
        .bind(THREAD_NAME)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn record_copies(
        &mut self,
        entry: &Entry,
        message: &MessageId,
        ids: &[conversation::RemoteId],
    ) -> Result<()> {
        let rows: Vec<_> = (0..).zip(ids).collect();
        self.insert_copies(&entry.community.0, &entry.channel.id.0, message, &rows)
            .await
    }

    /// A platform's id that stands there already stays as it is, unless it was only known as a thread's name.
    pub(crate) async fn insert_copies(
        &mut self,
        community: &str,
        channel: &str,
        message: &MessageId,
        ids: &[(i64, &conversation::RemoteId)],
    ) -> Result<()> {
        // One statement may not change the same row twice.
        let mut seen = HashSet::new();
        let ids: Vec<_> = ids.iter().filter(|(_, id)| seen.insert(id)).collect();
        for chunk in ids.chunks(MOST_ROWS) {
            let sql = format!(
                "insert into copy (community_id, channel_id, remote_id, message_id, part) values {}
                 on conflict (community_id, channel_id, remote_id) do update
                   set message_id = excluded.message_id, part = excluded.part where copy.part < 0",
                placeholders(chunk.len(), 5)
            );
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql));
            for (part, id) in chunk {
                query = query
                    .bind(community.to_owned())
                    .bind(channel.to_owned())
                    .bind(text::key(&id.0))
                    .bind(message.0.clone())
                    .bind(*part);
            }
            query.execute(self.connection()).await?;
        }
        Ok(())
    }

    pub(super) async fn record_change(
        &mut self,
        said: (&Entry, &Inbound),
        target: &MessageFacts,
        identity: &IdentityId,
        now: Timestamp,
    ) -> Result<()> {
        let (entry, event) = said;
        match &event.event {
            Event::Edited { content, .. } => self.revise(entry, target, content, event.at).await,
            Event::Deleted { .. } => self.mark_deleted(entry, target, now).await,
            Event::Reacted(change) => {
                self.record_reaction(said, target, identity, (change, now))
                    .await
            }
            _ => Ok(()),
        }
    }

    /// The old words move to the revisions, the new ones take their place.
    async fn revise(
        &mut self,
        entry: &Entry,
        target: &MessageFacts,
        content: &Content,
        at: Timestamp,
    ) -> Result<()> {
        sqlx::query(
            "insert into revision (community_id, message_id, number, at, content)
             select community_id, id, revision, revised_at, content from message
             where community_id = $1 and id = $2",
        )
        .bind(&entry.community.0)
        .bind(&target.id.0)
        .execute(self.connection())
        .await?;
        let old: String =
            sqlx::query("select content from message where community_id = $1 and id = $2")
                .bind(&entry.community.0)
                .bind(&target.id.0)
                .fetch_one(self.connection())
                .await?
                .get("content");
        let merged = keep_files(serde_json::from_str(&old)?, content);
        sqlx::query(
            "update message set content = $1, revision = revision + 1, revised_at = $2
             where community_id = $3 and id = $4",
        )
        .bind(entry.stored(&merged)?)
        .bind(at.0)
        .bind(&entry.community.0)
        .bind(&target.id.0)
        .execute(self.connection())
        .await?;
        Ok(())
    }

    async fn mark_deleted(
        &mut self,
        entry: &Entry,
        target: &MessageFacts,
        now: Timestamp,
    ) -> Result<()> {
        sqlx::query("update message set deleted_at = $1 where community_id = $2 and id = $3")
            .bind(now.0)
            .bind(&entry.community.0)
            .bind(&target.id.0)
            .execute(self.connection())
            .await?;
        Ok(())
    }

    async fn record_reaction(
        &mut self,
        said: (&Entry, &Inbound),
        target: &MessageFacts,
        identity: &IdentityId,
        (change, now): (&ReactionChange, Timestamp),
    ) -> Result<()> {
        let (entry, event) = said;
        for emoji in &change.removed {
            sqlx::query(
                "delete from reaction where community_id = $1 and message_id = $2 and identity_id = $3 and emoji = $4",
            )
            .bind(&entry.community.0)
            .bind(&target.id.0)
            .bind(&identity.0)
            .bind(text::key(emoji))
            .execute(self.connection())
            .await?;
        }
        for emoji in &change.added {
            sqlx::query(
                "insert into reaction (community_id, message_id, identity_id, emoji, channel_id, at, taken_at)
                 values ($1, $2, $3, $4, $5, $6, $7)
                 on conflict (community_id, message_id, identity_id, emoji) do nothing",
            )
            .bind(&entry.community.0)
            .bind(&target.id.0)
            .bind(&identity.0)
            .bind(text::key(emoji))
            .bind(&entry.channel.id.0)
            .bind(event.at.0)
            .bind(now.0)
            .execute(self.connection())
            .await?;
        }
        Ok(())
    }
}

/// An album's parts are edited one by one: an edit that names fewer files than there were changes words only.
fn keep_files(old: Content, new: &Content) -> Content {
    Content {
        text: new.text.clone(),
        attachments: if new.attachments.len() < old.attachments.len() {
            old.attachments
        } else {
            new.attachments.clone()
        },
    }
}

pub(crate) fn first_words(content: &Content) -> String {
    let text = content.text.plain_text();
    let line = text.lines().find(|line| !line.trim().is_empty());
    let line = line.map_or("", str::trim);
    if line.is_empty() {
        return content
            .attachments
            .first()
            .and_then(|it| it.name.clone())
            .unwrap_or_default();
    }
    if line.chars().count() <= LONGEST_SUBJECT {
        return line.to_owned();
    }
    let cut: String = line.chars().take(LONGEST_SUBJECT).collect();
    let whole_words = cut
        .rsplit_once(' ')
        .map_or(cut.as_str(), |(words, _)| words);
    format!("{whole_words}…")
}
