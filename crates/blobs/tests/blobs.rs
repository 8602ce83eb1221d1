//! Files that pass through.

#![allow(clippy::unwrap_used)]

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use blobs::{Blobs, Error, Wanted, Wants};
use bytes::Bytes;
use conversation::{BlobError, BlobRef, ByteStream};
use futures::{StreamExt, stream};

fn file(pieces: &[&'static str]) -> ByteStream {
    let pieces: Vec<_> = pieces
        .iter()
        .map(|it| Ok(Bytes::from_static(it.as_bytes())))
        .collect();
    stream::iter(pieces).boxed()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

async fn open(folder: &Path) -> Blobs {
    Blobs::open(folder, 100, 30).await.unwrap()
}

#[tokio::test]
async fn a_file_is_kept_under_the_hash_of_what_it_holds() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let blob = blobs.keep(file(&["hello", " ", "world"])).await.unwrap();
    assert_eq!(
        blob.sha256,
        "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"
    );
    assert_eq!(blob.size, 11);
    assert_eq!(fs::read(blobs.path(&blob)).unwrap(), b"hello world");
}

/// Somebody tidies up, or a disk comes back empty.
#[tokio::test]
async fn a_folder_that_went_away_is_made_again() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("files");
    let blobs = open(&folder).await;
    let blob = blobs.keep(file(&["hello"])).await.unwrap();
    fs::remove_dir_all(&folder).unwrap();
    assert!(!blobs.needed_for(&blob, Duration::ZERO).await.unwrap());
    let again = blobs.keep(file(&["hello"])).await.unwrap();
    assert_eq!(fs::read(blobs.path(&again)).unwrap(), b"hello");
}

/// Whether the disk or the sender is at fault decides who is told.
#[tokio::test]
async fn a_folder_in_whose_place_something_stands_is_an_error_of_the_disk() {
    let above = tempfile::tempdir().unwrap();
    let folder = above.path().join("files");
    let blobs = open(&folder).await;
    let blob = blobs.keep(file(&["hello"])).await.unwrap();
    fs::remove_dir_all(&folder).unwrap();
    fs::write(&folder, "in the way").unwrap();
    let kept = blobs.keep(file(&["hello"])).await;
    assert!(matches!(kept, Err(Error::Io(_))), "{kept:?}");
    let needed = blobs.needed_for(&blob, Duration::ZERO).await;
    assert!(matches!(needed, Err(Error::Io(_))), "{needed:?}");
    fs::remove_file(&folder).unwrap();
    blobs.keep(file(&["hello"])).await.unwrap();
}

#[tokio::test]
async fn the_same_file_twice_is_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let first = blobs.keep(file(&["hello"])).await.unwrap();
    let second = blobs.keep(file(&["hel", "lo"])).await.unwrap();
    assert_eq!(first, second);
    assert_eq!(names(folder.path()).len(), 1);
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let blob = blobs.keep(file(&[])).await.unwrap();
    assert_eq!(blob.size, 0);
    assert!(blobs.path(&blob).exists());
}

#[tokio::test]
async fn a_file_that_is_too_large_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let endless = stream::repeat_with(|| Ok(Bytes::from_static(b"more and more"))).boxed();
    let refused = blobs.keep(endless).await;
    assert!(matches!(refused, Err(Error::TooLarge { limit: 100 })));
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn a_file_that_breaks_off_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let broken = stream::iter([
        Ok(Bytes::from_static(b"half")),
        Err(BlobError("cut off".to_owned())),
    ]);
    let error = blobs.keep(broken.boxed()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "a file broke off on its way: a file could not be read: cut off"
    );
    assert!(names(folder.path()).is_empty());
}

#[tokio::test]
async fn a_caller_that_gives_up_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let silent = stream::iter([Ok(Bytes::from_static(b"half"))]).chain(stream::pending());
    let keeping = blobs.keep(silent.boxed());
    let gave_up = tokio::time::timeout(Duration::from_millis(50), keeping).await;
    assert!(gave_up.is_err());
    assert!(names(folder.path()).is_empty());
}

