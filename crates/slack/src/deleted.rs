//! Messages that we deleted ourselves. Slack tells of a deletion whose message it was, and not who deleted it: a post of
//! ours that we did not delete was taken down by somebody else.

use calls::Recent;
use conversation::{AuthorKind, ChannelRef, Event, Inbound, RemoteId};
use parking_lot::Mutex;

use crate::id;
use crate::inbound::author;

const MOST: usize = 4096;

#[derive(Debug, Default)]
pub(crate) struct Deleted(Mutex<Recent<(ChannelRef, RemoteId), (), MOST>>);

impl Deleted {
    /// Before Slack is asked, for its event may be quick.
    pub(crate) fn expect(&self, channel: &str, message: &str) {
        let message = (id::channel(channel), message.into());
        self.0.lock().put(message, ());
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
        let deleted = self.0.lock();
        let mut all = messages.iter();
        all.all(|it| deleted.has(&(event.channel.clone(), it.clone())))
    }
}
