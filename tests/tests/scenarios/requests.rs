//! What people ask of the bridge, and who hears the answer.

use causeway_tests::{Town, chat, list, town};
use conversation::{Author, AuthorKind, Event, Inbound, Posted};
use insta::assert_snapshot;

async fn where_ana_is_known() -> Town {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    town
}

/// Ana takes part in two communities, and was asked which she means.
async fn where_ana_is_asked() -> Town {
    let mut town = where_ana_is_known().await;
    town.seconds_pass(1);
    town.links_in(("Hill Farm", "fields"), "telegram #fields")
        .await;
    town.says("telegram #fields", "Ana", "Here I am").await;
    town.says("telegram @Ana", "Ana", "Good morning").await;
    town.settle().await;
    town
}

#[tokio::test]
async fn a_direct_message_is_answered_and_not_kept() {
    let mut town = where_ana_is_known().await;
    for said in ["/start", "help", "Is Bo there?"] {
        town.says("telegram @Ana", "Ana", said).await;
        town.settle().await;
    }
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: /start
    [bot]: Hello. You take part in Spring Gathering, and I carry what is said there between its channels. What you write to me alone goes to nobody and is not kept. “help” says what I can do.
    Ana: help
    [bot]: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    Ana: Is Bo there?
    [bot]: I do not understand that. It goes to nobody and is not kept. Perhaps you mean one of these:
    ");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Hello");
    assert_snapshot!(town.heard().await, @"");
}

#[tokio::test]
async fn a_hundred_messages_are_not_answered_a_hundred_times() {
    let mut town = where_ana_is_known().await;
    for n in 0..100 {
        town.says("telegram @Ana", "Ana", &format!("What is {n}?"))
            .await;
        town.settle().await;
    }
    let answers = town.transcript("telegram @Ana").matches("[bot]").count();
    assert!((1..=12).contains(&answers), "{answers}");
}

/// Twenty in ten minutes; then one answer that says when again, and nothing until then.
#[tokio::test]
async fn who_asks_too_often_is_told_once_when_they_are_answered_again() {
    let mut town = where_ana_is_known().await;
    for _ in 0..30 {
        town.commands("telegram #general", "Ana", "help").await;
        town.settle().await;
        town.seconds_pass(2);
    }
    town.commands("telegram #general", "Cy", "help").await;
    town.settle().await;
    let whispers = town.whispers("telegram #general");
    let is_answer = |it: &&str| it.starts_with("to ");
    let lines: Vec<_> = whispers.lines().filter(is_answer).collect();
    assert_eq!(lines.len(), 22, "{whispers}");
    assert_snapshot!(lines[20], @"to Ana: You asked me more often than I answer, so nothing is done for you until 09:11 UTC. Ask me again then.");
    assert!(lines[21].starts_with("to Cy: I carry"), "{}", lines[21]);
    assert_eq!(
        town.left_unanswered("telegram #general")
            .matches("Ana")
            .count(),
        9
    );
    town.minutes_pass(10);
    town.commands("telegram #general", "Ana", "help").await;
    town.settle().await;
    let whispers = town.whispers("telegram #general");
    assert_eq!(whispers.lines().filter(is_answer).count(), 23);
}

#[tokio::test]
async fn a_command_is_answered_to_its_giver_alone() {
    let mut town = where_ana_is_known().await;
    town.commands("telegram #general", "Ana", "help").await;
    town.commands("telegram #general", "Cy", "room list").await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    to Cy: I understand that, and cannot do it yet. Nothing happened. “help” says what I can do.
    ");
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: Hello");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Hello");
}

/// Where the platform answers nobody alone, the group hears once an hour where to talk.
#[tokio::test]
async fn who_cannot_be_answered_alone_is_shown_the_door() {
    let mut town = where_ana_is_known().await;
    for _ in 0..3 {
        town.commands_aloud("telegram #general", "Ana", "help")
            .await;
        town.settle().await;
        town.minutes_pass(1);
    }
    assert_snapshot!(town.transcript("telegram #general"), @r"
    Ana: Hello
    [bot]: That was for me, so it goes to nobody else. Press the button, and I answer you alone. [Talk to me alone ->]
    ");
    town.says("telegram @Ana", "Ana", "/start").await;
    town.commands_aloud("telegram #general", "Ana", "help")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: /start
    [bot]: Hello. You take part in Spring Gathering, and I carry what is said there between its channels. What you write to me alone goes to nobody and is not kept. “help” says what I can do.
    [bot]: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    ");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Hello");
}

