//! Messages and replies cross from channel to channel.

use causeway_tests::{Town, chat, larger_town, list, town};
use insta::assert_snapshot;

#[tokio::test]
async fn a_reply_by_mail_lands_under_the_original_in_telegram() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Who is coming on Friday?")
        .await;
    town.settle().await;
    town.replies("list spring@", "Bo", "Who is coming", "I am!")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Who is coming on Friday?
      > [bot]: Bo (email): I am!
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: Who is coming on Friday?
      > Bo: I am!
    ");
}

#[tokio::test]
async fn a_reply_to_a_copy_finds_the_original_everywhere() {
    let mut town = larger_town().await;
    town.says("list spring@", "Bo", "The hall is booked.").await;
    town.settle().await;
    town.replies("discord #lobby", "Chidi", "The hall", "Wonderful!")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email): The hall is booked.
      > [bot]: Chidi (Discord): Wonderful!
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    Bo: The hall is booked.
      > Chidi: Wonderful!
    ");
}

#[tokio::test]
async fn two_rooms_do_not_hear_each_other() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(list("list"))
        .room("spring", &["telegram #spring", "list spring@"])
        .room("autumn", &["telegram #autumn", "list autumn@"])
        .open()
        .await;
    town.says("telegram #spring", "Ana", "Blossoms!").await;
    town.says("telegram #autumn", "Bo", "Leaves!").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Blossoms!");
    assert_snapshot!(town.transcript("list autumn@"), @"Bo: Leaves!");
}

#[tokio::test]
async fn a_thread_outlives_a_restart() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Who brings bread?")
        .await;
    town.settle().await;
    town.restarts().await;
    town.hours_pass(30);
    town.replies("list spring@", "Bo", "Who brings", "I do.")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Who brings bread?
      > [bot]: Bo (email): I do.
    ");
}

#[tokio::test]
async fn a_channel_that_came_later_gets_the_parent_quoted() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord"))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await;
    town.says("telegram #general", "Ana", "Who brings bread?")
        .await;
    town.settle().await;
    town.links("general", "discord #lobby").await;
    town.replies("list spring@", "Bo", "Who brings", "I do.")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: > Ana (Telegram): Who brings bread?
          Bo (email): I do.
    ");
}

#[tokio::test]
async fn a_message_that_comes_late_says_when_it_was_written() {
    let mut town = town().await;
    town.next_send_fails(
        "telegram",
        conversation::SendError::Unavailable("down".into()),
    );
    town.says("list spring@", "Bo", "The bus leaves at five.")
        .await;
    town.settle().await;
    town.minutes_pass(11);
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Bo (email, sent 09:00 UTC): The bus leaves at five.");
}

#[tokio::test]
async fn a_text_longer_than_the_channel_takes_arrives_in_parts_and_whole() {
    let mut town = Town::build()
        .platform(chat("telegram").that_can(|can| can.text.max = 40))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await;
    let text = "We meet at the old mill at nine. Bring boots, and bring your neighbours too.";
    town.says("list spring@", "Bo", text).await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email): We meet at the old mill at
    [bot]: nine. Bring boots, and bring your
    [bot]: neighbours too.
    ");
}

#[tokio::test]
async fn the_subject_of_a_mail_is_said_where_there_are_no_subjects() {
    let mut town = town().await;
    town.writes(
        "list spring@",
        "Bo",
        "Friday is moved",
        "See the letter from the mayor.",
    )
    .await;
    town.writes(
        "list spring@",
        "Bo",
        "Who brings bread",
        "Who brings bread, and who brings tea?",
    )
    .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email): Friday is moved
          See the letter from the mayor.
    [bot]: Bo (email): Who brings bread, and who brings tea?
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    Bo: See the letter from the mayor.
    Bo: Who brings bread, and who brings tea?
    ");
}