/// Makes the file older than all that is written now.
fn age(blobs: &Blobs, blob: &BlobRef, by_seconds: u64) {
    let file = fs::File::open(blobs.path(blob)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(by_seconds))
        .unwrap();
}

#[tokio::test]
async fn what_nobody_needs_goes_by_its_age() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let old = blobs.keep(file(&["old"])).await.unwrap();
    age(&blobs, &old, 100);
    let young = blobs.keep(file(&["young"])).await.unwrap();
    let linked = blobs.keep(file(&["linked"])).await.unwrap();
    age(&blobs, &linked, 100);
    let day = Duration::from_secs(24 * 3600);
    assert!(blobs.needed_for(&linked, day).await.unwrap());
    let since = SystemTime::now() - Duration::from_secs(50);
    assert_eq!(blobs.forget(since).await.unwrap(), 1);
    let mut left = vec![young.sha256, linked.sha256];
    left.sort();
    assert_eq!(names(folder.path()), left);
    assert_eq!(blobs.forget(since).await.unwrap(), 0);
}

#[tokio::test]
async fn the_oldest_files_make_room_for_the_newest() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let oldest = blobs.keep(file(&["oldest....."])).await.unwrap();
    age(&blobs, &oldest, 20);
    let older = blobs.keep(file(&["older......"])).await.unwrap();
    age(&blobs, &older, 10);
    // Kept again, the oldest counts as new.
    blobs.keep(file(&["oldest....."])).await.unwrap();
    let newest = blobs.keep(file(&["newest....."])).await.unwrap();
    assert!(blobs.path(&oldest).exists());
    assert!(!blobs.path(&older).exists());
    assert!(blobs.path(&newest).exists());
}

#[tokio::test]
async fn the_newest_file_stays_though_it_is_over_the_limit_alone() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    blobs.keep(file(&["small"])).await.unwrap();
    let large = blobs
        .keep(file(&["0123456789".repeat(5).leak()]))
        .await
        .unwrap();
    assert_eq!(names(folder.path()), [large.sha256]);
}

#[tokio::test]
async fn a_file_that_is_being_written_is_not_taken_away_to_make_room() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let (sender, slow) = futures::channel::mpsc::unbounded();
    let feed = async {
        sender
            .unbounded_send(Ok(Bytes::from_static(b"slow and large 0123456789")))
            .unwrap();
        tokio::task::yield_now().await;
        for other in ["0123456789abcdefghij", "abcdefghij0123456789"] {
            blobs.keep(file(&[other])).await.unwrap();
        }
        drop(sender);
    };
    let (kept, ()) = futures::join!(blobs.keep(slow.boxed()), feed);
    assert_eq!(
        fs::read(blobs.path(&kept.unwrap())).unwrap(),
        b"slow and large 0123456789"
    );
}

#[tokio::test]
async fn uploads_that_make_room_at_once_do_not_disturb_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let uploads = (0..50).map(|n| {
        let text: &'static str = format!("{n:020}").leak();
        let blobs = blobs.clone();
        tokio::spawn(async move { blobs.keep(file(&[text])).await })
    });
    for upload in futures::future::join_all(uploads).await {
        upload.unwrap().unwrap();
    }
}

#[tokio::test]
async fn what_a_dead_process_left_half_written_goes_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let kept = open(folder.path())
        .await
        .keep(file(&["whole"]))
        .await
        .unwrap();
    fs::write(folder.path().join("partial-of-a-dead-process"), "half").unwrap();
    open(folder.path()).await;
    assert_eq!(names(folder.path()), [kept.sha256]);
}

/// A photograph of nothing, whose notes say only where.
fn photograph(place: &[u8; 8]) -> Vec<u8> {
    let directory = [
        b"MM\0\x2A\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0".as_slice(),
        b"\0\x01\0\x02\0\x05\0\0\0\x01\0\0\0\x2C\0\0\0\0",
        place,
    ]
    .concat();
    let length = u16::try_from(directory.len() + 8).unwrap().to_be_bytes();
    [
        b"\xFF\xD8\xFF\xE1".as_slice(),
        &length,
        b"Exif\0\0",
        &directory,
        b"\xFF\xD9",
    ]
    .concat()
}

