//! The one door for what the bridge itself says: to channels, in answer to somebody, or to them alone.
//!
//! **Invariant:** a row of ours holds a sentence's name, numbers and ids, and no word of anybody: it is put into words where it
//! goes. The same key is said once. What quotes a message has a row in `quoted`, so that whatever erases the message erases it.

use conversation::{
    BRIDGE_NAME, ChannelId, CommunityId, Fate, IdentityId, MessageId, OperationKind, Phrase,
    PlannedDelivery, Timestamp,
};

use sqlx::{Row, any::AnyRow};

use crate::{
    Entry, Result,
    accept::Deliveries,
    id::new_id,
    parts::OwnWords,
    together::{Kind, row},
};

mod claimed;
mod looked_up;
mod overdue;

pub use claimed::{Offered, OwnWord};
pub use looked_up::LookedUp;
pub use overdue::{Overdue, given_up, given_up_with_others};

/// Something that the bridge says.
#[derive(Debug, Clone)]
pub struct Say {
    /// Whose room or chat it is about.
    pub home: Entry,
    /// What it is known by; the same is said once.
    pub key: String,
    pub phrase: Phrase,
    pub to: To,
    pub fate: Fate,
    /// The messages that it tells of.
    pub quotes: Vec<MessageId>,
    /// Below its words.
    pub buttons: Vec<Choice>,
    /// How long they may be pressed.
    pub until: Option<Timestamp>,
}

#[derive(Debug, Clone)]
pub enum To {
    Channels(Vec<ChannelId>),
    /// In answer to it, in the home channel, where it was said.
    Message(MessageId),
    /// Whoever asked, alone: by the way back of their request.
    Asker(String),
}

/// What somebody may choose.
#[derive(Debug, Clone)]
pub struct Choice {
    pub label: Phrase,
    /// What that asks for: a kind, and ids.
    pub act: serde_json::Value,
    /// Whose choice it is; everybody's, where nobody is named.
    pub for_identity: Option<IdentityId>,
}

impl Say {
    /// To all of these channels, in words alone.
    pub fn to(home: Entry, key: String, phrase: Phrase, channels: Vec<ChannelId>) -> Say {
        Say {
            home,
            key,
            phrase,
            to: To::Channels(channels),
            fate: Fate::Send,
            quotes: Vec::new(),
            buttons: Vec::new(),
            until: None,
        }
    }

    pub fn channels(&self) -> &[ChannelId] {
        match &self.to {
            To::Channels(channels) => channels,
            To::Message(_) | To::Asker(_) => std::slice::from_ref(&self.home.channel.id),
        }
    }

    fn answers(&self) -> Option<&str> {
        match &self.to {
            To::Message(message) => Some(message.as_str()),
            To::Channels(_) | To::Asker(_) => None,
        }
    }

    fn request(&self) -> Option<&str> {
        match &self.to {
            To::Asker(request) => Some(request),
            To::Channels(_) | To::Message(_) => None,
        }
    }
}

