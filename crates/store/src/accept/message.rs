//! What was said, and how it changed.

use std::collections::HashSet;

use conversation::{
    ChannelId, Content, Event, IdentityId, Inbound, MessageFacts, MessageId, Posted,
    ReactionChange, RemoteId, Timestamp,
};
use sqlx::Row;

use super::identity::Actor;
use crate::{
    Entry, Result, Tx,
    accept::THREAD_NAME,
    body::Body,
    parts::Messages,
    text,
    together::Together,
    tx::{MOST_ROWS, rows},
};

/// A message as it comes in.
pub(super) struct Post<'a> {
    pub(super) id: &'a MessageId,
    pub(super) said: (&'a Entry, &'a Inbound),
    pub(super) posted: &'a Posted,
    pub(super) actor: &'a Actor,
    pub(super) parent: Option<&'a MessageFacts>,
    pub(super) now: Timestamp,
}

impl Post<'_> {
    /// What goes together. The rest goes by `Messages::record_rest`.
    pub(super) fn put(&self, rows: &mut Together) -> Result<()> {
        let (entry, event) = self.said;
        let own_subject = self.posted.subject.as_deref();
        let own_subject = own_subject.filter(|it| !it.trim().is_empty());
        let subject = match self.parent {
            Some(_) => None,
            None => {
                Some(own_subject.map_or_else(|| self.posted.content.first_words(), str::to_owned))
            }
        };
        rows.add(
            "insert into message (community_id, id, room_id, channel_id, identity_id, thread_id, reply_to, own_subject,
               said_at, taken_at, revision, revised_at, name_id)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)",
        )
        .bind(&entry.community.0)
        .bind(&self.id.0)
        .bind(entry.channel.room.as_ref().map(|it| it.0.clone()))
        .bind(&entry.channel.id.0)
        .bind(&self.actor.id.0)
        .bind(&self.root().0)
        .bind(self.parent.map(|it| it.id.0.clone()))
        .bind(i64::from(self.parent.is_none() && own_subject.is_some()))
        .bind(event.at.0)
        .bind(self.now.0)
        .bind(event.at.0)
        .bind(&self.actor.name.id);
        let body = Body {
            home: entry,
            message: (&entry.community.0, &self.id.0),
            revision: 0,
            author: &self.actor.id.0,
            subject: subject.as_deref(),
            content: &self.posted.content,
            at: self.now,
        };
        body.put(rows)?;
        let ids: Vec<_> = (0..).zip(&self.posted.messages).take(MOST_ROWS).collect();
        put_copies(rows, self.place(), &self.id.0, &ids);
        Ok(())
    }

    fn place(&self) -> (&str, &str) {
        let entry = self.said.0;
        (entry.community.as_str(), entry.channel.id.as_str())
    }

    fn root(&self) -> &MessageId {
        self.parent.map_or(self.id, |it| &it.thread)
    }
}

