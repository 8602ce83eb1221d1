//! An intake that hands on what it takes, and a short form of it for people.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use conversation::{
    Adapter, Attachment, BlobRef, ByteStream, ChannelRef, Content, Event, Inbound, Intake,
    IntakeError, RawEvent, RemoteId, SendError,
};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::bridge::Bridge;

pub(crate) struct Ears {
    heard: mpsc::UnboundedReceiver<Inbound>,
    pub(crate) memory: Arc<Memory>,
}

pub(crate) struct Memory {
    heard: mpsc::UnboundedSender<Inbound>,
    refuses: AtomicBool,
}

impl Ears {
    pub(crate) fn new() -> Ears {
        let (sender, heard) = mpsc::unbounded_channel();
        let memory = Memory {
            heard: sender,
            refuses: AtomicBool::new(false),
        };
        Ears {
            heard,
            memory: Arc::new(memory),
        }
    }

    /// Polls in the background. What needs to be asked for is asked for when this returns.
    pub(crate) async fn listen(bridge: &Bridge) -> (Ears, JoinHandle<SendError>) {
        let ears = Ears::new();
        let (adapter, memory) = (bridge.adapter.clone(), ears.memory.clone());
        let receiving =
            tokio::spawn(
                async move { adapter.receive(&*memory).await.expect_err("it has no end") },
            );
        asked(bridge, "getUpdates").await;
        (ears, receiving)
    }

    pub(crate) async fn next(&mut self) -> Inbound {
        let next = tokio::time::timeout(Duration::from_secs(20), self.heard.recv());
        next.await.expect("nothing more is heard").unwrap()
    }

    pub(crate) async fn next_lines(&mut self, count: usize) -> String {
        let mut lines = Vec::with_capacity(count);
        for _ in 0..count {
            lines.push(line(&self.next().await));
        }
        lines.join("\n")
    }

    pub(crate) fn has_heard_nothing(&mut self) -> bool {
        self.heard.try_recv().is_err()
    }
}

impl Memory {
    pub(crate) fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::Relaxed);
    }
}

/// Returns as soon as the stand-in has been asked for `method`.
pub(crate) async fn asked(bridge: &Bridge, method: &str) {
    while !bridge.stand_in.counters().by_method.contains_key(method) {
        tokio::task::yield_now().await;
    }
}

#[async_trait]
impl Intake for Memory {
    async fn accept(&self, events: Vec<Inbound>) -> Result<(), IntakeError> {
        if self.refuses.load(Ordering::Relaxed) {
            return Err(IntakeError::Unavailable("the disk is full".to_owned()));
        }
        events
            .into_iter()
            .for_each(|it| self.heard.send(it).unwrap());
        Ok(())
    }

    async fn keep(
        &self,
        _file: ByteStream,
        _of: &ChannelRef,
    ) -> Result<Option<BlobRef>, IntakeError> {
        unreachable!("Telegram's files are fetched when they are needed")
    }

    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError> {
        panic!("{}: {}", raw.reason, String::from_utf8_lossy(&raw.body))
    }
}

/// Who did what where, in one line.
pub(crate) fn line(event: &Inbound) -> String {
    let (channel, who) = (&event.channel, &event.actor.display_name);
    let what = match &event.event {
        Event::Posted(posted) => {
            let mut what = format!("posted {}", ids(&posted.messages));
            if !posted.reply_to.is_empty() {
                what += &format!(" in reply to {}", ids(&posted.reply_to));
            }
            if let Some(subject) = &posted.subject {
                what += &format!(" under {subject:?}");
            }
            format!("{what}: {}", content(&posted.content))
        }
        Event::Edited {
            message,
            content: it,
        } => format!("edited {message}: {}", content(it)),
        Event::Reacted(change) => format!(
            "reacted to {}: +{} -{}",
            change.message,
            change.added.concat(),
            change.removed.concat()
        ),
        Event::Commanded { message, text } => format!("commanded {message}: {text}"),
        Event::Pressed { message, button } => format!("pressed {button} of {message}"),
        Event::Moved { to } => format!("moved to {to}"),
        other => serde_json::to_string(other).unwrap(),
    };
    format!("{channel} {who} {what}")
}

fn ids(ids: &[RemoteId]) -> String {
    let ids: Vec<&str> = ids.iter().map(RemoteId::as_str).collect();
    ids.join("+")
}

fn content(content: &Content) -> String {
    let files = content.attachments.iter().map(file);
    let words = format!("{:?}", content.text.plain_text());
    std::iter::once(words)
        .chain(files)
        .collect::<Vec<_>>()
        .join(" ")
}

fn file(file: &Attachment) -> String {
    let (name, mime) = (file.name.as_deref(), file.mime.as_deref());
    let alt = file.alt.as_ref().map(|it| format!(" {it}"));
    format!(
        "[{:?} {} {} {}{}]",
        file.kind,
        name.unwrap_or("-"),
        mime.unwrap_or("-"),
        file.size.unwrap_or_default(),
        alt.unwrap_or_default()
    )
}