/// Where a press is answered alone, no chat needs to be opened first.
#[tokio::test]
async fn who_presses_is_answered_where_they_asked() {
    let mut town = Town::build()
        .platform(chat("discord"))
        .platform(list("list"))
        .room("general", &["discord #lobby", "list spring@"])
        .open()
        .await;
    town.says("discord #lobby", "Ana", "Hello").await;
    for _ in 0..3 {
        town.commands_aloud("discord #lobby", "Ana", "help").await;
        town.settle().await;
        town.minutes_pass(1);
    }
    assert_snapshot!(town.transcript("discord #lobby"), @r"
    Ana: Hello
    [bot]: That was for me, so it goes to nobody else. Press the button, and I answer you alone. [Show me the answer]
    ");
    let button = town.button("discord #lobby", "Show me the answer");
    for who in ["Bo", "Ana"] {
        town.presses("discord #lobby", who, &button).await;
        town.settle().await;
    }
    assert_snapshot!(town.whispers("discord #lobby"), @r"
    to Bo: That button is somebody else's, and nothing happened.
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    ");
    assert_snapshot!(town.transcript("list spring@"), @"Ana: Hello");
}

#[tokio::test]
async fn a_button_is_pressed_and_its_message_is_closed() {
    let mut town = where_ana_is_asked().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: Good morning
    [bot]: You take part in 2 communities here. Which one do you mean? Choose it below, or answer with its name. You are asked once; to mean another one later, write that one's. [Spring Gathering] [Hill Farm]
    ");
    let button = town.button("telegram @Ana", "Hill Farm");
    town.restarts().await;
    town.presses("telegram @Ana", "Ana", &button).await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Ana"), @r"
    Ana: Good morning
    [bot]: What you write here is for Hill Farm from now on. (edited)
    ");
    assert_snapshot!(town.whispers("telegram @Ana"), @"");
}

#[tokio::test]
async fn a_button_that_is_gone_or_was_pressed_does_nothing() {
    let mut town = where_ana_is_asked().await;
    let [farm, spring] =
        ["Hill Farm", "Spring Gathering"].map(|it| town.button("telegram @Ana", it));
    let (short, _) = farm.split_once('.').expect("a community's short");
    let elsewhere = format!("{short}.0000000000000");
    for button in [&farm, &farm, &spring, &elsewhere] {
        town.presses("telegram @Ana", "Ana", button).await;
        town.settle().await;
        town.minutes_pass(1);
    }
    // Nor where it was never offered.
    town.presses("telegram #general", "Ana", &farm).await;
    town.presses("telegram #general", "Ana", "").await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram @Ana"), @r"
    to Ana: That was decided already, and nothing more happened.
    to Ana: That was decided already, and nothing more happened.
    to Ana: That button is gone, and nothing happened.
    ");
    assert_snapshot!(town.whispers("telegram #general"), @"to Ana: That button is gone, and nothing happened.");
}

#[tokio::test]
async fn a_button_of_another_does_nothing() {
    let mut town = where_ana_is_known().await;
    town.bridge_offers_help("telegram #general", "Ana", 60)
        .await;
    town.settle().await;
    let button = town.button("telegram #general", "Talk to me alone");
    for who in ["Bo", "Ana", "Ana"] {
        town.presses("telegram #general", who, &button).await;
        town.settle().await;
        town.minutes_pass(1);
    }
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Bo: That button is somebody else's, and nothing happened.
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    to Ana: That was decided already, and nothing more happened.
    ");
}

/// The way of the press leads there for longer than the one by which it was said.
#[tokio::test]
async fn what_was_asked_of_one_person_alone_is_closed() {
    let mut town = where_ana_is_known().await;
    let asked = town
        .bridge_offers_help_alone("telegram #general", "Ana")
        .await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @"to Ana: That was for me, so it goes to nobody else. Press the button, and I answer you alone. [Talk to me alone]");
    let button = town.button("telegram #general", "Talk to me alone");
    town.seconds_pass(50);
    town.presses("telegram #general", "Ana", &button).await;
    town.settle().await;
    town.seconds_pass(50);
    town.bridge_closes("telegram #general", &asked).await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: What you write here is for Spring Gathering from now on. (edited)
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    ");
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: Hello");
}

/// What counts is when it was pressed, not when that was heard.
#[tokio::test]
async fn a_button_expires() {
    let mut town = where_ana_is_known().await;
    town.bridge_offers_help("telegram #general", "Ana", 10)
        .await;
    town.settle().await;
    let button = town.button("telegram #general", "Talk to me alone");
    town.minutes_pass(11);
    town.presses("telegram #general", "Ana", &button).await;
    town.settle().await;
    let late = town.pressed_before("telegram #general", "Ana", &button, 5);
    town.hears(late).await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @r"
    to Ana: It is too late for that button, and nothing happened.
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    ");
}

/// The platform takes the answer for a minute, and is down for longer.
#[tokio::test]
async fn a_request_expires() {
    let mut town = where_ana_is_known().await;
    town.goes_down("telegram");
    town.commands("telegram #general", "Ana", "help").await;
    town.settle().await;
    town.minutes_pass(2);
    town.comes_back("telegram");
    town.settle().await;
    assert_snapshot!(town.whispers("telegram #general"), @"");
    assert_snapshot!(town.transcript("telegram #general"), @"Ana: Hello");
    assert_snapshot!(town.deliveries().await, @r#"
    post "Hello" -> list:spring@ sent
    post "(the bridge itself: help-screen)" -> telegram:#general suppressed: request-expired
    "#);
    assert_snapshot!(town.notices().await, @"");
}

/// Each event is handed in twice, and what was answered is not left then.
#[tokio::test]
async fn nobody_waits_for_an_answer_that_does_not_come() {
    let mut town = where_ana_is_asked().await;
    for _ in 0..2 {
        town.commands("telegram #general", "Ana", "help").await;
        town.commands("telegram #nowhere", "Cy", "help").await;
    }
    town.settle().await;
    assert_snapshot!(town.left_unanswered("telegram #general"), @"Ana, Cy");
    town.says("telegram #general", "Bo", "Hello").await;
    town.says("telegram #fields", "Bo", "Hello").await;
    // The question which community is meant stands in the chat.
    town.commands("telegram @Bo", "Bo", "help").await;
    town.settle().await;
    assert_snapshot!(town.left_unanswered("telegram #general"), @"Ana, Cy, Bo");
    // What a press changes is seen where it stands.
    let button = town.button("telegram @Ana", "Hill Farm");
    town.presses("telegram @Ana", "Ana", &button).await;
    town.settle().await;
    assert_snapshot!(town.left_unanswered("telegram #general"), @"Ana, Cy, Bo, Ana");
}

/// Where two people talk, the bridge hears their commands and nothing else, and has no chat of its own.
#[tokio::test]
async fn a_command_begins_no_private_chat_where_others_may_be() {
    let mut town = where_ana_is_known().await;
    for _ in 0..2 {
        town.commands("telegram @Ana+", "Ana", "help").await;
        town.settle().await;
        town.minutes_pass(2);
    }
    town.says("telegram @Ana+", "Ana", "Good morning").await;
    town.settle().await;
    town.commands("telegram @Ana+", "Ana", "help").await;
    town.settle().await;
    assert_snapshot!(town.whispers("telegram @Ana+"), @r"
    to Ana: I do not know this chat. If you and I are alone here, write me a word without a slash first. Of a chat with somebody else I hear nothing but commands, and can do nothing there.
    to Ana: I do not know this chat. If you and I are alone here, write me a word without a slash first. Of a chat with somebody else I hear nothing but commands, and can do nothing there.
    to Ana: I carry what is said in a room to all its other channels. What is said to me alone, here or with /causeway, goes to nobody and is not kept. You can say:
    ");
    assert_snapshot!(town.heard().await, @"");
}

#[tokio::test]
async fn no_program_is_answered() {
    let mut town = where_ana_is_known().await;
    for channel in ["telegram #general", "telegram @Ana"] {
        let command = town.command(channel, "Ana", "help");
        let said = town.command(channel, "Ana", "");
        let kind = AuthorKind::Bot;
        let of_a_bot = |event: Inbound| Inbound {
            actor: Author {
                kind,
                ..event.actor.clone()
            },
            ..event
        };
        town.hears(of_a_bot(command)).await;
        town.hears(of_a_bot(Inbound {
            event: Event::Posted(Posted {
                messages: vec!["m".into()],
                reply_to: Vec::new(),
                thread: None,
                subject: None,
                content: conversation::Content::plain("help"),
                elided: String::new(),
                twin: None,
            }),
            ..said
        }))
        .await;
        town.settle().await;
        assert!(!town.transcript(channel).contains("[bot]"), "{channel}");
    }
}

/// Of whom nobody knows anything; told at once, and nothing of it is kept.
#[tokio::test]
async fn a_stranger_is_answered_and_leaves_a_count() {
    let mut town = where_ana_is_known().await;
    for said in ["/start", "Hello?"] {
        town.says("telegram @Cy", "Cy", said).await;
        town.settle().await;
    }
    town.commands("telegram #nowhere", "Cy", "help").await;
    town.settle().await;
    assert_snapshot!(town.transcript("telegram @Cy"), @r"
    Cy: /start
    [bot]: I know you from none of my rooms, so I keep nothing of what you write and can do nothing for you here. Write in a room that I carry first, and then to me again.
    Cy: Hello?
    ");
    assert_snapshot!(town.whispers("telegram #nowhere"), @"to Cy: I carry nothing from this channel, so there is nothing that I can do here.");
    assert_snapshot!(town.deliveries().await, @r#"post "Hello" -> list:spring@ sent"#);
}
