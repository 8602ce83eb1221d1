//! The real adapter in front of a stand-in that listens on loopback.

use std::sync::{Arc, OnceLock};

use causeway_tests::openapi::{OpenApi, Seen};
pub(crate) use causeway_tests::samples::{answering, now, of_markup, words};
use conversation::{
    Adapter, ChannelRef, Operation, Outbound, Post, Receipt, Reconciled, RemoteId, SendError,
};
use discord::{AuthorMode, Secret, Settings};
use sandbox::discord::{
    ChannelId, Discord, Exchange, InteractionId, MessageView, Strictness, UserId,
};
use tokio::net::TcpListener;

use crate::intake::until;

pub(crate) const TOKEN: &str = "MTAwMDAwMDAwMDAwMDAwMDAx.stand.in";

pub(crate) struct Bridge {
    pub(crate) stand_in: Discord,
    pub(crate) adapter: Arc<discord::Discord>,
}

impl Bridge {
    pub(crate) async fn open() -> Bridge {
        Bridge::open_with(|_| {}).await
    }

    pub(crate) async fn open_with(change: impl FnOnce(&mut Settings)) -> Bridge {
        let stand_in = Discord::new(TOKEN);
        check_against_the_schema(&stand_in);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(stand_in.clone().serve(listener));
        let mut settings = Settings {
            token: Secret::new(TOKEN),
            api_url: format!("{url}/api/v10"),
            cdn_url: url,
            author: AuthorMode::Webhook,
            request_timeout_s: 30,
            max_upload_bytes: 10 << 20,
            max_download_bytes: 10 << 20,
        };
        change(&mut settings);
        Bridge {
            stand_in,
            adapter: Arc::new(discord::Discord::new(settings).unwrap()),
        }
    }

    /// The same Discord, after a restart of ours.
    pub(crate) fn restarted(&self, settings: Settings) -> Bridge {
        Bridge {
            stand_in: self.stand_in.clone(),
            adapter: Arc::new(discord::Discord::new(settings).unwrap()),
        }
    }

    pub(crate) fn channel_with(&self, name: &str) -> (ChannelId, UserId) {
        let channel = self.stand_in.add_text_channel("general");
        (channel, self.stand_in.add_member(name))
    }

    pub(crate) async fn send(
        &self,
        channel: ChannelId,
        operation: Operation,
    ) -> Result<Receipt, SendError> {
        self.adapter.send(&outbound(channel, operation)).await
    }

    /// A post that must succeed.
    pub(crate) async fn post(&self, channel: ChannelId, post: Post) -> Receipt {
        let post = Operation::Post(Box::new(post));
        self.send(channel, post).await.unwrap()
    }

    pub(crate) async fn fails(&self, channel: ChannelId, operation: Operation) -> SendError {
        self.send(channel, operation).await.unwrap_err()
    }

    pub(crate) async fn look(&self, channel: ChannelId, post: Post) -> Reconciled {
        let outbound = outbound(channel, Operation::Post(Box::new(post)));
        self.adapter.reconcile(&outbound).await.unwrap()
    }

    /// Given as soon as Discord offers it.
    pub(crate) async fn command(
        &self,
        (channel, by): (ChannelId, UserId),
        path: &str,
        options: &[(&str, &str)],
    ) -> InteractionId {
        let it = &self.stand_in;
        until("offered", || it.offered_commands() == ["causeway"]).await;
        it.slash_command(channel, by, path, options).unwrap()
    }

    /// What stands in a channel and its threads, as people see it now; ids are not shown, for they hold the time.
    pub(crate) fn seen(&self, channel: ChannelId) -> String {
        let view = self.stand_in.view_channel(channel, usize::MAX).unwrap();
        let mut lines: Vec<String> = Vec::new();
        for message in view.messages.iter().filter(|it| !it.is_system) {
            lines.push(line(message));
        }
        for thread in self.stand_in.threads_of(channel) {
            let view = self.stand_in.view_channel(thread, usize::MAX).unwrap();
            lines.push(format!("# {}", view.name));
            let said = view.messages.iter().filter(|it| !it.is_system);
            lines.extend(said.map(|it| format!("  {}", line(it))));
        }
        lines.join("\n")
    }
}

/// Requests that Discord's own document does not allow are refused, so that the test that makes one fails.
fn check_against_the_schema(stand_in: &Discord) {
    static SCHEMA: OnceLock<Option<OpenApi>> = OnceLock::new();
    let Some(schema) = SCHEMA.get_or_init(OpenApi::discord) else {
        println!("skipped: the published schema is not on this machine");
        return;
    };
    let observer = |it: &Exchange| {
        let answer = it.answer.as_ref().map(|it| (it.status, it.body.as_ref()));
        schema.check(&Seen {
            method: &it.method,
            path: &it.path,
            query: &it.query,
            body: it.body.as_ref(),
            answer,
        })
    };
    stand_in.observe(Strictness::Refuse, Arc::new(observer));
}

pub(crate) fn outbound(channel: ChannelId, operation: Operation) -> Outbound {
    Outbound {
        delivery: "d1".into(),
        key: "d1.0".to_owned(),
        channel: reference(channel),
        operation,
        to: None,
        way_back: None,
    }
}

fn line(message: &MessageView) -> String {
    let mut line = format!("{}: {}", message.author, message.text);
    if message.edited {
        line += " (edited)";
    }
    if let Some(reply) = &message.reply_to {
        line += &format!(" <- {}: {}", reply.author, reply.excerpt);
    }
    for file in &message.attachments {
        let alt = file.description.as_deref().unwrap_or("-");
        line += &format!(" [{} {} {} {alt}]", file.name, file.mime, file.size);
    }
    for reaction in &message.reactions {
        line += &format!(" {} by {}", reaction.emoji, reaction.by.join(", "));
    }
    line
}

pub(crate) fn reference(channel: ChannelId) -> ChannelRef {
    ChannelRef::new("discord", channel.to_string())
}

pub(crate) fn post(post: Post) -> Operation {
    Operation::Post(Box::new(post))
}

pub(crate) fn id(it: impl ToString) -> RemoteId {
    RemoteId(it.to_string())
}
