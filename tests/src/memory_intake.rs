//! An intake that hands on what it takes. **Invariant:** as with the store, what comes twice under one key is taken in
//! once.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use conversation::{
    Adapter, Asking, BlobRef, ByteStream, ChannelRef, Event, EventKey, Inbound, Intake,
    IntakeError, Platform, Posted, RawEvent, ResumePoint, Timestamp,
};
use tokio::sync::mpsc;

/// Nothing takes longer, and most takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(30);

#[derive(Debug)]
pub enum Taken {
    Event(Box<Inbound>),
    Raw(RawEvent),
}

/// What was taken in, in its order.
pub struct Heard(mpsc::UnboundedReceiver<Taken>);

pub struct Memory {
    heard: mpsc::UnboundedSender<Taken>,
    /// All that was taken in so far.
    pub events: Mutex<Vec<Inbound>>,
    keys: Mutex<HashSet<EventKey>>,
    refuses: AtomicBool,
    points: Mutex<Vec<ResumePoint>>,
    /// What is suggested for a command that is being written; none where nobody may give it.
    pub suggested: Mutex<Option<Vec<String>>>,
    /// By whom and for what, as in `U1 help about: ro`.
    pub asked: Mutex<Vec<String>>,
    /// What adapters could not read yet.
    pub unheard: Mutex<HashMap<ChannelRef, Timestamp>>,
}

impl Heard {
    pub async fn next(&mut self) -> Taken {
        let next = tokio::time::timeout(PATIENCE, self.0.recv()).await;
        next.expect("nothing more is heard")
            .expect("the intake is there as long as its adapter")
    }

    /// If there is something, it is passed over.
    pub fn is_over(&mut self) -> bool {
        self.0.try_recv().is_err()
    }
}

impl Memory {
    pub fn new() -> (Arc<Memory>, Heard) {
        let (heard, receiver) = mpsc::unbounded_channel();
        let memory = Memory {
            heard,
            events: Mutex::default(),
            keys: Mutex::default(),
            refuses: AtomicBool::new(false),
            points: Mutex::default(),
            suggested: Mutex::default(),
            asked: Mutex::default(),
            unheard: Mutex::default(),
        };
        (Arc::new(memory), Heard(receiver))
    }

    pub fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::Relaxed);
    }

    /// Links a channel, in which everything before `since` was heard; again, with another time, if it is linked.
    pub fn link(&self, channel: ChannelRef, since: Timestamp) {
        let mut points = self.points.lock().expect("nobody panics with it");
        points.retain(|it| it.channel != channel);
        points.push(ResumePoint { channel, since });
    }

    /// The numbers that people said in a channel, in the order in which they were taken in.
    pub fn numbers(&self, channel: &ChannelRef) -> Vec<usize> {
        let events = self.events.lock().expect("nobody panics with it");
        let here = events.iter().filter(|it| it.channel == *channel);
        here.filter_map(number).collect()
    }

    fn take(&self, what: Taken) {
        // A test that listens no more is over.
        let _ = self.heard.send(what);
    }
}

#[async_trait]
impl Intake for Memory {
    async fn accept(&self, events: Vec<Inbound>) -> Result<(), IntakeError> {
        if self.refuses.load(Ordering::Relaxed) {
            return Err(IntakeError::Unavailable("the disk is full".to_owned()));
        }
        let mut taken = self.events.lock().expect("nobody panics with it");
        let mut keys = self.keys.lock().expect("nobody panics with it");
        for event in events {
            if keys.insert(event.key.clone()) {
                self.take(Taken::Event(Box::new(event.clone())));
                taken.push(event);
            }
        }
        Ok(())
    }

    async fn note_unheard(
        &self,
        channel: &ChannelRef,
        since: Option<Timestamp>,
    ) -> Result<(), IntakeError> {
        let mut unheard = self.unheard.lock().expect("nobody panics with it");
        match since {
            Some(since) => unheard.insert(channel.clone(), since),
            None => unheard.remove(channel),
        };
        Ok(())
    }

    async fn resume_points(&self, _: &Platform) -> Result<Vec<ResumePoint>, IntakeError> {
        Ok(self.points.lock().expect("nobody panics with it").clone())
    }

    async fn keep(
        &self,
        _file: ByteStream,
        _of: &ChannelRef,
    ) -> Result<Option<BlobRef>, IntakeError> {
        unreachable!("files of chats are fetched when they are needed")
    }

    async fn suggest(&self, asking: &Asking) -> Option<Vec<String>> {
        let (who, words) = (&asking.event.actor.account, asking.verb.words);
        let asked = format!("{who} {words} {}: {}", asking.param.name(), asking.typed);
        self.asked
            .lock()
            .expect("nobody panics with it")
            .push(asked);
        let suggested = self.suggested.lock().expect("nobody panics with it");
        suggested.clone()
    }

    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError> {
        self.take(Taken::Raw(raw));
        Ok(())
    }
}

fn number(event: &Inbound) -> Option<usize> {
    match &event.event {
        Event::Posted(posted) => posted.content.text.plain_text().parse().ok(),
        _ => None,
    }
}

/// With the names that the platform says where they are shown, as the engine asks for them.
pub async fn introduced(adapter: &dyn Adapter, mut event: Inbound) -> Inbound {
    if event.actor.display_name.is_empty() {
        let named = adapter.introduce(&event.actor.account).await;
        event.actor.display_name = named.map_or("Someone".to_owned(), |it| it.display_name);
    }
    if let Event::Posted(Posted { content, .. }) | Event::Edited { content, .. } = &mut event.event
    {
        let mut names = BTreeMap::new();
        for account in content.text.unnamed() {
            let named = adapter.introduce(&account).await;
            names.extend(named.map(|it| (account, it.display_name)));
        }
        content.text.name(&names);
    }
    event
}
