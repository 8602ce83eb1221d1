//! Whoever asks is handed what is held of them, as files, alone; and nothing of it stays behind.

use causeway_tests::{Town, chat, every_kind, letters, workplace};
use conversation::Proof;
use insta::assert_snapshot;

const GROUP: &str = "telegram #general";
const CHAT: &str = "telegram @Ana";
const LIST: &str = "list spring@";

async fn town() -> Town {
    let mut town = every_kind().await;
    town.says(GROUP, "Ana", "Bread on Friday").await;
    town.says(GROUP, "Bo", "A secret of Bo's").await;
    town.replies(GROUP, "Ana", "A secret", "From where?\nFrom here on it is quoted").await;
    town.reacts(GROUP, "Ana", "A secret", "👍").await;
    town.says(CHAT, "Ana", "help").await;
    town.settle().await;
    town.seconds_pass(20);
    town
}

/// Without what is chance: ids.
fn without_ids(text: &str) -> String {
    let is_id = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit();
    let mut shown = String::new();
    let mut word = String::new();
    for it in text.chars().chain([' ']) {
        match is_id(it) {
            true => word.push(it),
            false => {
                let is_one = [8, 13].contains(&word.len()) && word.contains(|it: char| it.is_ascii_digit());
                shown.push_str(if is_one { "ID" } else { &word });
                word.clear();
                shown.push(it);
            }
        }
    }
    shown
}

#[tokio::test]
async fn what_is_held_of_somebody_goes_to_them_alone_as_json_and_mbox() {
    let mut town = town().await;
    town.edits(GROUP, "Ana", "Bread on", "Bread on Saturday").await;
    town.settle().await;
    town.says(CHAT, "Ana", "mydata").await;
    town.settle().await;
    assert_snapshot!(town.transcript(CHAT), @"");
    let files = town.text_files(CHAT);
    assert_eq!(files.len(), 2);
    let json: serde_json::Value = serde_json::from_str(&files[0]).expect("one document");
    assert_snapshot!(without_ids(&serde_json::to_string_pretty(&json["held"]).unwrap()), @"");
    assert_snapshot!(without_ids(&files[1]), @"");
    assert!(!files.concat().contains("secret"));
}
