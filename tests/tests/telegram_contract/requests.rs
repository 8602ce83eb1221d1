//! What people ask of us, and the answer that they alone see.

use std::time::{Duration, Instant};

use conversation::{Adapter, Button, Does, Event, Outbound, SendError, Standing};
use insta::assert_snapshot;
use sandbox::telegram::{ChatId, UserId};

use crate::bridge::{Bridge, channel, words};
use serde_json::json;

use crate::intake::{Ears, line};

async fn until(holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(
            began.elapsed() < Duration::from_secs(10),
            "it never came to this"
        );
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A question with two buttons, and its press.
async fn pressed(
    bridge: &Bridge,
    ears: &mut Ears,
    chat: ChatId,
    who: UserId,
) -> conversation::Inbound {
    let mut question = words("Shall I?");
    question.part.buttons = vec![
        Button {
            label: "Yes".to_owned(),
            does: Does::Press("c1.yes".to_owned()),
        },
        Button {
            label: "Read".to_owned(),
            does: Does::Open("https://example.org/".to_owned()),
        },
    ];
    let posted = bridge.post(&channel(chat), question).await;
    let message = posted[0].as_str().parse().unwrap();
    bridge
        .stand_in
        .press_button(chat, message, who, "c1.yes")
        .unwrap();
    ears.next().await
}

#[tokio::test]
async fn a_press_is_answered_once_to_whoever_pressed() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let press = loop {
        let event = pressed(&bridge, &mut ears, chat, ana).await;
        if matches!(event.event, Event::Pressed { .. }) {
            break event;
        }
    };
    let long = format!("It is too late. {}", "x".repeat(300));
    let answer = Outbound {
        delivery: "d1".into(),
        key: "d1/0".to_owned(),
        channel: channel(chat),
        operation: conversation::Operation::Post(Box::new(words(&long))),
        to: None,
        way_back: press.way_back.clone(),
    };
    // A lane that is at work may need that long.
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    assert_eq!(bridge.stand_in.answered_queries(), []);
    bridge.adapter.send(&answer).await.unwrap();
    let said: Vec<String> = bridge
        .stand_in
        .answered_queries()
        .into_iter()
        .map(|it| it.1.chars().take(16).collect())
        .filter(|it: &String| !it.is_empty())
        .collect();
    assert_eq!(said, ["It is too late. "]);
    let again = bridge.adapter.send(&answer).await;
    assert!(again.is_err(), "{again:?}");
    let press = pressed(&bridge, &mut ears, chat, ana).await;
    bridge
        .adapter
        .leave_unanswered(&press.way_back.unwrap())
        .await;
    let ended = bridge.stand_in.answered_queries();
    assert_eq!(ended.last().map(|it| it.1.as_str()), Some(""));
    bridge.assert_legal();
}

#[tokio::test]
async fn a_line_that_begins_like_a_command_is_relayed() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let mut heard = Vec::new();
    for said in [
        "/status of the bus?",
        "/status",
        "/help me with the beds",
        "/help@causeway_bot me with the beds",
        "/help@another_bot",
        "/causeway",
        "/weather",
        "@another_bot help",
        "Ask @causeway_bot",
    ] {
        bridge.stand_in.say(chat, None, ana, said).unwrap();
    }
    for _ in 0..10 {
        heard.push(line(&ears.next().await));
    }
    assert_snapshot!(heard.join("\n"), @r#"
    telegram:-1002200000001 Ana "joined"
    telegram:-1002200000001 Ana posted 2: "/status of the bus?"
    telegram:-1002200000001 Ana commanded 3: status
    telegram:-1002200000001 Ana posted 4: "/help me with the beds"
    telegram:-1002200000001 Ana commanded 5: help me with the beds
    telegram:-1002200000001 Ana posted 6: "/help@another_bot"
    telegram:-1002200000001 Ana commanded 7: help
    telegram:-1002200000001 Ana posted 8: "/weather"
    telegram:-1002200000001 Ana posted 9: "@another_bot help"
    telegram:-1002200000001 Ana posted 10: "Ask @causeway_bot"
    "#);
}

#[tokio::test]
async fn who_takes_part_and_who_administers_is_asked_of_telegram() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana");
    let bo = bridge.stand_in.add_person("Bo");
    let bot = bridge.stand_in.bot_id();
    // Whether nobody knows them, or they are hidden from us, depends on who we are.
    let unknown = bridge.adapter.standing(&channel(chat), &"99".into()).await;
    assert!(unknown.is_err());
    let (_ears, _receiving) = Ears::listen(&bridge).await;
    for (who, standing) in [
        (ana.0.to_string(), Standing::Member),
        (bo.0.to_string(), Standing::Stranger),
        (bot.0.to_string(), Standing::Administrator),
        ("99".to_owned(), Standing::Stranger),
        ("-100200".to_owned(), Standing::Stranger),
    ] {
        let found = bridge
            .adapter
            .standing(&channel(chat), &who.as_str().into())
            .await;
        assert_eq!(found.unwrap(), standing, "{who}");
    }
    bridge.stand_in.set_bot_admin(chat, false).unwrap();
    let hidden = bridge.adapter.standing(&channel(chat), &"99".into()).await;
    assert!(matches!(hidden, Err(SendError::Refused(_))), "{hidden:?}");
}

/// Of a message that was sent by way of another chat, or none of ours: nobody will say anything.
#[tokio::test]
async fn a_button_that_is_none_of_ours_does_not_spin() {
    let bridge = Bridge::open().await;
    let (_ears, _receiving) = Ears::listen(&bridge).await;
    let query = json!({
        "id": "4000000000000000777", "chat_instance": "1", "inline_message_id": "x", "data": "c1.yes",
        "from": { "id": 5, "is_bot": false, "first_name": "Ana" },
    });
    let update = json!({ "callback_query": query });
    bridge.stand_in.raw_update(update.as_object().unwrap());
    let began = Instant::now();
    until(|| !bridge.stand_in.answered_queries().is_empty()).await;
    assert!(began.elapsed() < Duration::from_secs(5));
}

/// What everybody may say by a slash word of its own.
const MENU: [&str; 7] = [
    "help", "rest", "private", "name", "metrics", "mydata", "forget",
];

#[tokio::test]
async fn people_are_shown_what_everybody_may_say() {
    let bridge = Bridge::open().await;
    let (chat, ana) = bridge.group_with("Ana");
    let calls = |method: &str| {
        let counters = bridge.stand_in.counters();
        counters.by_method.get(method).copied().unwrap_or_default()
    };
    let private = ChatId(ana.0);
    for start in 1..=2 {
        let (_ears, receiving) = Ears::listen(&bridge).await;
        // In two places and two languages.
        until(|| calls("getMyCommands") == 4 * start && calls("setMyCommands") == 4).await;
        for chat in [chat, private] {
            for (language, about) in [
                ("ca", "what I can do, or all about one thing"),
                ("es", "qué puedo hacer, o todo sobre una cosa"),
            ] {
                let menu = bridge.stand_in.menu(chat, language);
                assert_eq!(menu[0], ("help".to_owned(), about.to_owned()));
                let words: Vec<_> = menu.iter().map(|it| it.0.as_str()).collect();
                assert_eq!(words, MENU);
            }
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(calls("setMyCommands"), 4);
        receiving.abort();
    }
    bridge.assert_legal();
}
