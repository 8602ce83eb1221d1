//! Where something was missed that cannot be had any more, the others are told.

use causeway_tests::{larger_town, town};
use conversation::{ChannelRef, Event};
use insta::assert_snapshot;

#[tokio::test]
async fn a_gap_is_told_once_to_everybody_else_and_to_staff() {
    let mut town = larger_town().await;
    town.says("discord #lobby", "Ana", "Hello").await;
    town.settle().await;
    let since = town.now;
    town.minutes_pass(68);
    let at = ChannelRef::new("discord", "#lobby");
    town.happens(&at, "", Event::Missed { since }).await;
    town.settle().await;
    town.minutes_pass(1);
    town.happens(&at, "", Event::Missed { since }).await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Ana (Discord): Hello
    [bot]: Some of what was said in Discord between 09:00 and 10:08 UTC may be missing here.
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: Hello
    Causeway: Some of what was said in Discord between 09:00 and 10:08 UTC may be missing here.
    ");
    assert_snapshot!(town.transcript("discord #lobby"), @"Ana: Hello");
    assert_snapshot!(town.notices().await, @"words-missed discord:#lobby: Some of what was said in Discord between 09:00 and 10:08 UTC may be missing here.");
}

/// What the bridge itself says in a channel is no sign that it heard all that people said there.
#[tokio::test]
async fn a_gap_that_was_told_is_not_taken_for_a_message() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    let since = town.now;
    town.minutes_pass(30);
    let at = ChannelRef::new("telegram", "#general");
    town.happens(&at, "", Event::Missed { since }).await;
    town.settle().await;
    let points = town.store().resume_points(&"telegram".into()).await;
    assert_eq!(points.expect("points")[0].since, since);
    town.notices().await;
}
