//! Whoever administers a channel of one platform lets it take part and leave, and may nothing else.

use insta::assert_snapshot;

use super::staff::{LOBBY, says, staffed_town};

#[tokio::test]
async fn whoever_administers_a_channel_lets_it_take_part_and_leave_and_nothing_else() {
    let mut town = staffed_town().await;
    says(&mut town, "Bo", &["link leave"]).await;
    town.administers(LOBBY, "Bo");
    let others = [
        "rooms",
        "link leave telegram:#general",
        "room unlink discord:#lobby",
        "link suspend discord:#lobby",
        "link leave",
    ];
    says(&mut town, "Bo", &others).await;
    let confirm = format!("confirm {}", town.code(LOBBY));
    says(&mut town, "Bo", &[&confirm]).await;
    assert!(!town.links_of("general").await.contains("discord:#lobby"));
    says(
        &mut town,
        "Bo",
        &["rooms", "link here market", "link here general"],
    )
    .await;
    town.says("telegram #general", "Ana", "Are you back?").await;
    town.settle().await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Bo: That is for staff and for whoever administers this channel, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff and for whoever administers this channel, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: That is for staff, and nothing happened. “help” says what I can do for you.
    to Bo: You said yes to this: link leave discord:#lobby (edited)
    to Bo: Done: link leave discord:#lobby. Nothing is carried to the channel or from it any more. What was said stays. Within 15 minutes, “undo” takes it back. [Undo]
    to Bo: I carry nothing from this channel, so there is nothing that I can do here.
    to Bo: Done: link here general discord:#lobby. What is said there is carried to the 2 other channels of the room, and back. Within 15 minutes, “undo” takes it back. [Undo]
    ");
    assert!(town.transcript(LOBBY).contains("Are you back?"));
}

#[tokio::test]
async fn who_administers_a_channel_no_more_may_nothing_there() {
    let mut town = staffed_town().await;
    town.administers(LOBBY, "Bo");
    says(&mut town, "Bo", &["link leave"]).await;
    let yes = town.button(LOBBY, "Yes, do it");
    let confirm = format!("confirm {}", town.code(LOBBY));
    town.administers_no_more(LOBBY, "Bo");
    says(&mut town, "Bo", &[&confirm]).await;
    town.presses(LOBBY, "Bo", &yes).await;
    town.settle().await;
    assert_snapshot!(town.whispers(LOBBY), @r"
    to Bo: link leave discord:#lobby: Nothing is carried to the channel or from it any more. What was said stays. If that is what you want, write “confirm CODE” within 10 minutes. [Yes, do it]
    to Bo: That is for staff and for whoever administers this channel, and nothing happened. “help” says what I can do for you.
    ");
    assert!(town.links_of("general").await.contains("discord:#lobby"));
}

/// No answer is no, and whoever speaks behind it waits a moment and in order.
#[tokio::test]
async fn where_the_platform_does_not_say_who_may_nobody_may() {
    let mut town = staffed_town().await;
    town.administers("discord #stalls", "Bo");
    town.falls_silent("discord #stalls");
    town.commands("discord #stalls", "Bo", "link here general")
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers("discord #stalls"), @r"
    to Bo: That is for staff and for whoever administers this channel, and nothing happened. “help” says what I can do for you.
    ");
    assert!(!town.links_of("general").await.contains("discord:#stalls"));
}

/// In a channel of no room nothing else is heard.
#[tokio::test]
async fn a_channel_of_no_room_is_let_in_by_whoever_administers_it() {
    let mut town = staffed_town().await;
    for (who, said) in [
        ("Bo", "link here general"),
        // Anybody administers a group of their own.
        ("Cy", "link here general"),
        ("Cy", "link here market"),
        ("Cy", "rooms"),
        ("Cy", "link here general discord:#lobby"),
        ("Cy", "link here general"),
    ] {
        town.administers("discord #stalls", "Cy");
        town.minutes_pass(2);
        town.commands("discord #stalls", who, said).await;
        town.settle().await;
        if who == "Cy" {
            town.says(LOBBY, "Cy", "Hello").await;
            town.settle().await;
        }
    }
    town.says("discord #stalls", "Cy", "Fresh eggs").await;
    town.settle().await;
    assert_snapshot!(town.whispers("discord #stalls"), @r"
    to Bo: That is for staff and for whoever administers this channel, and nothing happened. “help” says what I can do for you.
    to Cy: That is for people of this community, and I have heard nothing from you in its rooms yet. Write there first.
    to Cy: Nothing happened: I have no room of that name. Ask whoever looks after the community what it is called, and say “link here ROOM” again.
    to Cy: I carry nothing from this channel, so there is nothing that I can do here.
    to Cy: That is for staff and for whoever administers this channel, and nothing happened. “help” says what I can do for you.
    to Cy: Done: link here general discord:#stalls. What is said there is carried to the 3 other channels of the room, and back. Within 15 minutes, “undo” takes it back. [Undo]
    ");
    assert!(town.transcript("telegram #general").contains("Fresh eggs"));
    let undo = town.button("discord #stalls", "Undo");
    town.presses("discord #stalls", "Bo", &undo).await;
    town.presses("discord #stalls", "Cy", &undo).await;
    town.settle().await;
    assert!(!town.links_of("general").await.contains("discord:#stalls"));
    town.is_run_by(&[("discord", "Eva")]).await;
    says(&mut town, "Eva", &["audit list"]).await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Eva: 2 changes were made here, the newest first:
    · 2 March, 09:12, Cy: link leave. Nothing is carried to the channel or from it any more, and one message that waits for it is not sent. What was said stays.
    · 2 March, 09:12, Cy: link here. What is said there is carried to the 3 other channels of the room, and back.
    ");
}

/// Where nobody is answered alone, the channel is told: it is about all who read there.
#[tokio::test]
async fn a_channel_that_answers_nobody_alone_is_told_that_it_takes_part() {
    let mut town = staffed_town().await;
    town.administers("telegram #stalls", "Cy");
    town.says("telegram #general", "Cy", "Hello").await;
    town.commands_aloud("telegram #stalls", "Bo", "link here general")
        .await;
    town.commands_aloud("telegram #stalls", "Cy", "link here general")
        .await;
    town.settle().await;
    town.says("telegram #general", "Ana", "Welcome").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #stalls"), @r"
    [bot]: Done: link here general telegram:#stalls. What is said there is carried to the 3 other channels of the room, and back.
    [bot]: Ana (Telegram): Welcome
    ");
}
