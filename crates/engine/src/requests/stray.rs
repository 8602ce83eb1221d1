//! Requests under no community: of strangers who write to the bridge alone, and from channels in no room.
//!
//! **Invariant:** nothing of them is kept, so they are answered at once, once in a while, and once only: an answer that does
//! not get through is asked for again by whoever wants it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use conversation::{
    Author, AuthorKind, BRIDGE_NAME, ChannelRef, DeliveryId, Described, Inbound, Language, Markup,
    Operation, Outbound, Part, Platform, Post, RemoteId, Timestamp,
};
use tokio::sync::Semaphore;
use words::{
    CHAT_NOT_KNOWN, FOR_ADMINS, FOR_MEMBERS, IN_NO_ROOM, LINK_NO_ROOM, STRANGER, Sentence,
};

use crate::adapters::Adapters;

/// Whoever asks again within that time was answered.
const SAME: Duration = Duration::from_secs(60);
const MOST_KNOWN: usize = 1000;
/// Strangers are many, and must not keep the platform from what the rooms say.
const AT_ONCE: usize = 4;
const PATIENCE: Duration = Duration::from_secs(10);

/// Why nobody can do anything for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stray {
    /// No community knows them.
    Stranger,
    /// The channel is in no room.
    Nowhere,
    /// It may be a chat of other people.
    Elsewhere,
    /// They do not administer the channel.
    NotTheirs,
    /// They were never heard in the community.
    NotKnown,
    NoSuchRoom,
}

impl Stray {
    fn sentence(self) -> Sentence {
        match self {
            Stray::Stranger => STRANGER,
            Stray::Nowhere => IN_NO_ROOM,
            Stray::Elsewhere => CHAT_NOT_KNOWN,
            Stray::NotKnown => FOR_MEMBERS,
            Stray::NotTheirs => FOR_ADMINS,
            Stray::NoSuchRoom => LINK_NO_ROOM,
        }
    }

    /// Programs are not answered, and where others read it only who can be answered alone is.
    pub(crate) fn of(event: &Inbound, at: &Described) -> Option<Stray> {
        let is_person = event.is_of_a_person();
        let comes_alone = event.way_back.is_some();
        match at.is_direct {
            _ if !is_person || !super::is_said(&event.event) => None,
            true if comes_alone && at.may_be_others => Some(Stray::Elsewhere),
            true => Some(Stray::Stranger),
            false => (comes_alone && super::is_request(&event.event)).then_some(Stray::Nowhere),
        }
    }
}

/// Whom it answered lately.
#[derive(Debug)]
pub(crate) struct Strays {
    answered: Mutex<HashMap<(ChannelRef, RemoteId), Timestamp>>,
    free: Arc<Semaphore>,
}

impl Default for Strays {
    fn default() -> Strays {
        Strays {
            answered: Mutex::default(),
            free: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }
}

impl Strays {
    /// Goes on by itself, if there is room; if not, nobody waits for it either.
    pub(crate) fn answer(
        &self,
        stray: Stray,
        event: &Inbound,
        adapters: &Adapters,
        now: Timestamp,
    ) {
        let adapter = adapters.get(&event.channel.platform).cloned();
        let free = self.free.clone().try_acquire_owned().ok();
        let (Some(adapter), Some(permit)) = (adapter, free) else {
            return leave_unanswered(event, adapters);
        };
        if !self.is_news(event, now) {
            return leave_unanswered(event, adapters);
        }
        let outbound = outbound(stray, event, now);
        tokio::spawn(async move {
            let _permit = permit;
            match tokio::time::timeout(PATIENCE, adapter.send(&outbound)).await {
                Ok(Ok(_)) => {}
                Ok(Err(error)) => tracing::debug!(%error, "a stranger was not answered"),
                Err(_) => tracing::debug!("a stranger was not answered in time"),
            }
        });
    }

    fn is_news(&self, event: &Inbound, now: Timestamp) -> bool {
        let who = (event.channel.clone(), event.actor.account.clone());
        let mut answered = self.answered.lock().expect("no panic under this lock");
        if answered.get(&who).is_some_and(|it| now.since(*it) < SAME) {
            return false;
        }
        if answered.len() >= MOST_KNOWN {
            answered.clear();
        }
        answered.insert(who, now);
        true
    }
}

/// Whoever asked sees no longer that an answer is on its way. Goes on by itself.
pub(crate) fn leave_unanswered(event: &Inbound, adapters: &Adapters) {
    let adapter = adapters.get(&event.channel.platform).cloned();
    if let Some((adapter, way_back)) = adapter.zip(event.way_back.clone()) {
        tokio::spawn(async move {
            let _ = tokio::time::timeout(PATIENCE, adapter.leave_unanswered(&way_back)).await;
        });
    }
}

fn outbound(stray: Stray, event: &Inbound, now: Timestamp) -> Outbound {
    let text = Markup::plain(stray.sentence().fixed(Language::ENGLISH));
    Outbound {
        delivery: DeliveryId(String::new()),
        key: event.key.0.clone(),
        channel: event.channel.clone(),
        operation: Operation::Post(Box::new(Post {
            author: Author {
                account: RemoteId(String::new()),
                display_name: BRIDGE_NAME.to_owned(),
                picture: None,
                kind: AuthorKind::Ourselves,
            },
            shown_name: BRIDGE_NAME.to_owned(),
            from: Platform(String::new()),
            at: now,
            original: None,
            reply: None,
            thread: None,
            subject: BRIDGE_NAME.to_owned(),
            has_own_subject: false,
            part: Part {
                of: 1,
                text,
                ..Part::default()
            },
            progress: None,
        })),
        to: None,
        way_back: event.way_back.clone(),
    }
}
