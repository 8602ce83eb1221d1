//! Messages that we deleted ourselves. Slack tells of a deletion whose message it was, and not who deleted it: a post of
//! ours that we did not delete was taken down by somebody else.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use conversation::{AuthorKind, Event, Inbound, RemoteId};

use crate::id;
use crate::inbound::author;

const MOST: usize = 4096;

#[derive(Debug, Default)]
pub(crate) struct Deleted(Mutex<VecDeque<(String, RemoteId)>>);

impl Deleted {
    /// Before Slack is asked, for its event may be quick.
    pub(crate) fn expect(&self, channel: &str, message: &str) {
        let mut deleted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        deleted.push_back((channel.to_owned(), message.into()));
        if deleted.len() > MOST {
            deleted.pop_front();
        }
    }

    /// Says of a deletion that it was not ours.
    pub(crate) fn tell(&self, event: &mut Inbound) {
        let Event::Deleted { messages } = &event.event else {
            return;
        };
        if event.actor.kind == AuthorKind::Ourselves && !self.has(event, messages) {
            event.actor = author::slack_itself();
        }
    }

    fn has(&self, event: &Inbound, messages: &[RemoteId]) -> bool {
        let deleted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ours = |message: &RemoteId| {
            deleted
                .iter()
                .any(|it| id::channel(&it.0) == event.channel && it.1 == *message)
        };
        messages.iter().all(is_ours)
    }
}
