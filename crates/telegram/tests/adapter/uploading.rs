//! Files that go out.

use std::path::Path;

use conversation::{
    Adapter, Attachment, AttachmentKind, AttachmentSource, BlobRef, LocalFile, Operation, SendError,
};
use serde_json::json;
use telegram::Telegram;

use crate::support::{Reply, Server, a_post, ids, operation, settings, telegram};

fn photo(path: &Path) -> LocalFile {
    let source = AttachmentSource::Blob(BlobRef {
        sha256: String::new(),
        size: 1,
    });
    LocalFile {
        attachment: Attachment {
            kind: AttachmentKind::Photo,
            name: Some("bed.jpg".to_owned()),
            mime: Some("image/jpeg".to_owned()),
            size: None,
            alt: None,
            source,
        },
        path: path.to_owned(),
    }
}

fn a_file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file
}

#[tokio::test]
async fn the_bytes_of_a_photo_go_with_its_caption() {
    let server = Server::start().await;
    let file = a_file(b"JPEG-BYTES");
    let post = a_post("The bed", vec![photo(file.path())]);
    let sent = telegram(&server)
        .send(&operation("-100", Operation::Post(post)))
        .await;
    assert_eq!(sent.unwrap().remote_ids, ids(&["500"]));
    let [call] = server.calls("sendPhoto").try_into().unwrap();
    assert!(call.body.contains("JPEG-BYTES") && call.body.contains("The bed"));
    assert!(
        call.body.contains(r#"name="photo"; filename="bed.jpg""#),
        "{}",
        call.body
    );
}

#[tokio::test]
async fn a_photo_that_telegram_cannot_read_goes_again_as_a_document() {
    let server = Server::start().await;
    let file = a_file(b"ODD-BYTES");
    let post = a_post("The bed", vec![photo(file.path())]);
    let rest = json!({"description": "Bad Request: PHOTO_INVALID_DIMENSIONS"});
    server.answers("sendPhoto", Reply::Failure(400, rest));
    telegram(&server)
        .send(&operation("-100", Operation::Post(post)))
        .await
        .unwrap();
    let [call] = server.calls("sendDocument").try_into().unwrap();
    assert!(call.body.contains("ODD-BYTES") && call.body.contains("The bed"));
}

#[tokio::test]
async fn an_album_has_an_id_for_each_part() {
    let server = Server::start().await;
    let files = [a_file(b"ONE"), a_file(b"TWO")];
    let post = a_post(
        "Two beds",
        files.iter().map(|it| photo(it.path())).collect(),
    );
    let sent = Reply::Result(json!([{"message_id": 600}, {"message_id": 601}]));
    server.answers("sendMediaGroup", sent);
    let sent = telegram(&server)
        .send(&operation("-100", Operation::Post(post)))
        .await;
    assert_eq!(sent.unwrap().remote_ids, ids(&["600", "601"]));
    let [call] = server.calls("sendMediaGroup").try_into().unwrap();
    assert!(call.body.contains("ONE") && call.body.contains("TWO"));
}

#[tokio::test]
async fn a_file_that_is_gone_or_too_large_is_refused_before_anything_is_sent() {
    let server = Server::start().await;
    let mut settings = settings(&server.url);
    settings.max_upload_bytes = 4;
    let telegram = Telegram::new(settings).unwrap();
    let large = a_file(b"FIVE!");
    for path in [Path::new("/nowhere/at/all"), large.path()] {
        let post = a_post("", vec![photo(path)]);
        let refused = telegram
            .send(&operation("-100", Operation::Post(post)))
            .await;
        assert!(matches!(refused, Err(SendError::Refused(_))), "{refused:?}");
    }
    assert!(server.calls("sendPhoto").is_empty());
}
