//! The process dies at the worst moment; nothing is lost.

use causeway_tests::{Town, chat, list, town};
use conversation::Support;
use insta::assert_snapshot;

#[tokio::test]
async fn without_a_history_a_crash_costs_at_most_one_duplicate_and_no_message() {
    let mut town = town().await;
    town.says("list spring@", "Bo", "one").await;
    town.says("list spring@", "Bo", "two").await;
    town.crashes_after_the_next_post_to("telegram #general")
        .await;
    town.seconds_pass(1);
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email): one
    [bot]: Bo (email): one
    [bot]: Bo (email): two
    ");
}

#[tokio::test]
async fn with_a_history_a_crash_costs_nothing_at_all() {
    let mut town = Town::build()
        .platform(chat("telegram").that_can(|can| can.history = Support::Native))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await;
    town.says("list spring@", "Bo", "one").await;
    town.says("list spring@", "Bo", "two").await;
    town.crashes_after_the_next_post_to("telegram #general")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email): one
    [bot]: Bo (email): two
    ");
}

#[tokio::test]
async fn a_reply_to_what_was_in_doubt_finds_its_place() {
    let mut town = town().await;
    town.says("list spring@", "Bo", "Who drives?").await;
    town.crashes_after_the_next_post_to("telegram #general")
        .await;
    town.seconds_pass(1);
    town.settle().await;
    town.replies("telegram #general", "Ana", "Who drives", "I do")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Bo: Who drives?
      > Ana: I do
    ");
}
