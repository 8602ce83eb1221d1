//! Authors hear of what did not arrive, and nobody else does.

use causeway_tests::{Town, larger_town, town};
use conversation::SendError;
use insta::assert_snapshot;

#[tokio::test]
async fn an_author_is_told_after_ten_minutes_and_once() {
    let mut town = town().await;
    town.goes_down("list");
    town.says("telegram #general", "Ana", "The bus leaves at five.")
        .await;
    minutes_pass(&mut town, 9).await;
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: The bus leaves at five.");
    minutes_pass(&mut town, 60).await;
    let told = town.transcript("telegram #general");
    assert_snapshot!(told, @r"
    Ana: The bus leaves at five.
      > [bot]: Not delivered to email yet: the platform cannot be reached. It is tried again.
    ");
    town.restarts().await;
    minutes_pass(&mut town, 10).await;
    assert_eq!(town.transcript("telegram #general"), told);
    town.comes_back("list");
    minutes_pass(&mut town, 75).await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: (sent 09:00 UTC) The bus leaves at five.");
    assert_eq!(town.transcript("telegram #general"), told);
}

#[tokio::test]
async fn whoever_writes_much_in_a_silence_is_told_once_an_hour() {
    let mut town = town().await;
    town.goes_down("list");
    for text in ["one", "two", "three"] {
        town.says("telegram #general", "Ana", text).await;
    }
    town.says("telegram #general", "Cy", "four").await;
    minutes_pass(&mut town, 30).await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: one
    Ana: two
    Ana: three
    Cy: four
      > [bot]: Not delivered to email yet: the platform cannot be reached. It is tried again.
      > [bot]: Not delivered to email yet. It is tried again.
    ");
    town.comes_back("list");
    minutes_pass(&mut town, 75).await;
}

#[tokio::test]
async fn an_author_is_told_of_each_message_that_is_given_up() {
    let mut town = larger_town().await;
    town.next_send_fails("discord", SendError::Refused("too spicy".into()));
    town.says("telegram #general", "Ana", "Chili!").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Chili!
      > [bot]: Not delivered to Discord: the platform refused the message.
    ");
    assert_snapshot!(town.transcript("discord #lobby"), @"");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Chili!");
    // Staff tries again, and it is refused again: that is no news.
    town.next_send_fails("discord", SendError::Refused("too spicy".into()));
    town.staff_retries_all().await;
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "Chili!" -> discord:#lobby dead: the platform refused the message: too spicy
    post "Chili!" -> list:spring@ sent
    post "(the bridge itself: not-delivered)" -> telegram:#general sent
    "#);
    town.notices().await;
}

#[tokio::test]
async fn a_list_is_not_told_what_concerns_one_of_its_members() {
    let mut town = larger_town().await;
    town.next_send_fails("discord", SendError::Refused("too spicy".into()));
    town.says("list spring@", "Bo", "Chili!").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Bo: Chili!");
    assert_snapshot!(town.deliveries().await, @r#"
    post "Chili!" -> telegram:#general sent
    post "Chili!" -> discord:#lobby dead: the platform refused the message: too spicy
    post "Chili!" -> list:spring@ sent
    post "(the bridge itself: not-delivered)" -> list:spring@ suppressed: for-the-author-alone
    "#);
    town.notices().await;
}

#[tokio::test]
async fn news_that_cannot_be_told_are_no_news_themselves() {
    let mut town = larger_town().await;
    town.goes_down("discord");
    town.goes_down("telegram");
    town.says("telegram #general", "Ana", "Hello").await;
    minutes_pass(&mut town, 26 * 60).await;
    town.comes_back("discord");
    town.comes_back("telegram");
    minutes_pass(&mut town, 75).await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Hello
      > [bot]: Not delivered to Discord: the platform cannot be reached.
    ");
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> discord:#lobby dead: the platform cannot be reached: down
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: not-yet-for)" -> telegram:#general dead: the platform cannot be reached: down
    post "(the bridge itself: not-delivered)" -> telegram:#general sent
    "#);
    town.notices().await;
}

#[tokio::test]
async fn an_answer_to_the_bridge_is_relayed_as_any_other() {
    let mut town = larger_town().await;
    town.next_send_fails("discord", SendError::Refused("too spicy".into()));
    town.says("telegram #general", "Ana", "Chili!").await;
    town.settle().await;
    town.replies("telegram #general", "Ana", "Not delivered", "What a pity")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: > Causeway: Not delivered to Discord: the platform refused the message.
          Ana (Telegram): What a pity
    ");
    town.notices().await;
}

async fn minutes_pass(town: &mut Town, minutes: u64) {
    for _ in 0..minutes {
        town.settle().await;
        town.minutes_pass(1);
    }
    town.settle().await;
}
