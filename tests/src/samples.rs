//! What Bo says by email, on its way to another platform.

use std::time::{SystemTime, UNIX_EPOCH};

use conversation::arbitrary::a_post;
use conversation::{
    Attachment, AttachmentKind, AttachmentSource, BlobRef, LocalFile, Markup, Post, RemoteId,
    Reply, Timestamp,
};

pub fn words(text: &str) -> Post {
    of_markup(Markup::plain(text))
}

pub fn of_markup(text: Markup) -> Post {
    Post {
        at: now(),
        ..a_post(text)
    }
}

pub fn answering(to: &RemoteId, mut post: Post) -> Post {
    post.reply = Some(Reply {
        to: to.clone(),
        ancestors: vec![to.clone()],
    });
    post
}

pub fn carrying(mut post: Post, files: Vec<LocalFile>) -> Post {
    post.part.files = files;
    post
}

/// A file in `folder`, with a name and a type as some other platform would tell them.
pub fn a_file(
    folder: &tempfile::TempDir,
    kind: AttachmentKind,
    (name, mime): (&str, &str),
    bytes: &[u8],
) -> LocalFile {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).expect("a folder of ours takes files");
    LocalFile {
        attachment: Attachment {
            kind,
            name: Some(name.to_owned()),
            mime: Some(mime.to_owned()),
            size: Some(bytes.len() as u64),
            alt: None,
            source: AttachmentSource::Blob(BlobRef {
                sha256: name.to_owned(),
                size: bytes.len() as u64,
            }),
        },
        path,
    }
}

pub fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |it| it.as_millis());
    Timestamp(i64::try_from(millis).unwrap_or(i64::MAX))
}
