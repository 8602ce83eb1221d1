//! What Postfix says no to before a reader is named, or for the mail itself. The first is the server's or its owner's
//! affair: everybody waits, and the log says so in the server's own words. The second is the mail's: its words go alone.

use sandbox::telegram::{FileKind, Said, SaidFile};

use super::circle::Circle;
use super::table;

const READERS: [&str; 2] = ["bo", "chi"];

async fn all_get(circle: &Circle, said: &[&str]) {
    for person in READERS {
        for words in said {
            circle.gets(person, words).await;
        }
        assert_eq!(circle.lines(person), said, "{person}");
    }
}

/// What the server on this port says of the list's own address.
async fn everybody_waits(port: &str, answer: &str, words: &str) {
    let Some(circle) = Circle::open(&READERS, port).await else {
        return;
    };
    let sender = circle.list.replace('@', "-bounces@");
    circle.town.begin().await;
    circle.town.says(0, "0 spring");
    all_get(&circle, &["0 spring"]).await;
    table::answers(&sender, Some(answer));
    circle.town.says(0, "1 spring");
    circle.town.says(0, "2 spring");
    let is_said = || !circle.logged(words).is_empty();
    circle.town.until(words, is_said).await;
    table::answers(&sender, None);
    all_get(&circle, &["0 spring", "1 spring", "2 spring"]).await;
    circle.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_nothing_from_the_list_now_keeps_everybody_waiting() {
    let answer = "450 4.7.1 come back after the holidays";
    everybody_waits("CHOOSY", answer, "after the holidays").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_takes_nothing_from_the_list_at_all_keeps_everybody_waiting() {
    let answer = "553 5.7.1 this sender is not yours";
    everybody_waits("CHOOSY", answer, "this sender is not yours").await;
}

/// As Postfix does unless it is told otherwise.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_refuses_the_list_only_when_it_hears_a_reader_keeps_everybody_waiting() {
    let answer = "553 5.7.1 this sender is not yours";
    everybody_waits("LATE", answer, "this sender is not yours").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_room_keeps_everybody_waiting() {
    let Some(circle) = Circle::open(&READERS, "FULL").await else {
        return;
    };
    circle.town.begin().await;
    circle.town.says(0, "1 spring");
    circle.town.says(0, "2 spring");
    let words = "Insufficient system storage";
    let is_said = || !circle.logged(words).is_empty();
    circle.town.until(words, is_said).await;
    assert!(circle.town.stop().success());
    // There is room again.
    let circle = circle.through("OUT");
    circle.town.begin().await;
    all_get(&circle, &["1 spring", "2 spring"]).await;
    circle.end();
}

async fn words_go_without_the_file(port: &str) {
    let Some(circle) = Circle::open(&READERS, port).await else {
        return;
    };
    circle.town.begin().await;
    let file = SaidFile::new(FileKind::Document, "plan.pdf", vec![0x5a; 400_000]);
    circle
        .town
        .says(0, Said::from("1 the plan").with_file(file));
    circle.town.says(0, "2 what do you think?");
    for person in READERS {
        circle.gets(person, "2 what do you think?").await;
        let plan = circle.gets(person, "1 the plan").await;
        assert!(plan.files.is_empty());
        // Where it is instead.
        assert!(plan.text.contains("plan.pdf"), "{}", plan.text);
    }
    circle.end();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_mail_that_is_larger_than_the_server_says_it_takes_the_words_go() {
    words_go_without_the_file("SMALL").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_mail_that_the_server_finds_too_large_at_its_end_the_words_go() {
    words_go_without_the_file("SILENT").await;
}
