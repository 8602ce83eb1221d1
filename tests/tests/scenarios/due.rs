//! What is done later, whatever becomes of the bridge and its clock meanwhile.

use causeway_tests::{Town, chat, letters};
use insta::assert_snapshot;

const BEFORE: &str = "Bread on Firday";
const AFTER: &str = "Bread on Friday";

/// What is sent by mail stays as it is, and has no reactions.
async fn town() -> Town {
    Town::build()
        .platform(chat("telegram"))
        .platform(letters("list"))
        .room("general", &["telegram #general", "list spring@"])
        .open()
        .await
}

/// A correction is due in ninety seconds.
async fn corrects(town: &mut Town) {
    town.says("telegram #general", "Ana", BEFORE).await;
    town.settle().await;
    town.edits("telegram #general", "Ana", "Firday", AFTER)
        .await;
    town.settle().await;
}

async fn is_corrected(town: &mut Town) -> bool {
    town.settle().await;
    town.transcript("list spring@").contains("* Friday")
}

#[tokio::test]
async fn what_is_due_outlives_a_restart_to_the_second() {
    let mut town = town().await;
    corrects(&mut town).await;
    town.seconds_pass(60);
    town.restarts().await;
    town.seconds_pass(29);
    assert!(!is_corrected(&mut town).await);
    town.seconds_pass(1);
    assert!(is_corrected(&mut town).await);
}

#[tokio::test]
async fn what_fell_due_while_the_bridge_was_stopped_is_done_once_at_its_start() {
    let mut town = town().await;
    corrects(&mut town).await;
    town.is_stopped_for_hours(30).await;
    assert!(is_corrected(&mut town).await);
    town.restarts().await;
    town.minutes_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    # Bread on Firday
    Ana: Bread on Firday
      > Ana: (sent 09:00 UTC) * Friday
    ");
}

#[tokio::test]
async fn a_clock_that_jumps_ahead_is_believed() {
    let mut town = town().await;
    corrects(&mut town).await;
    town.hours_pass(5);
    assert!(is_corrected(&mut town).await);
}

#[tokio::test]
async fn what_was_begun_by_a_clock_that_was_ahead_waits_no_longer_than_usual() {
    let mut town = town().await;
    town.hours_pass(5);
    corrects(&mut town).await;
    town.reacts("telegram #general", "Bo", "Bread", "👍").await;
    town.clock_goes_back(5);
    assert!(!is_corrected(&mut town).await);
    town.seconds_pass(89);
    assert!(!is_corrected(&mut town).await);
    town.seconds_pass(1);
    assert!(is_corrected(&mut town).await);
    let mail = town.transcript("list spring@");
    assert!(!mail.contains("Reactions"), "{mail}");
    town.hours_pass(24);
    town.settle().await;
    let mail = town.transcript("list spring@");
    assert!(mail.contains("# Reactions"), "{mail}");
}

#[tokio::test]
async fn a_clock_that_was_set_right_while_the_bridge_was_stopped_is_noticed_too() {
    let mut town = town().await;
    town.hours_pass(5);
    corrects(&mut town).await;
    town.clock_goes_back(5);
    town.restarts().await;
    town.settle().await;
    town.seconds_pass(90);
    assert!(is_corrected(&mut town).await);
}

/// The platform tells of a reaction to our copy before it answers us, and its adapter stumbles over that.
#[tokio::test]
async fn what_fails_when_it_is_due_is_tried_again_and_keeps_nothing_else() {
    let mut town = town().await;
    corrects(&mut town).await;
    town.says("list spring@", "Bo", "We have a hall!").await;
    town.step_once().await;
    town.reacts("telegram #general", "Cy", "a hall", "🎉").await;
    town.step_once().await;
    town.seconds_pass(90);
    town.stumbles_over_the_next_event("telegram");
    assert!(is_corrected(&mut town).await);
    assert!(town.deliveries().await.matches("react").count() == 0);
    town.seconds_pass(29);
    town.settle().await;
    assert!(town.deliveries().await.matches("react").count() == 0);
    town.seconds_pass(1);
    town.settle().await;
    let deliveries = town.deliveries().await;
    assert!(
        deliveries.contains("react \"We have a hall!\" -> list:spring@ waiting: next-digest"),
        "{deliveries}"
    );
}

/// A closed channel's digest waits, and the others' do not.
#[tokio::test]
async fn what_is_told_of_lateness_is_told_of_each_message_in_its_time() {
    let mut town = town().await;
    town.goes_down("list");
    town.says("telegram #general", "Ana", "one").await;
    town.settle().await;
    town.minutes_pass(5);
    town.says("telegram #general", "Bo", "two").await;
    town.settle().await;
    town.minutes_pass(5);
    town.settle().await;
    let told = |town: &Town| town.transcript("telegram #general").matches("yet").count();
    assert_eq!(told(&town), 1);
    town.minutes_pass(4);
    town.settle().await;
    assert_eq!(told(&town), 1);
    town.restarts().await;
    town.minutes_pass(1);
    town.settle().await;
    assert_eq!(told(&town), 2);
    town.comes_back("list");
    town.hours_pass(1);
    town.settle().await;
    assert_eq!(town.notices().await, "");
}
