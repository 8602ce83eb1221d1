//! In which topic of a forum a message stands: Telegram tells of a reaction only the chat and the message.
//! Kept in memory for the newest messages; after a restart older ones are found in the chat only.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use conversation::{Event, Inbound, Receipt, RemoteId};

use crate::id::Place;

const REMEMBERED: usize = 50_000;

#[derive(Debug, Default)]
pub(crate) struct Topics {
    known: Mutex<Known>,
}

#[derive(Debug, Default)]
struct Known {
    topics: HashMap<(i64, RemoteId), i32>,
    oldest_first: VecDeque<(i64, RemoteId)>,
}

impl Topics {
    /// Learns from posts, and puts a reaction into the topic of its message.
    pub(crate) fn look_at(&self, event: &mut Inbound) {
        let Some(place) = Place::parse(&event.channel.id) else {
            return;
        };
        match &event.event {
            Event::Posted(posted) => self.remember(place, &posted.messages),
            Event::Reacted(change) => {
                if let Some(topic) = self.topic_of(place.chat, &change.message) {
                    let topic = Some(topic);
                    event.channel = Place { topic, ..place }.channel();
                }
            }
            _ => {}
        }
    }

    pub(crate) fn note(&self, place: Place, receipt: &Receipt) {
        self.remember(place, &receipt.remote_ids);
    }

    fn remember(&self, place: Place, messages: &[RemoteId]) {
        let Some(topic) = place.topic else { return };
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        for message in messages {
            let key = (place.chat, message.clone());
            if known.topics.insert(key.clone(), topic).is_none() {
                known.oldest_first.push_back(key);
            }
        }
        while known.oldest_first.len() > REMEMBERED
            && let Some(oldest) = known.oldest_first.pop_front()
        {
            known.topics.remove(&oldest);
        }
    }

    fn topic_of(&self, chat: i64, message: &RemoteId) -> Option<i32> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.topics.get(&(chat, message.clone())).copied()
    }
}
