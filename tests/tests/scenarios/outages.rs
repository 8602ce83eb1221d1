//! A platform, a channel or the bridge itself is away for long. Nobody's message is blamed for it.

use causeway_tests::{Town, chat, larger_town, list, town};
use conversation::{ChannelRef, Event, SendError, StormLimits};
use insta::assert_snapshot;

#[tokio::test]
async fn a_platform_that_cuts_every_call_for_hours_kills_nothing() {
    let mut town = town().await;
    town.cuts_calls("telegram");
    for n in 0..40 {
        town.says("list spring@", "Bo", &format!("message {n}"))
            .await;
    }
    for _ in 0..240 {
        town.settle().await;
        town.minutes_pass(1);
    }
    let tried = town.n_sends("telegram");
    assert!(tried <= 20, "{tried} tries in four hours");
    town.answers_calls("telegram");
    town.hours_pass(2);
    town.settle().await;
    let seen = town.transcript("telegram #general");
    let numbers: Vec<&str> = seen
        .lines()
        .filter_map(|it| it.rsplit(' ').next())
        .collect();
    let all: Vec<String> = (0..40).map(|n| n.to_string()).collect();
    assert_eq!(numbers, all);
    assert_eq!(town.notices().await, "");
}

#[tokio::test]
async fn messages_that_stay_in_doubt_while_others_go_through_are_given_up() {
    let mut town = town().await;
    town.cuts_calls_at("telegram", "poison");
    for text in ["poison 1", "poison 2", "Hello", "poison 3", "Bye"] {
        town.says("list spring@", "Bo", text).await;
    }
    for _ in 0..40 {
        town.settle().await;
        town.minutes_pass(1);
    }
    town.says("list spring@", "Bo", "Back again").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email, sent 09:00 UTC): Hello
    [bot]: Bo (email, sent 09:00 UTC): Bye
    [bot]: Bo (email): Back again
    ");
    let tried = town.n_sends("telegram");
    assert!(tried <= 40, "{tried}");
    let notices = town.notices().await;
    assert!(
        notices.contains("dead-letter telegram:#general"),
        "{notices}"
    );
}

#[tokio::test]
async fn a_message_that_fails_while_others_go_through_is_given_up_alone() {
    let mut town = town().await;
    town.cuts_calls_at("telegram", "Hello");
    for text in ["Hello", "Who comes?", "I do."] {
        town.says("list spring@", "Bo", text).await;
    }
    for _ in 0..13 {
        town.settle().await;
        town.minutes_pass(1);
    }
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> telegram:#general dead: no answer after the message went out: the connection was cut
    post "Hello" -> list:spring@ sent
    post "Who comes?" -> telegram:#general sent
    post "Who comes?" -> list:spring@ sent
    post "I do." -> telegram:#general sent
    post "I do." -> list:spring@ sent
    post "(the bridge itself: perhaps-not-delivered)" -> list:spring@ suppressed: for-the-author-alone
    "#);
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email, sent 09:00 UTC): Who comes?
    [bot]: Bo (email): I do.
    ");
    town.notices().await;
}

#[tokio::test]
async fn a_message_that_waited_alone_goes_first_when_the_platform_is_back() {
    let mut town = town().await;
    town.cuts_calls("telegram");
    town.says("list spring@", "Bo", "Hello").await;
    for _ in 0..15 {
        town.settle().await;
        town.minutes_pass(1);
    }
    town.answers_calls("telegram");
    town.says("list spring@", "Bo", "Is it over?").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @r"
    [bot]: Bo (email, sent 09:00 UTC): Hello
    [bot]: Bo (email): Is it over?
    ");
}

