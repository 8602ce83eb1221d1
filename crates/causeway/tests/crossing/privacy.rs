//! What a file says beside what it shows, and where it is when it cannot go along.

use sandbox::mail::Draft;
use sandbox::telegram::{FileKind, Said, SaidFile};

use crate::support::photo::{LATITUDE, PIXELS, holds, photograph};
use crate::support::{BO, EVA, Town};

/// S46.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_learns_where_a_photograph_was_taken() {
    let town = Town::open(2, &[BO]).await;
    town.start();
    let before = photograph();
    assert!(holds(&before, LATITUDE));
    let file = SaidFile::new(FileKind::Document, "tower.jpg", before.clone());
    town.says(0, Said::from("the tower").with_file(file));
    let mail = town.gets(BO, "the tower").await;
    let by_mail = town.files_of(&mail).remove(0).1;
    let by_chat = town.file_of(&town.sees_copy(1, "the tower").await);
    let draft = Draft::new("Tower", "by mail").attach("tower.jpg", "image/jpeg", &before);
    town.writes(BO, draft).await;
    let from_mail = town.file_of(&town.sees_copy(0, "by mail").await);
    for after in [by_mail, by_chat, from_mail] {
        assert_eq!(after.len(), before.len());
        assert!(!holds(&after, LATITUDE) && !holds(&after, b"\x88\x25"));
        assert!(holds(&after, PIXELS) && holds(&after, b"\x01\x12\0\x03\0\0\0\x01\0\x06"));
    }
    town.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_too_large_for_a_chat_is_behind_a_link() {
    let address = sandbox::rig::free_address().unwrap().to_string();
    let town = Town::open(1, &[BO])
        .await
        .with("CAUSEWAY__HTTP__LISTEN", &address)
        .with("CAUSEWAY__HTTP__PUBLIC_URL", &format!("http://{address}/"))
        .with("CAUSEWAY__TELEGRAM__MAX_UPLOAD_BYTES", "50000");
    town.start();
    let plan: Vec<u8> = (0..60_000_u32).map(|it| (it % 251) as u8).collect();
    let draft = Draft::new("Plan", "all of it").attach("plan_1.zip", "application/zip", &plan);
    town.writes(BO, draft).await;
    let copy = town.sees_copy(0, "all of it").await;
    assert!(copy.attachments.is_empty(), "{copy:?}");
    let line =
        "[file: plan_1.zip, 60 kB — too large for this channel; for 7 days it is here:] http://";
    assert!(copy.text.contains(line), "{}", copy.text);
    let url = copy.text.split_whitespace().last().unwrap();
    let answer = reqwest::get(url).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["content-type"], "application/zip");
    assert!(answer.bytes().await.unwrap() == plan);
    let forged = reqwest::get(url.replace("plan", "plam")).await.unwrap();
    assert_eq!(forged.status(), 403);
    // The key outlives the program.
    assert!(town.stop().success());
    town.begin().await;
    assert_eq!(reqwest::get(url).await.unwrap().status(), 200);
    town.end();
}

/// R21. Fetched, cleaned, kept, and sent to a group and to two members at once, by a build for debugging.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_file_is_never_whole_in_memory() {
    const LARGE: usize = 19 << 20;
    const MOST_GROWTH_MIB: u64 = 12;
    let town = Town::open(2, &[BO, EVA]).await;
    town.start();
    let film = |words: &str, length: usize| {
        let mut content = photograph();
        content.resize(length, 7);
        let file = SaidFile::new(FileKind::Document, "film.bin", content);
        Said::from(words).with_file(file)
    };
    town.says(0, film("a small one", 10_000));
    town.gets(EVA, "a small one").await;
    town.gets(BO, "a small one").await;
    town.sees_copy(1, "a small one").await;
    let before = town.peak_memory_mib();
    town.says(0, film("a large one", LARGE));
    let mail = town.gets(EVA, "a large one").await;
    town.gets(BO, "a large one").await;
    let copy = town.sees_copy(1, "a large one").await;
    let grown = town.peak_memory_mib() - before;
    println!("from {before} MiB by {grown} MiB");
    for file in [town.files_of(&mail).remove(0).1, town.file_of(&copy)] {
        assert!(file.len() == LARGE && !holds(&file, LATITUDE));
    }
    assert!(grown < MOST_GROWTH_MIB, "{grown} MiB");
    town.end();
}
