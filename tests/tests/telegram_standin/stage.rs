//! A stand-in that listens on loopback, and a plain HTTP client in front of it.

use std::sync::Arc;

use causeway_tests::bot_api::BotApi;
use reqwest::multipart::Form;
use sandbox::telegram::{ChatId, Seen, Strictness, Telegram, UserId};
use serde_json::{Value, json};
use tokio::net::TcpListener;

pub(crate) const TOKEN: &str = "5550001:stand-in";

/// All kinds of updates that the stand-in can make.
pub(crate) const ALL_KINDS: [&str; 8] = [
    "message",
    "edited_message",
    "callback_query",
    "message_reaction",
    "my_chat_member",
    "chat_member",
    "channel_post",
    "poll",
];

pub(crate) struct Stage {
    pub(crate) telegram: Telegram,
    pub(crate) base: String,
    pub(crate) http: reqwest::Client,
}

pub(crate) fn schema() -> Option<BotApi> {
    let api = BotApi::find();
    if api.is_none() {
        println!("skipped: the published schema is not on this machine");
    }
    api
}

impl Stage {
    /// Checks itself where the schema is there; illegal requests are refused.
    pub(crate) async fn open() -> Stage {
        let telegram = Telegram::new(TOKEN);
        if let Some(schema) = schema() {
            let observer = move |seen: &Seen| match seen {
                Seen::Request(method, it) => {
                    schema.check_request(method, &it.texts, &it.json, &it.files)
                }
                Seen::Answer(method, result) => schema.check_answer(method, result),
                Seen::Update(update) => schema.check_update(update),
            };
            telegram.observe(Strictness::Refuse, Arc::new(observer));
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(telegram.clone().serve(listener));
        let http = reqwest::Client::builder().no_proxy().build().unwrap();
        Stage {
            telegram,
            base,
            http,
        }
    }

    pub(crate) fn url(&self, method: &str) -> String {
        format!("{}/bot{TOKEN}/{method}", self.base)
    }

    pub(crate) async fn post(&self, method: &str, body: Value) -> reqwest::Result<Value> {
        let request = self.http.post(self.url(method)).json(&body);
        request.send().await?.json().await
    }

    /// The result of a call that must succeed.
    pub(crate) async fn call(&self, method: &str, body: Value) -> Value {
        result(self.post(method, body).await.unwrap())
    }

    pub(crate) async fn upload(&self, method: &str, form: Form) -> Value {
        let request = self.http.post(self.url(method)).multipart(form);
        result(request.send().await.unwrap().json().await.unwrap())
    }

    /// The error of a call that must fail.
    pub(crate) async fn refused(&self, method: &str, body: Value) -> String {
        let answer = self.post(method, body).await.unwrap();
        assert_eq!(answer["ok"], false, "{answer}");
        let parameters = match answer.get("parameters") {
            Some(it) => format!(" {it}"),
            None => String::new(),
        };
        let text = answer["description"].as_str().unwrap();
        format!("{} {text}{parameters}", answer["error_code"])
    }

    /// What waits for the bot, without confirming it.
    pub(crate) async fn updates(&self) -> Vec<Value> {
        let updates = self.call("getUpdates", json!({})).await;
        updates.as_array().unwrap().clone()
    }

    pub(crate) async fn ask_for_everything(&self) {
        let body = json!({ "offset": -1, "allowed_updates": ALL_KINDS });
        self.call("getUpdates", body).await;
    }

    pub(crate) fn group_with(&self, name: &str) -> (ChatId, UserId) {
        let chat = self.telegram.add_supergroup("Spring");
        let user = self.telegram.add_person(name);
        self.telegram.join(chat, user).unwrap();
        (chat, user)
    }

    /// Nothing that was said was illegal.
    pub(crate) fn assert_legal(&self) {
        let violations = self.telegram.violations();
        assert!(violations.is_empty(), "{}", violations.join("\n"));
    }
}

fn result(answer: Value) -> Value {
    assert_eq!(answer["ok"], true, "{answer}");
    answer["result"].clone()
}

/// A PNG of 400 × 300, as far as its first bytes tell.
pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(400_u32.to_be_bytes());
    bytes.extend(300_u32.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes
}
