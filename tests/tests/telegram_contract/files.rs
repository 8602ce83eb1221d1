//! Files of every kind, alone and in albums.

use causeway_tests::fetching::{Stranger, fetched};
use conversation::AttachmentKind::{Animation, Audio, Document, Photo, Sticker, Video, Voice};
use conversation::{Event, LocalFile, Operation, SendError};
use insta::assert_snapshot;
use sandbox::FileFault;
use sandbox::telegram::{ChatId, FileKind, Said, SaidFile};
use tempfile::TempDir;

use crate::bridge::{Bridge, a_file, carrying, channel, picture, words};
use crate::intake::Ears;

/// A WebP of one pixel, as far as its first bytes tell.
const WEBP: &[u8] =
    b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0";

fn photos(folder: &TempDir, count: usize) -> Vec<LocalFile> {
    let photo = |number| {
        let name = format!("bed{number}.png");
        a_file(folder, Photo, (&name, "image/png"), &picture())
    };
    (0..count).map(photo).collect()
}

/// The bytes of every file in a chat.
fn kept(bridge: &Bridge, chat: ChatId) -> Vec<Vec<u8>> {
    let view = bridge.stand_in.view_chat(chat, usize::MAX).unwrap();
    let files = view.messages.iter().flat_map(|it| &it.attachments);
    let path = |url: &str| url.strip_prefix("/files/telegram/").unwrap().to_owned();
    files
        .map(|it| {
            let path = path(it.url.as_deref().unwrap());
            bridge.stand_in.file(&path).unwrap().1.to_vec()
        })
        .collect()
}

#[tokio::test]
async fn every_kind_of_file_is_seen_as_what_it_is() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let folder = TempDir::new().unwrap();
    let (png, png_type) = (picture(), "image/png");
    for (kind, name, mime, bytes) in [
        (Photo, "bed.png", png_type, png.as_slice()),
        (Video, "bed.mp4", "video/mp4", b"video"),
        (Animation, "bed.gif", "image/gif", b"animation"),
        (Audio, "song.mp3", "audio/mpeg", b"audio"),
        (Voice, "note.ogg", "audio/ogg", b"voice"),
        (Document, "Plan für Bo.pdf", "application/pdf", b"document"),
        (Sticker, "wave.webp", "image/webp", WEBP),
    ] {
        let file = a_file(&folder, kind, (name, mime), bytes);
        // A sticker bears no words.
        let caption = if kind == Sticker { "" } else { "Bo: look" };
        let ids = bridge
            .post(&channel(chat), carrying(words(caption), vec![file]))
            .await;
        assert_eq!(ids.len(), 1);
        assert_eq!(kept(&bridge, chat).last().unwrap(), bytes);
    }
    assert_snapshot!(bridge.seen(chat), @r"
    2: Bo: look [photo bed.png 29]
    3: Bo: look [video bed.mp4 5]
    4: Bo: look [animation bed.gif 9]
    5: Bo: look [audio song.mp3 5]
    6: Bo: look [voice note.ogg 5]
    7: Bo: look [document Plan für Bo.pdf 8]
    8:  [sticker wave.webp 34]
    ");
    bridge.assert_legal();
}

#[tokio::test]
async fn albums_of_two_and_of_ten_hang_together() {
    let bridge = Bridge::open().await;
    let folder = TempDir::new().unwrap();
    let film = a_file(&folder, Video, ("bed.mp4", "video/mp4"), b"film");
    let mut mixed = photos(&folder, 1);
    mixed.push(film);
    for files in [mixed, photos(&folder, 10)] {
        let (chat, _) = bridge.group_with("Ana");
        let count = files.len();
        let ids = bridge
            .post(&channel(chat), carrying(words("Bo: beds"), files))
            .await;
        assert_eq!(ids.len(), count);
        let view = bridge.stand_in.view_chat(chat, count).unwrap();
        let albums: Vec<_> = view.messages.iter().map(|it| it.album.clone()).collect();
        assert!(albums[0].is_some() && albums.iter().all(|it| *it == albums[0]));
        let captions: Vec<&str> = view.messages.iter().map(|it| it.text.as_str()).collect();
        assert_eq!(captions[0], "Bo: beds");
        assert!(captions[1..].iter().all(|it| it.is_empty()));
        assert_eq!(kept(&bridge, chat).len(), count);
        let seen: Vec<_> = view.messages.iter().map(|it| it.id.to_string()).collect();
        assert_eq!(ids.iter().map(|it| it.as_str()).collect::<Vec<_>>(), seen);
    }
    bridge.assert_legal();
}

