//! A server that answers as it is told, and an intake that remembers.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json, Router};
use conversation::{
    BlobRef, ByteStream, ChannelRef, Inbound, Intake, IntakeError, LocalFile, Markup, Operation,
    Outbound, Post, RawEvent, RemoteId, arbitrary,
};
use futures::StreamExt;
use serde_json::{Value, json};
use telegram::{Mode, Pace, Secret, Settings, Telegram, Webhook};
use tokio::sync::{Notify, mpsc};

pub(crate) const TOKEN: &str = "4242:CANARY-token_0";
pub(crate) const SECRET: &str = "CANARY-secret_0";

pub(crate) enum Reply {
    Result(Value),
    Failure(u16, Value),
    Text(u16, &'static str),
    /// The head of an answer, and then nothing.
    CutOff,
    Bytes(Vec<u8>),
    /// Bytes without end.
    Endless,
    /// Whatever HTTP allows.
    Http(Box<Response>),
}

#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) body: String,
}

impl Call {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

#[derive(Default)]
struct Script {
    calls: Vec<Call>,
    replies: HashMap<String, VecDeque<Reply>>,
}

#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) url: String,
    script: Arc<Mutex<Script>>,
    called: Arc<Notify>,
}

impl Server {
    pub(crate) async fn start() -> Server {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Server {
            url: format!("http://{}", listener.local_addr().unwrap()),
            script: Arc::default(),
            called: Arc::default(),
        };
        let app = Router::new()
            .route("/file/{bot}/{*path}", any(answer_file))
            .route("/{bot}/{method}", any(answer))
            .with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        server
    }

    /// What the next call of `method` that has no answer yet gets.
    pub(crate) fn answers(&self, method: &str, reply: Reply) {
        let mut script = self.script.lock().unwrap();
        let replies = script.replies.entry(method.to_lowercase()).or_default();
        replies.push_back(reply);
    }

    pub(crate) fn calls(&self, method: &str) -> Vec<Call> {
        let script = self.script.lock().unwrap();
        let of_method = |call: &&Call| call.method.eq_ignore_ascii_case(method);
        script.calls.iter().filter(of_method).cloned().collect()
    }

    /// The `count`th call of `method`, as soon as it is made.
    pub(crate) async fn call(&self, method: &str, count: usize) -> Call {
        loop {
            let called = self.called.notified();
            tokio::pin!(called);
            called.as_mut().enable();
            if let Some(call) = self.calls(method).get(count - 1) {
                return call.clone();
            }
            called.await;
        }
    }

    fn next(&self, method: &str, body: &[u8]) -> Option<Reply> {
        let mut script = self.script.lock().unwrap();
        script.calls.push(Call {
            method: method.to_owned(),
            body: String::from_utf8_lossy(body).into_owned(),
        });
        self.called.notify_waiters();
        let replies = script.replies.get_mut(&method.to_lowercase())?;
        replies.pop_front()
    }
}

async fn answer(
    State(server): State<Server>,
    Path((bot, method)): Path<(String, String)>,
    body: Body,
) -> Response {
    assert_eq!(bot, format!("bot{TOKEN}"));
    let body = axum::body::to_bytes(body, 1 << 30)
        .await
        .unwrap_or_default();
    match server.next(&method, &body) {
        Some(reply) => reply.into_response(),
        None => usual(&method).await,
    }
}

async fn answer_file(
    State(server): State<Server>,
    Path((bot, path)): Path<(String, String)>,
) -> Response {
    assert_eq!(bot, format!("bot{TOKEN}"));
    let reply = server.next(&format!("file {path}"), b"");
    reply.map_or(StatusCode::NOT_FOUND.into_response(), Reply::into_response)
}

async fn usual(method: &str) -> Response {
    let result = match method.to_lowercase().as_str() {
        "getme" => json!({
            "id": 4242, "is_bot": true, "first_name": "Causeway", "username": "causeway_bot"
        }),
        // A long poll with nothing to say.
        "getupdates" => std::future::pending().await,
        method if method.starts_with("send") => json!({
            "message_id": 500, "date": 1, "chat": {"id": -100, "type": "supergroup"}
        }),
        _ => json!(true),
    };
    Reply::Result(result).into_response()
}

impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        match self {
            Reply::Result(result) => Json(json!({"ok": true, "result": result})).into_response(),
            Reply::Failure(code, rest) => {
                let mut body = json!({"ok": false, "error_code": code, "description": "Oops"});
                body.as_object_mut()
                    .unwrap()
                    .extend(rest.as_object().unwrap().clone());
                (StatusCode::from_u16(code).unwrap(), Json(body)).into_response()
            }
            Reply::Text(code, text) => (StatusCode::from_u16(code).unwrap(), text).into_response(),
            Reply::CutOff => {
                let start = Ok(Bytes::from_static(b"{\"ok\":tr"));
                let end = futures::stream::once(async {
                    // Gives the start the time to go out.
                    tokio::task::yield_now().await;
                    Err(std::io::Error::other("cut"))
                });
                Body::from_stream(futures::stream::iter([start]).chain(end)).into_response()
            }
            Reply::Bytes(bytes) => bytes.into_response(),
            Reply::Http(response) => *response,
            Reply::Endless => {
                let piece = || Ok::<_, std::io::Error>(Bytes::from_static(&[0; 1024]));
                Body::from_stream(futures::stream::repeat_with(piece)).into_response()
            }
        }
    }
}

pub(crate) fn settings(url: &str) -> Settings {
    Settings {
        token: Secret::new(TOKEN),
        api_url: url.to_owned(),
        mode: Mode::Polling,
        webhook: Webhook {
            public_url: "https://bridge.example.org/".to_owned(),
            secret: Secret::new(SECRET),
        },
        poll_timeout_s: 25,
        request_timeout_s: 30,
        max_upload_bytes: 50 << 20,
        max_download_bytes: 20 << 20,
        pace: Pace {
            per_bot_per_s: 0,
            per_chat_per_s: 0,
            per_group_per_min: 0,
        },
    }
}

pub(crate) fn telegram(server: &Server) -> Telegram {
    Telegram::new(settings(&server.url)).unwrap()
}

pub(crate) fn operation(channel: &str, operation: Operation) -> Outbound {
    Outbound {
        delivery: "d1".into(),
        key: "d1/0".to_owned(),
        channel: ChannelRef::new("telegram", channel),
        operation,
        to: None,
        way_back: None,
    }
}

pub(crate) fn a_post(text: &str, files: Vec<LocalFile>) -> Box<Post> {
    let mut post = arbitrary::a_post(Markup::plain(text));
    post.shown_name = String::new();
    post.part.files = files;
    Box::new(post)
}

pub(crate) fn says(channel: &str, text: &str) -> Outbound {
    operation(channel, Operation::Post(a_post(text, Vec::new())))
}

pub(crate) fn ids(ids: &[&str]) -> Vec<RemoteId> {
    ids.iter().map(|id| RemoteId::from(*id)).collect()
}

pub(crate) enum Taken {
    Event(Box<Inbound>),
    Raw(RawEvent),
}

/// Remembers what it took, in order. Refuses as often as it is told to.
pub(crate) struct Memory {
    taken: mpsc::UnboundedSender<Taken>,
    refusals: Mutex<u32>,
}

impl Memory {
    pub(crate) fn new() -> (Arc<Memory>, mpsc::UnboundedReceiver<Taken>) {
        let (taken, receiver) = mpsc::unbounded_channel();
        let refusals = Mutex::new(0);
        (Arc::new(Memory { taken, refusals }), receiver)
    }

    pub(crate) fn refuses(&self, times: u32) {
        *self.refusals.lock().unwrap() = times;
    }

    fn take(&self, what: Taken) -> Result<(), IntakeError> {
        let mut refusals = self.refusals.lock().unwrap();
        if *refusals > 0 {
            *refusals -= 1;
            return Err(IntakeError::Unavailable("the disk is full".to_owned()));
        }
        self.taken.send(what).ok();
        Ok(())
    }
}

#[async_trait]
impl Intake for Memory {
    async fn accept(&self, events: Vec<Inbound>) -> Result<(), IntakeError> {
        let mut taken = events.into_iter().map(|it| Taken::Event(Box::new(it)));
        taken.try_for_each(|it| self.take(it))
    }

    async fn keep(
        &self,
        _file: ByteStream,
        _of: &ChannelRef,
    ) -> Result<Option<BlobRef>, IntakeError> {
        unreachable!("Telegram's files are fetched when they are needed")
    }

    async fn set_aside(&self, raw: RawEvent) -> Result<(), IntakeError> {
        self.take(Taken::Raw(raw))
    }
}

/// The next that was taken in: an event's key and channel, or a raw one's reason.
pub(crate) async fn next(taken: &mut mpsc::UnboundedReceiver<Taken>) -> String {
    match taken.recv().await.unwrap() {
        Taken::Event(event) => format!("{} in {}", event.key, event.channel),
        Taken::Raw(raw) => format!("raw: {} {}", raw.reason, String::from_utf8_lossy(&raw.body)),
    }
}

pub(crate) async fn collect(mut stream: ByteStream) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    while let Some(piece) = stream.next().await {
        bytes.extend_from_slice(&piece.map_err(|error| error.to_string())?);
    }
    Ok(bytes)
}
