//! The real adapter in front of a stand-in that listens on loopback.

use std::sync::Arc;

use causeway_tests::samples;
pub(crate) use causeway_tests::samples::{answering, carrying, now};
use conversation::{
    Adapter, AttachmentKind, Author, ChannelRef, LocalFile, Markup, Operation, Outbound, Post,
    Receipt, RemoteId, SendError,
};
use sandbox::slack::{ChannelId, MessageView, Slack, Strictness, Tokens, Ts, UserId};
use slack::{Mode, Pace, Secret, Settings};
use tokio::net::TcpListener;

pub(crate) const SIGNING_SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";

pub(crate) struct Bridge {
    pub(crate) stand_in: Slack,
    pub(crate) adapter: Arc<slack::Slack>,
}

impl Bridge {
    pub(crate) async fn open() -> Bridge {
        Bridge::open_with(|_| {}).await
    }

    pub(crate) async fn open_with(change: impl FnOnce(&mut Settings)) -> Bridge {
        let stand_in = Slack::new(Tokens::new(
            "xoxb-stand-in",
            "xapp-stand-in",
            SIGNING_SECRET,
        ));
        stand_in.set_strictness(Strictness::Refuse);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/api", listener.local_addr().unwrap());
        tokio::spawn(stand_in.clone().serve(listener));
        let mut settings = settings(&url);
        change(&mut settings);
        Bridge {
            stand_in,
            adapter: Arc::new(slack::Slack::new(settings).unwrap()),
        }
    }

    /// A public channel with the app and one person in it.
    pub(crate) fn channel_with(&self, name: &str) -> (ChannelId, UserId) {
        let channel = self.stand_in.add_channel("spring");
        let person = self.stand_in.add_person(name);
        self.stand_in.join(&channel, &person).unwrap();
        self.stand_in.invite_bot(&channel).unwrap();
        (channel, person)
    }

    pub(crate) async fn send(
        &self,
        channel: &ChannelId,
        operation: Operation,
    ) -> Result<Receipt, SendError> {
        self.adapter.send(&outbound(channel, operation)).await
    }

    /// The id of a post that must succeed.
    pub(crate) async fn post(&self, channel: &ChannelId, post: Post) -> RemoteId {
        let receipt = self.send(channel, Operation::Post(Box::new(post))).await;
        receipt.unwrap().remote_ids.remove(0)
    }

    pub(crate) async fn refusal(&self, channel: &ChannelId, post: Post) -> SendError {
        let receipt = self.send(channel, Operation::Post(Box::new(post))).await;
        receipt.unwrap_err()
    }

    /// What people see in a channel now; replies are set in.
    pub(crate) fn seen(&self, channel: &ChannelId) -> String {
        let view = self.stand_in.view_channel(channel, usize::MAX).unwrap();
        let shown = view
            .messages
            .iter()
            .filter(|it| it.is_app || !is_system(it));
        let lines: Vec<String> = shown.flat_map(lines).collect();
        lines.join("\n")
    }

    /// Nothing that was said, by either side, was illegal.
    pub(crate) fn assert_legal(&self) {
        let violations = self.stand_in.violations();
        assert!(violations.is_empty(), "{}", violations.join("\n"));
    }
}

fn is_system(message: &MessageView) -> bool {
    let subtype = message.subtype.as_deref();
    subtype.is_some_and(|it| it.starts_with("channel_") || it.starts_with("group_"))
}

fn settings(url: &str) -> Settings {
    Settings {
        bot_token: Secret::new("xoxb-stand-in"),
        mode: Mode::Socket,
        app_token: Secret::new("xapp-stand-in"),
        signing_secret: Secret::new(SIGNING_SECRET),
        api_url: url.to_owned(),
        request_timeout_s: 5,
        ping_every_s: 1,
        max_upload_bytes: 50 << 20,
        max_download_bytes: 20 << 20,
        pace: Pace {
            per_channel_per_s: 0,
        },
    }
}

fn lines(message: &MessageView) -> Vec<String> {
    let mut lines = vec![line(message)];
    let replies = message.replies.iter().map(|it| format!("  {}", line(it)));
    lines.extend(replies);
    lines
}

fn line(message: &MessageView) -> String {
    let mut line = format!("{}: {}", message.author, message.text.replace('\n', " / "));
    if message.edited {
        line += " (edited)";
    }
    for file in &message.files {
        let alt = file.alt_text.as_ref().map(|it| format!(" {it}"));
        line += &format!(" [{} {}{}]", file.name, file.size, alt.unwrap_or_default());
    }
    for reaction in &message.reactions {
        line += &format!(" :{}: by {}", reaction.name, reaction.by.join(", "));
    }
    for button in &message.buttons {
        line += &format!(" ({})", button.label);
    }
    if !message.pings.is_empty() {
        line += &format!(" !! {}", message.pings.join(", "));
    }
    line
}

pub(crate) fn outbound(channel: &ChannelId, operation: Operation) -> Outbound {
    Outbound {
        delivery: "d1".into(),
        key: "d1/0".to_owned(),
        channel: channel_ref(channel),
        operation,
        to: None,
        way_back: None,
    }
}

pub(crate) fn channel_ref(channel: &ChannelId) -> ChannelRef {
    ChannelRef::new("slack", channel.as_str())
}

pub(crate) fn ts(id: &RemoteId) -> Ts {
    id.as_str().parse().unwrap()
}

pub(crate) fn id(ts: Ts) -> RemoteId {
    RemoteId(ts.to_string())
}

pub(crate) fn words(text: &str) -> Post {
    of_markup(Markup::plain(text))
}

/// Bo is on Telegram here.
pub(crate) fn of_markup(text: Markup) -> Post {
    let said = samples::of_markup(text);
    Post {
        author: Author {
            account: "7".into(),
            picture: Some("https://pictures.example/bo.png".to_owned()),
            ..said.author
        },
        shown_name: "Bo (Telegram)".to_owned(),
        from: "telegram".into(),
        ..said
    }
}

/// A picture in `folder`, as some other platform would tell of it.
pub(crate) fn a_picture(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> LocalFile {
    let mut file = samples::a_file(folder, AttachmentKind::Photo, (name, "image/png"), bytes);
    file.attachment.alt = Some("A bed".to_owned());
    file
}
