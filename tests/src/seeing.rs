//! What people and staff see.

use std::collections::HashMap;

use conversation::{EventKey, Mark, Markup};
use store::{DeliveryLine, EventLine, Notice};

use crate::{Town, asking, asking::without_help, channel::at, seen::Seen, threads::Opened};

impl Town {
    /// What people see in the channel.
    pub fn transcript(&self, channel: &str) -> String {
        let at = at(channel);
        let platform = self.platform(&at);
        let posts = platform.seen(&at.id);
        let opened = platform.state().opened.clone();
        let mut lines = Vec::new();
        for post in posts.iter().filter(|it| it.thread.is_none()) {
            let subject = post.subject.as_deref().filter(|_| platform.shows_subjects);
            if let (Some(subject), None) = (subject, &post.reply_to) {
                lines.push(format!("# {subject}"));
            }
            lines.push(line(post));
            let thread = opened.iter().find(|it| it.root.as_ref() == Some(&post.id));
            lines.extend(thread.iter().flat_map(|it| in_thread(it, &posts)));
        }
        let rootless = |it: &&Opened| {
            it.channel == at.id && !posts.iter().any(|post| it.root.as_ref() == Some(&post.id))
        };
        for topic in opened.iter().filter(rootless) {
            let inside = in_thread(topic, &posts);
            if !inside.is_empty() {
                lines.push(format!("# {}", topic.subject));
            }
            lines.extend(inside);
        }
        without_help(&lines.join("\n"))
    }

    /// What stands in the text files that are seen in the channel.
    pub fn text_files(&self, channel: &str) -> Vec<String> {
        let at = at(channel);
        let posts = self.platform(&at).seen(&at.id);
        posts.into_iter().flat_map(|it| it.texts).collect()
    }

    /// Every delivery: to whom, its state and why. Reading it is looking at the trouble.
    pub async fn deliveries(&mut self) -> String {
        self.unread = false;
        let mut all = self
            .store
            .recent_deliveries(1000)
            .await
            .expect("deliveries");
        all.reverse();
        all.iter().map(delivery_line).collect::<Vec<_>>().join("\n")
    }

    /// What became of each event that is not simply taken: of people's own by its key, of others by the platform.
    pub async fn verdicts(&self) -> String {
        let keys = (1..=self.n_events).map(|n| format!("event-{n}"));
        let hashed = keys.map(|it| (self.store.event_hash(&EventKey(it.clone())), it));
        let keys: HashMap<_, _> = hashed.collect();
        let events = self.store.recent_events(10_000).await.expect("events");
        let odd = events.iter().filter(|it| it.verdict != "take");
        let name = |it: &EventLine| match keys.get(&it.key_hash) {
            Some(key) => key.clone(),
            None => it.platform.to_string(),
        };
        let mut lines: Vec<_> = odd
            .map(|it| format!("{}: {}", name(it), it.verdict))
            .collect();
        lines.sort();
        lines.join("\n")
    }

    /// What staff was told, and not yet read.
    pub async fn notices(&mut self) -> String {
        self.unread = false;
        let mut notices = self.store.notices(100).await.expect("notices");
        notices.reverse();
        let lines: Vec<_> = notices.iter().map(notice_line).collect();
        lines.join("\n")
    }
}

fn in_thread(thread: &Opened, posts: &[Seen]) -> Vec<String> {
    let inside = posts
        .iter()
        .filter(|it| it.thread.as_ref() == Some(&thread.name));
    let lines = inside.map(|it| format!("  | {}", line(it).trim_start().replace('\n', "\n  | ")));
    lines.collect()
}

fn line(post: &Seen) -> String {
    let indent = if post.reply_to.is_some() { "  > " } else { "" };
    let edited = if post.edited { " (edited)" } else { "" };
    let reactions: String = post.reactions.iter().map(|it| format!(" [{it}]")).collect();
    let files: String = post.files.iter().map(|it| format!(" <{it}>")).collect();
    let text = post.text.replace('\n', "\n      ");
    let buttons = asking::shown(&post.buttons);
    format!(
        "{indent}{}: {text}{files}{edited}{reactions}{buttons}",
        post.author
    )
}

fn delivery_line(line: &DeliveryLine) -> String {
    let reason = line
        .reason
        .as_deref()
        .map(|it| format!(": {it}"))
        .unwrap_or_default();
    format!(
        "{} {:?} -> {} {}{reason}",
        line.operation.as_str(),
        line.message_excerpt,
        line.to,
        line.state.as_str()
    )
}

fn notice_line(notice: &Notice) -> String {
    format!("{} {}: {}", notice.kind, notice.about, notice.text)
}

/// Whom they ring is seen, too, as in `@bo<account>`.
pub(crate) fn words(markup: &Markup) -> String {
    let flat = markup.flatten();
    let mut words = flat.text;
    let mut rings: Vec<_> = flat.spans.iter().collect();
    rings.sort_by_key(|span| std::cmp::Reverse(span.end));
    for span in rings {
        if let Mark::Mention {
            account: Some(account),
        } = &span.mark
        {
            words.insert_str(span.end, &format!("<{account}>"));
        }
    }
    words
}
