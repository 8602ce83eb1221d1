//! `emulate`, which speaks the Web API and signs the events that it brings.
//!
//! What it lacks stays untested here: Socket Mode, the check of a new address (`url_verification`), buttons, commands,
//! and a second attempt where an event was refused.

use std::path::Path;
use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use axum::response::Response;
use conversation::{
    Adapter, Attachment, AttachmentKind, AttachmentSource, BlobRef, ChannelRef, LocalFile,
    Operation, Post, Receipt, Reconciled, RemoteId, SendError,
};
use futures::TryStreamExt;
use insta::assert_snapshot;
use serde_json::{Value, json};
use slack::{Mode, Pace, Secret, Settings, Slack};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::intake::Ears;
use crate::post::{answering, outbound, posting, words};
use crate::server::Server;

const BOT: &str = "xoxb-third-party";
const ANA: &str = "xoxp-ana";
const SIGNING_SECRET: &str = "third-party-signing-secret";

struct Stage {
    _server: Server,
    api: String,
    channel: ChannelRef,
    adapter: Arc<Slack>,
    ears: Ears,
    /// How we answered each event.
    answers: Arc<Mutex<Vec<StatusCode>>>,
    _receiving: JoinHandle<SendError>,
    sent: usize,
}

impl Stage {
    async fn open() -> Option<Stage> {
        Stage::open_with(SIGNING_SECRET).await
    }

