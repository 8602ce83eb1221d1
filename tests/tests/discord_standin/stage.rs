//! A stand-in that listens on loopback, and a plain HTTP client in front of it.

use std::sync::{Arc, OnceLock};

use causeway_tests::openapi::{OpenApi, Seen};
use reqwest::Method;
use reqwest::multipart::Form;
use sandbox::discord::{ChannelId, Discord, Exchange, Strictness, UserId};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// Its first third is the bot's number.
pub(crate) const TOKEN: &str = "MTAwMTAwMTAwMTAwMTAwMTAwMQ.stand.in";
pub(crate) const BOT: &str = "1001001001001001001";

pub(crate) struct Stage {
    pub(crate) discord: Discord,
    pub(crate) base: String,
    pub(crate) http: reqwest::Client,
}

/// None where the document is not on this machine.
pub(crate) fn document() -> Option<&'static OpenApi> {
    static DOCUMENT: OnceLock<Option<OpenApi>> = OnceLock::new();
    let document = DOCUMENT.get_or_init(OpenApi::discord).as_ref();
    if document.is_none() {
        println!("skipped: the published document is not on this machine");
    }
    document
}

pub(crate) fn look(document: &OpenApi, exchange: &Exchange) -> Vec<String> {
    let answer = exchange.answer.as_ref();
    document.check(&Seen {
        method: &exchange.method,
        path: &exchange.path,
        query: &exchange.query,
        body: exchange.body.as_ref(),
        answer: answer.map(|it| (it.status, it.body.as_ref())),
    })
}

impl Stage {
    /// Illegal requests are refused.
    pub(crate) async fn open() -> Stage {
        Stage::open_with(Strictness::Refuse).await
    }

    /// For tests of what the real server says to illegal requests.
    pub(crate) async fn lenient() -> Stage {
        Stage::open_with(Strictness::Record).await
    }

    async fn open_with(strictness: Strictness) -> Stage {
        let discord = Discord::new(TOKEN);
        if let Some(document) = document() {
            discord.observe(strictness, Arc::new(|it| look(document, it)));
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        discord.set_public_url(&base);
        tokio::spawn(discord.clone().serve(listener));
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Stage {
            discord,
            base,
            http,
        }
    }

    /// A text channel and a person.
    pub(crate) fn channel_with(&self, name: &str) -> (ChannelId, UserId) {
        let person = self.discord.add_member(name);
        (self.discord.add_text_channel("spring"), person)
    }

    /// `route` is method and path: `GET /users/@me`.
    pub(crate) fn request(&self, route: &str) -> reqwest::RequestBuilder {
        let (method, path) = route.split_once(' ').unwrap();
        let method: Method = method.parse().unwrap();
        let url = format!("{}/api/v10{path}", self.base);
        let request = self.http.request(method, url);
        request.header("authorization", format!("Bot {TOKEN}"))
    }

    pub(crate) async fn send(
        &self,
        route: &str,
        body: Value,
    ) -> reqwest::Result<reqwest::Response> {
        let request = self.request(route);
        let request = if body.is_null() {
            request
        } else {
            request.json(&body)
        };
        request.send().await
    }

    /// Status and body; null where that is empty.
    pub(crate) async fn call(&self, route: &str, body: Value) -> (u16, Value) {
        let answer = self.send(route, body).await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or_default())
    }

    /// The answer of a call that must succeed.
    pub(crate) async fn done(&self, route: &str, body: Value) -> Value {
        let (status, answer) = self.call(route, body).await;
        assert!((200..300).contains(&status), "{route}: {status} {answer}");
        answer
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.done(&format!("GET {path}"), Value::Null).await
    }

    /// Status, code and message of a call that must fail, and what is said of fields.
    pub(crate) async fn refused(&self, route: &str, body: Value) -> String {
        let (status, answer) = self.call(route, body).await;
        assert!(status >= 400, "{route}: {status} {answer}");
        let errors = match answer.get("errors") {
            Some(errors) => format!(" {errors}"),
            None => String::new(),
        };
        let message = answer["message"].as_str().unwrap_or("");
        format!("{status} {} {message}{errors}", answer["code"])
    }

    pub(crate) async fn upload(&self, route: &str, form: Form) -> (u16, Value) {
        let answer = self.request(route).multipart(form).send().await.unwrap();
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    /// A message of the bot.
    pub(crate) async fn post(&self, channel: ChannelId, text: &str) -> Value {
        let body = json!({ "content": text });
        self.done(&format!("POST /channels/{channel}/messages"), body)
            .await
    }

    /// Number and token of a new webhook, as a path.
    pub(crate) async fn webhook(&self, channel: ChannelId) -> String {
        let route = format!("POST /channels/{channel}/webhooks");
        let webhook = self.done(&route, json!({ "name": "Causeway" })).await;
        format!(
            "/webhooks/{}/{}",
            text(&webhook["id"]),
            text(&webhook["token"])
        )
    }

    /// Nothing that was said was illegal.
    pub(crate) fn assert_legal(&self) {
        let violations = self.discord.violations();
        assert!(violations.is_empty(), "{}", violations.join("\n"));
    }

    /// Nothing that the stand-in said was illegal, whatever it was asked.
    pub(crate) fn assert_answers_legal(&self) {
        let violations = self.discord.violations();
        let ours: Vec<&String> = violations
            .iter()
            .filter(|it| it.starts_with("our answer"))
            .collect();
        assert!(ours.is_empty(), "{ours:#?}");
    }
}

pub(crate) fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// A PNG of 400 × 300, as far as its first bytes tell.
pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(400_u32.to_be_bytes());
    bytes.extend(300_u32.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes
}
