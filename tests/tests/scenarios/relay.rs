//! Messages, replies, edits and reactions cross from channel to channel.

use causeway_tests::town;
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
