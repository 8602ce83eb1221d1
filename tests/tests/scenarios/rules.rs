//! What is not relayed, and what holds a flood.

use causeway_tests::{Town, chat, list, town};
use conversation::{
    Author, AuthorKind, ChannelRef, Content, Event, EventKey, Inbound, Posted, Proof, RemoteId,
    StormLimits,
};
use insta::assert_snapshot;

#[tokio::test]
async fn an_empty_message_is_not_relayed() {
    let mut town = town().await;
    town.says("telegram #general", "Ana", "  \n ").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"");
}

#[tokio::test]
async fn a_program_of_somebody_else_is_not_relayed() {
    let mut town = town().await;
    town.hears(from_a_bot("beep")).await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"");
}

#[tokio::test]
async fn what_went_through_three_bridges_stops_here() {
    let mut town = town().await;
    let text = "Ana (Slack): Ana (Discord): Ana (Matrix): hello";
    town.says("telegram #general", "Some bridge", text).await;
    town.says("telegram #general", "Bo", "Ana (the baker): bread, please")
        .await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Bo: Ana (the baker): bread, please");
}

#[tokio::test]
async fn of_a_channel_in_no_room_no_word_is_kept_and_staff_sees_that_it_was_heard() {
    let mut town = town().await;
    town.says("telegram #elsewhere", "Ana", "Is this on?").await;
    town.says("telegram #elsewhere", "Bo", "Hello?").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"");
    assert_snapshot!(town.heard().await, @"telegram:#elsewhere 2");
    assert_eq!(town.store().set_aside_counts().await.expect("counts"), []);
    let events = town.store().recent_events(10).await.expect("events");
    let verdicts: Vec<_> = events.iter().map(|it| it.verdict.as_str()).collect();
    assert_eq!(verdicts, ["unknown-channel"; 2]);
}

#[tokio::test]
async fn an_event_over_which_the_bridge_stumbles_is_kept_raw_and_stops_nobody() {
    let mut town = town().await;
    town.stumbles_over_the_next_event("telegram");
    town.says("telegram #general", "Ana", "poison").await;
    town.says("telegram #general", "Ana", "bread").await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @"Ana: bread");
    let raw = town.store().newest_set_aside("unusable-event").await;
    let raw = String::from_utf8(raw.expect("read").expect("one")).expect("text");
    assert!(raw.contains("poison"));
}

#[tokio::test]
async fn a_flood_is_held_until_staff_looks() {
    let mut town = Town::build()
        .platform(chat("telegram"))
        .platform(list("list"))
        .room("general", &["telegram #general", "list spring@"])
        .braked_at(StormLimits {
            per_room: 3,
            ..StormLimits::default()
        })
        .open()
        .await;
    for n in 1..=5 {
        town.says("telegram #general", "Ana", &format!("message {n}"))
            .await;
    }
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: message 1
    Ana: message 2
    Ana: message 3
    ");
    assert_snapshot!(town.notices().await, @"storm-brake general: the room took in more than 3 messages in a minute, so what came after waits: `causeway dead list` shows it, `causeway dead retry` lets it go in its order, `causeway dead drop` drops it");
    town.staff_retries_all().await;
    town.settle().await;
    assert_snapshot!(town.transcript("list spring@"), @r"
    Ana: message 1
    Ana: message 2
    Ana: message 3
    Ana: message 4
    Ana: message 5
    ");
    town.notices().await;
}

fn from_a_bot(text: &str) -> Inbound {
    Inbound {
        within: None,
        key: EventKey::from("from-a-bot"),
        channel: ChannelRef::new("telegram", "#general"),
        at: conversation::Timestamp(0),
        actor: Author {
            picture: None,
            account: RemoteId::from("a-bot"),
            display_name: "Beeper".to_owned(),
            kind: AuthorKind::Bot,
        },
        proof: Proof::OfPlatform,
        way_back: None,
        event: Event::Posted(Posted {
            thread: None,
            messages: vec![RemoteId::from("from-a-bot-1")],
            reply_to: Vec::new(),
            subject: None,
            content: Content::plain(text),
            elided: String::new(),
            twin: None,
        }),
    }
}
