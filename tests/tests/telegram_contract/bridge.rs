//! The real adapter in front of a stand-in that listens on loopback.

use std::sync::Arc;

use causeway_tests::bot_api::BotApi;
pub(crate) use causeway_tests::samples::{a_file, answering, carrying, of_markup, words};
use conversation::{Adapter, ChannelRef, Operation, Outbound, Post, Receipt, RemoteId, SendError};
use sandbox::telegram::{ChatId, MessageView, Seen, Strictness, Telegram, UserId};
use serde_json::Value;
use telegram::{Mode, Pace, Secret, Settings, Webhook};
use tokio::net::TcpListener;

pub(crate) const TOKEN: &str = "5550001:stand-in";

pub(crate) struct Bridge {
    pub(crate) stand_in: Telegram,
    pub(crate) url: String,
    pub(crate) adapter: Arc<telegram::Telegram>,
}

fn hold_against_the_schema(stand_in: &Telegram) {
    let Some(api) = BotApi::find() else {
        println!("skipped: the published schema is not on this machine");
        return;
    };
    let observer = move |seen: &Seen| match seen {
        Seen::Request(method, it) => api.check_request(method, &it.texts, &it.json, &it.files),
        Seen::Answer(method, result) => api.check_answer(method, result),
        Seen::Update(update) => api.check_update(update),
    };
    stand_in.observe(Strictness::Refuse, Arc::new(observer));
}

impl Bridge {
    pub(crate) async fn open() -> Bridge {
        Bridge::open_with(|_| {}).await
    }

    pub(crate) async fn open_with(change: impl FnOnce(&mut Settings)) -> Bridge {
        let stand_in = Telegram::new(TOKEN);
        hold_against_the_schema(&stand_in);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(stand_in.clone().serve(listener));
        let mut settings = settings(&url);
        change(&mut settings);
        Bridge {
            stand_in,
            url,
            adapter: Arc::new(telegram::Telegram::new(settings).unwrap()),
        }
    }

    pub(crate) fn group_with(&self, name: &str) -> (ChatId, UserId) {
        let chat = self.stand_in.add_supergroup("Spring");
        let person = self.stand_in.add_person(name);
        self.stand_in.join(chat, person).unwrap();
        (chat, person)
    }

    pub(crate) async fn send(
        &self,
        channel: &ChannelRef,
        operation: Operation,
    ) -> Result<Receipt, SendError> {
        let outbound = Outbound {
            delivery: "d1".into(),
            key: "d1/0".to_owned(),
            channel: channel.clone(),
            operation,
            to: None,
            way_back: None,
        };
        self.adapter.send(&outbound).await
    }

    /// The id of a post that must succeed.
    pub(crate) async fn post(&self, channel: &ChannelRef, post: Post) -> Vec<RemoteId> {
        let receipt = self.send(channel, Operation::Post(Box::new(post))).await;
        receipt.unwrap().remote_ids
    }

    /// What the bot said in a chat, as its people see it now.
    pub(crate) fn seen(&self, chat: ChatId) -> String {
        let view = self.stand_in.view_chat(chat, usize::MAX).unwrap();
        let ours = view
            .messages
            .iter()
            .filter(|it| it.is_bot && !it.is_service);
        ours.map(line).collect::<Vec<_>>().join("\n")
    }

    /// Nothing that was said, by either side, was illegal.
    pub(crate) fn assert_legal(&self) {
        let violations = self.stand_in.violations();
        assert!(violations.is_empty(), "{}", violations.join("\n"));
    }
}

fn settings(url: &str) -> Settings {
    Settings {
        token: Secret::new(TOKEN),
        api_url: url.to_owned(),
        mode: Mode::Polling,
        webhook: Webhook {
            public_url: String::new(),
            secret: Secret::new("open-sesame"),
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

fn line(message: &MessageView) -> String {
    let mut line = format!("{}: {}", message.id, message.text);
    if message.edited {
        line += " (edited)";
    }
    if let Some(topic) = message.topic {
        line += &format!(" in topic {topic}");
    }
    if let Some(reply) = &message.reply_to {
        line += &format!(" <- {}: {}", reply.author, reply.excerpt);
    }
    for file in &message.attachments {
        line += &format!(" [{} {} {}]", file.kind, file.name, file.size);
    }
    for reaction in &message.reactions {
        line += &format!(" {} by {}", reaction.emoji, reaction.by.join(", "));
    }
    for entity in &message.entities {
        line += &format!("\n  {}", marked(&message.text, entity));
    }
    line
}

/// An entity with the words that it marks, by their place in UTF-16.
fn marked(text: &str, entity: &Value) -> String {
    let number = |name: &str| usize::try_from(entity[name].as_u64().unwrap()).unwrap();
    let units: Vec<u16> = text.encode_utf16().collect();
    let words = &units[number("offset")..][..number("length")];
    let mut rest = entity.as_object().unwrap().clone();
    for name in ["offset", "length", "type"] {
        rest.remove(name);
    }
    let kind = entity["type"].as_str().unwrap();
    let words = String::from_utf16(words).unwrap();
    match rest.is_empty() {
        true => format!("{kind} {words:?}"),
        false => format!("{kind} {words:?} {}", Value::Object(rest)),
    }
}

pub(crate) fn channel(chat: ChatId) -> ChannelRef {
    ChannelRef::new("telegram", chat.0.to_string())
}

pub(crate) fn topic(chat: ChatId, topic: i64) -> ChannelRef {
    ChannelRef::new("telegram", format!("{chat}/{topic}"))
}

/// A PNG of 400 × 300, as far as its first bytes tell.
pub(crate) fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(400_u32.to_be_bytes());
    bytes.extend(300_u32.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes
}
