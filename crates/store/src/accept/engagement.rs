//! The engagement log: who is a keyed hash of their account, and no word is kept.
//!
//! **Invariant:** no row is ever written anew. Which accounts are one person stands beside it, in `counted`.

use conversation::{AuthorKind, Engagement, Inbound, MessageFacts, MessageId, Timestamp};

use crate::{
    Entry, Tx,
    id::new_id,
    keys::KEY_NO,
    text,
    together::{Kind, row},
};

/// One line of the log.
pub(super) struct Seen<'a> {
    pub(super) engagement: &'a Engagement,
    pub(super) message: Option<&'a MessageId>,
    /// What it answers: the parent of a post, the message reacted to.
    pub(super) target: Option<&'a MessageFacts>,
    pub(super) is_staff: bool,
}

impl Seen<'_> {
    pub(super) fn put(&self, (entry, event): (&Entry, &Inbound), now: Timestamp, tx: &mut Tx) {
        let (engagement, platform) = (self.engagement, &event.channel.platform.0);
        let thread = self.target.map(|it| &it.thread).or(self.message);
        let answered = self.target.filter(|it| !it.is_uncounted);
        let account = text::key(&event.actor.account.0);
        let row = row![
            &entry.community.0,
            new_id(now),
            event.at.0,
            engagement.kind.as_str(),
            platform,
            entry.keys.account_hash(platform, &account),
            actor_kind(event.actor.kind, self.is_staff),
            entry.channel.room.as_ref().map(|it| it.as_str()),
            &entry.channel.id.0,
            self.message.map(|it| it.as_str()),
            thread.map(|it| it.as_str()),
            self.target.map(|it| it.id.as_str()),
            answered.map(|it| it.author_key.as_str()),
            i64::from(engagement.is_question),
            i64::try_from(engagement.length).unwrap_or(i64::MAX),
            KEY_NO,
        ];
        tx.put(Kind::Engagement, row);
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
