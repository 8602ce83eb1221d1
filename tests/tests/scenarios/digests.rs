//! Reactions, where there are none, are told once a day.

use causeway_tests::{Town, chat, letters};
use insta::assert_snapshot;

async fn town() -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(letters("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await
}

#[tokio::test]
async fn reactions_are_told_together_once_a_day() {
    let mut town = town().await;
    town.says("list spring@", "Ana", "Bread on Friday, who brings tea?")
        .await;
    town.says("telegram #general", "Bo", "The hall is booked.")
        .await;
    town.settle().await;
    for who in ["Bo", "Cy", "Di"] {
        town.reacts("telegram #general", who, "Bread on Friday", "👍")
            .await;
    }
    town.hours_pass(1);
    town.reacts("telegram #general", "Cy", "Bread on Friday", "❤")
        .await;
    town.reacts("telegram #general", "Cy", "The hall", "🎉")
        .await;
    town.settle().await;
    town.restarts().await;
    town.hours_pass(22);
    town.settle().await;
    let before = town.transcript("list spring@");
    assert!(!before.contains("Reactions"), "{before}");
    town.hours_pass(1);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: Bread on Friday, who brings tea?
    # The hall is booked.
    Bo: The hall is booked.
    # Reactions
    Causeway: Since yesterday:
          👍 3 · ❤ 1 for “Bread on Friday, who brings tea?” (Ana)
          🎉 1 for “The hall is booked.” (Bo)
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "Bread on Friday, who brings tea?" -> telegram:#general sent
    post "Bread on Friday, who brings tea?" -> list:spring@ sent
    post "The hall is booked." -> list:spring@ sent
    react "Bread on Friday, who brings tea?" -> list:spring@ suppressed: in-digest
    react "Bread on Friday, who brings tea?" -> list:spring@ suppressed: in-digest
    react "Bread on Friday, who brings tea?" -> list:spring@ suppressed: in-digest
    react "Bread on Friday, who brings tea?" -> list:spring@ suppressed: in-digest
    react "The hall is booked." -> list:spring@ suppressed: in-digest
    post "(the bridge itself: digest)" -> list:spring@ sent
    "#);
    town.hours_pass(48);
    town.settle().await;
    assert_eq!(
        town.transcript("list spring@")
            .matches("# Reactions")
            .count(),
        1
    );
}

#[tokio::test]
async fn what_was_taken_back_is_not_told() {
    let mut town = town().await;
    town.says("list spring@", "Ana", "Bread on Friday").await;
    town.settle().await;
    town.reacts("telegram #general", "Bo", "Bread", "👍").await;
    town.takes_back("telegram #general", "Bo", "Bread", "👍")
        .await;
    town.hours_pass(25);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Bread on Friday");
    assert_snapshot!(town.deliveries().await, @r#"
    post "Bread on Friday" -> telegram:#general sent
    post "Bread on Friday" -> list:spring@ sent
    react "Bread on Friday" -> list:spring@ suppressed: nothing-to-say
    react "Bread on Friday" -> list:spring@ suppressed: nothing-to-say
    "#);
}

#[tokio::test]
async fn the_next_digest_tells_only_what_is_new() {
    let mut town = town().await;
    town.says("list spring@", "Ana", "Bread on Friday").await;
    town.settle().await;
    for who in ["Bo", "Cy"] {
        town.reacts("telegram #general", who, "Bread", "👍").await;
        town.hours_pass(72);
        town.settle().await;
    }
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: Bread on Friday
    # Reactions
    Causeway: In the last 3 days: 👍 1 for “Bread on Friday” (Ana)
    # Reactions
    Causeway: In the last 3 days: 👍 1 for “Bread on Friday” (Ana)
    ");
}

#[tokio::test]
async fn a_list_that_left_its_room_hears_nothing() {
    let mut town = town().await;
    town.says("list spring@", "Ana", "Bread on Friday").await;
    town.settle().await;
    town.reacts("telegram #general", "Bo", "Bread", "👍").await;
    town.unlinks("list spring@").await;
    town.hours_pass(30);
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "Bread on Friday" -> telegram:#general sent
    post "Bread on Friday" -> list:spring@ sent
    react "Bread on Friday" -> list:spring@ suppressed: unlinked
    "#);
}

#[tokio::test]
async fn a_digest_that_nobody_has_yet_says_nothing_of_what_was_taken_back() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Bread on Friday")
        .await;
    town.says("telegram #general", "Bo", "I live in Elm Street 5")
        .await;
    town.settle().await;
    for words in ["Bread", "Elm Street"] {
        town.reacts("telegram #general", "Cy", words, "👍").await;
    }
    town.settle().await;
    town.goes_down("list");
    town.hours_pass(25);
    town.falls_due().await;
    town.step_once().await;
    let unsent = town.deliveries().await;
    assert!(
        unsent.contains("(the bridge itself: digest)\" -> list:spring@ sending"),
        "{unsent}"
    );
    town.deletes("telegram #general", "Bo", "Elm Street").await;
    town.comes_back("list");
    town.settle().await;
    town.hours_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Bread on Friday
    Ana: Bread on Friday
    # I live in Elm Street 5
    Bo: I live in Elm Street 5
    # Reactions
    Causeway: Since yesterday: 👍 1 for “Bread on Friday” (Ana)
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "Bread on Friday" -> list:spring@ sent
    post "(its words were erased)" -> list:spring@ sent
    react "Bread on Friday" -> list:spring@ suppressed: in-digest
    react "(its words were erased)" -> list:spring@ suppressed: in-digest
    post "(the bridge itself: digest)" -> list:spring@ sent
    edit "(the bridge itself: digest)" -> list:spring@ suppressed: already-current
    delete "(its words were erased)" -> list:spring@ suppressed: deletes-unsupported
    "#);
}

#[tokio::test]
async fn what_a_digest_told_is_not_kept_once_it_is_taken_back() {
    let mut town = town().await;
    town.says("telegram #general", "Bo", "I live in Elm Street 5")
        .await;
    town.settle().await;
    town.reacts("telegram #general", "Cy", "Elm Street", "👍")
        .await;
    town.hours_pass(25);
    town.settle().await;
    assert!(
        town.transcript("list spring@")
            .contains("“I live in Elm Street 5”")
    );
    town.deletes("telegram #general", "Bo", "Elm Street").await;
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "(its words were erased)" -> list:spring@ sent
    react "(its words were erased)" -> list:spring@ suppressed: in-digest
    post "(the bridge itself: digest)" -> list:spring@ sent
    edit "(the bridge itself: digest)" -> list:spring@ suppressed: edits-unsupported
    delete "(its words were erased)" -> list:spring@ suppressed: deletes-unsupported
    "#);
}
