//! Files that come in.

use conversation::{Adapter, Attachment, AttachmentKind, AttachmentSource, ChannelRef, SendError};
use serde_json::json;
use telegram::Telegram;

use crate::support::{Reply, Server, collect, settings, telegram};

fn document(size: Option<u64>) -> Attachment {
    Attachment {
        kind: AttachmentKind::Document,
        name: None,
        mime: None,
        size,
        alt: None,
        source: AttachmentSource::Remote {
            channel: ChannelRef::new("telegram", "-100"),
            file: "FILE".into(),
        },
    }
}

fn lies_at(path: &str, size: u64) -> Reply {
    Reply::Result(json!({
        "file_id": "FILE", "file_unique_id": "f", "file_size": size, "file_path": path
    }))
}

#[tokio::test]
async fn the_bytes_of_a_file_are_fetched() {
    let server = Server::start().await;
    server.answers("getFile", lies_at("documents/file_1.pdf", 5));
    server.answers("file documents/file_1.pdf", Reply::Bytes(b"hello".to_vec()));
    let stream = telegram(&server).fetch(&document(None)).await.unwrap();
    assert_eq!(collect(stream).await.unwrap(), b"hello");
    assert_eq!(
        server.calls("getFile")[0].json(),
        json!({"file_id": "FILE"})
    );
}

#[tokio::test]
async fn a_file_that_says_it_is_too_large_is_not_fetched() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let refusals = [
        telegram.fetch(&document(Some(1 << 40))).await.err(),
        {
            server.answers("getFile", lies_at("x", 1 << 40));
            telegram.fetch(&document(None)).await.err()
        },
        {
            let rest = json!({"description": "Bad Request: file is too big"});
            server.answers("getFile", Reply::Failure(400, rest));
            telegram.fetch(&document(None)).await.err()
        },
    ];
    for refusal in refusals {
        let text = "larger than what Telegram hands out to bots";
        assert_eq!(refusal, Some(SendError::Refused(text.to_owned())));
    }
}

#[tokio::test]
async fn a_file_that_lies_about_its_size_is_cut_off() {
    let server = Server::start().await;
    let mut settings = settings(&server.url);
    settings.max_download_bytes = 100_000;
    let telegram = Telegram::new(settings).unwrap();
    server.answers("getFile", lies_at("x", 10));
    server.answers("file x", Reply::Endless);
    let stream = telegram.fetch(&document(None)).await.unwrap();
    let error = collect(stream).await.unwrap_err();
    assert_eq!(
        error,
        "a file could not be read: it is larger than 100000 bytes"
    );
}

#[tokio::test]
async fn a_download_that_breaks_off_says_so() {
    let server = Server::start().await;
    server.answers("getFile", lies_at("x", 10));
    server.answers("file x", Reply::CutOff);
    let stream = telegram(&server).fetch(&document(None)).await.unwrap();
    assert!(collect(stream).await.is_err());
}

#[tokio::test]
async fn a_file_that_cannot_be_had_does_not_close_its_chat() {
    let server = Server::start().await;
    let telegram = telegram(&server);
    let rest =
        json!({"description": "Bad Request: wrong file_id or the file is temporarily unavailable"});
    server.answers("getFile", Reply::Failure(400, rest));
    // One error for what never comes and for what may come.
    let later = telegram.fetch(&document(None)).await.err().unwrap();
    assert!(matches!(later, SendError::Unavailable(_)));
    let kicked = json!({"description": "Forbidden: bot was kicked from the group chat"});
    server.answers("getFile", Reply::Failure(403, kicked));
    let refused = telegram.fetch(&document(None)).await.err().unwrap();
    assert!(matches!(refused, SendError::Refused(_)));
    server.answers("getFile", lies_at("gone", 10));
    let later = telegram.fetch(&document(None)).await.err().unwrap();
    assert!(matches!(later, SendError::Unavailable(_)));
}
