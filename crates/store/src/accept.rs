//! Taking an event in: the facts that planning needs, and the record of what was planned.

use conversation::{
    ChannelId, DeliveryState, Event, IdentityId, Inbound, MessageFacts, MessageId, Plan, Posted,
    RemoteId, Timestamp, Verdict,
};
use sqlx::Row;

use crate::{Entry, Result, Store, foreseen::copy_at, id::new_id, parts::Messages, row};

mod early;
mod engagement;
mod first_time;
mod identity;
mod message;
mod name;
mod namesakes;
mod planned;

use identity::Actor;
pub(crate) use identity::name_of;
use message::Post;
pub(crate) use message::{name_thread, put_copies};
pub(crate) use namesakes::look_with_number;
pub(crate) use planned::Deliveries;

/// What an accepted event left behind.
#[derive(Debug, Clone, Default)]
pub struct Recorded {
    pub message: Option<MessageId>,
    pub author: Option<IdentityId>,
    /// Channels with something new to send.
    pub woken: Vec<ChannelId>,
    /// Channels whose deliveries the storm brake held.
    pub held: usize,
}

/// What an id of a platform may name.
#[derive(Debug, Clone, Copy)]
enum Among {
    Messages,
    /// The name of a thread stands for its root.
    MessagesAndThreads,
}

impl Among {
    fn first_part(self) -> i64 {
        match self {
            Among::Messages => 0,
            Among::MessagesAndThreads => THREAD_NAME,
        }
    }
}

/// The part number of a thread's name, which points at the thread's root.
pub(crate) const THREAD_NAME: i64 = -1;
/// The part number of the first part of a correction: behind all parts of what it corrects.
pub(crate) const CORRECTION: i64 = 1_000_000;

/// What follows from an event that is taken in.
struct Followed<'a> {
    said: (&'a Entry, &'a Inbound),
    target: Option<&'a MessageFacts>,
    plan: &'a Plan,
    actor: &'a Actor,
    now: Timestamp,
}