/// S46.
#[tokio::test]
async fn a_photograph_is_kept_without_the_place_and_under_the_hash_of_what_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(folder.path(), 1000, 9000).await.unwrap();
    let keep = |place| {
        let file = stream::iter([Ok(Bytes::from(photograph(place)))]).boxed();
        blobs.keep(file)
    };
    let here = keep(b"\0\0\0\x30\0\0\0\x01").await.unwrap();
    let there = keep(b"\0\0\0\x0C\0\0\0\x02").await.unwrap();
    assert_eq!(here, there);
    let kept = fs::read(blobs.path(&here)).unwrap();
    assert_eq!(kept.len(), photograph(&[0; 8]).len());
    assert!(kept[12 + 8..kept.len() - 2].iter().all(|it| *it == 0));
    let again = keep(b"\0\0\0\x30\0\0\0\x01").await.unwrap();
    assert_eq!(names(folder.path()), [again.sha256]);
}

#[tokio::test]
async fn what_a_link_leads_to_goes_last_and_not_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = open(folder.path()).await;
    let linked = blobs.keep(file(&["linked....."])).await.unwrap();
    assert!(
        blobs
            .needed_for(&linked, Duration::from_secs(60))
            .await
            .unwrap()
    );
    for other in ["1..........", "2..........", "3.........."] {
        blobs.keep(file(&[other])).await.unwrap();
    }
    assert!(blobs.path(&linked).exists());
    // Alone with a file that fills the limit, it goes all the same.
    blobs
        .keep(file(&["012345678901234567890123456789"]))
        .await
        .unwrap();
    assert!(!blobs.path(&linked).exists());
    assert!(!blobs.needed_for(&linked, Duration::ZERO).await.unwrap());
}

/// Knows what it is told.
#[derive(Clone, Default)]
struct Board(Arc<Mutex<(Vec<BlobRef>, Vec<BlobRef>)>>);

#[async_trait]
impl Wants for Board {
    async fn wanted(&self) -> Result<Wanted, Box<dyn std::error::Error + Send + Sync>> {
        let (on_their_way, held) = self.0.lock().unwrap().clone();
        let hashes = |of: Vec<BlobRef>| of.into_iter().map(|it| it.sha256).collect();
        Ok(Wanted {
            on_their_way: hashes(on_their_way),
            held: hashes(held),
        })
    }
}

/// Both older than a file that a link leads to. What is left of them once another file needs the room of two.
async fn left_of(waits: impl Fn(&Board, BlobRef)) -> (bool, bool) {
    let folder = tempfile::tempdir().unwrap();
    let board = Board::default();
    let blobs = open(folder.path()).await.guarded_by(board.clone());
    let waiting = blobs.keep(file(&["waiting"])).await.unwrap();
    waits(&board, waiting.clone());
    age(&blobs, &waiting, 1000);
    let linked = blobs.keep(file(&["linked."])).await.unwrap();
    let hour = Duration::from_secs(3600);
    assert!(blobs.needed_for(&linked, hour).await.unwrap());
    blobs.keep(file(&["another"])).await.unwrap();
    blobs.keep(file(&["the last one.."])).await.unwrap();
    assert!(blobs.path(&waiting).exists() && blobs.path(&linked).exists());
    blobs.keep(file(&["01234567890123456789"])).await.unwrap();
    (blobs.path(&waiting).exists(), blobs.path(&linked).exists())
}

#[tokio::test]
async fn what_is_still_to_be_delivered_goes_after_all_else() {
    let left = left_of(|board, it| board.0.lock().unwrap().0.push(it)).await;
    assert_eq!(left, (true, false));
}

#[tokio::test]
async fn what_is_held_for_staff_goes_after_what_nobody_waits_for() {
    let left = left_of(|board, it| board.0.lock().unwrap().1.push(it)).await;
    assert_eq!(left, (false, true));
}
