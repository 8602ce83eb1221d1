//! What people ask of the bridge, and who hears the answer.

use causeway_tests::{Town, town};
use conversation::{Author, AuthorKind, Event, Inbound, Posted};
use insta::assert_snapshot;

pub(super) async fn where_ana_is_known() -> Town {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "Hello").await;
    town.settle().await;
    town
}

/// Ana takes part in two communities, and was asked which she means.
pub(super) async fn where_ana_is_asked() -> Town {
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
    assert_snapshot!(lines[20], @r"
    to Ana: You asked me more often than I answer, so nothing is done for you until 09:11 UTC. Ask me again then.
    ");
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
    to Cy: That is for staff, and nothing happened. “help” says what I can do for you.
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
    [bot]: That was for me, so it goes to nobody else, and nothing is done yet. Press the button, and I answer you alone. [Talk to me alone ->]
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
    assert_snapshot!(town.whispers("telegram #nowhere"), @r"
    to Cy: I carry nothing from this channel, so there is nothing that I can do here.
    ");
    assert_snapshot!(town.deliveries().await, @r#"post "Hello" -> list:spring@ sent"#);
}