#[tokio::test]
async fn more_than_ten_files_are_refused_before_anything_is_sent() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let folder = TempDir::new().unwrap();
    let post = carrying(words(""), photos(&folder, 11));
    let refused = bridge
        .send(&channel(chat), Operation::Post(Box::new(post)))
        .await;
    assert!(matches!(refused, Err(SendError::Refused(_))), "{refused:?}");
    assert_eq!(bridge.stand_in.counters().requests, 0);
}

#[tokio::test]
async fn kinds_that_do_not_go_together_go_as_documents() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let folder = TempDir::new().unwrap();
    let mut files = photos(&folder, 1);
    files.push(a_file(
        &folder,
        Document,
        ("plan.pdf", "application/pdf"),
        b"plan",
    ));
    files.push(a_file(&folder, Audio, ("song.mp3", "audio/mpeg"), b"song"));
    bridge
        .post(&channel(chat), carrying(words("Bo: all"), files))
        .await;
    assert_snapshot!(bridge.seen(chat), @r"
    2: Bo: all [document bed0.png 29]
    3:  [document plan.pdf 4]
    4:  [document song.mp3 4]
    ");
    bridge.assert_legal();
}

#[tokio::test]
async fn a_picture_that_is_none_goes_as_a_document() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let folder = TempDir::new().unwrap();
    let broken = a_file(&folder, Photo, ("bed.jpg", "image/jpeg"), b"no picture");
    bridge
        .post(&channel(chat), carrying(words("Bo: look"), vec![broken]))
        .await;
    assert_snapshot!(bridge.seen(chat), @"2: Bo: look [document bed.jpg 10]");
    bridge.assert_legal();
}

#[tokio::test]
async fn the_caption_of_a_file_and_of_an_album_is_edited() {
    let bridge = Bridge::open().await;
    let (chat, _) = bridge.group_with("Ana");
    let folder = TempDir::new().unwrap();
    let photo = carrying(words("Bo: bde"), photos(&folder, 1));
    let photo = bridge.post(&channel(chat), photo).await;
    let album = carrying(words("Bo: bdes"), photos(&folder, 2));
    let album = bridge.post(&channel(chat), album).await;
    let text = bridge.post(&channel(chat), words("Bo: txet")).await;
    // The edit of the last one still speaks of a file that the post has lost on its way, and the other way round.
    for (targets, caption, files) in [
        (photo.clone(), "Bo: bed", 1),
        (album, "Bo: beds", 2),
        (text, "Bo: text", 1),
        (photo, "Bo: a bed", 0),
    ] {
        let post = Box::new(carrying(words(caption), photos(&folder, files)));
        let edit = Operation::Edit { targets, post };
        bridge.send(&channel(chat), edit).await.unwrap();
    }
    assert_snapshot!(bridge.seen(chat), @r"
    2: Bo: a bed (edited) [photo bed0.png 29]
    3: Bo: beds (edited) [photo bed0.png 29]
    4:  [photo bed1.png 29]
    5: Bo: text (edited)
    ");
    bridge.assert_legal();
}

#[tokio::test]
async fn nothing_but_the_file_is_taken_for_the_file() {
    let bridge = Bridge::open_with(|it| it.max_download_bytes = 100_000).await;
    let (group, ana) = bridge.group_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    ears.next().await;
    let file = SaidFile::new(FileKind::Photo, "bed.png", picture());
    let said = Said::from("").with_file(file);
    bridge.stand_in.say(group, None, ana, said).unwrap();
    let event = ears.next().await;
    let Event::Posted(posted) = &event.event else {
        panic!("{event:?}")
    };
    let (file, stranger) = (&posted.content.attachments[0], Stranger::nearby());
    let mut lines = Vec::new();
    for fault in FileFault::all(&stranger.address()) {
        bridge.stand_in.set_file_fault(Some(fault));
        lines.push(fetched(bridge.adapter.as_ref(), file).await);
    }
    assert_snapshot!(lines.join("\n"), @r"
    the platform cannot be reached: HTTP status 302
    the platform cannot be reached: a page came in place of the file
    the platform cannot be reached: HTTP status 403
    the platform cannot be reached: the file is not ready
    the platform cannot be reached: HTTP status 410
    the platform cannot be reached: HTTP status 416
    broken off: a file could not be read: nothing came
    broken off: a file could not be read: error decoding response body
    broken off: a file could not be read: it is larger than 100000 bytes
    ");
    assert!(!stranger.was_asked());
    bridge.stand_in.set_file_fault(None);
    assert_snapshot!(fetched(bridge.adapter.as_ref(), file).await, @"29 bytes");
}
