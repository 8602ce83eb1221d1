//! Files both ways.

use causeway_tests::fetching::{Stranger, fetched};
use conversation::{Adapter, Attachment, AttachmentSource, Event, Operation, SendError};
use futures::TryStreamExt;
use insta::assert_snapshot;
use sandbox::FileFault;
use sandbox::slack::SaidFile;
use std::time::Duration;

use crate::bridge::{Bridge, a_picture, answering, carrying, id, ts, words};
use crate::intake::Ears;

#[tokio::test]
async fn files_stand_below_their_words_and_name_in_one_message() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let asked = id(bridge.stand_in.say(&channel, &ana, "Show me").unwrap());
    bridge.stand_in.set_share_delay(Duration::from_millis(150));
    let folder = tempfile::tempdir().unwrap();
    let files = || {
        vec![
            a_picture(&folder, "a.png", b"one"),
            a_picture(&folder, "b.png", b"three"),
        ]
    };
    let posted = bridge
        .post(&channel, carrying(words("Two beds"), files()))
        .await;
    bridge
        .post(&channel, answering(&asked, carrying(words(""), files())))
        .await;
    assert_snapshot!(bridge.seen(&channel), @r"
    Ana: Show me
      Causeway: Bo (Telegram): [a.png 3 A bed] [b.png 5 A bed]
    Causeway: Bo (Telegram): Two beds [a.png 3 A bed] [b.png 5 A bed]
    ");
    let edit = Operation::Edit {
        targets: vec![posted.clone()],
        post: Box::new(carrying(words("Three beds"), files())),
    };
    bridge.send(&channel, edit).await.unwrap();
    let seen = bridge.stand_in.view_message(&channel, ts(&posted)).unwrap();
    assert_eq!(
        (seen.text.as_str(), seen.files.len()),
        ("Bo (Telegram): Three beds", 2)
    );
    let files: Vec<String> = seen.files.into_iter().map(|it| it.id).collect();
    assert!(files.iter().all(|it| bridge.stand_in.file(it).is_some()));
    let targets = vec![posted];
    bridge
        .send(&channel, Operation::Delete { targets })
        .await
        .unwrap();
    assert!(!bridge.seen(&channel).contains("Three beds"));
    assert!(files.iter().all(|it| bridge.stand_in.file(it).is_none()));
    bridge.assert_legal();
}

#[tokio::test]
async fn a_file_over_the_limit_or_gone_is_refused() {
    let bridge = Bridge::open_with(|it| it.max_upload_bytes = 4).await;
    let (channel, _) = bridge.channel_with("Ana");
    let folder = tempfile::tempdir().unwrap();
    let large = carrying(words(""), vec![a_picture(&folder, "a.png", b"large")]);
    assert_snapshot!(bridge.refusal(&channel, large).await, @"the platform refused the message: the file is larger than the 4 bytes that are sent");
    let gone = a_picture(&folder, "b.png", b"b");
    std::fs::remove_file(&gone.path).unwrap();
    let gone = bridge
        .refusal(&channel, carrying(words(""), vec![gone]))
        .await;
    assert!(matches!(gone, SendError::Refused(_)), "{gone:?}");
    bridge.assert_legal();
}

async fn heard_file(ears: &mut Ears) -> Attachment {
    ears.next().await;
    let events = ears.memory.events.lock().unwrap();
    let Event::Posted(posted) = &events.last().unwrap().event else {
        unreachable!()
    };
    posted.content.attachments[0].clone()
}

#[tokio::test]
async fn a_persons_file_is_fetched_with_the_bots_token_and_within_the_limit() {
    let bridge = Bridge::open_with(|it| it.max_download_bytes = 100).await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let say = |bytes: &[u8]| {
        let file = SaidFile::new("bed.png", bytes.to_vec());
        let said = sandbox::slack::Said::from("look").with_file(file);
        bridge.stand_in.say(&channel, &ana, said).unwrap()
    };
    say(b"a small bed");
    let attachment = heard_file(&mut ears).await;
    assert_eq!(attachment.name.as_deref(), Some("bed.png"));
    let stream = bridge.adapter.fetch(&attachment).await.unwrap();
    let bytes: Vec<_> = stream.try_collect().await.unwrap();
    assert_eq!(bytes.concat(), b"a small bed");
    say(&[0; 101]);
    let mut large = heard_file(&mut ears).await;
    large.size = None;
    let refused = bridge.adapter.fetch(&large).await.err().unwrap();
    assert_snapshot!(refused, @"the platform refused the message: the file is larger than the 100 bytes that are fetched");
    bridge.assert_legal();
}

#[tokio::test]
async fn without_the_scope_no_sign_in_page_is_taken_for_a_file() {
    let bridge = Bridge::open().await;
    let (channel, _) = bridge.channel_with("Ana");
    let attachment = Attachment {
        kind: conversation::AttachmentKind::Photo,
        name: None,
        mime: None,
        size: None,
        alt: None,
        source: AttachmentSource::Remote {
            channel: crate::bridge::channel_ref(&channel),
            file: "F0NOTHERE".into(),
        },
    };
    let refused = bridge.adapter.fetch(&attachment).await.err().unwrap();
    assert!(matches!(refused, SendError::Refused(_)), "{refused:?}");
    bridge.stand_in.take_scope("files:read");
    let refused = bridge.adapter.fetch(&attachment).await.err().unwrap();
    assert!(refused.to_string().contains("files:read"), "{refused}");
}

#[tokio::test]
async fn nothing_but_the_file_is_taken_for_the_file() {
    let bridge = Bridge::open_with(|it| it.max_download_bytes = 100_000).await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let file = SaidFile::new("bed.png", b"a small bed".to_vec());
    let said = sandbox::slack::Said::from("look").with_file(file);
    bridge.stand_in.say(&channel, &ana, said).unwrap();
    let (file, stranger) = (heard_file(&mut ears).await, Stranger::nearby());
    let mut lines = Vec::new();
    for fault in FileFault::all(&stranger.address()) {
        bridge.stand_in.set_file_fault(Some(fault));
        lines.push(fetched(bridge.adapter.as_ref(), &file).await);
    }
    assert_snapshot!(lines.join("\n"), @r"
    the platform refused the message: Slack does not hand out the file: the app may lack the scope files:read
    the platform refused the message: Slack does not hand out the file: the app may lack the scope files:read
    the platform refused the message: Slack does not hand out the file: the app may lack the scope files:read
    the platform refused the message: the file is gone
    the platform refused the message: the file is gone
    the platform cannot be reached: HTTP status 416
    broken off: a file could not be read: nothing came
    broken off: a file could not be read: error decoding response body
    broken off: a file could not be read: it is larger than 100000 bytes
    ");
    assert!(!stranger.was_asked(), "the bot's token is for Slack alone");
    bridge.stand_in.set_file_fault(None);
    assert_snapshot!(fetched(bridge.adapter.as_ref(), &file).await, @"11 bytes");
}
