//! What was said, and how it changed.

use conversation::{
    ChannelId, Content, Event, IdentityId, Inbound, MessageFacts, MessageId, Posted,
    ReactionChange, RemoteId, Stays, Timestamp,
};
use sqlx::Row;

use super::identity::Actor;
use crate::{
    DueKind, Entry, Result, Tx,
    accept::THREAD_NAME,
    body::Body,
    claim::without_file_names,
    parts::Messages,
    text,
    together::{Kind, row},
};

/// A message as it comes in.
pub(super) struct Post<'a> {
    pub(super) id: &'a MessageId,
    pub(super) said: (&'a Entry, &'a Inbound),
    pub(super) posted: &'a Posted,
    pub(super) actor: &'a Actor,
    pub(super) parent: Option<&'a MessageFacts>,
    pub(super) stays: Option<Stays>,
    /// They go somewhere: to whom they were said on a list, if nowhere else.
    pub(super) keeps_words: bool,
    pub(super) now: Timestamp,
}

impl Post<'_> {
    async fn put(&self, tx: &mut Tx) -> Result<()> {
        let (entry, event) = self.said;
        let own_subject = self.own_subject();
        let row = row![
            &entry.community.0,
            &self.id.0,
            entry.channel.room.as_ref().map(|it| it.as_str()),
            &entry.channel.id.0,
            &self.actor.id.0,
            &self.actor.name,
            &self.root().0,
            self.parent.map(|it| it.id.as_str()),
            i64::from(self.parent.is_none() && own_subject.is_some() && self.keeps_words),
            event.at.0,
            self.now.0,
            self.stays.map(Stays::as_str),
            (!self.keeps_words).then_some(self.now.0),
        ];
        tx.put(Kind::Message, row);
        if self.keeps_words {
            self.put_words(tx).await?;
        }
        if self.keeps_words && self.stays.is_some() {
            let about = (DueKind::Erasure, self.id.as_str());
            tx.clock()
                .fall_due_at(&entry.community, about, self.now)
                .await?;
        }
        let ids: Vec<_> = (0..).zip(&self.posted.messages).collect();
        put_copies(tx, self.place(), self.id, &ids);
        Ok(())
    }

    async fn put_words(&self, tx: &mut Tx) -> Result<()> {
        let entry = self.said.0;
        let own_subject = self.own_subject();
        let subject = match self.parent {
            Some(_) => None,
            None => Some(own_subject.map_or_else(|| self.first_words(), str::to_owned)),
        };
        let body = Body {
            home: entry,
            message: (&entry.community.0, &self.id.0),
            revision: 0,
            author: &self.actor.id.0,
            subject: subject.as_deref(),
            content: &self.posted.content,
            at: self.now,
        };
        body.put(tx).await?;
        tx.words(&entry.community.0)
            .put_files((&self.id.0, 0), &self.posted.content.attachments)
            .await
    }

    /// As they are told elsewhere.
    fn first_words(&self) -> String {
        let mut content = self.posted.content.clone();
        if self.actor.is_nameless {
            without_file_names(&mut content.attachments);
        }
        content.first_words()
    }

    fn own_subject(&self) -> Option<&str> {
        let subject = self.posted.subject.as_deref();
        subject.filter(|it| !it.trim().is_empty())
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
    pub(super) async fn record_post(&mut self, post: &Post<'_>) -> Result<()> {
        let place = post.place();
        post.put(self.tx).await?;
        match &post.posted.thread {
            Some(thread) => name_thread(self.tx, place, thread, post.root()).await,
            None => Ok(()),
        }
    }

    /// Says in which channels our own words change with it.
    pub(super) async fn record_change(
        &mut self,
        (event, stays): (&Inbound, Option<Stays>),
        target: &MessageFacts,
        identity: &IdentityId,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        match (&event.event, stays) {
            (Event::Edited { .. }, Some(stays)) => {
                return self.keep_here(&target.id, stays, (event.at, now)).await;
            }
            (Event::Edited { content, .. }, None) => {
                self.revise(target, content, (event.at, now)).await?;
            }
            (Event::Deleted { .. }, _) => return self.mark_deleted(&target.id, now).await,
            (Event::Reacted(change), stays) => {
                // What is not told is not known either.
                let told = ReactionChange {
                    added: stays.map_or_else(|| change.added.clone(), |_| Vec::new()),
                    ..change.clone()
                };
                self.record_reaction(event, target, identity, (&told, now))
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
        .fetch_one(self.tx.reading().await?)
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
        sqlx::query(
            "update message set revision = $1, revised_at = $2, erased_at = null where community_id = $3 and id = $4",
        )
        .bind(revision + 1)
        .bind(at.0)
        .bind(message.0)
        .bind(message.1)
        .execute(self.tx.connection().await?)
        .await?;
        body.put(self.tx).await?;
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
            .execute(self.tx.connection().await?)
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
            .execute(self.tx.connection().await?)
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
    .execute(tx.connection().await?)
    .await?;
    Ok(())
}

/// A platform's id that stands there already stays as it is, unless it was only known as a thread's name.
pub(crate) fn put_copies(
    tx: &mut Tx,
    (community, channel): (&str, &str),
    message: &MessageId,
    ids: &[(i64, &RemoteId)],
) {
    for (part, id) in ids {
        let at = (community.to_owned(), channel.to_owned(), text::key(&id.0));
        tx.put_copy(at, (message, *part));
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
