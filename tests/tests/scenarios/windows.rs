//! Platforms that let us speak for some hours only, and that say later what became of a post.

use causeway_tests::{Town, chat, list};
use conversation::{Arg, ChannelRef, DirectMessages, Event, Phrase};
use insta::assert_snapshot;
use words::WHICH_COMMUNITY;

async fn where_ana_is_known() -> Town {
    let windowed = chat("telegram").that_can(|can| {
        can.direct_messages = DirectMessages::WithinHours(24);
    });
    let mut town = Town::build()
        .platform(windowed)
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    town
}

#[tokio::test]
async fn what_waits_for_a_window_goes_in_its_order_once_it_opens() {
    let mut town = where_ana_is_known().await;
    town.says("telegram @Ana", "Ana", "help").await;
    town.settle().await;
    town.hours_pass(23);
    town.bridge_says("telegram @Ana", "Just in time").await;
    town.settle().await;
    town.hours_pass(1);
    for words in ["One", "Two"] {
        town.bridge_says("telegram @Ana", words).await;
        town.settle().await;
    }
    town.restarts().await;
    town.hours_pass(100);
    town.settle().await;
    assert!(!town.transcript("telegram @Ana").contains("One"));
    town.says("telegram @Ana", "Ana", "help").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: help
    [bot]: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    [bot]: Spring Gathering
    Ana: help
    [bot]: Spring Gathering
    [bot]: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    ");
    assert_eq!(town.notices().await, "");
}

/// An attempt finds the window shut, and before that is written down somebody opens it.
#[tokio::test]
async fn whoever_is_heard_while_it_is_tried_waits_for_nothing() {
    let mut town = where_ana_is_known().await;
    town.says("telegram @Ana", "Ana", "help").await;
    town.settle().await;
    town.hours_pass(24);
    town.bridge_says("telegram @Ana", "One").await;
    town.step_once().await;
    town.says("telegram @Ana", "Ana", "help").await;
    town.settle().await;
    let said = town.transcript("telegram @Ana");
    assert!(said.contains("[bot]: Spring Gathering"), "{said}");
}

/// Nobody wants forty messages at once: what can be said together is, each thing once, and in its order.
#[tokio::test]
async fn what_waits_for_a_window_is_one_message() {
    let mut town = where_ana_is_known().await;
    town.says("telegram @Ana", "Ana", "help").await;
    town.settle().await;
    town.hours_pass(24);
    for n in (0..40).chain([0]) {
        let key = format!("{n} at {}", town.now.0);
        let number = move |_: &_| Phrase::of(WHICH_COMMUNITY).with("number", Arg::Number(n));
        town.bridge_says_alone("telegram @Ana", &key, number).await;
        town.seconds_pass(1);
    }
    town.settle().await;
    town.restarts().await;
    town.says("telegram @Ana", "Ana", "help").await;
    town.settle().await;
    let said = town.transcript("telegram @Ana");
    let numbers: Vec<_> = said.split("You take part in ").skip(1).collect();
    let numbers: Vec<_> = numbers
        .iter()
        .filter_map(|it| it.split(' ').next())
        .collect();
    let expected: Vec<_> = (1..40).chain([0]).map(|it| it.to_string()).collect();
    assert_eq!(numbers, expected);
    let posts = said.matches("[bot]").count();
    assert!((3..=7).contains(&posts), "{posts}: {said}");
    let told = town.deliveries().await;
    assert_eq!(told.matches("said-with-others").count(), 39, "{told}");
    assert_eq!(told.matches("overtaken").count(), 1, "{told}");
    assert_eq!(town.notices().await, "");
}

/// What the platform took and could not deliver after all is a dead letter; what it confirmed is not taken back.
#[tokio::test]
async fn what_failed_later_is_a_dead_letter() {
    let mut town = where_ana_is_known().await;
    let telegram = ChannelRef::new("telegram", "#general");
    for words in ["Bread", "Salt"] {
        town.writes("list spring@", "Bo", words, words).await;
        town.settle().await;
    }
    let [bread, salt] = ["Bread", "Salt"].map(|it| town.id_of("telegram #general", it));
    let confirmed = Event::Confirmed {
        message: bread.clone(),
    };
    town.happens(&telegram, "Telegram", confirmed).await;
    for message in [bread, salt, "nobody-knows".into()] {
        let why = "the number is closed".to_owned();
        let failed = Event::Failed { message, why };
        town.happens(&telegram, "Telegram", failed).await;
    }
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> list:spring@ sent
    post "Bread" -> telegram:#general sent: confirmed
    post "Bread" -> list:spring@ sent
    post "Salt" -> telegram:#general dead: the number is closed
    post "Salt" -> list:spring@ sent
    "#);
    assert_snapshot!(town.notices().await, @r"
    dead-letter telegram:#general: some messages could not be delivered: `causeway dead list` says which and why
    ");
    town.staff_retries_all().await;
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> list:spring@ sent
    post "Bread" -> telegram:#general sent: confirmed
    post "Bread" -> list:spring@ sent
    post "Salt" -> telegram:#general sent
    post "Salt" -> list:spring@ sent
    "#);
}