#[tokio::test]
async fn what_waits_for_a_closed_channel_ends_after_a_day_with_that_cause() {
    let mut town = larger_town().await;
    town.next_send_fails(
        "discord",
        SendError::ChannelGone("the bot was kicked".into()),
    );
    for text in ["one", "two"] {
        town.says("telegram #general", "Ana", text).await;
        town.settle().await;
    }
    town.hours_pass(23);
    town.settle().await;
    assert!(!town.notices().await.contains("dead-letter"));
    town.hours_pass(2);
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "one" -> discord:#lobby dead: the channel stayed closed to us for as long as a message is tried
    post "one" -> list:spring@ sent
    post "two" -> discord:#lobby dead: the channel stayed closed to us for as long as a message is tried
    post "two" -> list:spring@ sent
    post "(the bridge itself: not-yet-for)" -> telegram:#general sent
    post "(the bridge itself: not-delivered)" -> telegram:#general sent
    "#);
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: one
    Ana: two
      > [bot]: Not delivered to Discord yet: the channel is closed to us. It is tried again.
      > [bot]: Not delivered to Discord: the channel stayed closed to us for as long as a message is tried.
    ");
    town.notices().await;
}

#[tokio::test]
async fn a_channel_that_opens_in_time_gets_what_was_said_meanwhile() {
    let mut town = larger_town().await;
    town.happens(
        &ChannelRef::new("discord", "#lobby"),
        "Dov",
        Event::closed("it is archived: unarchive it"),
    )
    .await;
    for text in ["one", "two"] {
        town.says("telegram #general", "Ana", text).await;
        town.settle().await;
    }
    town.notices().await;
    town.hours_pass(20);
    town.happens(&ChannelRef::new("discord", "#lobby"), "Dov", Event::Opened)
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    [bot]: Ana (Telegram, sent 09:00 UTC): one
    [bot]: Ana (Telegram, sent 09:00 UTC): two
    ");
}

#[tokio::test]
async fn the_days_in_which_the_bridge_was_stopped_count_against_no_message() {
    let mut town = town().await;
    town.goes_down("telegram");
    town.says("list spring@", "Bo", "Hello").await;
    town.settle().await;
    town.is_stopped_for_hours(72).await;
    town.settle().await;
    town.hours_pass(23);
    town.settle().await;
    assert!(!town.notices().await.contains("dead-letter"));
    town.comes_back("telegram");
    town.hours_pass(2);
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Bo (email, sent 09:00 UTC): Hello");
}

#[tokio::test]
async fn the_days_in_which_an_account_was_refused_count_against_no_message() {
    let mut town = town().await;
    town.next_send_fails("telegram", SendError::Unauthorised("a new token".into()));
    town.says("list spring@", "Bo", "Hello").await;
    town.settle().await;
    town.notices().await;
    town.hours_pass(72);
    town.restarts().await;
    town.goes_down("telegram");
    town.settle().await;
    assert_eq!(town.notices().await, "");
    town.comes_back("telegram");
    town.hours_pass(1);
    town.settle().await;
    assert_snapshot!(town.transcript("telegram #general"), @"[bot]: Bo (email, sent 09:00 UTC): Hello");
}

#[tokio::test]
async fn whoever_floods_a_room_is_told_and_silences_nobody_else() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .braked_at(StormLimits {
            per_author: 3,
            per_channel: 5,
            per_room: 6,
        })
        .open()
        .await;
    for n in 1..=50 {
        town.says("telegram #general", "Ana", &format!("flood {n}"))
            .await;
    }
    town.says("telegram #general", "Cy", "Is anybody here?")
        .await;
    town.says("list spring@", "Bo", "I am.").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Bo: I am.
    Ana: flood 1
    Ana: flood 2
    Ana: flood 3
    Cy: Is anybody here?
    ");
    let told = town.transcript("telegram #general");
    let told: Vec<_> = told.lines().filter(|it| !it.contains("flood")).collect();
    assert_snapshot!(told.join("\n"), @r"
    Cy: Is anybody here?
      > [bot]: You wrote more than 3 messages in a minute. What came after waits until somebody of the staff has looked at it, and then goes on in its order.
    [bot]: Bo (email): I am.
    ");
    assert_snapshot!(town.notices().await, @"storm-brake one person in telegram:#general: one person wrote more than 3 messages in a minute, so what came after waits: `causeway dead list` shows it, `causeway dead retry` lets it go in its order, `causeway dead drop` drops it");
    town.staff_retries_all().await;
    town.settle().await;
    let seen = town.transcript("list spring@");
    let flood: Vec<_> = seen.lines().filter(|it| it.contains("flood")).collect();
    let all: Vec<_> = (1..=50).map(|n| format!("Ana: flood {n}")).collect();
    assert_eq!(flood, all);
    town.notices().await;
}
