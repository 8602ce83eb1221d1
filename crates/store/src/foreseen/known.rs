//! What is known of what was asked.

use std::collections::HashMap;

use conversation::{ChannelId, CommunityId, IdentityId, MessageId};
use sqlx::{Row, any::AnyRow};

use super::{AccountAt, CopyAt, EventAt, Foresight, Place};
use crate::{claim::Queue, row};

/// What an id of a platform's is known as.
#[derive(Debug, Clone, Default)]
pub(crate) struct Copied {
    pub(crate) stands_for: Option<StandsFor>,
    /// Changes came before what they change.
    pub(crate) is_awaited: bool,
}

impl Copied {
    pub(super) fn now_stands_for(&mut self, other: StandsFor) {
        if self.stands_for.as_ref().is_none_or(|it| it.part < 0) {
            self.stands_for = Some(other);
        }
    }
}

/// A part of a message.
#[derive(Debug, Clone)]
pub(crate) struct StandsFor {
    pub(crate) message: MessageId,
    pub(crate) part: i64,
}

/// An account that the community knows.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) id: IdentityId,
    /// The newest.
    pub(crate) name_id: String,
    pub(crate) picture: Option<String>,
    pub(crate) is_staff: bool,
    pub(crate) is_private: bool,
    pub(crate) is_nameless: bool,
    pub(crate) is_uncounted: bool,
    /// The row of the name that was asked for, and its number.
    pub(crate) called: Option<(String, u32)>,
}

/// None where there is nothing.
#[derive(Default)]
pub(crate) struct Foreseen {
    /// With the fingerprint.
    pub(super) events: HashMap<EventAt, Option<Option<String>>>,
    pub(super) copies: HashMap<CopyAt, Copied>,
    pub(super) accounts: HashMap<AccountAt, Option<Account>>,
    /// The communities that know it, as they count the changes of their rooms.
    pub(super) places: HashMap<Place, Vec<(CommunityId, i64)>>,
    pub(crate) queues: HashMap<ChannelId, Queue>,
}

impl Foreseen {
    /// What was asked for and is not among the rows is not there.
    pub(crate) fn learn(&mut self, asked: Foresight, rows: Vec<AnyRow>) {
        self.events
            .extend(asked.events.into_iter().map(|it| (it, None)));
        let copies = asked.copies.into_iter();
        self.copies.extend(copies.map(|it| (it, Copied::default())));
        let accounts = asked.accounts.into_iter();
        self.accounts.extend(accounts.map(|it| (it, None)));
        let places = asked.places.into_iter();
        self.places.extend(places.map(|it| (it, Vec::new())));
        let queues = asked.queues.into_iter();
        self.queues
            .extend(queues.map(|(_, channel, _)| (ChannelId(channel), Queue::default())));
        rows.into_iter().for_each(|it| self.learn_row(it));
    }

    fn learn_row(&mut self, row: AnyRow) {
        let text = |column| row.get::<String, _>(column);
        let at = || (text("a"), text("b"), text("c"));
        match row.get::<&str, _>("what") {
            "event" => {
                self.events.insert(at(), Some(row.get("t")));
            }
            "copy" => {
                let stands_for = StandsFor {
                    message: MessageId(text("t")),
                    part: row.get("n"),
                };
                self.copies.entry(at()).or_default().stands_for = Some(stands_for);
            }
            "early" => self.copies.entry(at()).or_default().is_awaited = true,
            "account" => {
                let (community, platform, account) = at();
                let called = row.get::<Option<String>, _>("w");
                let is = row.get::<i64, _>("m");
                let known = Account {
                    id: IdentityId(text("t")),
                    name_id: text("u"),
                    picture: row.get("v"),
                    is_staff: is >= 8,
                    is_private: is & 1 != 0,
                    is_nameless: is & 2 != 0,
                    is_uncounted: is & 4 != 0,
                    called: called.map(|id| (id, row::number(&row, "n"))),
                };
                let at = (community, platform, account, text("d"));
                self.accounts.insert(at, Some(known));
            }
            "next" => {
                let channel = ChannelId(row.get("of_queue"));
                match row.get::<i64, _>("is_long") {
                    0 => self.queues.insert(channel, Queue::of(row)),
                    // To be asked for by itself.
                    _ => self.queues.remove(&channel),
                };
            }
            _ => {
                let known_by = (CommunityId(text("c")), row.get("n"));
                let place = (text("a"), text("b"));
                self.places.entry(place).or_default().push(known_by);
            }
        }
    }
}
