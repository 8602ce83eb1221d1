//! Nothing is done that was not told of, nor before it can be told.

use conversation::{ChannelRef, Event};
use insta::assert_snapshot;

use super::staff::{LOBBY, says, staffed_town};

/// More waits by the time of the yes than when it was asked for.
#[tokio::test]
async fn what_comes_to_something_else_by_then_is_asked_anew() {
    let mut town = staffed_town().await;
    says(&mut town, "Eva", &["room unlink telegram:#general"]).await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    town.goes_down("telegram");
    town.says(LOBBY, "Bo", "Who is there?").await;
    town.settle().await;
    says(&mut town, "Eva", &[&confirm]).await;
    let again = format!("confirm {}", town.code(LOBBY));
    assert_ne!(again, confirm);
    says(&mut town, "Eva", &[&again]).await;
    town.comes_back("telegram");
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Eva: You said yes to this: room unlink telegram:#general (edited)
    to Eva: You said yes to this: room unlink telegram:#general (edited)
    to Eva: Done: room unlink telegram:#general. Nothing is carried to the channel or from it any more, and one message that waits for it is not sent. What was said stays. Within 15 minutes, “undo” takes it back. [Undo]
    ");
}

/// The platform answers nobody alone there, and Eva has not written to the bot yet.
#[tokio::test]
async fn where_nobody_can_be_answered_nothing_is_done() {
    let mut town = staffed_town().await;
    town.is_run_by(&[("telegram", "Eva")]).await;
    town.commands_aloud("telegram #general", "Eva", "room rename general square")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Hello
    [bot]: Bo (Discord): Good morning
    [bot]: That was for me, so it goes to nobody else, and nothing is done yet. Press the button, and I answer you alone. [Talk to me alone ->]
    ");
    town.says("telegram @Eva", "Eva", "rooms").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Eva"), @r"
    Eva: rooms
    [bot]: One room:
          “room link ROOM CHANNEL” lets a channel take part in one.
    ");
}

#[tokio::test]
async fn who_is_of_staff_no_longer_when_the_answer_goes_is_told_nothing_of_it() {
    let mut town = staffed_town().await;
    town.commands(LOBBY, "Eva", "members").await;
    town.is_run_by(&[("discord", "Bo")]).await;
    town.settle().await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @"to Eva: That is for staff, and nothing happened. “help” says what I can do for you.");
}

/// Within a moment, and each is another list.
#[tokio::test]
async fn the_same_question_is_answered_each_time() {
    let mut town = staffed_town().await;
    for said in ["rooms", "room add market", "rooms"] {
        town.commands(LOBBY, "Eva", said).await;
    }
    town.settle().await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Eva: 2 rooms:
    · general: telegram:#general, discord:#lobby, list:spring@
    · market: no channel yet
    “room link ROOM CHANNEL” lets a channel take part in one.
    to Eva: Done: room add market. The room is there, and empty. “room link” lets a channel take part in it. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: 2 rooms:
    · general: telegram:#general, discord:#lobby, list:spring@
    · market: no channel yet
    “room link ROOM CHANNEL” lets a channel take part in one.
    ");
}

/// Neither a start nor its platform ends what staff wished.
#[tokio::test]
async fn a_channel_rests_until_staff_lets_it_take_part_again() {
    let mut town = staffed_town().await;
    town.staff_does("link suspend telegram:#general").await;
    town.restarts().await;
    town.happens(
        &ChannelRef::new("telegram", "#general"),
        "Ana",
        Event::Opened,
    )
    .await;
    town.says(LOBBY, "Bo", "Who is there?").await;
    town.settle().await;
    assert!(
        !town
            .transcript("telegram #general")
            .contains("Who is there?")
    );
    says(&mut town, "Eva", &["links", "status"]).await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Eva: 3 channels:
    · telegram:#general (general): rests
    · discord:#lobby (general): takes part
    · list:spring@ (general): takes part
    “link suspend CHANNEL” lets one rest, “link open CHANNEL” tries it again.
    to Eva: One thing wants a look:
    · telegram:#general: staff lets it rest. What is said meanwhile waits, for as long as any message is tried: “room link general telegram:#general” lets it take part again.
    · telegram:#general: one message waits, for 0 minutes
    “dead list” and “held list” say more.
    ");
    town.staff_does("link open telegram:#general").await;
    town.settle().await;
    assert!(
        town.transcript("telegram #general")
            .contains("Who is there?")
    );
}
