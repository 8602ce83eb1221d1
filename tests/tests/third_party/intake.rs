//! What was taken in, in a short form for people.

use std::sync::Arc;

use causeway_tests::memory_intake::{Heard, Memory, Taken, introduced};
use conversation::{Adapter, AuthorKind, Event, Inbound, RemoteId};

pub(crate) struct Ears {
    heard: Heard,
    /// Says who is not known by name yet, if they are to be named.
    pub(crate) adapter: Option<Arc<dyn Adapter>>,
    pub(crate) memory: Arc<Memory>,
    names: Names,
}

/// Ids hold the time: in lines they are counted from 1.
#[derive(Default)]
pub(crate) struct Names(Vec<String>);

impl Names {
    pub(crate) fn of(&mut self, id: &RemoteId) -> String {
        let parts = id.as_str().split('/').map(|part| {
            let known = self.0.iter().position(|it| it == part);
            let place = known.unwrap_or_else(|| {
                self.0.push(part.to_owned());
                self.0.len() - 1
            });
            format!("#{}", place + 1)
        });
        parts.collect::<Vec<_>>().join("/")
    }
}

impl Ears {
    pub(crate) fn new() -> Ears {
        let (memory, heard) = Memory::new();
        Ears {
            heard,
            adapter: None,
            memory,
            names: Names::default(),
        }
    }

    pub(crate) async fn next(&mut self) -> Inbound {
        match self.heard.next().await {
            Taken::Event(event) => *event,
            Taken::Raw(raw) => panic!("{}: {}", raw.reason, String::from_utf8_lossy(&raw.body)),
        }
    }

    pub(crate) async fn next_lines(&mut self, count: usize) -> String {
        let mut lines = Vec::with_capacity(count);
        for _ in 0..count {
            let mut next = self.next().await;
            if let Some(adapter) = &self.adapter {
                next = introduced(adapter.as_ref(), next).await;
            }
            lines.push(line(&next, &mut self.names));
        }
        lines.join("\n")
    }

    pub(crate) fn has_heard_nothing(&mut self) -> bool {
        self.heard.is_over()
    }
}

/// Who did what, in one line.
fn line(event: &Inbound, names: &mut Names) -> String {
    let who = &event.actor.display_name;
    let who = match event.actor.kind {
        AuthorKind::Person => who.clone(),
        kind => format!("{who} ({kind:?})"),
    };
    let what = match &event.event {
        Event::Posted(posted) => {
            let mut what = format!("posted {}", names.of(&posted.messages[0]));
            if let Some(answered) = posted.reply_to.first() {
                what += &format!(" in reply to {}", names.of(answered));
            }
            if let Some(thread) = &posted.thread {
                what += &format!(" in thread {}", names.of(thread));
            }
            let files = posted.content.attachments.iter();
            let files = files.map(|it| format!(" [{}]", it.name.as_deref().unwrap_or("-")));
            let files: String = files.collect();
            format!("{what}: {}{files}", posted.content.text.plain_text())
        }
        Event::Edited { message, content } => {
            let words = content.text.plain_text();
            format!("edited {}: {words}", names.of(message))
        }
        Event::Deleted { messages } => format!("deleted {}", names.of(&messages[0])),
        Event::Reacted(change) => format!(
            "reacted to {}: +{} -{}",
            names.of(&change.message),
            change.added.concat(),
            change.removed.concat()
        ),
        other => serde_json::to_string(other).unwrap(),
    };
    format!("{who} {what}")
}
