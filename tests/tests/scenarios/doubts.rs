//! Nobody knows whether a message arrived.

use causeway_tests::{Town, chat, list, town};
use conversation::{SendError, Support};
use insta::assert_snapshot;

#[tokio::test]
async fn a_platform_that_takes_everything_and_answers_nothing_gets_few_copies() {
    let mut town = town().await;
    town.answers_get_lost("telegram", usize::MAX);
    town.says("list spring@", "Bo", "Hello").await;
    for _ in 0..660 {
        town.settle().await;
        town.seconds_pass(1);
    }
    town.answers_get_lost("telegram", 0);
    town.says("list spring@", "Bo", "Is it over?").await;
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> telegram:#general sent
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: not-yet-for)" -> list:spring@ suppressed: for-the-author-alone
    post "Is it over?" -> telegram:#general sent
    post "Is it over?" -> list:spring@ sent
    "#);
    assert!(
        town.n_sends("telegram") <= 9,
        "{}",
        town.n_sends("telegram")
    );
    assert_eq!(town.notices().await, "");
}

#[tokio::test]
async fn one_lost_answer_after_a_long_outage_costs_no_message() {
    let mut town = town().await;
    town.goes_down("telegram");
    town.says("list spring@", "Bo", "Hello").await;
    for _ in 0..60 {
        town.settle().await;
        town.seconds_pass(60);
    }
    town.comes_back("telegram");
    town.answers_get_lost("telegram", 1);
    // The longest wait, with the most that chance adds to it.
    town.minutes_pass(75);
    town.settle().await;
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> telegram:#general sent
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: not-yet-for)" -> list:spring@ suppressed: for-the-author-alone
    "#);
}

#[tokio::test]
async fn one_crash_after_many_attempts_costs_no_message() {
    let mut town = town().await;
    town.goes_down("telegram");
    town.says("list spring@", "Bo", "Hello").await;
    for _ in 0..20 {
        town.settle().await;
        town.minutes_pass(75);
        if town.n_sends("telegram") > 13 {
            break;
        }
    }
    town.comes_back("telegram");
    town.crashes_after_the_next_post_to("telegram #general")
        .await;
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> telegram:#general sent
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: not-yet-for)" -> list:spring@ suppressed: for-the-author-alone
    "#);
}

#[tokio::test]
async fn a_history_that_cannot_be_read_at_once_is_read_later() {
    let mut town = Town::build()
        .platform(chat("telegram").that_can(|can| can.history = Support::Native))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await;
    town.says("list spring@", "Bo", "Hello").await;
    town.crashes_after_the_next_post_to("telegram #general")
        .await;
    town.next_look_fails("telegram", SendError::Unavailable("503".into()));
    town.settle().await;
    town.seconds_pass(5);
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Bo (email): Hello");
}
