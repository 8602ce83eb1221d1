//! In which topic of a forum a message stands: Telegram tells of a reaction only the chat and the message.
//! Kept in memory for the newest messages; after a restart older ones are found in the chat only.

use calls::Recent;
use conversation::{Event, Inbound, Receipt, RemoteId};
use parking_lot::Mutex;

use crate::id::ChatAddress;

const REMEMBERED: usize = 50_000;

#[derive(Debug, Default)]
pub(crate) struct Topics(Mutex<Recent<(i64, RemoteId), i32, REMEMBERED>>);

impl Topics {
    /// Learns from posts, and puts a reaction into the topic of its message.
    pub(crate) fn look_at(&self, event: &mut Inbound) {
        let Some(place) = ChatAddress::parse(&event.channel.id) else {
            return;
        };
        match &event.event {
            Event::Posted(posted) => self.remember(place, &posted.messages),
            Event::Reacted(change) => {
                if let Some(topic) = self.topic_of(place.chat, &change.message) {
                    let topic = Some(topic);
                    event.channel = ChatAddress { topic, ..place }.channel();
                }
            }
            _ => {}
        }
    }

    pub(crate) fn note(&self, place: ChatAddress, receipt: &Receipt) {
        self.remember(place, &receipt.remote_ids);
    }

    fn remember(&self, place: ChatAddress, messages: &[RemoteId]) {
        let Some(topic) = place.topic else { return };
        let mut known = self.0.lock();
        for message in messages {
            known.put((place.chat, message.clone()), topic);
        }
    }

    fn topic_of(&self, chat: i64, message: &RemoteId) -> Option<i32> {
        self.0.lock().get(&(chat, message.clone())).copied()
    }
}
