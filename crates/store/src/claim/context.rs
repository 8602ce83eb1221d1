//! What surrounds a delivery: the thread above it, or the copy that it changes.

use conversation::{AuthorKind, Content, MessageId, OperationKind, RemoteId, Reply, Timestamp};
use sqlx::{Row, any::AnyRow};

use super::{Outdated, ParentQuote, Work, part_files, speaker};
use crate::{Result, accept::CORRECTION, parts::Outbox, row};

/// Mail programs look at no more than a few references; long threads keep their root and their newest.
const MOST_ANCESTORS: usize = 20;
/// Some of what is above may not stand in the channel, so we look further than we show.
const DEEPEST_WALK: i64 = 60;

impl Outbox<'_> {
    pub(super) async fn add_context(&mut self, work: &mut Work, head: &AnyRow) -> Result<()> {
        let revision = (work.message.as_str(), i64::from(work.said.revision));
        let mut words = self.tx.words(&self.entry.community.0);
        if let Some(content) = words.content(revision, head).await? {
            work.said.content = content;
        }
        self.add_own(work, head).await?;
        let goes_home = head.get::<String, _>("home_id") == self.entry.channel.id.0;
        if matches!(work.operation, OperationKind::Edit | OperationKind::Delete) {
            self.add_standing(work).await?;
        }
        if matches!(work.operation, OperationKind::Post | OperationKind::Edit) {
            self.as_begun(work).await?;
            self.add_mentions(work, goes_home).await?;
        }
        if work.said.author.kind == AuthorKind::Ourselves {
            work.own.seen_by = self.seen_by(&work.message).await?;
        }
        if !work.said.content.attachments.is_empty() {
            work.without = self.without(&work.message).await?;
        }
        match work.operation {
            OperationKind::Post => {
                // What stands there of our own words is a part of this very post.
                if goes_home && work.own.word.is_none() {
                    work.context.original = self.first_copy(&work.message).await?;
                }
                self.add_parent(work, head).await?;
                if work.attempt.in_doubt && work.said.revision > 0 {
                    self.add_earlier(work).await?;
                }
                // What nobody has seen there has no thread yet.
                if work.message != work.root || !work.sent.parts.is_empty() {
                    work.to.thread = self.thread_name(&work.root).await?;
                }
            }
            OperationKind::Edit if !work.brings.is_empty() => {
                work.to.thread = self.thread_name(&work.root).await?;
                (work.context.reply, work.context.parent) =
                    self.answering(&work.message, &work.root).await?;
            }
            OperationKind::Edit => {
                work.to.thread = self.thread_name(&work.root).await?;
                self.add_outdated(work).await?;
                self.add_parent(work, head).await?;
            }
            OperationKind::Delete => {
                if goes_home && work.standing.parts.is_empty() {
                    work.standing.parts = self.copies(&work.message, 0..CORRECTION).await?;
                }
                let corrections = self.copies(&work.message, CORRECTION..i64::MAX);
                work.standing.parts.extend(corrections.await?);
                self.add_left_over(work).await?;
            }
            OperationKind::React => {
                let at = self.first_copy(&work.message).await?;
                work.standing.parts = at.map(|id| vec![vec![id]]).unwrap_or_default();
                work.said.emoji = self.emoji(&work.message).await?;
            }
        }
        Ok(())
    }

    /// What the bridge itself says, and what of it the thread is called by.
    async fn add_own(&mut self, work: &mut Work, head: &AnyRow) -> Result<()> {
        if work.said.author.kind == AuthorKind::Ourselves {
            work.own.word = self.own_word(&work.message).await?;
        }
        let has_subject = head.get::<Option<&str>, _>("subject").is_some();
        if !has_subject && work.message != work.root {
            work.own.root = self.own_word_beside(&work.root).await?;
        }
        Ok(())
    }

    async fn add_parent(&mut self, work: &mut Work, head: &AnyRow) -> Result<()> {
        if let Some(parent) = head.get::<Option<String>, _>("reply_to").map(MessageId) {
            (work.context.reply, work.context.parent) = self.answering(&parent, &work.root).await?;
        }
        Ok(())
    }

    /// In its own channel a message rings whom its author rang.
    async fn add_mentions(&mut self, work: &mut Work, goes_home: bool) -> Result<()> {
        let accounts = work.said.content.text.mentioned();
        work.context.mentions = match goes_home {
            true => accounts.iter().map(|it| (it.clone(), it.clone())).collect(),
            false => {
                self.who_may_be_rung(&work.said.home.platform, &accounts)
                    .await?
            }
        };
        Ok(())
    }

    async fn first_copy(&mut self, message: &MessageId) -> Result<Option<RemoteId>> {
        let found: Option<String> = sqlx::query_scalar(
            "select remote_id from copy
             where community_id = $1 and message_id = $2 and channel_id = $3 and part >= 0
             order by part limit 1",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .bind(&self.entry.channel.id.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(found.map(RemoteId))
    }

    /// Of the threads whose root this is.
    async fn thread_name(&mut self, root: &MessageId) -> Result<Option<RemoteId>> {
        let found: Option<String> = sqlx::query_scalar(
            "select remote_id from copy
             where community_id = $1 and message_id = $2 and channel_id = $3 and part < 0
             order by remote_id limit 1",
        )
        .bind(&self.entry.community.0)
        .bind(&root.0)
        .bind(&self.entry.channel.id.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(found.map(RemoteId))
    }

    async fn copies(
        &mut self,
        message: &MessageId,
        parts: std::ops::Range<i64>,
    ) -> Result<Vec<Vec<RemoteId>>> {
        let found: Vec<String> = sqlx::query_scalar(
            "select remote_id from copy
             where community_id = $1 and message_id = $2 and channel_id = $3 and part >= $4 and part < $5
             order by part, remote_id",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .bind(&self.entry.channel.id.0)
        .bind(parts.start)
        .bind(parts.end)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(found.into_iter().map(|id| vec![RemoteId(id)]).collect())
    }

    /// What it said in that revision, while that is kept.
    pub(super) async fn said(
        &mut self,
        message: &MessageId,
        revision: u32,
    ) -> Result<Option<Content>> {
        let mut words = self.tx.words(&self.entry.community.0);
        words.said(&message.0, i64::from(revision)).await
    }

    /// What an edit finds there, so that the change can be said in reply to it.
    async fn add_outdated(&mut self, work: &mut Work) -> Result<()> {
        if work.standing.parts.is_empty() || work.standing.revision >= work.said.revision {
            return Ok(());
        }
        let old = self.said(&work.message, work.standing.revision);
        let content = old.await?.unwrap_or_default();
        let (reply, quote) = self.answering(&work.message, &work.root).await?;
        let text = content.text.plain_text();
        work.standing.outdated = Some(Outdated {
            quote: quote.map(|it| ParentQuote { text, ..it }),
            content,
            reply,
        });
        Ok(())
    }

    async fn add_earlier(&mut self, work: &mut Work) -> Result<()> {
        let earlier = sqlx::query(
            "select revision, content, files as n_files from body
             where community_id = $1 and message_id = $2 and revision < $3 order by revision desc limit 3",
        )
        .bind(&self.entry.community.0)
        .bind(&work.message.0)
        .bind(i64::from(work.said.revision))
        .fetch_all(self.tx.reading().await?)
        .await?;
        let mut words = self.tx.words(&self.entry.community.0);
        for row in &earlier {
            let revision = (work.message.as_str(), row.get("revision"));
            work.said
                .earlier
                .extend(words.content(revision, row).await?);
        }
        Ok(())
    }

    /// How to answer a message in this channel: by pointing at it, if it stands there, and in words.
    async fn answering(
        &mut self,
        parent: &MessageId,
        root: &MessageId,
    ) -> Result<(Option<Reply>, Option<ParentQuote>)> {
        let ancestors = self.ancestors(parent, root).await?;
        let stands_here = self.first_copy(parent).await?;
        let reply = stands_here.map(|to| Reply { to, ancestors });
        Ok((reply, self.quote(parent).await?))
    }

    /// The ids of the parent and of what is above it, as they stand in this channel, root first. However
    /// deep the thread, no more than its newest end is walked.
    async fn ancestors(&mut self, parent: &MessageId, root: &MessageId) -> Result<Vec<RemoteId>> {
        let rows = sqlx::query(
            "with recursive above (id, reply_to, depth) as (
               select id, reply_to, 0 from message where community_id = $1 and id = $2
               union all
               select m.id, m.reply_to, a.depth + 1 from above a
               join message m on m.community_id = $1 and m.id = a.reply_to
               where a.depth < $4
             )
             select c.remote_id, a.id from above a
             join copy c on c.community_id = $1 and c.message_id = a.id and c.channel_id = $3 and c.part = 0
             order by a.depth desc",
        )
        .bind(&self.entry.community.0)
        .bind(&parent.0)
        .bind(&self.entry.channel.id.0)
        .bind(DEEPEST_WALK)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let has_root = rows
            .first()
            .is_some_and(|row| row.get::<String, _>("id") == root.0);
        let ids = rows.iter().map(|row| RemoteId(row.get("remote_id")));
        if has_root && rows.len() <= MOST_ANCESTORS {
            return Ok(ids.collect());
        }
        let newest = ids.skip((rows.len() + 1).saturating_sub(MOST_ANCESTORS));
        let root = self.first_copy(root).await?;
        Ok(root.into_iter().chain(newest).collect())
    }

    async fn quote(&mut self, parent: &MessageId) -> Result<Option<ParentQuote>> {
        let Some(found) = sqlx::query(
            "select b.content, n.display_name, i.person_id, n.namesake, i.platform as speaks_on, h.platform, h.remote_id
             from message m
             left join body b on b.community_id = m.community_id and b.message_id = m.id and b.revision = m.revision
             join identity i on i.community_id = m.community_id and i.id = m.identity_id
             join name n on n.community_id = m.community_id and n.id = m.name_id
             join channel h on h.community_id = m.community_id and h.id = m.channel_id
             where m.community_id = $1 and m.id = $2 and m.deleted_at is null and m.stays is null",
        )
        .bind(&self.entry.community.0)
        .bind(&parent.0)
        .fetch_optional(self.tx.reading().await?)
        .await?
        else {
            return Ok(None);
        };
        let content: Option<Content> = found
            .get::<Option<&str>, _>("content")
            .map(serde_json::from_str)
            .transpose()?;
        let own = match (&content, found.get("speaks_on")) {
            (None, "") => self.own_word_beside(parent).await?,
            _ => None,
        };
        let is_known = content.is_some() || own.is_some();
        Ok(is_known.then(|| ParentQuote {
            author: speaker(&found),
            text: content.map_or_else(String::new, |it| it.text.plain_text()),
            own,
        }))
    }

    async fn add_standing(&mut self, work: &mut Work) -> Result<()> {
        let posted = sqlx::query(
            "select remote_ids, revision, sent_at, part_files from delivery
             where community_id = $1 and message_id = $2 and channel_id = $3 and operation = 'post'
               and remote_ids <> '[]'",
        )
        .bind(&self.entry.community.0)
        .bind(&work.message.0)
        .bind(&self.entry.channel.id.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        if let Some(posted) = posted {
            work.standing.parts = serde_json::from_str(&posted.get::<String, _>("remote_ids"))?;
            work.standing.files = part_files(&posted)?;
            // Parts at the end that an edit took back.
            while work.standing.parts.pop_if(|part| part.is_empty()).is_some() {}
            work.standing.revision = row::number(&posted, "revision");
            work.standing.since = posted.get::<Option<i64>, _>("sent_at").map(Timestamp);
        }
        Ok(())
    }

    async fn emoji(&mut self, message: &MessageId) -> Result<Vec<String>> {
        let rows = sqlx::query(
            "select emoji, min(at) as first from reaction
             where community_id = $1 and message_id = $2 and channel_id <> $3
             group by emoji order by min(at), emoji",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .bind(&self.entry.channel.id.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        Ok(rows.iter().map(|row| row.get("emoji")).collect())
    }
}
