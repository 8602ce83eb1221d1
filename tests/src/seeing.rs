//! What people and staff see.

use store::{DeliveryLine, Notice};

use crate::{Town, channel::at, platform::Seen};

impl Town {
    /// What people see in the channel.
    pub fn transcript(&self, channel: &str) -> String {
        let at = at(channel);
        let posts = self.platform(&at).seen(&at.id);
        let lines: Vec<_> = posts.iter().map(line).collect();
        lines.join("\n")
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

    /// What staff was told, and not yet read.
    pub async fn notices(&mut self) -> String {
        self.unread = false;
        let mut notices = self.store.notices(100).await.expect("notices");
        notices.reverse();
        let lines: Vec<_> = notices.iter().map(notice_line).collect();
        lines.join("\n")
    }
}

fn line(post: &Seen) -> String {
    let indent = if post.reply_to.is_some() { "  > " } else { "" };
    let edited = if post.edited { " (edited)" } else { "" };
    let reactions: String = post.reactions.iter().map(|it| format!(" [{it}]")).collect();
    let files: String = post.files.iter().map(|it| format!(" <{it}>")).collect();
    let text = post.text.replace('\n', "\n      ");
    format!("{indent}{}: {text}{files}{edited}{reactions}", post.author)
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
