//! A file that cannot be had where it lies.

use causeway_tests::{Town, town};
use conversation::SendError;
use insta::assert_snapshot;

#[tokio::test]
async fn a_file_that_cannot_be_had_at_once_comes_with_its_message_a_little_later() {
    let mut town = town().await;
    town.next_fetch_fails("telegram", SendError::Unavailable("503".into()));
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"");
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: The hall <hall.jpg>");
}

#[tokio::test]
async fn a_file_that_cannot_be_had_for_long_is_left_out_and_named() {
    let mut town = town().await;
    town.hands_out_no_files("telegram");
    town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
        .await;
    town.says("telegram #general", "Ana", "Do you like it?")
        .await;
    minutes_pass(&mut town, 20).await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: (sent 09:00 UTC) The hall
          [photo: hall.jpg — the platform that holds it does not hand it out; it is in Telegram]
    Ana: (sent 09:00 UTC) Do you like it?
    ");
}

#[tokio::test]
async fn what_the_holder_of_a_file_says_closes_no_other_channel() {
    let mut town = town().await;
    let errors = [
        SendError::ChannelGone("the bot was kicked".into()),
        SendError::Unauthorised("the token was revoked".into()),
        SendError::ChannelMoved(conversation::ChannelRef::new("telegram", "#elsewhere")),
    ];
    for error in errors {
        town.next_fetch_fails("telegram", error);
        town.shows("telegram #general", "Ana", "The hall", "hall.jpg")
            .await;
        town.settle().await;
    }
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: The hall
          [photo: hall.jpg — the platform that holds it does not hand it out; it is in Telegram]
    Ana: The hall
          [photo: hall.jpg — the platform that holds it does not hand it out; it is in Telegram]
    Ana: The hall
          [photo: hall.jpg — the platform that holds it does not hand it out; it is in Telegram]
    ");
    assert_snapshot!(town.notices().await, @"");
}

async fn minutes_pass(town: &mut Town, minutes: u64) {
    for _ in 0..minutes {
        town.settle().await;
        town.minutes_pass(1);
    }
    town.settle().await;
}
