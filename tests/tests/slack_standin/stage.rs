//! A stand-in that listens on loopback, a plain HTTP client in front of it, and a socket that acknowledges by hand.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use sandbox::slack::{ChannelId, Slack, Strictness, Tokens, UserId, Waits};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

pub(crate) const BOT: &str = "xoxb-stand-in";
pub(crate) const APP: &str = "xapp-stand-in";
pub(crate) const SECRET: &str = "8f742231b10e8888abcd99yyyzzz85a5";

/// Longer than anything here takes, so that what never comes fails instead of hanging.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) struct Stage {
    pub(crate) slack: Slack,
    pub(crate) base: String,
    pub(crate) http: reqwest::Client,
}

/// A channel with the bot and one person in it; how they came there is not told.
pub(crate) struct Meeting {
    pub(crate) channel: ChannelId,
    pub(crate) ana: UserId,
}

impl Stage {
    pub(crate) async fn open() -> Stage {
        let slack = Slack::new(Tokens::new(BOT, APP, SECRET));
        slack.set_strictness(Strictness::Refuse);
        slack.set_waits(Waits {
            ack: Duration::from_secs(1),
            ..Waits::scaled(0.05)
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(slack.clone().serve(listener));
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Stage { slack, base, http }
    }

    pub(crate) fn place(&self) -> Meeting {
        let channel = self.slack.add_channel("spring");
        let ana = self.slack.add_person("Ana");
        self.slack.join(&channel, &ana).unwrap();
        self.slack.invite_bot(&channel).unwrap();
        self.slack.forget_undelivered();
        Meeting { channel, ana }
    }

    pub(crate) fn request(&self, method: &str) -> reqwest::RequestBuilder {
        let url = format!("{}/api/{method}", self.base);
        self.http.post(url).bearer_auth(BOT)
    }

    pub(crate) async fn post(&self, method: &str, body: Value) -> reqwest::Result<Value> {
        let request = self.request(method);
        let request = request.header("content-type", "application/json; charset=utf-8");
        request.body(body.to_string()).send().await?.json().await
    }

    /// The answer of a call that must succeed.
    pub(crate) async fn call(&self, method: &str, body: Value) -> Value {
        succeeded(self.post(method, body).await.unwrap())
    }

    /// The same with the arguments in a form, which the methods that read ask for.
    pub(crate) async fn read(&self, method: &str, fields: &[(&str, &str)]) -> Value {
        succeeded(self.form(method, fields).await)
    }

    pub(crate) async fn form(&self, method: &str, fields: &[(&str, &str)]) -> Value {
        let request = self.request(method).form(fields);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// The error of a call that must fail.
    pub(crate) async fn refused(&self, method: &str, body: Value) -> String {
        failed(self.post(method, body).await.unwrap())
    }

    pub(crate) async fn refused_form(&self, method: &str, fields: &[(&str, &str)]) -> String {
        failed(self.form(method, fields).await)
    }

    /// Posts a text and gives its time.
    pub(crate) async fn say(&self, channel: &ChannelId, text: &str) -> String {
        let answer = self
            .call(
                "chat.postMessage",
                json!({ "channel": channel, "text": text }),
            )
            .await;
        answer["ts"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn socket_url(&self) -> Value {
        let url = format!("{}/api/apps.connections.open", self.base);
        let request = self.http.post(url).bearer_auth(APP);
        request.send().await.unwrap().json().await.unwrap()
    }

    /// Connected and greeted.
    pub(crate) async fn connect(&self) -> Socket {
        let url = succeeded(self.socket_url().await)["url"].clone();
        let mut socket = Socket::open(url.as_str().unwrap()).await.unwrap();
        let hello = socket.next().await;
        assert_eq!(hello["type"], "hello", "{hello}");
        socket
    }

    /// Until the stand-in has nothing on its way any more.
    pub(crate) async fn settle(&self) {
        self.until(|it| it.undelivered() == 0).await;
    }

    pub(crate) async fn until(&self, done: impl Fn(&Slack) -> bool) {
        for _ in 0..1_000 {
            if done(&self.slack) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it did not come to this");
    }

    /// Nothing that was asked was illegal.
    pub(crate) fn assert_legal(&self) {
        let violations = self.slack.violations();
        assert!(violations.is_empty(), "{}", violations.join("\n"));
    }
}

pub(crate) fn succeeded(answer: Value) -> Value {
    assert_eq!(answer["ok"], true, "{answer}");
    answer
}

fn failed(answer: Value) -> String {
    assert_eq!(answer["ok"], false, "{answer}");
    let mut text = answer["error"].as_str().unwrap().to_owned();
    if let Some(needed) = answer["needed"].as_str() {
        assert!(answer["provided"].is_string());
        text.push_str(&format!(" {needed}"));
    }
    for message in answer["response_metadata"]["messages"]
        .as_array()
        .into_iter()
        .flatten()
    {
        text.push_str(&format!(" {}", message.as_str().unwrap()));
    }
    text
}

pub(crate) struct Socket {
    pub(crate) stream: WebSocketStream<TcpStream>,
}

impl Socket {
    /// None where the other side does not want it.
    pub(crate) async fn open(url: &str) -> Option<Socket> {
        let host = url
            .strip_prefix("ws://")
            .unwrap()
            .split('/')
            .next()
            .unwrap();
        let connection = TcpStream::connect(host).await.unwrap();
        let opened = tokio_tungstenite::client_async(url, connection).await;
        opened.ok().map(|(stream, _)| Socket { stream })
    }

    /// The next text that comes; pings are answered on the way.
    pub(crate) async fn next(&mut self) -> Value {
        self.try_next().await.unwrap()
    }

    /// None where the connection ended.
    pub(crate) async fn try_next(&mut self) -> Option<Value> {
        let next = tokio::time::timeout(PATIENCE, self.next_text()).await;
        next.unwrap()
    }

    async fn next_text(&mut self) -> Option<Value> {
        loop {
            match self.stream.next().await {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    pub(crate) async fn ack(&mut self, envelope: &Value, payload: Option<Value>) {
        let mut answer = json!({ "envelope_id": envelope["envelope_id"] });
        if let Some(payload) = payload {
            answer["payload"] = payload;
        }
        let text = Message::text(answer.to_string());
        self.stream.send(text).await.unwrap();
    }

    /// The next event, acknowledged.
    pub(crate) async fn event(&mut self) -> Value {
        let envelope = self.next().await;
        assert_eq!(envelope["type"], "events_api", "{envelope}");
        self.ack(&envelope, None).await;
        envelope["payload"]["event"].clone()
    }

    /// The next event of this type (and subtype, behind a dot); others are acknowledged and passed over.
    pub(crate) async fn event_of(&mut self, kind: &str) -> Value {
        loop {
            let event = self.event().await;
            let of = match event["subtype"].as_str() {
                Some(subtype) => format!("message.{subtype}"),
                None => event["type"].as_str().unwrap_or("?").to_owned(),
            };
            if of == kind {
                return event;
            }
        }
    }
}
