//! Rooms and links change while people talk.

use causeway_tests::{larger_town, town};
use conversation::{ChannelRef, Event, SendError};
use insta::assert_snapshot;

#[tokio::test]
async fn an_unlinked_channel_hears_and_says_nothing_until_it_is_linked_again() {
    let mut town = town().await;
    town.unlinks("list spring@").await;
    town.says("telegram #general", "Ana", "Can you hear me?")
        .await;
    town.says("list spring@", "Bo", "Is anybody there?").await;
    town.settle().await;
    town.links("general", "list spring@").await;
    town.says("telegram #general", "Ana", "And now?").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Bo: Is anybody there?
    Ana: And now?
    ");
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Can you hear me?
    Ana: And now?
    ");
}

#[tokio::test]
async fn what_is_deleted_where_nobody_relays_any_more_is_erased_all_the_same() {
    let mut town = town().await;
    town.says("list spring@", "Bo", "My number is 555 0100")
        .await;
    town.settle().await;
    town.unlinks("list spring@").await;
    town.deletes("list spring@", "Bo", "My number is 555 0100")
        .await;
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "(its words were erased)" -> telegram:#general sent
    post "(its words were erased)" -> list:spring@ sent
    "#);
}

#[tokio::test]
async fn a_kicked_bot_tells_staff_once_and_the_rest_goes_on() {
    let mut town = larger_town().await;
    town.next_send_fails(
        "discord",
        SendError::ChannelGone("the bot was kicked".into()),
    );
    town.says("telegram #general", "Ana", "one").await;
    town.settle().await;
    town.says("telegram #general", "Ana", "two").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: one
    Ana: two
    ");
    assert_snapshot!(town.transcript("discord #lobby"), @"");
    assert_snapshot!(town.notices().await, @"channel-closed discord:#lobby: discord:#lobby is closed to the bridge: the bot was kicked. What is said meanwhile waits, for as long as any message is tried. Where the platform does not tell when it is open again, `causeway room link general discord:#lobby` does.");
    assert_snapshot!(town.deliveries().await, @r#"
    post "one" -> discord:#lobby to_do: the channel is closed to us: the bot was kicked
    post "one" -> list:spring@ sent
    post "two" -> discord:#lobby to_do
    post "two" -> list:spring@ sent
    "#);
    town.links("general", "discord #lobby").await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram): one
    [bot]: Ana (Telegram): two
    ");
}

#[tokio::test]
async fn what_is_under_way_to_a_channel_that_leaves_does_not_wait_for_ever() {
    let mut town = town().await;
    town.next_send_fails("list", SendError::Unavailable("503".into()));
    town.says("telegram #general", "Ana", "one").await;
    town.step_once().await;
    town.unlinks("list spring@").await;
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"post "one" -> list:spring@ suppressed: unlinked"#);
}

#[tokio::test]
async fn a_channel_that_is_linked_anew_may_close_again_and_staff_hears_of_it() {
    let mut town = larger_town().await;
    let gone = || SendError::ChannelGone("the bot was kicked".into());
    for text in ["one", "two"] {
        town.next_send_fails("discord", gone());
        town.says("telegram #general", "Ana", text).await;
        town.settle().await;
        assert!(town.notices().await.contains("channel-closed"));
        town.unlinks("discord #lobby").await;
        town.links("general", "discord #lobby").await;
        assert_eq!(town.notices().await, "");
        town.settle().await;
    }
}

#[tokio::test]
async fn a_channel_that_lets_us_in_again_gets_what_waited_for_it() {
    let mut town = larger_town().await;
    let lobby = ChannelRef::new("discord", "#lobby");
    town.next_send_fails(
        "discord",
        SendError::ChannelGone("the bot was kicked".into()),
    );
    town.says("telegram #general", "Ana", "one").await;
    town.settle().await;
    town.happens(&lobby, "an admin", Event::Opened).await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @"[bot]: Ana (Telegram): one");
    assert_snapshot!(town.notices().await, @"");
}

#[tokio::test]
async fn a_group_that_becomes_a_supergroup_stays_the_same_channel() {
    let mut town = town().await;
    let new = ChannelRef::new("telegram", "#supergroup");
    town.next_send_fails("telegram", SendError::ChannelMoved(new));
    town.says("list spring@", "Bo", "Hello").await;
    town.settle().await;
    town.says("telegram #supergroup", "Ana", "Hello to you")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #supergroup"), @r"
    [bot]: Bo (email): Hello
    Ana: Hello to you
    ");
    assert_snapshot!(town.transcript("list spring@"), @r"
    Bo: Hello
    Ana: Hello to you
    ");
}

#[tokio::test]
async fn a_group_says_itself_that_it_moved() {
    let mut town = town().await;
    let old = ChannelRef::new("telegram", "#general");
    let to = ChannelRef::new("telegram", "#supergroup");
    town.happens(&old, "Telegram", Event::Moved { to }).await;
    town.says("list spring@", "Bo", "Hello").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #supergroup"), @"[bot]: Bo (email): Hello");
}
