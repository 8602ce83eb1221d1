//! What the bridge itself says to an author: a message of its own that answers theirs, in the channel that theirs came from.
//!
//! **Invariant:** its id is made of what it is about, so it is said once; and it goes to that one channel only.

use conversation::{
    BRIDGE_NAME, ChannelId, ChannelRef, Content, DeliveryId, Fate, IdentityId, Markup, MessageId,
    OperationKind, PersonId, PlannedDelivery, Timestamp,
};
use sqlx::Row;

mod standin;

pub use standin::{Choice, Offered, Say, To, english};

use crate::{Entry, Result, Store, Tx, accept::first_words, body::Body, row, together::Together};

/// A post that has waited for long, and whose author does not know it.
#[derive(Debug, Clone)]
pub struct Overdue {
    pub message: MessageId,
    /// Where it came from.
    pub home: ChannelRef,
    /// Where it cannot go.
    pub channel: ChannelRef,
    /// What the platform said last, if it was asked.
    pub reason: Option<String>,
    /// Of the author, the destination and the hour: nobody is told of each message of a long silence.
    pub news: String,
}

/// Words of ours about a message.
#[derive(Debug, Clone)]
pub struct OwnWords {
    pub about: MessageId,
    pub home: Entry,
    /// What they are known by; the same words are said once.
    pub news: String,
    pub text: String,
    pub fate: Fate,
}

/// Words of ours to channels of a room, or to one person alone, about no message.
#[derive(Debug, Clone)]
pub struct RoomWords {
    pub home: Entry,
    /// What they are known by; the same words are said once.
    pub news: String,
    /// Else the first words.
    pub subject: Option<String>,
    pub text: Markup,
    pub to: Vec<ChannelId>,
}

/// The news that a message was given up.
pub fn given_up(delivery: &DeliveryId) -> String {
    format!("dead-{delivery}")
}

/// The news that all was given up which one person had said to a channel, told once an hour.
pub fn given_up_with_others(channel: &ChannelId, author: &PersonId, now: Timestamp) -> String {
    format!("dead-{channel}-{author}-{}", now.0 / 3_600_000)
}

impl Store {
    /// Posts that have waited since `before` or longer, the oldest first.
    pub async fn overdue(&self, before: Timestamp, limit: u32) -> Result<Vec<Overdue>> {
        let rows = sqlx::query(
            "select late.message_id, late.reason, late.news, c.platform, c.remote_id,
               h.platform as home_platform, h.remote_id as home_id
             from (
               select d.community_id, d.seq, d.message_id, d.channel_id, d.reason, m.channel_id as home,
                 'late-' || d.channel_id || '-' || m.identity_id || '-' || cast(d.created_at / 3600000 as text) as news
               from delivery d
               join message m on m.community_id = d.community_id and m.id = d.message_id
               where d.state in ('to_do', 'sending', 'uncertain') and d.operation = 'post' and d.created_at <= $1
                 and d.channel_id <> m.channel_id and m.deleted_at is null
             ) late
             join channel c on c.community_id = late.community_id and c.id = late.channel_id
             join channel h on h.community_id = late.community_id and h.id = late.home
             where h.link = 'active'
               and not exists (select 1 from message n where n.community_id = late.community_id and n.id = late.news)
             order by late.seq limit $2",
        )
        .bind(before.0)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows
            .iter()
            .map(|row| Overdue {
                message: MessageId(row.get("message_id")),
                home: ChannelRef::new(
                    row.get::<&str, _>("home_platform"),
                    row.get::<String, _>("home_id"),
                ),
                channel: row::channel_ref(row),
                reason: row.get("reason"),
                news: row.get("news"),
            })
            .collect())
    }
}