    async fn open_with(signing_secret: &str) -> Option<Stage> {
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
    async fn ana(&self, method: &str, mut form: Value) -> Value {
        form["channel"] = self.channel.id.as_str().into();
        ask(&self.api, ANA, method, form).await
    }

    async fn ana_says(&self, text: &str) -> String {
        let said = self.ana("chat.postMessage", json!({"text": text})).await;
        said["ts"].as_str().unwrap().to_owned()
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

    /// What stands in a thread, or of what stands alone, as the server's own API tells it.
    async fn seen(&self, root: &str) -> String {
        let thread = self.ana("conversations.replies", json!({"ts": root})).await;
        let lines = thread["messages"].as_array().unwrap().iter().map(line);
        lines.collect::<Vec<_>>().join("\n")
    }
}

fn serve(
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

fn adapter(api: &str, token: &str, signing_secret: &str) -> Arc<Slack> {
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
async fn ask(api: &str, token: &str, method: &str, form: Value) -> Value {
    let call = reqwest::Client::new().post(format!("{api}/{method}"));
    let answer = call.bearer_auth(token).json(&form).send().await.unwrap();
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["ok"], true, "{method}: {answer}");
    answer
}

fn line(message: &Value) -> String {
    let text = |name: &str| message[name].as_str().unwrap_or("-").to_owned();
    let mut line = format!("{}: {}", text("username"), text("text"));
    if let Some(icon) = message["icon_url"].as_str() {
        line += &format!(" ({icon})");
    }
    if message["edited"].is_object() {
        line += " (edited)";
    }
    for file in message["files"].as_array().into_iter().flatten() {
        line += &format!(" [{} {}]", file["name"].as_str().unwrap(), file["size"]);
    }
    for reaction in message["reactions"].as_array().into_iter().flatten() {
        line += &format!(" :{}:", reaction["name"].as_str().unwrap());
    }
    line
}

#[tokio::test]
async fn what_people_do_on_slack_is_heard() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let root = it.ana_says("Who *comes* on Friday?").await;
    let reply = json!({"text": "I do", "thread_ts": root});
    let reply = it.ana("chat.postMessage", reply).await;
    it.ana("chat.update", json!({"ts": root, "text": "Who comes?"}))
        .await;
    let party = json!({"timestamp": root, "name": "tada"});
    it.ana("reactions.add", party.clone()).await;
    it.ana("reactions.remove", party).await;
    it.ana("chat.delete", json!({"ts": reply["ts"]})).await;
    assert_snapshot!(it.ears.next_lines(6).await, @r"
    ana posted #1: Who comes on Friday?
    ana posted #2 in reply to #1 in thread #1: I do
    ana edited #1: Who comes?
    ana reacted to #1: +🎉 -
    ana reacted to #1: + -🎉
    ana deleted #2
    ");
    let answers = it.answers.lock().unwrap();
    assert!(
        answers.iter().all(|it| *it == StatusCode::OK),
        "{answers:?}"
    );
}

#[tokio::test]
async fn what_bears_another_signature_is_not_heard() {
    let Some(mut it) = Stage::open_with("of-another-app").await else {
        return;
    };
    it.ana_says("Is anybody there?").await;
    assert_eq!(*it.answers.lock().unwrap(), [StatusCode::UNAUTHORIZED]);
    assert!(it.ears.has_heard_nothing());
}

#[tokio::test]
async fn what_is_said_elsewhere_stands_on_slack() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let root = it.post(words("Who comes?")).await;
    let typo = it.post(answering(&root, words("At sven"))).await;
    let gone = it.post(answering(&root, words("Ignore this"))).await;
    let edit = Operation::Edit {
        targets: vec![typo.clone()],
        post: Box::new(words("At seven")),
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
    let mut seen = Vec::new();
    for emoji in [&["🎉", "👍"][..], &["👍"]] {
        let react = Operation::React {
            target: root.clone(),
            emoji: emoji.iter().map(|it| (*it).to_owned()).collect(),
        };
        it.send(react).await.unwrap();
        seen.push(it.seen(root.as_str()).await);
    }
    assert_snapshot!(seen.join("\n"), @r"
    Bo (email): Who comes? (https://example.org/bo.png) :tada: :+1:
    Bo (email): At seven (https://example.org/bo.png) (edited)
    Bo (email): Who comes? (https://example.org/bo.png) :+1:
    Bo (email): At seven (https://example.org/bo.png) (edited)
    ");
}

#[tokio::test]
async fn a_reply_on_slack_joins_the_thread_of_a_person() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let root = it.ana_says("The summer party").await;
    it.post(answering(&root.as_str().into(), words("I bring cake")))
        .await;
    assert_snapshot!(it.seen(&root).await, @r"
    -: The summer party
    Bo (email): I bring cake (https://example.org/bo.png)
    ");
    assert_snapshot!(it.ears.next_lines(2).await, @r"
    ana posted #1: The summer party
    causeway (Ourselves) posted #2 in reply to #1 in thread #1: I bring cake
    ");
}

#[tokio::test]
async fn what_arrived_on_slack_is_found_after_a_restart() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let post = words("Did this arrive?");
    let id = it.post(post.clone()).await;
    let restarted = adapter(&it.api, BOT, SIGNING_SECRET);
    let look = outbound(&it.channel, "d1", posting(post.clone()));
    let Reconciled::Found(receipt) = restarted.reconcile(&look).await.unwrap() else {
        panic!("it stands there");
    };
    assert_eq!(receipt.remote_ids, [id]);
    // The same words, of another delivery.
    let look = outbound(&it.channel, "d2", posting(post));
    let found = restarted.reconcile(&look).await.unwrap();
    assert_eq!(found, Reconciled::NotFound);
}

#[tokio::test]
async fn files_go_to_slack_and_come_back() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut post = words("The bed");
    post.part.files = vec![picture(folder.path(), b"all of the bytes")];
    let id = it.post(post).await;
    assert_snapshot!(it.seen(id.as_str()).await, @"-: *Bo (email):* The bed [bed.png 16]");
    let heard = it.ears.next().await;
    let conversation::Event::Posted(posted) = &heard.event else {
        panic!("{heard:?}");
    };
    let file = &posted.content.attachments[0];
    let bytes: Vec<_> = it
        .adapter
        .fetch(file)
        .await
        .unwrap()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(bytes.concat(), b"all of the bytes");
    // Its file goes with it.
    let targets = vec![id];
    it.send(Operation::Delete { targets }).await.unwrap();
    let list = ask(&it.api, ANA, "files.list", json!({})).await;
    assert_eq!(list["files"], json!([]));
}

fn picture(folder: &Path, bytes: &[u8]) -> LocalFile {
    let path = folder.join("bed.png");
    std::fs::write(&path, bytes).unwrap();
    let size = bytes.len() as u64;
    LocalFile {
        attachment: Attachment {
            kind: AttachmentKind::Photo,
            name: Some("bed.png".to_owned()),
            mime: Some("image/png".to_owned()),
            size: Some(size),
            alt: Some("A bed".to_owned()),
            source: AttachmentSource::Blob(BlobRef {
                sha256: "bed".to_owned(),
                size,
            }),
        },
        path,
    }
}

#[tokio::test]
async fn a_person_on_slack_can_be_spoken_to_alone() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    let ana = ask(&it.api, ANA, "auth.test", json!({})).await;
    let ana: RemoteId = ana["user_id"].as_str().unwrap().into();
    it.channel = it.adapter.open_direct_channel(&ana).await.unwrap();
    let said = it.post(words("Only you read this")).await;
    assert_snapshot!(it.seen(said.as_str()).await, @"Bo (email): Only you read this (https://example.org/bo.png)");
}

#[tokio::test]
async fn what_slack_refuses_gets_its_right_name() {
    let Some(mut it) = Stage::open().await else {
        return;
    };
    it.channel = ChannelRef::new("slack", "C0NOWHERE");
    let refused = it.send(posting(words("Is anybody there?"))).await;
    let error = refused.unwrap_err();
    assert!(matches!(error, SendError::ChannelGone(_)), "{error:?}");
    // An unknown token is taken there for one without any rights.
    it.adapter = adapter(&it.api, "xoxb-unknown", SIGNING_SECRET);
    let refused = it.send(posting(words("Is anybody there?"))).await;
    assert_snapshot!(refused.unwrap_err(), @r#"the channel is closed to us: missing_scope: the app lacks the scope chat:write (it has ): add it on the app's page "OAuth & Permissions" and install the app again"#);
}
