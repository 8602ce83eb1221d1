//! What answers one person alone needs no channel, and waits for none.

use causeway_tests::{Town, town};
use conversation::{ChannelRef, Event, SendError};
use insta::assert_snapshot;

const HELP: &str = "to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:";

async fn where_ana_is_known() -> Town {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    town
}

#[tokio::test]
async fn an_answer_needs_no_open_channel() {
    let mut town = where_ana_is_known().await;
    let telegram = ChannelRef::new("telegram", "#general");
    let closed = Event::Closed { why: String::new() };
    town.happens(&telegram, "Telegram", closed).await;
    town.writes("list spring@", "Bo", "Bread", "Bread").await;
    town.commands("telegram #general", "Ana", "help").await;
    town.step_once().await;
    assert_eq!(town.whispers("telegram #general"), HELP);
    assert!(!town.transcript("telegram #general").contains("Bread"));
    assert!(town.notices().await.contains("is closed to the bridge"));
    town.happens(&telegram, "Telegram", Event::Opened).await;
    town.settle().await;
    assert!(town.transcript("telegram #general").contains("Bread"));
    assert_eq!(town.whispers("telegram #general"), HELP);
}

/// Nor one whose queue is short, or whose first message has no hurry, before and after a restart.
#[tokio::test]
async fn an_answer_overtakes_what_waits_for_the_channel() {
    let mut town = where_ana_is_known().await;
    let busy = SendError::RateLimited {
        wait: std::time::Duration::from_secs(40),
    };
    town.next_send_fails("telegram", busy);
    for n in 0..200 {
        town.writes("list spring@", &format!("Bo{n}"), "Bread", "Bread")
            .await;
    }
    town.step_once().await;
    town.step_once().await;
    town.commands("telegram #general", "Ana", "help").await;
    town.restarts().await;
    town.step_once().await;
    assert_eq!(town.whispers("telegram #general"), HELP);
    assert!(!town.transcript("telegram #general").contains("Bread"));
    town.minutes_pass(1);
    town.settle().await;
    let said = town.transcript("telegram #general");
    assert_eq!(said.matches("Bread").count(), 200, "{said}");
}

/// What it comes to says nothing of the channel, and holds up nobody there.
#[tokio::test]
async fn an_answer_that_fails_is_tried_again_by_itself() {
    let mut town = where_ana_is_known().await;
    let down = SendError::Unavailable("down".to_owned());
    let in_doubt = SendError::Uncertain("the connection was cut".to_owned());
    for (n, error) in (1..).zip([down, in_doubt]) {
        town.next_send_fails("telegram", error);
        town.commands("telegram #general", "Ana", "help").await;
        town.step_once().await;
        town.writes("list spring@", "Bo", "Bread", &format!("Bread {n}"))
            .await;
        town.settle().await;
        assert_eq!(
            town.whispers("telegram #general")
                .matches("to Ana: ")
                .count(),
            n - 1
        );
        assert!(
            town.transcript("telegram #general")
                .contains(&format!("Bread {n}"))
        );
        town.restarts().await;
        town.seconds_pass(30);
        town.settle().await;
        assert_eq!(
            town.whispers("telegram #general")
                .matches("to Ana: ")
                .count(),
            n
        );
    }
    assert_snapshot!(town.notices().await, @"");
}

/// Each goes on a way of its own: one that is late keeps nobody else's.
#[tokio::test]
async fn a_late_answer_keeps_no_other() {
    let mut town = where_ana_is_known().await;
    town.next_send_fails("telegram", SendError::Unavailable("down".to_owned()));
    town.commands("telegram #general", "Ana", "help").await;
    town.step_once().await;
    town.commands("telegram #general", "Cy", "help").await;
    town.step_once().await;
    assert!(town.whispers("telegram #general").starts_with("to Cy: "));
    town.minutes_pass(2);
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: help-screen)" -> telegram:#general suppressed: request-expired
    post "(the bridge itself: help-screen)" -> telegram:#general sent
    "#);
}

/// Who left the room's channel behind is answered all the same.
#[tokio::test]
async fn an_answer_outlives_its_channel() {
    let mut town = where_ana_is_known().await;
    town.commands("telegram #general", "Ana", "help").await;
    town.unlinks("telegram #general").await;
    town.settle().await;
    assert_eq!(town.whispers("telegram #general"), HELP);
}

/// What a press changes is changed by the way of the press, in the order in which it was decided.
#[tokio::test]
async fn what_one_person_sees_changes_while_the_channel_is_busy() {
    let mut town = where_ana_is_known().await;
    let asked = town
        .bridge_offers_help_alone("telegram #general", "Ana")
        .await;
    town.next_send_fails(
        "telegram",
        SendError::Uncertain("the connection was cut".to_owned()),
    );
    town.step_once().await;
    town.bridge_closes("telegram #general", &asked).await;
    town.settle().await;
    town.seconds_pass(30);
    town.settle().await;
    let whispers = town.whispers("telegram #general");
    let newest = whispers.lines().last().unwrap_or_default();
    assert_snapshot!(newest, @"to Ana: What you write here is for Spring Gathering from now on.");
}