impl Messages<'_> {
    pub(super) async fn record_rest(&mut self, post: &Post<'_>) -> Result<()> {
        let place = post.place();
        self.tx
            .words(place.0)
            .put_files((&post.id.0, 0), &post.posted.content.attachments)
            .await?;
        let ids: Vec<_> = (0..).zip(&post.posted.messages).skip(MOST_ROWS).collect();
        insert_copies(self.tx, place, post.id, &ids).await?;
        match &post.posted.thread {
            Some(thread) => name_thread(self.tx, place, thread, post.root()).await,
            None => Ok(()),
        }
    }

    /// Says in which channels our own words change with it.
    pub(super) async fn record_change(
        &mut self,
        event: &Inbound,
        target: &MessageFacts,
        identity: &IdentityId,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        match &event.event {
            Event::Edited { content, .. } => {
                self.revise(target, content, (event.at, now)).await?;
            }
            Event::Deleted { .. } => return self.mark_deleted(&target.id, now).await,
            Event::Reacted(change) => {
                self.record_reaction(event, target, identity, (change, now))
                    .await?;
            }
            _ => {}
        }
        Ok(Vec::new())
    }

    /// What it said before stays for as long as a copy shows it.
    async fn revise(
        &mut self,
        target: &MessageFacts,
        content: &Content,
        (at, now): (Timestamp, Timestamp),
    ) -> Result<()> {
        let message = (self.entry.community.as_str(), target.id.as_str());
        let before = sqlx::query(
            "select m.revision, m.identity_id, m.thread_id, m.own_subject, b.subject, b.content, b.files as n_files from message m
             left join body b on b.community_id = m.community_id and b.message_id = m.id and b.revision = m.revision
             where m.community_id = $1 and m.id = $2",
        )
        .bind(message.0)
        .bind(message.1)
        .fetch_one(self.tx.connection())
        .await?;
        let revision: i64 = before.get("revision");
        let mut words = self.tx.words(message.0);
        let old = words.content((message.1, revision), &before);
        let merged = keep_files(old.await?.unwrap_or_default(), content);
        // What a thread is called by its first words is called by those that stand.
        let is_derived = before.get::<&str, _>("thread_id") == message.1
            && before.get::<i64, _>("own_subject") == 0;
        let derived = is_derived.then(|| merged.first_words());
        let body = Body {
            home: self.entry,
            message,
            revision: revision + 1,
            author: before.get("identity_id"),
            subject: derived.as_deref().or_else(|| before.get("subject")),
            content: &merged,
            at: now,
        };
        let mut rows = Together::default();
        rows.add(
            "update message set revision = ?, revised_at = ?, erased_at = null where community_id = ? and id = ?",
        )
        .bind(revision + 1)
        .bind(at.0)
        .bind(message.0)
        .bind(message.1);
        body.put(&mut rows)?;
        rows.write(self.tx).await?;
        let mut words = self.tx.words(message.0);
        words
            .put_files((message.1, revision + 1), &merged.attachments)
            .await?;
        words.forget_unseen(message.1).await
    }

    async fn record_reaction(
        &mut self,
        event: &Inbound,
        target: &MessageFacts,
        identity: &IdentityId,
        (change, now): (&ReactionChange, Timestamp),
    ) -> Result<()> {
        let entry = self.entry;
        for emoji in &change.removed {
            sqlx::query(
                "delete from reaction where community_id = $1 and message_id = $2 and identity_id = $3 and emoji = $4",
            )
            .bind(&entry.community.0)
            .bind(&target.id.0)
            .bind(&identity.0)
            .bind(text::key(emoji))
            .execute(self.tx.connection())
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
            .execute(self.tx.connection())
            .await?;
        }
        Ok(())
    }
}

/// A name that is a message's own id, or is known already, stays what it is.
pub(crate) async fn name_thread(
    tx: &mut Tx,
    (community, channel): (&str, &str),
    name: &RemoteId,
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
    .execute(tx.connection())
    .await?;
    Ok(())
}

pub(crate) async fn insert_copies(
    tx: &mut Tx,
    place: (&str, &str),
    message: &MessageId,
    ids: &[(i64, &RemoteId)],
) -> Result<()> {
    for chunk in ids.chunks(MOST_ROWS) {
        let mut rows = Together::default();
        put_copies(&mut rows, place, &message.0, chunk);
        rows.write(tx).await?;
    }
    Ok(())
}

/// A platform's id that stands there already stays as it is, unless it was only known as a thread's name.
fn put_copies(
    to: &mut Together,
    (community, channel): (&str, &str),
    message: &str,
    ids: &[(i64, &RemoteId)],
) {
    // One statement may not change the same row twice.
    let mut seen = HashSet::new();
    let ids: Vec<_> = ids.iter().filter(|(_, id)| seen.insert(id)).collect();
    if ids.is_empty() {
        return;
    }
    to.add(format!(
        "insert into copy (community_id, channel_id, remote_id, message_id, part) values {}
         on conflict (community_id, channel_id, remote_id) do update
           set message_id = excluded.message_id, part = excluded.part where copy.part < 0",
        rows(ids.len(), 5)
    ));
    for (part, id) in ids {
        to.bind(community)
            .bind(channel)
            .bind(text::key(&id.0))
            .bind(message)
            .bind(*part);
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
