//! `emulate`, which speaks the Web API and signs the events that it brings.
//!
//! What it lacks stays untested here: Socket Mode, the check of a new address (`url_verification`), buttons, commands,
//! and a second attempt where an event was refused.

use std::path::Path;

use axum::http::StatusCode;
use conversation::{
    Adapter, Attachment, AttachmentKind, AttachmentSource, BlobRef, ChannelRef, LocalFile,
    Operation, Reconciled, RemoteId, SendError,
};
use futures::TryStreamExt;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::post::{answering, outbound, posting, words};

mod stage;

use stage::{ANA, BOT, SIGNING_SECRET, Stage, adapter, ask};

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
