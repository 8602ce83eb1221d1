//! Buttons below what was asked: pressed, gone, of another, expired.

use causeway_tests::{Town, chat, list};
use insta::assert_snapshot;

use super::requests::{where_ana_is_asked, where_ana_is_known};

/// Where a press is answered alone, no chat needs to be opened first.
#[tokio::test]
async fn who_presses_is_answered_where_they_asked() {
    let mut town = Town::build()
        .platform(chat("discord"))
        .platform(list("list"))
        .room("general", &["discord #lobby", "list spring@"])
        .open()
        .await;
    town.says("discord #lobby", "Ana", "Hello").await;
    for _ in 0..3 {
        town.commands_aloud("discord #lobby", "Ana", "help").await;
        town.settle().await;
        town.minutes_pass(1);
    }
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    Ana: Hello
    [bot]: That was for me, so it goes to nobody else, and nothing is done yet. Press the button, and I answer you alone. [Show me the answer]
    ");
    let button = town.button("discord #lobby", "Show me the answer");
    for who in ["Bo", "Ana"] {
        town.presses("discord #lobby", who, &button).await;
        town.settle().await;
    }
    assert_snapshot!(town.whispers("discord #lobby"), @r"
    to Bo: That button is somebody else's, and nothing happened.
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    ");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Hello");
}

#[tokio::test]
async fn a_button_is_pressed_and_its_message_is_closed() {
    let mut town = where_ana_is_asked().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: Good morning
    [bot]: You take part in 2 communities here. Which one do you mean? Choose it below, or answer with its name. You are asked once; to mean another one later, write that one's. [Spring Gathering] [Hill Farm]
    ");
    let button = town.button("telegram @Ana", "Hill Farm");
    town.restarts().await;
    town.presses("telegram @Ana", "Ana", &button).await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: Good morning
    [bot]: What you write here is for Hill Farm from now on. (edited)
    ");
    assert_snapshot!(town.whispers("telegram @Ana"), @"");
}

#[tokio::test]
async fn a_button_that_is_gone_or_was_pressed_does_nothing() {
    let mut town = where_ana_is_asked().await;
    let [farm, spring] =
        ["Hill Farm", "Spring Gathering"].map(|it| town.button("telegram @Ana", it));
    let (short, _) = farm.split_once('.').expect("a community's short");
    let elsewhere = format!("{short}.0000000000000");
    for button in [&farm, &farm, &spring, &elsewhere] {
        town.presses("telegram @Ana", "Ana", button).await;
        town.settle().await;
        town.minutes_pass(1);
    }
    // Nor where it was never offered.
    town.presses("telegram #general", "Ana", &farm).await;
    town.presses("telegram #general", "Ana", "").await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram @Ana"), @r"
    to Ana: That was decided already, and nothing more happened.
    to Ana: That was decided already, and nothing more happened.
    to Ana: That button is gone, and nothing happened.
    ");
    assert_snapshot!(town.whispers("telegram #general"), @"to Ana: That button is gone, and nothing happened.");
}

#[tokio::test]
async fn a_button_of_another_does_nothing() {
    let mut town = where_ana_is_known().await;
    town.bridge_offers_help("telegram #general", "Ana", 60)
        .await;
    town.settle().await;
    let button = town.button("telegram #general", "Talk to me alone");
    for who in ["Bo", "Ana", "Ana"] {
        town.presses("telegram #general", who, &button).await;
        town.settle().await;
        town.minutes_pass(1);
    }
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Bo: That button is somebody else's, and nothing happened.
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    to Ana: That was decided already, and nothing more happened.
    ");
}

/// The way of the press leads there for longer than the one by which it was said.
#[tokio::test]
async fn what_was_asked_of_one_person_alone_is_closed() {
    let mut town = where_ana_is_known().await;
    let asked = town
        .bridge_offers_help_alone("telegram #general", "Ana")
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: That was for me, so it goes to nobody else, and nothing is done yet. Press the button, and I answer you alone. [Talk to me alone]
    ");
    let button = town.button("telegram #general", "Talk to me alone");
    town.seconds_pass(50);
    town.presses("telegram #general", "Ana", &button).await;
    town.settle().await;
    town.seconds_pass(50);
    town.bridge_closes("telegram #general", &asked).await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: What you write here is for Spring Gathering from now on. (edited)
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    ");
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: Hello");
}

/// What counts is when it was pressed, not when that was heard.
#[tokio::test]
async fn a_button_expires() {
    let mut town = where_ana_is_known().await;
    town.bridge_offers_help("telegram #general", "Ana", 10)
        .await;
    town.settle().await;
    let button = town.button("telegram #general", "Talk to me alone");
    town.minutes_pass(11);
    town.presses("telegram #general", "Ana", &button).await;
    town.settle().await;
    let late = town.pressed_before("telegram #general", "Ana", &button, 5);
    town.hears(late).await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: It is too late for that, and nothing happened.
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    ");
}

/// The platform takes the answer for a minute, and is down for longer.
#[tokio::test]
async fn a_request_expires() {
    let mut town = where_ana_is_known().await;
    town.goes_down("telegram");
    town.commands("telegram #general", "Ana", "help").await;
    town.settle().await;
    town.minutes_pass(2);
    town.comes_back("telegram");
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @"");
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: Hello");
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: help-screen)" -> telegram:#general suppressed: request-expired
    "#);
    assert_snapshot!(town.notices().await, @"");
}

/// Each event is handed in twice, and what was answered is not left then.
#[tokio::test]
async fn nobody_waits_for_an_answer_that_does_not_come() {
    let mut town = where_ana_is_asked().await;
    for _ in 0..2 {
        town.commands("telegram #general", "Ana", "help").await;
        town.commands("telegram #nowhere", "Cy", "help").await;
    }
    town.settle().await;
    assert_snapshot!(town.left_unanswered("telegram #general"), @"Ana, Cy");
    town.says("telegram #general", "Bo", "Hello").await;
    town.says("telegram #fields", "Bo", "Hello").await;
    // The question which community is meant stands in the chat.
    town.commands("telegram @Bo", "Bo", "help").await;
    town.settle().await;
    assert_snapshot!(town.left_unanswered("telegram #general"), @"Ana, Cy, Bo");
    // What a press changes is seen where it stands.
    let button = town.button("telegram @Ana", "Hill Farm");
    town.presses("telegram @Ana", "Ana", &button).await;
    town.settle().await;
    assert_snapshot!(town.left_unanswered("telegram #general"), @"Ana, Cy, Bo, Ana");
}
