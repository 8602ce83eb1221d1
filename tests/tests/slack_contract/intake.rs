//! What was taken in, in a short form for people.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use causeway_tests::memory_intake::{Heard, Memory, Taken, introduced};
use conversation::{Adapter, Content, Event, Inbound, SendError};
use slack::Slack;
use tokio::task::JoinHandle;

use crate::bridge::Bridge;

/// Nothing takes longer, and most takes milliseconds.
const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) struct Ears {
    heard: Heard,
    /// Says who is not known by name yet, as whoever shows a message asks it.
    adapter: OnceLock<Arc<Slack>>,
    pub(crate) memory: Arc<Memory>,
    names: Vec<String>,
}

impl Ears {
    pub(crate) fn new() -> Ears {
        let (memory, heard) = Memory::new();
        Ears {
            heard,
            adapter: OnceLock::new(),
            memory,
            names: Vec::new(),
        }
    }

    pub(crate) fn start(&self, bridge: &Bridge) -> JoinHandle<SendError> {
        let (adapter, memory) = (bridge.adapter.clone(), self.memory.clone());
        self.adapter.get_or_init(|| adapter.clone());
        tokio::spawn(async move { adapter.receive(&*memory).await.expect_err("it has no end") })
    }

    /// Listens in the background; the socket is open when this returns.
    pub(crate) async fn listen(bridge: &Bridge) -> (Ears, JoinHandle<SendError>) {
        let ears = Ears::new();
        let receiving = ears.start(bridge);
        sockets(bridge, 1).await;
        (ears, receiving)
    }

    /// As it was handed in.
    pub(crate) async fn event(&mut self) -> Inbound {
        match self.heard.next().await {
            Taken::Event(event) => *event,
            Taken::Raw(raw) => panic!("kept raw: {}", raw.reason),
        }
    }

    /// What was heard next, with times numbered in the order in which they first appear.
    pub(crate) async fn next(&mut self) -> String {
        match self.heard.next().await {
            Taken::Event(event) => {
                let adapter = self.adapter.get().expect("it listens");
                let named = introduced(adapter.as_ref(), *event).await;
                self.numbered(&line(&named))
            }
            Taken::Raw(raw) => format!("kept raw: {}", raw.reason),
        }
    }

    pub(crate) async fn next_lines(&mut self, count: usize) -> String {
        let mut lines = Vec::with_capacity(count);
        for _ in 0..count {
            lines.push(self.next().await);
        }
        lines.join("\n")
    }

    pub(crate) fn has_heard_nothing(&mut self) -> bool {
        self.heard.is_over()
    }

    fn numbered(&mut self, line: &str) -> String {
        let words: Vec<String> = line.split(' ').map(|it| self.word(it)).collect();
        words.join(" ")
    }

    fn word(&mut self, word: &str) -> String {
        let time = word.trim_end_matches(':');
        let is_time = |(whole, part): (&str, &str)| {
            part.len() == 6
                && format!("{whole}{part}")
                    .bytes()
                    .all(|it| it.is_ascii_digit())
        };
        if !time.split_once('.').is_some_and(is_time) {
            return word.to_owned();
        }
        let known = self.names.iter().position(|it| it == time);
        let number = known.unwrap_or_else(|| {
            self.names.push(time.to_owned());
            self.names.len() - 1
        });
        word.replace(time, &format!("#{}", number + 1))
    }
}

/// Returns as soon as so many sockets are open.
pub(crate) async fn sockets(bridge: &Bridge, count: usize) {
    until(|| bridge.stand_in.sockets() == count).await;
}

pub(crate) async fn until(holds: impl Fn() -> bool) {
    let looks = async {
        while !holds() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, looks)
        .await
        .expect("it never holds");
}

/// Who did what, in one line.
fn line(event: &Inbound) -> String {
    let what = match &event.event {
        Event::Posted(posted) => {
            let mut what = format!("posted {}", posted.messages[0]);
            if let Some(root) = posted.reply_to.first() {
                assert_eq!(posted.thread.as_ref(), Some(root));
                what += &format!(" in {root}");
            }
            format!("{what}: {}", content(&posted.content))
        }
        Event::Edited {
            message,
            content: it,
        } => format!("edited {message}: {}", content(it)),
        Event::Deleted { messages } => format!("deleted {}", messages[0]),
        Event::Reacted(change) => format!(
            "reacted to {}: +{} -{}",
            change.message,
            change.added.concat(),
            change.removed.concat()
        ),
        Event::Commanded { text, .. } => format!("commanded: {text}"),
        Event::Pressed { message, button } => format!("pressed {button} of {message}"),
        Event::Missed { .. } => "was not heard".to_owned(),
        other => serde_json::to_string(other).unwrap(),
    };
    format!(
        "{} ({:?}) {what}",
        event.actor.display_name, event.actor.kind
    )
}

fn content(content: &Content) -> String {
    let words = format!("{:?}", content.text.plain_text());
    let files = content.attachments.iter().map(|it| {
        let (name, alt) = (it.name.as_deref(), it.alt.as_deref());
        let size = it.size.unwrap_or_default();
        format!(
            "[{:?} {} {size} {}]",
            it.kind,
            name.unwrap_or("-"),
            alt.unwrap_or("-")
        )
    });
    std::iter::once(words)
        .chain(files)
        .collect::<Vec<_>>()
        .join(" ")
}
