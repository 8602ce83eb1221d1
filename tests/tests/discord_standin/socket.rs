//! A client of the gateway, as small as it can be.

use std::time::Duration;

use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use crate::stage::{Stage, TOKEN, document};

/// Guilds, members, webhooks, messages, reactions, typing, the private ones of those, and content.
pub(crate) const EVERYTHING: u64 = 0b1111_1110_0010_0011;

const PATIENCE: Duration = Duration::from_secs(5);

pub(crate) struct Socket {
    stream: WebSocketStream<TcpStream>,
    /// The newest sequence number.
    pub(crate) seen: u64,
    pub(crate) session: String,
}

impl Stage {
    /// Up to HELLO.
    pub(crate) async fn connect(&self) -> Socket {
        let address = self.base.strip_prefix("http://").unwrap();
        let tcp = TcpStream::connect(address).await.unwrap();
        let url = format!("ws://{address}/?v=10&encoding=json");
        let (stream, _) = tokio_tungstenite::client_async(url, tcp).await.unwrap();
        let mut socket = Socket {
            stream,
            seen: 0,
            session: String::new(),
        };
        let hello = socket.next().await;
        assert_eq!(hello["op"], 10, "{hello}");
        socket
    }

    /// Past READY and GUILD_CREATE.
    pub(crate) async fn identified(&self, intents: u64) -> Socket {
        let mut socket = self.connect().await;
        socket.identify(intents).await;
        let ready = socket.event("READY").await;
        socket.session = ready["session_id"].as_str().unwrap().to_owned();
        if intents & 1 == 1 {
            socket.event("GUILD_CREATE").await;
        }
        socket
    }

    /// A new socket that goes on where another one stood.
    pub(crate) async fn resumed(&self, before: &Socket) -> Socket {
        let mut socket = self.connect().await;
        socket.seen = before.seen;
        socket.session.clone_from(&before.session);
        socket.resume().await;
        socket
    }
}

impl Socket {
    pub(crate) async fn say(&mut self, value: Value) {
        self.stream
            .send(Message::text(value.to_string()))
            .await
            .unwrap();
    }

    pub(crate) async fn identify(&mut self, intents: u64) {
        let properties = json!({ "os": "linux", "browser": "test", "device": "test" });
        let body = json!({ "token": TOKEN, "intents": intents, "properties": properties, "shard": [0, 1] });
        self.say(json!({ "op": 2, "d": body })).await;
    }

    pub(crate) async fn resume(&mut self) {
        let body = json!({ "token": TOKEN, "session_id": self.session, "seq": self.seen });
        self.say(json!({ "op": 6, "d": body })).await;
    }

    async fn message(&mut self) -> Option<Message> {
        let message = tokio::time::timeout(PATIENCE, self.stream.next()).await;
        message.expect("nothing came in time")?.ok()
    }

    pub(crate) async fn next(&mut self) -> Value {
        let message = self.message().await.expect("the socket ended");
        let value: Value = serde_json::from_str(message.to_text().unwrap()).unwrap();
        if let Some(number) = value["s"].as_u64() {
            assert_eq!(number, self.seen + 1, "{value}");
            self.seen = number;
        }
        assert_event_legal(&value);
        value
    }

    /// The `d` of the next event, which must have this name.
    pub(crate) async fn event(&mut self, name: &str) -> Value {
        let mut value = self.next().await;
        assert_eq!(value["t"], name, "{value}");
        value["d"].take()
    }

    /// The code of the closing frame that must come next; None where there is none.
    pub(crate) async fn end(&mut self) -> Option<u16> {
        match self.message().await {
            Some(Message::Close(frame)) => frame.map(|it| it.code.into()),
            None => None,
            Some(other) => panic!("{other:?}"),
        }
    }

    /// Whether nothing is said for a while.
    pub(crate) async fn is_quiet(&mut self) -> bool {
        let waited = tokio::time::timeout(Duration::from_millis(150), self.stream.next());
        waited.await.is_err()
    }
}

/// Objects in events are those of the API.
fn assert_event_legal(value: &Value) {
    let schema = match value["t"].as_str() {
        Some("MESSAGE_CREATE" | "MESSAGE_UPDATE") => "MessageResponse",
        Some("THREAD_CREATE" | "THREAD_UPDATE") => "ThreadResponse",
        Some("CHANNEL_CREATE" | "CHANNEL_UPDATE") => "GuildChannelResponse",
        Some("GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE") => "GuildMemberResponse",
        Some("GUILD_CREATE") => "GuildWithCountsResponse",
        _ => return,
    };
    if value["d"].get("a_field_of_tomorrow").is_none()
        && let Some(document) = document()
    {
        let found = document.check_value(schema, &value["d"]);
        assert!(found.is_empty(), "{found:#?} in {value}");
    }
}