impl OwnWords<'_> {
    /// None if it was said before, or what it answers is not there any more.
    pub async fn say(&mut self, say: &Say, now: Timestamp) -> Result<Option<MessageId>> {
        let message = MessageId(new_id(now));
        if !self.is_news(say, &message).await? {
            return Ok(None);
        }
        let us = self.ourselves(&say.home, now).await?;
        sqlx::query(
            "insert into message (community_id, id, room_id, channel_id, identity_id, thread_id, reply_to, own_subject,
               said_at, taken_at, revision, revised_at, name_id)
             values ($1, $2, $3, $4, $5,
               coalesce((select a.thread_id from message a where a.community_id = $1 and a.id = $6), $2),
               $6, 0, $7, $7, 0, $7, $5)",
        )
        .bind(&say.home.community.0)
        .bind(&message.0)
        .bind(say.home.channel.room.as_ref().map(|it| it.0.clone()))
        .bind(&say.home.channel.id.0)
        .bind(&us.0)
        .bind(say.answers())
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        self.put_around(say, &message, now)?;
        let delivery = |channel: &ChannelId| PlannedDelivery {
            channel: channel.clone(),
            operation: OperationKind::Post,
            fate: say.fate,
        };
        let planned: Vec<_> = say.channels().iter().map(delivery).collect();
        let deliveries = Deliveries {
            community: &say.home.community,
            message: &message,
            planned: &planned,
            is_answer: matches!(say.to, To::Asker(_)),
            now,
        };
        deliveries.put(self.tx);
        Ok(Some(message))
    }

    async fn is_news(&mut self, say: &Say, message: &MessageId) -> Result<bool> {
        let done = sqlx::query(
            "insert into own_word (community_id, message_id, key, phrase, args, request_id)
             select community_id, $2, $3, $4, $5, $6 from community
             where community_id = $1 and ($7 is null or exists (
               select 1 from message a where a.community_id = $1 and a.id = $7 and a.channel_id = $8
             ))
             on conflict (key, community_id) do nothing",
        )
        .bind(&say.home.community.0)
        .bind(&message.0)
        .bind(&say.key)
        .bind(&say.phrase.name)
        .bind(serde_json::to_string(&say.phrase.args)?)
        .bind(say.request())
        .bind(say.answers())
        .bind(&say.home.channel.id.0)
        .execute(self.tx.connection().await?)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    /// What it quotes, and what is offered below it.
    fn put_around(&mut self, say: &Say, message: &MessageId, now: Timestamp) -> Result<()> {
        let community = &say.home.community.0;
        for quoted in &say.quotes {
            self.tx
                .put(Kind::Quoted, row![community, &quoted.0, &message.0]);
        }
        for (number, choice) in (0_i64..).zip(&say.buttons) {
            let row = row![
                community,
                new_id(now),
                &message.0,
                number,
                serde_json::to_string(&choice.label)?,
                choice.act.to_string(),
                choice.for_identity.as_ref().map(|it| it.as_str()),
                say.until.map(|it| it.0),
            ];
            self.tx.put(Kind::Button, row);
        }
        Ok(())
    }

    /// Nothing is offered below it any more, and it says something else from now on, where that is given: wherever it stands
    /// it is changed. Says which channels' lanes have to do with it; none if it was closed before.
    pub async fn close(
        &mut self,
        entry: &Entry,
        message: &MessageId,
        instead: Option<&Phrase>,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let all = (&entry.community, std::slice::from_ref(message));
        self.close_all(all, instead, now).await
    }

    pub async fn close_all(
        &mut self,
        (community, messages): (&CommunityId, &[MessageId]),
        instead: Option<&Phrase>,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let mut woken = Vec::new();
        for message in messages {
            woken.extend(self.close_one((community, message), instead, now).await?);
        }
        Ok(woken)
    }

    async fn close_one(
        &mut self,
        (community, message): (&CommunityId, &MessageId),
        instead: Option<&Phrase>,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        let args = instead.map(|it| serde_json::to_string(&it.args));
        let closed = sqlx::query(
            "update own_word set closed_at = $3, phrase = coalesce($4, phrase), args = coalesce($5, args)
             where message_id = $2 and community_id = $1 and closed_at is null",
        )
        .bind(&community.0)
        .bind(&message.0)
        .bind(now.0)
        .bind(instead.map(|it| it.name.clone()))
        .bind(args.transpose()?)
        .execute(self.tx.connection().await?)
        .await?;
        match closed.rows_affected() {
            0 => Ok(Vec::new()),
            _ => self.say_anew(community, message, now).await,
        }
    }

    /// Wherever it was posted, or may have been, it is put into words once more. What is not out yet is so anyway.
    pub(crate) async fn say_anew(
        &mut self,
        community: &CommunityId,
        message: &MessageId,
        now: Timestamp,
    ) -> Result<Vec<ChannelId>> {
        sqlx::query(
            "update message set revision = revision + 1, revised_at = $3 where community_id = $1 and id = $2",
        )
        .bind(&community.0)
        .bind(&message.0)
        .bind(now.0)
        .execute(self.tx.connection().await?)
        .await?;
        let posted = sqlx::query(
            "select d.channel_id, w.request_id from delivery d
             join own_word w on w.message_id = d.message_id and w.community_id = d.community_id
             where d.community_id = $1 and d.message_id = $2 and d.operation = 'post'
               and (d.state in ('sending', 'uncertain', 'sent') or d.remote_ids <> '[]')",
        )
        .bind(&community.0)
        .bind(&message.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        let is_answer = |it: &AnyRow| it.get::<Option<&str>, _>("request_id").is_some();
        let is_answer = posted.first().is_some_and(is_answer);
        let posted = posted.iter().map(|it| ChannelId(it.get("channel_id")));
        let posted: Vec<_> = posted.collect();
        let edit = |channel: &ChannelId| PlannedDelivery {
            channel: channel.clone(),
            operation: OperationKind::Edit,
            fate: Fate::Send,
        };
        let planned: Vec<_> = posted.iter().map(edit).collect();
        let edits = Deliveries {
            community,
            message,
            planned: &planned,
            is_answer,
            now,
        };
        edits.put(self.tx);
        Ok(match is_answer {
            true => Vec::new(),
            false => posted,
        })
    }

    /// The bridge as one who speaks: an identity on no platform.
    async fn ourselves(&mut self, entry: &Entry, now: Timestamp) -> Result<IdentityId> {
        let known: Option<String> = sqlx::query_scalar(
            "select id from identity where community_id = $1 and platform = '' and account = ''",
        )
        .bind(&entry.community.0)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        match known {
            Some(known) => Ok(IdentityId(known)),
            None => {
                let mut speakers = self.tx.speakers(entry);
                speakers.new_account(("", ""), BRIDGE_NAME, now).await
            }
        }
    }

    /// Of what was said under this name in that channel, and waits for an answer.
    pub async fn open_word(&mut self, entry: &Entry, phrase: &str) -> Result<Option<MessageId>> {
        let found: Option<String> = sqlx::query_scalar(
            "select w.message_id from message m
             join own_word w on w.message_id = m.id and w.community_id = m.community_id
             where m.channel_id = $1 and m.community_id = $2 and w.phrase = $3 and w.closed_at is null
             order by m.said_at desc limit 1",
        )
        .bind(&entry.channel.id.0)
        .bind(&entry.community.0)
        .bind(phrase)
        .fetch_optional(self.tx.reading().await?)
        .await?;
        Ok(found.map(MessageId))
    }
}