impl Tx {
    /// False if it was said before.
    pub async fn say_about(&mut self, words: &OwnWords, now: Timestamp) -> Result<bool> {
        let us = self.ourselves(&words.home, now).await?;
        let done = sqlx::query(
            "insert into message (community_id, id, room_id, channel_id, identity_id, thread_id, reply_to, own_subject,
               said_at, taken_at, revision, revised_at, name_id)
             select community_id, $1, room_id, channel_id, $2, thread_id, id, 0, $3, $3, 0, $3, $2
             from message where community_id = $4 and id = $5 and channel_id = $6
             on conflict (community_id, id) do nothing",
        )
        .bind(&words.news)
        .bind(&us.0)
        .bind(now.0)
        .bind(&words.home.community.0)
        .bind(&words.about.0)
        .bind(&words.home.channel.id.0)
        .execute(self.connection())
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let said = Body {
            home: &words.home,
            message: (&words.home.community.0, &words.news),
            revision: 0,
            author: &us.0,
            subject: None,
            content: &Content::plain(&words.text),
            at: now,
        };
        self.put_own_body(&said).await?;
        let delivery = PlannedDelivery {
            channel: words.home.channel.id.clone(),
            operation: OperationKind::Post,
            fate: words.fate,
        };
        let message = MessageId(words.news.clone());
        self.insert_deliveries(&words.home, &message, &[delivery], now)
            .await?;
        Ok(true)
    }

    /// False if it was said before.
    pub async fn say_to_room(&mut self, words: &RoomWords, now: Timestamp) -> Result<bool> {
        let us = self.ourselves(&words.home, now).await?;
        let content = Content {
            text: words.text.clone(),
            attachments: Vec::new(),
        };
        let done = sqlx::query(
            "insert into message (community_id, id, room_id, channel_id, identity_id, thread_id, own_subject,
               said_at, taken_at, revision, revised_at, name_id)
             values ($1, $2, $3, $4, $5, $2, $6, $7, $7, 0, $7, $5)
             on conflict (community_id, id) do nothing",
        )
        .bind(&words.home.community.0)
        .bind(&words.news)
        .bind(words.home.channel.room.as_ref().map(|it| it.0.clone()))
        .bind(&words.home.channel.id.0)
        .bind(&us.0)
        .bind(i64::from(words.subject.is_some()))
        .bind(now.0)
        .execute(self.connection())
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        let subject = words.subject.clone();
        let said = Body {
            home: &words.home,
            message: (&words.home.community.0, &words.news),
            revision: 0,
            author: &us.0,
            subject: Some(&subject.unwrap_or_else(|| first_words(&content))),
            content: &content,
            at: now,
        };
        self.put_own_body(&said).await?;
        let delivery = |channel: &ChannelId| PlannedDelivery {
            channel: channel.clone(),
            operation: OperationKind::Post,
            fate: Fate::Send,
        };
        let deliveries: Vec<_> = words.to.iter().map(delivery).collect();
        let message = MessageId(words.news.clone());
        self.insert_deliveries(&words.home, &message, &deliveries, now)
            .await?;
        Ok(true)
    }

    /// In a private chat. False if it was said before.
    pub async fn say_in_private(
        &mut self,
        home: &Entry,
        (news, text): (String, &str),
        now: Timestamp,
    ) -> Result<bool> {
        let words = RoomWords {
            home: home.clone(),
            news,
            subject: None,
            text: Markup::plain(text),
            to: vec![home.channel.id.clone()],
        };
        self.say_to_room(&words, now).await
    }

    async fn put_own_body(&mut self, said: &Body<'_>) -> Result<()> {
        let mut rows = Together::default();
        said.put(&mut rows)?;
        self.write_together(rows).await
    }

    /// The bridge as one who speaks: an identity on no platform.
    async fn ourselves(&mut self, entry: &Entry, now: Timestamp) -> Result<IdentityId> {
        let known: Option<String> = sqlx::query_scalar(
            "select id from identity where community_id = $1 and platform = '' and account = ''",
        )
        .bind(&entry.community.0)
        .fetch_optional(self.connection())
        .await?;
        match known {
            Some(known) => Ok(IdentityId(known)),
            None => {
                let us = self.new_account(entry, ("", ""), BRIDGE_NAME, now);
                us.await
            }
        }
    }
}
