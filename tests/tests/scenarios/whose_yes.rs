//! Whose yes it is, how it is given by mail, and how much waits for one.

use causeway_tests::{Town, chat, larger_town};
use conversation::{ChannelRef, Event, Proof, StormLimits};
use insta::assert_snapshot;

use super::first_messages::{GENERAL, LIST, LOBBY, YES, asking_town, presses};

#[tokio::test]
async fn a_person_is_one_whichever_of_their_accounts_says_it() {
    let mut town = larger_town().await;
    town.says(GENERAL, "Ana", "Here").await;
    town.says(LOBBY, "Ana", "And here").await;
    town.settle().await;
    town.staff_does("member join telegram:account-of-Ana discord:account-of-Ana")
        .await;
    town.asks_first("general").await;
    town.says(GENERAL, "Ana", "One").await;
    town.says(LOBBY, "Ana", "Two").await;
    town.settle().await;
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LIST), @r"
    Ana: Here
    Ana: And here
    Ana: One
    Ana: Two
    ");
    assert_snapshot!(town.transcript(GENERAL), @r"
    Ana: Here
    [bot]: Ana (Discord): And here
    Ana: One
      > [bot]: You agreed: what you say in rooms is carried on, and so is what waited. “disagree” ends that at any time. (edited)
    [bot]: Ana (Discord): Two
    ");
}

#[tokio::test]
async fn nobody_answers_for_another() {
    let mut town = asking_town().await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.settle().await;
    presses(&mut town, GENERAL, "Bo", YES).await;
    assert_snapshot!(town.whispers(GENERAL), @"to Bo: That button is somebody else's, and nothing happened.");
    assert_eq!(town.transcript(LOBBY), "");
    presses(&mut town, GENERAL, "Ana", YES).await;
}

#[tokio::test]
async fn many_go_in_their_order() {
    let mut town = asking_town().await;
    let said: Vec<String> = (0..129).map(|it| format!("Number {it}")).collect();
    for it in &said {
        town.says(GENERAL, "Ana", it).await;
        town.seconds_pass(2);
    }
    town.settle().await;
    assert_eq!(town.transcript(LOBBY), "");
    presses(&mut town, GENERAL, "Ana", YES).await;
    let expected: Vec<String> = said
        .iter()
        .map(|it| format!("[bot]: Ana (Telegram): {it}"))
        .collect();
    assert_eq!(town.transcript(LOBBY), expected.join("\n"));
}

/// Nobody makes a flood of what waits by one yes.
#[tokio::test]
async fn what_is_too_much_does_not_wait() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(chat("discord"))
        .room("general", &[GENERAL, LOBBY])
        .braked_at(StormLimits {
            per_author: 3,
            ..StormLimits::default()
        })
        .open()
        .await;
    town.asks_first("general").await;
    for it in 0..10 {
        town.says(GENERAL, "Ana", &format!("Number {it}")).await;
    }
    town.settle().await;
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LOBBY), @r"
    [bot]: Ana (Telegram): Number 0
    [bot]: Ana (Telegram): Number 1
    [bot]: Ana (Telegram): Number 2
    ");
    assert_snapshot!(town.notices().await, @"");
}

