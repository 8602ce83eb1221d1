//! Edits, deletes and reactions reach the copies, and only by those who may.

use causeway_tests::{Town, chat, every_kind, larger_town, town};
use conversation::SendError;
use insta::assert_snapshot;

#[tokio::test]
async fn an_edit_changes_the_copy_where_the_platform_can() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "See you on Firday")
        .await;
    town.settle().await;
    town.edits("telegram #general", "Ana", "Firday", "See you on Friday")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): See you on Friday (edited)");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: See you on Firday");
    assert_snapshot!(town.deliveries().await, @r#"
    post "See you on Friday" -> discord:#lobby sent
    post "See you on Friday" -> list:spring@ sent
    edit "See you on Friday" -> discord:#lobby sent
    edit "See you on Friday" -> list:spring@ suppressed: edits-unsupported
    "#);
}

#[tokio::test]
async fn an_edit_before_the_post_went_out_is_simply_what_is_posted() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "See you on Firday")
        .await;
    town.edits("telegram #general", "Ana", "Firday", "See you on Friday")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: See you on Friday");
}

#[tokio::test]
async fn an_edit_that_makes_a_text_longer_adds_a_part_and_a_shorter_one_takes_it_back() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord").that_can(|can| can.text.max = 30))
        .room("general", &["telegram #general", "discord #lobby"])
        .open()
        .await;
    town.says("telegram #general", "Ana", "Bread.").await;
    town.settle().await;
    town.edits(
        "telegram #general",
        "Ana",
        "Bread",
        "Bread and butter and jam and tea.",
    )
    .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): Bread and (edited)
    [bot]: butter and jam and tea.
    ");
    town.edits("telegram #general", "Ana", "Bread", "Tea.")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): Tea. (edited)");
}

#[tokio::test]
async fn nobody_edits_the_words_of_another() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "I give ten").await;
    town.settle().await;
    town.edits(
        "telegram #general",
        "Mallory",
        "I give ten",
        "I give a thousand",
    )
    .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): I give ten");
}

#[tokio::test]
async fn a_delete_takes_the_copies_back() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "Oops, wrong group")
        .await;
    town.says("telegram #general", "Ana", "Hello all").await;
    town.settle().await;
    town.deletes("telegram #general", "Ana", "Oops").await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): Hello all");
}

#[tokio::test]
async fn what_was_deleted_before_it_went_out_never_goes_out() {
    let mut town = town().await;
    town.next_send_fails("list", SendError::Unavailable("down".into()));
    town.says("telegram #general", "Ana", "Oops, wrong group")
        .await;
    town.settle().await;
    town.deletes("telegram #general", "Ana", "Oops").await;
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"");
    assert_snapshot!(town.deliveries().await, @r#"
    post "(its words were erased)" -> list:spring@ suppressed: deleted-before-sent
    delete "(its words were erased)" -> list:spring@ suppressed: deletes-unsupported
    "#);
}

#[tokio::test]
async fn a_reaction_shows_under_the_copies_and_under_the_original() {
    let mut town = larger_town().await;
    town.says("telegram #general", "Ana", "We have a hall!")
        .await;
    town.settle().await;
    town.reacts("discord #lobby", "Chidi", "We have a hall", "🎉")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: We have a hall! [🎉]");
}

#[tokio::test]
async fn a_delete_by_whoever_may_takes_all_copies_and_the_original_back() {
    let mut town = every_kind().await;
    town.says("telegram #general", "Mallory", "Buy my watches")
        .await;
    town.settle().await;
    town.deletes("slack #spring", "a moderator", "Buy my watches")
        .await;
    town.settle().await;
    for channel in ["telegram #general", "discord #plans", "slack #spring"] {
        assert!(!town.transcript(channel).contains("watches"), "{channel}");
    }
    assert!(town.transcript("list spring@").contains("watches"));
}

#[tokio::test]
async fn an_author_takes_back_what_they_said_everywhere() {
    let mut town = every_kind().await;
    for channel in ["slack #spring", "discord #plans"] {
        town.says(channel, "Ana", "Oops").await;
        town.settle().await;
        town.deletes(channel, "Ana", "Oops").await;
        town.settle().await;
        for channel in ["telegram #general", "discord #plans", "slack #spring"] {
            assert!(!town.transcript(channel).contains("Oops"), "{channel}");
        }
    }
}

#[tokio::test]
async fn reactions_of_several_platforms_are_one_set_and_the_last_one_takes_it_away() {
    let mut town = larger_town().await;
    town.says("list spring@", "Ana", "We have a hall!").await;
    town.settle().await;
    town.reacts("discord #lobby", "Bo", "a hall", "🎉").await;
    town.reacts("discord #lobby", "Cy", "a hall", "🎉").await;
    town.reacts("discord #lobby", "Cy", "a hall", "❤").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Ana (email): We have a hall! [❤] [🎉]");
    town.takes_back("discord #lobby", "Cy", "a hall", "❤").await;
    town.takes_back("discord #lobby", "Cy", "a hall", "🎉")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Ana (email): We have a hall! [🎉]");
    town.takes_back("discord #lobby", "Bo", "a hall", "🎉")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Ana (email): We have a hall!");
    town.deliveries().await;
}

#[tokio::test]
async fn a_reaction_stays_until_the_last_platform_takes_it_back() {
    let mut town = every_kind().await;
    town.says("telegram #general", "Ana", "We have a hall!")
        .await;
    town.settle().await;
    town.reacts("slack #spring", "Bo", "a hall", "🎉").await;
    town.reacts("discord #plans", "Cy", "a hall", "🎉").await;
    town.settle().await;
    town.takes_back("slack #spring", "Bo", "a hall", "🎉").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: We have a hall! [🎉]");
    assert_snapshot!(town.transcript("slack #spring"), @"Ana: We have a hall! [🎉]");
    assert_snapshot!(town.transcript("discord #plans"), @r"
    # We have a hall!
      | Ana: We have a hall!
    ");
    town.takes_back("discord #plans", "Cy", "a hall", "🎉")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: We have a hall!");
    town.hours_pass(25);
    town.settle().await;
    assert!(!town.transcript("list spring@").contains("Reactions"));
}