impl<'a> Followed<'a> {
    fn post(&self, id: &'a MessageId) -> Option<Post<'a>> {
        match &self.said.1.event {
            Event::Posted(posted) => Some(Post {
                id,
                said: self.said,
                posted,
                actor: self.actor,
                parent: self.target,
                now: self.now,
            }),
            _ => None,
        }
    }
}

impl Store {
    /// Does the id name a message in that channel?
    pub async fn knows(&self, entry: &Entry, id: &RemoteId) -> Result<bool> {
        let (community, channel, id) = copy_at(entry, id);
        let known = sqlx::query(
            "select 1 from copy where community_id = $1 and channel_id = $2 and remote_id = $3 and part >= 0",
        );
        let known = known.bind(community).bind(channel).bind(id);
        Ok(known.fetch_optional(&self.pool).await?.is_some())
    }
}

impl Messages<'_> {
    /// Is one of these a message that stands in the channel already?
    pub async fn is_copy(&mut self, ids: &[RemoteId]) -> Result<bool> {
        for id in ids {
            if self.message_at(id, Among::Messages).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What an event changes: the first of the candidates that is known in the channel.
    pub async fn target(&mut self, candidates: &[RemoteId]) -> Result<Option<MessageFacts>> {
        self.first_known(candidates, Among::Messages).await
    }

    /// What a message answers: the first known of what it says that it answers, or else the root of the thread
    /// that it stands in.
    pub async fn answered(&mut self, posted: &Posted) -> Result<Option<MessageFacts>> {
        let candidates: Vec<_> = posted
            .reply_to
            .iter()
            .chain(&posted.thread)
            .cloned()
            .collect();
        self.first_known(&candidates, Among::MessagesAndThreads)
            .await
    }

    async fn first_known(
        &mut self,
        candidates: &[RemoteId],
        among: Among,
    ) -> Result<Option<MessageFacts>> {
        for candidate in candidates {
            if let Some(message) = self.message_at(candidate, among).await? {
                return self.message_facts(message).await;
            }
        }
        Ok(None)
    }

    async fn message_at(&mut self, id: &RemoteId, among: Among) -> Result<Option<MessageId>> {
        let copied = self.tx.copied(copy_at(self.entry, id)).await?;
        let stands_for = copied.stands_for.filter(|it| it.part >= among.first_part());
        Ok(stands_for.map(|it| it.message))
    }

    async fn message_facts(&mut self, message: MessageId) -> Result<Option<MessageFacts>> {
        let Some(row) = sqlx::query(
            "select m.thread_id, m.channel_id, m.deleted_at, m.revision, m.revised_at, i.account, i.account_hash
             from message m join identity i on i.community_id = m.community_id and i.id = m.identity_id
             where m.community_id = $1 and m.id = $2",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .fetch_optional(self.tx.reading().await?)
        .await?
        else {
            return Ok(None);
        };
        let posts = self.posts_of(&message).await?;
        Ok(Some(MessageFacts {
            id: message,
            thread: MessageId(row.get("thread_id")),
            author_account: RemoteId(row.get("account")),
            author_key: row.get("account_hash"),
            home: ChannelId(row.get("channel_id")),
            deleted: row.get::<Option<i64>, _>("deleted_at").is_some(),
            edited_at: (row.get::<i64, _>("revision") > 0)
                .then(|| Timestamp(row.get("revised_at"))),
            posts,
        }))
    }

    async fn posts_of(&mut self, message: &MessageId) -> Result<Vec<(ChannelId, DeliveryState)>> {
        let rows = sqlx::query(
            // A post that was given up half way stands there with the parts that arrived.
            "select channel_id, case when state = 'dead' and remote_ids <> '[]' then 'sent' else state end as state
             from delivery
             where community_id = $1 and message_id = $2 and operation = 'post'",
        )
        .bind(&self.entry.community.0)
        .bind(&message.0)
        .fetch_all(self.tx.reading().await?)
        .await?;
        rows.iter()
            .map(|row| {
                let state = row::parsed(row, "state", DeliveryState::parse)?;
                Ok((ChannelId(row.get("channel_id")), state))
            })
            .collect()
    }

    /// Writes down what was planned for an event of a known channel.
    pub async fn record(
        &mut self,
        event: &Inbound,
        target: Option<&MessageFacts>,
        plan: &Plan,
        now: Timestamp,
    ) -> Result<Recorded> {
        match plan.verdict {
            Verdict::Take => {}
            Verdict::Drop(rule) => {
                self.tx
                    .events()
                    .record_verdict(&self.entry.community.0, event, rule)
                    .await?;
                return Ok(Recorded::default());
            }
            Verdict::Hold(rule) => {
                self.tx
                    .held(&self.entry.community)
                    .hold(&self.entry.channel, event, rule, now)
                    .await?;
                return Ok(Recorded::default());
            }
        }
        let actor = self.tx.speakers(self.entry).identity(event, now).await?;
        let mut woken = Vec::new();
        let message = match (&event.event, target) {
            (Event::Posted(_), _) => Some(MessageId(new_id(now))),
            (_, Some(target)) => {
                woken = self.record_change(event, target, &actor.id, now).await?;
                Some(target.id.clone())
            }
            (_, None) => None,
        };
        let mut recorded = Recorded {
            author: Some(actor.id.clone()),
            message,
            woken,
            held: 0,
        };
        let followed = Followed {
            said: (self.entry, event),
            target,
            plan,
            actor: &actor,
            now,
        };
        self.record_all(&followed, &mut recorded).await?;
        Ok(recorded)
    }

    async fn record_all(&mut self, it: &Followed<'_>, recorded: &mut Recorded) -> Result<()> {
        let post = recorded.message.as_ref().and_then(|id| it.post(id));
        if let Some(post) = &post {
            self.record_post(post).await?;
        }
        if let Some(engagement) = &it.plan.engagement {
            let seen = engagement::Seen {
                engagement,
                message: recorded.message.as_ref(),
                target: it.target,
                is_staff: it.actor.is_staff,
            };
            seen.put(it.said, it.now, self.tx);
        }
        if let Some(message) = &recorded.message {
            let deliveries = Deliveries {
                community: &it.said.0.community,
                message,
                planned: &it.plan.deliveries,
                is_answer: false,
                now: it.now,
            };
            deliveries.put(self.tx);
            recorded.note(&it.plan.deliveries);
        }
        Ok(())
    }
}
