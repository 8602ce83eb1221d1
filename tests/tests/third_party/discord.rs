//! `discord-digital-twin`, which speaks the gateway and a part of the HTTP API to bots.
//!
//! What it lacks stays untested here: webhooks that a bot makes (so the bot itself speaks), RESUME, what a multipart
//! request brings, the first message of a forum's post, reactions of people, and the reactions in the message that it
//! hands out, by which the adapter knows what to take back. A thread's id is its own there, not that of its root.

use std::sync::Arc;
use std::time::Duration;

use conversation::{
    Adapter, ChannelRef, Operation, Post, Receipt, Reconciled, RemoteId, SendError,
};
use discord::{AuthorMode, Discord, Secret, Settings};
use insta::assert_snapshot;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use crate::intake::Ears;
use crate::post::{answering, in_thread, outbound, posting, words};
use crate::server::Server;

struct Stage {
    server: Server,
    about: Value,
    channel: ChannelRef,
    adapter: Arc<Discord>,
    sent: usize,
}

impl Stage {
    async fn open() -> Option<Stage> {
        let (server, about) = Server::start("discord.mjs", &[]).await?;
        let channel = ChannelRef::new("discord", about["channel"].as_str().unwrap());
        let adapter = adapter(&about, about["token"].as_str().unwrap());
        Some(Stage {
            server,
            about,
            channel,
            adapter,
            sent: 0,
        })
    }

