//! The engagement log: who is a keyed hash of their account, and no word is kept.
//!
//! **Invariant:** no row is ever written anew. Which accounts are one person stands beside it, in `counted`.

use conversation::{AuthorKind, Engagement, Inbound, MessageFacts, MessageId, Timestamp};

use crate::{Entry, id::new_id, keys::KEY_NO, text, together::Together};

/// One line of the log.
pub(super) struct Seen<'a> {
    pub(super) engagement: &'a Engagement,
    pub(super) message: Option<&'a MessageId>,
    /// What it answers: the parent of a post, the message reacted to.
    pub(super) target: Option<&'a MessageFacts>,
    pub(super) is_staff: bool,
}

impl Seen<'_> {
    pub(super) fn put(
        &self,
        (entry, event): (&Entry, &Inbound),
        now: Timestamp,
        rows: &mut Together,
    ) {
        let (engagement, platform) = (self.engagement, &event.channel.platform.0);
        let thread = self.target.map(|it| &it.thread).or(self.message);
        let account = text::key(&event.actor.account.0);
        rows.add(
            "insert into engagement (community_id, id, at, kind, platform, actor_key, actor_kind, room_id, channel_id,
               message_id, thread_id, answers_message, answers_key, is_question, length, key_no)
             values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&entry.community.0)
        .bind(new_id(now))
        .bind(event.at.0)
        .bind(engagement.kind.as_str())
        .bind(platform)
        .bind(entry.keys.account_hash(platform, &account))
        .bind(actor_kind(event.actor.kind, self.is_staff))
        .bind(entry.channel.room.as_ref().map(|it| it.0.clone()))
        .bind(&entry.channel.id.0)
        .bind(self.message.map(|it| it.0.clone()))
        .bind(thread.map(|it| it.0.clone()))
        .bind(self.target.map(|it| it.id.0.clone()))
        .bind(self.target.map(|it| it.author_key.clone()))
        .bind(i64::from(engagement.is_question))
        .bind(i64::try_from(engagement.length).unwrap_or(i64::MAX))
        .bind(KEY_NO);
    }
}

fn actor_kind(kind: AuthorKind, is_staff: bool) -> &'static str {
    match kind {
        AuthorKind::Person if is_staff => "staff",
        AuthorKind::Person => "person",
        AuthorKind::Bot => "program",
        AuthorKind::Ourselves => "bridge",
    }
}
