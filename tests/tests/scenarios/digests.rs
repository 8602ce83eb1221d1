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
    assert_snapshot!(town.transcript("list spring@"), @"");
    assert_snapshot!(town.deliveries().await, @"");
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
    assert_snapshot!(town.transcript("list spring@"), @"");
    assert_snapshot!(town.deliveries().await, @"");
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
    assert_snapshot!(town.transcript("list spring@"), @"");
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
    assert_snapshot!(town.deliveries().await, @"");
}
