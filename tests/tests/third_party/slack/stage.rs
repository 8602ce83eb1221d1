//! The server, Ana at it, and our adapter before it.

use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use axum::response::Response;
use conversation::{
    Adapter, ChannelRef, Operation, Post, Receipt, Reconciled, RemoteId, SendError,
};
use serde_json::{Value, json};
use slack::{Mode, Pace, Secret, Settings, Slack};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::line;
use crate::intake::Ears;
use crate::post::{outbound, posting, words};
use crate::server::Server;

pub(super) const BOT: &str = "xoxb-third-party";

pub(super) const ANA: &str = "xoxp-ana";

pub(super) const SIGNING_SECRET: &str = "third-party-signing-secret";

pub(super) struct Stage {
    pub(super) _server: Server,
    pub(super) api: String,
    pub(super) channel: ChannelRef,
    pub(super) adapter: Arc<Slack>,
    pub(super) ears: Ears,
    /// How we answered each event.
    pub(super) answers: Arc<Mutex<Vec<StatusCode>>>,
    pub(super) _receiving: JoinHandle<SendError>,
    pub(super) sent: usize,
}

impl Stage {
    pub(super) async fn open() -> Option<Stage> {
        Stage::open_with(SIGNING_SECRET).await
    }

    pub(super) async fn open_with(signing_secret: &str) -> Option<Stage> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let events = format!("http://{}/slack/events", listener.local_addr().unwrap());
        let (server, about) = Server::start("slack.mjs", &[&events]).await?;
        let api = about["api_url"].as_str().unwrap().to_owned();
        let adapter = adapter(&api, BOT, signing_secret);
        let (mut ears, answers) = (Ears::new(), Arc::default());
        ears.adapter = Some(adapter.clone());
        serve(listener, &adapter, &ears, &answers);
        let channel = ask(&api, ANA, "conversations.list", json!({})).await;
        let channel = channel["channels"].as_array().unwrap().iter();
        let general = channel.clone().find(|it| it["name"] == "general").unwrap();
        let channel = ChannelRef::new("slack", general["id"].as_str().unwrap());
        // By this it learns who we are; events that come before are refused.
        let look = outbound(&channel, "d0", posting(words("Nothing")));
        assert_eq!(
            adapter.reconcile(&look).await.unwrap(),
            Reconciled::NotFound
        );
        let (receiver, memory) = (adapter.clone(), ears.memory.clone());
        let receiving = async move { receiver.receive(&*memory).await.expect_err("it has no end") };
        Some(Stage {
            _server: server,
            api,
            channel,
            adapter,
            ears,
            answers,
            _receiving: tokio::spawn(receiving),
            sent: 0,
        })
    }

    /// What Ana does there, in this channel.
    pub(super) async fn ana(&self, method: &str, mut form: Value) -> Value {
        form["channel"] = self.channel.id.as_str().into();
        ask(&self.api, ANA, method, form).await
    }

    pub(super) async fn ana_says(&self, text: &str) -> String {
        let said = self.ana("chat.postMessage", json!({"text": text})).await;
        said["ts"].as_str().unwrap().to_owned()
    }

    pub(super) async fn send(&mut self, operation: Operation) -> Result<Receipt, SendError> {
        self.sent += 1;
        let outbound = outbound(&self.channel, &format!("d{}", self.sent), operation);
        self.adapter.send(&outbound).await
    }

    /// The id of a post that must succeed.
    pub(super) async fn post(&mut self, post: Post) -> RemoteId {
        let receipt = self.send(posting(post)).await.unwrap();
        receipt.remote_ids[0].clone()
    }

    /// What stands in a thread, or of what stands alone, as the server's own API tells it.
    pub(super) async fn seen(&self, root: &str) -> String {
        let thread = self.ana("conversations.replies", json!({"ts": root})).await;
        let lines = thread["messages"].as_array().unwrap().iter().map(line);
        lines.collect::<Vec<_>>().join("\n")
    }
}

pub(super) fn serve(
    listener: TcpListener,
    adapter: &Arc<Slack>,
    ears: &Ears,
    answers: &Arc<Mutex<Vec<StatusCode>>>,
) {
    let answers = answers.clone();
    let note = move |answer: Response| {
        answers.lock().unwrap().push(answer.status());
        std::future::ready(answer)
    };
    let router = adapter
        .router(ears.memory.clone())
        .layer(axum::middleware::map_response(note));
    tokio::spawn(async move { axum::serve(listener, router).await });
}

pub(super) fn adapter(api: &str, token: &str, signing_secret: &str) -> Arc<Slack> {
    let settings = Settings {
        bot_token: Secret::new(token),
        mode: Mode::Events,
        app_token: Secret::new(""),
        signing_secret: Secret::new(signing_secret),
        api_url: api.to_owned(),
        request_timeout_s: 30,
        ping_every_s: 10,
        max_upload_bytes: 1 << 20,
        max_download_bytes: 1 << 20,
        pace: Pace {
            per_channel_per_s: 0,
        },
    };
    Arc::new(Slack::new(settings).unwrap())
}

/// A call that must succeed, past our adapter.
pub(super) async fn ask(api: &str, token: &str, method: &str, form: Value) -> Value {
    let call = reqwest::Client::new().post(format!("{api}/{method}"));
    let answer = call.bearer_auth(token).json(&form).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["ok"], true, "{method}: {answer}");
    answer
}