    /// Hears from when this returns.
    async fn listen(&mut self) -> (Ears, JoinHandle<SendError>) {
        let ears = Ears::new();
        let (adapter, memory) = (self.adapter.clone(), ears.memory.clone());
        let receiving =
            tokio::spawn(
                async move { adapter.receive(&*memory).await.expect_err("it has no end") },
            );
        for _ in 0..3000 {
            if self.server.does(json!({"do": "listeners"})).await == 1 {
                return (ears, receiving);
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("in 30 s there was never a session");
    }

    /// The id of what Ana says.
    async fn says(&mut self, channel: &str, words: &str, answers: Option<&str>) -> String {
        let deed = json!({"do": "send", "channel": channel, "content": words, "answers": answers});
        let message = self.server.does(deed).await;
        message["id"].as_str().unwrap().to_owned()
    }

    async fn send(&mut self, operation: Operation) -> Result<Receipt, SendError> {
        self.sent += 1;
        let outbound = outbound(&self.channel, &format!("d{}", self.sent), operation);
        self.adapter.send(&outbound).await
    }

    /// The id of a post that must succeed.
    async fn post(&mut self, post: Post) -> RemoteId {
        let receipt = self.send(posting(post)).await.unwrap();
        receipt.remote_ids[0].clone()
    }

    async fn ask(&self, method: Method, path: &str, body: Value) -> Value {
        let url = format!("{}{path}", self.about["api_url"].as_str().unwrap());
        let call = reqwest::Client::new().request(method, url).json(&body);
        call.send().await.unwrap().json().await.unwrap()
    }

    /// What stands in a channel, as the server's own API tells it.
    async fn seen(&self, channel: &str) -> String {
        let path = format!("/channels/{channel}/messages?after=0");
        let messages = self.ask(Method::GET, &path, Value::Null).await;
        let messages = messages.as_array().unwrap();
        let text = |id: &Value| {
            let answered = messages.iter().find(|it| it["id"] == *id);
            answered.map(|it| it["content"].as_str().unwrap())
        };
        let lines = messages.iter().map(|it| {
            let author = it["author"]["username"].as_str().unwrap();
            let mut line = format!("{author}: {}", it["content"].as_str().unwrap());
            if !it["edited_timestamp"].is_null() {
                line += " (edited)";
            }
            if let Some(answered) = text(&it["message_reference"]["message_id"]) {
                line += &format!(" <- {answered}");
            }
            line
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn id(&self) -> &str {
        self.channel.id.as_str()
    }
}

fn adapter(about: &Value, token: &str) -> Arc<Discord> {
    let url = about["api_url"].as_str().unwrap();
    let settings = Settings {
        token: Secret::new(token),
        api_url: url.to_owned(),
        cdn_url: url.to_owned(),
        author: AuthorMode::Bot,
        request_timeout_s: 30,
        max_upload_bytes: 1 << 20,
        max_download_bytes: 1 << 20,
    };
    Arc::new(Discord::new(settings).unwrap())
}

#[tokio::test]
async fn what_people_do_on_discord_is_heard() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let (mut ears, _receiving) = it.listen().await;
    let channel = it.id().to_owned();
    let first = it.says(&channel, "Who *comes* on Friday?", None).await;
    let second = it.says(&channel, "I do", Some(&first)).await;
    let deed = json!({"do": "edit", "channel": channel, "id": first, "content": "Who comes?"});
    it.server.does(deed).await;
    let deed = json!({"do": "delete", "channel": channel, "id": second});
    it.server.does(deed).await;
    assert_snapshot!(ears.next_lines(4).await, @r"
    ana posted #1: Who comes on Friday?
    ana posted #2 in reply to #1: I do
    ana edited #1: Who comes?
    Somebody deleted #2
    ");
}

#[tokio::test]
async fn what_is_said_elsewhere_stands_on_discord() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let channel = it.id().to_owned();
    let question = it.says(&channel, "Who comes?", None).await;
    let answer = it
        .post(answering(&question.as_str().into(), words("I do")))
        .await;
    let typo = it.post(words("At sven")).await;
    let gone = it.post(words("Ignore this")).await;
    let target = vec![typo];
    let post = Box::new(words("At seven"));
    let edit = Operation::Edit {
        targets: target,
        post,
    };
    it.send(edit).await.unwrap();
    let targets = vec![gone];
    it.send(Operation::Delete {
        targets: targets.clone(),
    })
    .await
    .unwrap();
    // Gone already: that is what was asked for.
    it.send(Operation::Delete { targets }).await.unwrap();
    assert_snapshot!(it.seen(&channel).await, @r"
    ana: Who comes?
    causeway: I do <- Who comes?
    causeway: At seven (edited)
    ");
    let react = Operation::React {
        target: answer.clone(),
        emoji: vec!["🎉".to_owned()],
    };
    it.send(react).await.unwrap();
    let deed = json!({"do": "reactions", "id": answer.as_str()});
    let reactions = it.server.does(deed).await;
    assert_eq!(reactions.as_array().unwrap().len(), 1);
    assert_eq!(reactions[0]["emoji"], "🎉");
}

#[tokio::test]
async fn a_thread_on_discord_is_heard_and_answered() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let (mut ears, _receiving) = it.listen().await;
    let channel = it.id().to_owned();
    let root = it.says(&channel, "The summer party", None).await;
    let path = format!("/channels/{channel}/messages/{root}/threads");
    let thread = it.ask(Method::POST, &path, json!({"name": "Party"})).await;
    let thread = thread["id"].as_str().unwrap();
    let first = it.says(thread, "Who brings cake?", None).await;
    assert_snapshot!(ears.next_lines(2).await, @r"
    ana posted #1: The summer party
    ana posted #2/#3 in reply to #2 in thread #2: Who brings cake?
    ");
    let first = RemoteId(format!("{thread}/{first}"));
    it.post(answering(&first, words("I bring one"))).await;
    assert_snapshot!(it.seen(thread).await, @r"
    ana: Who brings cake?
    causeway: I bring one <- Who brings cake?
    ");
}

#[tokio::test]
async fn a_thread_that_is_gone_from_discord_gets_a_successor() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let channel = it.id().to_owned();
    let body = json!({"name": "Old", "type": 11});
    let old = it
        .ask(Method::POST, &format!("/channels/{channel}/threads"), body)
        .await;
    let old = old["id"].as_str().unwrap();
    it.ask(Method::DELETE, &format!("/channels/{old}"), Value::Null)
        .await;
    let post = posting(in_thread(&old.into(), words("Late, but here")));
    let receipt = it.send(post).await.unwrap();
    let thread = receipt.thread.unwrap();
    assert_eq!(
        receipt.remote_ids[0].as_str().split('/').next(),
        Some(thread.as_str())
    );
    let about = it
        .ask(Method::GET, &format!("/channels/{thread}"), Value::Null)
        .await;
    assert_eq!(about["name"], "Friday");
    assert_eq!(about["parent_id"], channel.as_str());
    assert_snapshot!(it.seen(thread.as_str()).await, @"causeway: Late, but here");
}

#[tokio::test]
async fn what_arrived_on_discord_is_found_after_a_restart() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let (one, other) = (words("Did this arrive?"), words("Did this arrive?"));
    let id = it.post(one.clone()).await;
    let restarted = adapter(&it.about, it.about["token"].as_str().unwrap());
    let look = outbound(&it.channel, "d1", posting(one));
    let Reconciled::Found(receipt) = restarted.reconcile(&look).await.unwrap() else {
        panic!("it stands there");
    };
    assert_eq!(receipt.remote_ids, [id]);
    // The same words, of another delivery.
    let look = outbound(&it.channel, "d2", posting(other));
    let found = restarted.reconcile(&look).await.unwrap();
    assert_eq!(found, Reconciled::NotFound);
}

#[tokio::test]
async fn what_discord_refuses_gets_its_right_name() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    it.adapter = adapter(&it.about, "wrong");
    let end = it.adapter.receive(&*Ears::new().memory).await.unwrap_err();
    assert!(matches!(end, SendError::Unauthorised(_)), "{end:?}");
    it.channel = ChannelRef::new("discord", "1");
    let refused = it.send(posting(words("Is anybody there?"))).await;
    let error = refused.unwrap_err();
    assert!(matches!(error, SendError::ChannelGone(_)), "{error:?}");
}
