//! Whoever wants it is forgotten: here at once, elsewhere as far as platforms let us, and they are told.

use causeway_tests::{Town, chat, every_kind, letters, workplace};
use conversation::Proof;
use insta::assert_snapshot;

const GROUP: &str = "telegram #general";
const CHAT: &str = "telegram @Ana";
const LIST: &str = "list spring@";
const PLACES: [&str; 3] = ["discord #plans", "slack #spring", LIST];

async fn town() -> Town {
    let mut town = every_kind().await;
    town.says(GROUP, "Ana", "Bread on Friday").await;
    town.says(GROUP, "Bo", "I bring cheese").await;
    town.replies(GROUP, "Bo", "Bread on", "How much of it?")
        .await;
    town.reacts(GROUP, "Ana", "I bring", "👍").await;
    town.says(CHAT, "Ana", "help").await;
    town.settle().await;
    town.seconds_pass(20);
    town
}

/// She says it, and says yes.
async fn asks_to_be_forgotten(town: &mut Town) {
    town.says(CHAT, "Ana", "forget me").await;
    town.settle().await;
    let yes = town.button(CHAT, "Yes, do it");
    town.presses(CHAT, "Ana", &yes).await;
    town.settle().await;
}

/// All that falls due within a few minutes.
async fn minutes_go_by(town: &mut Town) {
    for _ in 0..40 {
        town.seconds_pass(10);
        town.settle().await;
    }
}

/// On SQLite, whose file can be looked through.
fn is_kept(town: &Town, words: &str) -> bool {
    let rows = town.store().file().map(std::fs::read);
    rows.is_some_and(|it| {
        it.expect("read")
            .windows(words.len())
            .any(|it| it == words.as_bytes())
    })
}

#[tokio::test]
async fn it_is_told_first_and_done_once_it_is_wanted() {
    let mut town = town().await;
    town.says(CHAT, "Ana", "forget me").await;
    town.settle().await;
    assert_snapshot!(town.transcript(CHAT), @"");
    minutes_go_by(&mut town).await;
    assert!(town.transcript(PLACES[0]).contains("Bread"));
}

#[tokio::test]
async fn what_stands_elsewhere_is_taken_back_and_its_person_is_told() {
    let mut town = town().await;
    asks_to_be_forgotten(&mut town).await;
    minutes_go_by(&mut town).await;
    for place in PLACES {
        assert_snapshot!(format!("{place}\n{}", town.transcript(place)), @"");
    }
    assert_snapshot!(town.transcript(GROUP), @"");
    assert_snapshot!(town.transcript(CHAT), @"");
    assert_snapshot!(town.deliveries().await, @"");
    assert!(!town.store().file().is_some() || !is_kept(&town, "account-of-Ana"));
}