/// A list's own readers get it at once, as they always did. Who may be anybody is not written to.
#[tokio::test]
async fn by_mail_its_writer_is_asked_alone() {
    let mut town = asking_town().await;
    town.says(LIST, "Cy", "I may be anybody").await;
    town.says_by_mail(LIST, "Ana", "Dear all").await;
    town.settle().await;
    assert_snapshot!(town.whispers(LIST), @r"
    to Ana: What you said has not gone on yet: this room asks everybody once. May what you say here be carried to Discord, Telegram, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I erase it. “agreement” tells more.
    ");
    assert_snapshot!(town.transcript(LOBBY), @"");
    town.commands_by_mail(LIST, "Ana", "agree", Proof::Proven)
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript(LOBBY), @"");
    let confirm = format!("confirm {}", town.code(LIST));
    town.commands_by_mail(LIST, "Ana", &confirm, Proof::Proven)
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers(LIST), @r"
    to Ana: What you said has not gone on yet: this room asks everybody once. May what you say here be carried to Discord, Telegram, with your name? Say “agree” or “disagree” to me within 7 days. Until then it waits; without a yes it goes nowhere, and I erase it. “agreement” tells more.
    to Ana: agree: What waited goes on now, and so does what you say from now on. “disagree relay” ends that at any time. If that is what you want, write “confirm CODE” within 10 minutes.
    to Ana: Done: agree. What waited goes on now, and so does what you say from now on. “disagree relay” ends that at any time.
    ");
    assert_snapshot!(town.transcript(LOBBY), @"[bot]: Ana (email): Dear all");
    assert_snapshot!(town.transcript(LIST), @r"
    Cy: I may be anybody
    Ana: Dear all
    ");
    town.hours_pass(7 * 24);
    town.settle().await;
    assert_snapshot!(town.deliveries().await, @r#"
    post "(it stays where it was said)" -> telegram:#general suppressed: no-consent
    post "(it stays where it was said)" -> discord:#lobby suppressed: no-consent
    post "(it stays where it was said)" -> list:spring@ sent
    post "Dear all" -> telegram:#general sent
    post "Dear all" -> discord:#lobby sent
    post "Dear all" -> list:spring@ sent
    post "(the bridge itself: may-go-said)" -> list:spring@ sent
    post "(the bridge itself: yes-said)" -> list:spring@ sent
    edit "(the bridge itself: may-go-said)" -> list:spring@ suppressed: edits-unsupported
    edit "(the bridge itself: yes-said)" -> list:spring@ suppressed: edits-unsupported
    post "(the bridge itself: done)" -> list:spring@ sent
    "#);
}

/// What staff chose is what holds when it is said.
#[tokio::test]
async fn staff_sees_how_much_waits_and_may_end_the_asking() {
    let mut town = asking_town().await;
    town.is_run_by(&[("discord", "Eva")]).await;
    town.says(GENERAL, "Ana", "Hello").await;
    town.settle().await;
    for said in [
        "status",
        "room set general",
        "room set general first-messages=go",
        "status",
    ] {
        town.commands(LOBBY, "Eva", said).await;
        town.settle().await;
        town.seconds_pass(15);
    }
    town.says(GENERAL, "Bo", "I am heard at once").await;
    town.settle().await;
    assert_snapshot!(town.whispers_in_full(LOBBY), @r"
    to Eva: All is well.
    · One message waits until its author agrees that it goes on.
    to Eva: Nothing happened: say what is to be set, as in “room set spring first-messages=wait”.
    to Eva: Done: room set general first-messages=go. What people say there goes on at once. What waits for a yes still waits for it. Within 15 minutes, “undo” takes it back. [Undo]
    to Eva: All is well.
    · One message waits until its author agrees that it goes on.
    ");
    assert_snapshot!(town.transcript(LIST), @"Bo: I am heard at once");
    presses(&mut town, GENERAL, "Ana", YES).await;
    assert_snapshot!(town.transcript(LIST), @r"
    Bo: I am heard at once
    Ana: Hello
    ");
}

/// Groups become larger ones, with other ids.
#[tokio::test]
async fn what_waits_moves_along_with_its_channel() {
    let mut town = asking_town().await;
    town.says(LOBBY, "Ana", "Hello").await;
    town.settle().await;
    let to = ChannelRef::new("telegram", "#larger");
    town.happens(
        &ChannelRef::new("telegram", "#general"),
        "Bo",
        Event::Moved { to },
    )
    .await;
    presses(&mut town, LOBBY, "Ana", YES).await;
    assert_snapshot!(town.transcript("telegram #larger"), @"[bot]: Ana (Discord): Hello");
}
