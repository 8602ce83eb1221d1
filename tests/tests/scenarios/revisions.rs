//! What people change while it is on its way, in parts or in doubt.

use causeway_tests::{Town, chat, list, town};
use conversation::{SendError, Support};
use insta::assert_snapshot;

/// `discord` takes texts of 30 units.
async fn short_posts() -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord").that_can(|can| can.text.max = 30))
        .room("general", &["telegram #general", "discord #lobby"])
        .open()
        .await
}

/// Two parts wait, and the second cannot be sent.
async fn half_posted(text: &str) -> Town {
    let mut town = short_posts().await;
    town.fails_after("discord", 1, SendError::Unavailable("503".into()));
    town.says("telegram #general", "Ana", text).await;
    town.settle().await;
    town
}

#[tokio::test]
async fn a_text_that_shrank_may_grow_again() {
    let mut town = short_posts().await;
    let (short, long) = ("Tea.", "Bread and butter and jam and tea.");
    town.says("telegram #general", "Ana", long).await;
    town.settle().await;
    for text in [short, long] {
        town.edits("telegram #general", "Ana", "ea", text).await;
        town.settle().await;
    }
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): Bread and (edited)
    [bot]: butter and jam and tea.
    ");
}

#[tokio::test]
async fn an_edit_between_two_parts_changes_the_first_one_too() {
    let mut town = half_posted("Bread and butter and jam and tea.").await;
    town.edits(
        "telegram #general",
        "Ana",
        "Bread",
        "Toast and butter and honey, no tea.",
    )
    .await;
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): Toast and (edited)
    [bot]: butter and honey, no tea. (edited)
    ");
}

#[tokio::test]
async fn a_post_that_shrank_between_two_parts_can_still_be_changed() {
    let mut town = half_posted("Bread and butter and jam and tea.").await;
    town.edits("telegram #general", "Ana", "Bread", "Tea.")
        .await;
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): Tea. (edited)");
    town.edits("telegram #general", "Ana", "Tea", "Coffee.")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): Coffee. (edited)");
    town.deletes("telegram #general", "Ana", "Coffee").await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"");
}

#[tokio::test]
async fn an_edit_in_parts_that_is_overtaken_by_another_leaves_the_newest_words() {
    let mut town = short_posts().await;
    town.says(
        "telegram #general",
        "Ana",
        "Bread and butter and jam and tea.",
    )
    .await;
    town.settle().await;
    town.fails_after("discord", 1, SendError::Unavailable("503".into()));
    let edits = [
        "Toast and butter and jam and tea.",
        "Scone and butter and jam and tea.",
    ];
    for text in edits {
        town.edits("telegram #general", "Ana", "butter", text).await;
        town.settle().await;
    }
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): Scone and (edited)
    [bot]: butter and jam and tea. (edited)
    ");
}

#[tokio::test]
async fn what_is_deleted_while_its_post_is_in_doubt_is_taken_back() {
    let mut town = with_history().await;
    town.says("list spring@", "Bo", "Oops").await;
    town.crashes_after_the_next_post_to("telegram #general")
        .await;
    town.deletes("list spring@", "Bo", "Oops").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"");
}

#[tokio::test]
async fn what_is_edited_while_its_post_is_in_doubt_is_changed() {
    let mut town = with_history().await;
    town.says("list spring@", "Bo", "See you on Firday").await;
    town.crashes_after_the_next_post_to("telegram #general")
        .await;
    town.edits("list spring@", "Bo", "Firday", "See you on Friday")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Bo (email): See you on Friday (edited)");
}

#[tokio::test]
async fn what_is_deleted_while_it_is_being_sent_is_taken_back() {
    let mut town = town().await;
    town.says("list spring@", "Bo", "Oops").await;
    town.step_once().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Bo (email): Oops");
    town.deletes("list spring@", "Bo", "Oops").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"");
}

async fn with_history() -> Town {
    Town::build()
        .platform(chat("telegram").that_can(|can| can.history = Support::Native))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await
}
