//! What was taken in, in a short form for people.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use causeway_tests::memory_intake::{Heard, Memory, Taken};
use conversation::{Adapter, AuthorKind, Content, Event, Inbound, RemoteId, SendError};
use tokio::task::JoinHandle;

use crate::bridge::Bridge;

pub(crate) struct Ears {
    heard: Heard,
    pub(crate) memory: Arc<Memory>,
    /// Ids hold the time: in lines they are counted from 1.
    names: HashMap<String, usize>,
    /// Why each event that was kept raw was not understood, as far as it came before what was heard.
    pub(crate) aside: Vec<&'static str>,
}

impl Ears {
    pub(crate) fn new() -> Ears {
        let (memory, heard) = Memory::new();
        Ears {
            heard,
            memory,
            names: HashMap::new(),
            aside: Vec::new(),
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
        loop {
            match self.heard.next().await {
                Taken::Event(event) => return *event,
                Taken::Raw(raw) => self.aside.push(raw.reason),
            }
        }
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
        self.heard.is_over()
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
