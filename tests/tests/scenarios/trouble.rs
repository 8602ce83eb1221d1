//! What people see when a platform or the bridge itself fails.

use causeway_tests::town;
use conversation::SendError;
use insta::assert_snapshot;

#[tokio::test]
async fn a_channel_keeps_its_order_while_its_platform_is_down() {
    let mut town = town().await;
    town.next_send_fails("list", SendError::Unavailable("maintenance".into()));
    town.says("telegram #general", "Ana", "one").await;
    town.says("telegram #general", "Ana", "two").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"");
    town.seconds_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: one
    Ana: two
    ");
}

#[tokio::test]
async fn a_crash_after_the_post_costs_at_most_one_duplicate_and_no_message() {
    let mut town = town().await;
    town.says("list spring@", "Bo", "one").await;
    town.says("list spring@", "Bo", "two").await;
    town.crashes_after_the_next_post_to("telegram #general")
        .await;
    town.seconds_pass(1);
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email): one
    [bot]: Bo (email): one
    [bot]: Bo (email): two
    ");
}
