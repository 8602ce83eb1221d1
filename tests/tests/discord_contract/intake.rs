//! An intake that hands on what it takes, and a short form of it for people.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use conversation::{
    Adapter, AuthorKind, BlobRef, ByteStream, Content, Event, Inbound, Intake, IntakeError,
    Platform, RawEvent, RemoteId, ResumePoint, SendError, Timestamp,
};
use sandbox::discord::ChannelId;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::bridge::{Bridge, reference};

pub(crate) struct Ears {
    heard: mpsc::UnboundedReceiver<Inbound>,
    pub(crate) memory: Arc<Memory>,
    /// Ids hold the time: in lines they are counted from 1.
    names: HashMap<String, usize>,
}

pub(crate) struct Memory {
    heard: mpsc::UnboundedSender<Inbound>,
    keys: Mutex<Vec<String>>,
    refuses: AtomicBool,
    points: Mutex<Vec<ResumePoint>>,
    pub(crate) aside: Mutex<Vec<RawEvent>>,
}

impl Ears {
    pub(crate) fn new() -> Ears {
        let (sender, heard) = mpsc::unbounded_channel();
        let memory = Memory {
            heard: sender,
            keys: Mutex::default(),
            refuses: AtomicBool::new(false),
            points: Mutex::default(),
            aside: Mutex::default(),
        };
        Ears {
            heard,
            memory: Arc::new(memory),
            names: HashMap::new(),
        }
    }

    /// Hears from when this returns.
    pub(crate) async fn listen(bridge: &Bridge) -> (Ears, JoinHandle<SendError>) {
        let ears = Ears::new();
        let receiving = ears.open(bridge).await;
        (ears, receiving)
    }

    pub(crate) async fn open(&self, bridge: &Bridge) -> JoinHandle<SendError> {
        let (adapter, memory) = (bridge.adapter.clone(), self.memory.clone());
        let receiving =
            tokio::spawn(
                async move { adapter.receive(&*memory).await.expect_err("it has no end") },
            );
        until("a session", || bridge.stand_in.gateway_sessions() > 0).await;
        receiving
    }

    pub(crate) async fn next(&mut self) -> Inbound {
        let next = tokio::time::timeout(Duration::from_secs(30), self.heard.recv());
        next.await.expect("nothing more is heard").unwrap()
    }

    pub(crate) async fn next_lines(&mut self, count: usize) -> String {
        let mut lines = Vec::with_capacity(count);
        for _ in 0..count {
            let next = self.next().await;
            lines.push(self.line(&next));
        }
        lines.join("\n")
    }

    pub(crate) fn has_heard_nothing(&mut self) -> bool {
        self.heard.try_recv().is_err()
    }

    fn name(&mut self, id: &RemoteId) -> String {
        let names = &mut self.names;
        let parts = id.as_str().split('/').map(|part| {
            let next = names.len() + 1;
            names.entry(part.to_owned()).or_insert(next).to_string()
        });
        parts.collect::<Vec<_>>().join("/")
    }

    fn all(&mut self, ids: &[RemoteId]) -> String {
        let ids: Vec<String> = ids.iter().map(|it| self.name(it)).collect();
        ids.join("+")
    }

    /// Who did what, in one line.
    pub(crate) fn line(&mut self, event: &Inbound) -> String {
        let who = &event.actor.display_name;
        let who = match event.actor.kind {
            AuthorKind::Person => who.clone(),
            kind => format!("{who} ({kind:?})"),
        };
        let what = match &event.event {
            Event::Posted(posted) => {
                let mut what = format!("posted {}", self.all(&posted.messages));
                if !posted.reply_to.is_empty() {
                    what += &format!(" in reply to {}", self.all(&posted.reply_to));
                }
                if let Some(thread) = &posted.thread {
                    what += &format!(" in thread {}", self.name(thread));
                }
                if let Some(subject) = &posted.subject {
                    what += &format!(" under {subject:?}");
                }
                format!("{what}: {}", content(&posted.content))
            }
            Event::Edited {
                message,
                content: it,
            } => {
                format!("edited {}: {}", self.name(message), content(it))
            }
            Event::Deleted { messages } => format!("deleted {}", self.all(messages)),
            Event::Reacted(change) => format!(
                "reacted to {}: +{} -{}",
                self.name(&change.message),
                change.added.concat(),
                change.removed.concat()
            ),
            Event::Commanded { text, .. } => format!("commanded {text}"),
            Event::Pressed { message, button } => {
                format!("pressed {button} of {}", self.name(message))
            }
            Event::Missed { .. } => "missed".to_owned(),
            other => serde_json::to_string(other).unwrap(),
        };
        format!("{who} {what}")
    }
}

impl Memory {
    pub(crate) fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::Relaxed);
    }

    /// Links a channel, in which everything before `since` was heard.
    pub(crate) fn link(&self, channel: ChannelId, since: Timestamp) {
        let point = ResumePoint {
            channel: reference(channel),
            since,
        };
        self.points.lock().unwrap().push(point);
    }
}

/// Waits, within bounds, until it holds.
pub(crate) async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..3000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("in 30 s there was never {what}");
}

#[async_trait]
impl Intake for Memory {
    /// As the store does: what comes twice under one key is taken in once.
    async fn accept(&self, event: Inbound) -> Result<(), IntakeError> {
        if self.refuses.load(Ordering::Relaxed) {
            return Err(IntakeError::Unavailable("the disk is full".to_owned()));
        }
        let mut keys = self.keys.lock().unwrap();
        if !keys.contains(&event.key.0) {
            keys.push(event.key.0.clone());
            self.heard.send(event).unwrap();
        }
        Ok(())
    }

    async fn resume_points(&self, _platform: &Platform) -> Result<Vec<ResumePoint>, IntakeError> {
        Ok(self.points.lock().unwrap().clone())
    }

    async fn keep(&self, _file: ByteStream) -> Result<BlobRef, IntakeError> {
        unreachable!("Discord's files are fetched when they are needed")
    }

    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError> {
        self.aside.lock().unwrap().push(raw);
        Ok(())
    }
}

fn content(content: &Content) -> String {
    let files = content.attachments.iter().map(|file| {
        let (name, mime) = (file.name.as_deref(), file.mime.as_deref());
        format!(
            "[{:?} {} {} {}]",
            file.kind,
            name.unwrap_or("-"),
            mime.unwrap_or("-"),
            file.alt.as_deref().unwrap_or("-")
        )
    });
    let words = format!("{:?}", content.text.plain_text());
    std::iter::once(words)
        .chain(files)
        .collect::<Vec<_>>()
        .join(" ")
}
