//! Forms for commands of which something is missing.

use conversation::{Adapter, Event, Operation, Outbound};
use insta::assert_snapshot;
use sandbox::slack::{Broken, ChannelId, ErrorAnswer, Faults, Misuse, ModalView, UserId};
use serde_json::Value;

use crate::bridge::{Bridge, outbound, words};
use crate::intake::{Ears, until};

/// The intake lets whoever asks see forms, and suggests these.
fn suggests(ears: &Ears, things: &[&str]) {
    let things = things.iter().map(|it| (*it).to_owned()).collect();
    *ears.memory.suggested.lock().unwrap() = Some(things);
}

async fn form(bridge: &Bridge, (channel, by): (&ChannelId, &UserId), typed: &str) -> ModalView {
    bridge
        .stand_in
        .slash(channel, by, "/causeway", typed)
        .unwrap();
    until(|| !bridge.stand_in.view().modals.is_empty()).await;
    bridge.stand_in.view().modals.remove(0)
}

/// A line for each block.
fn shown(modal: &ModalView) -> String {
    let text = |it: &Value| it["text"].as_str().unwrap_or("").to_owned();
    let block = |it: &Value| {
        let element = &it["element"];
        let options = element["options"].as_array().into_iter().flatten();
        let options: Vec<String> = options.map(|it| text(&it["text"])).collect();
        let initial = element["initial_value"]
            .as_str()
            .or(element["initial_option"]["value"].as_str());
        let more = if it["optional"] == true { "?" } else { "" };
        match it["type"].as_str() {
            Some("section") => text(&it["text"]),
            _ => format!(
                "{}{more} ({}) {} {options:?} {}",
                text(&it["label"]),
                text(&it["hint"]),
                element["type"].as_str().unwrap(),
                initial.unwrap_or("-"),
            ),
        }
    };
    let blocks = modal.blocks.as_array().unwrap().iter().map(block);
    let lines: Vec<String> = std::iter::once(modal.title.clone()).chain(blocks).collect();
    lines.join("\n")
}

async fn commanded(ears: &mut Ears) -> (String, conversation::Inbound) {
    let event = ears.event().await;
    match &event.event {
        Event::Commanded { text, .. } => (text.clone(), event),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_missing_is_asked_for_and_becomes_the_same_command() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    suggests(&ears, &["Spring Fair", "Market"]);
    let it = &bridge.stand_in;
    let modal = form(&bridge, (&channel, &ana), "room link").await;
    assert_snapshot!(shown(&modal), @r#"
    Room link
    let a channel take part in a room
    Room (its name) static_select ["Spring Fair", "Market"] -
    Channel (platform:id, as in telegram:-1001234567890) plain_text_input [] -
    History? (yes or no) static_select ["yes", "no"] -
    "#);
    let values = |channel| [("room", "Spring Fair"), ("channel", channel)];
    let empty = it.submit(&modal.id, &ana, &[("room", "Market")]);
    assert_eq!(empty, Err(Misuse::NotFilledIn("channel".to_owned())));
    it.submit(&modal.id, &ana, &values("the market")).unwrap();
    let errors = || it.view().modals[0].errors.clone();
    until(|| errors()["channel"].is_string()).await;
    assert_snapshot!(errors().to_string(), @r#"{"channel":"something in it is not of the kind that belongs there: platform:id, as in telegram:-1001234567890"}"#);
    it.submit(&modal.id, &ana, &values("telegram:-1001"))
        .unwrap();
    let (said, event) = commanded(&mut ears).await;
    assert_eq!(said, r#"room link "Spring Fair" telegram:-1001"#);
    until(|| it.view().modals.is_empty()).await;
    let answer = Outbound {
        way_back: event.way_back,
        ..outbound(&channel, Operation::Post(Box::new(words("Done"))))
    };
    bridge.adapter.send(&answer).await.unwrap();
    let whispers = it.view_channel(&channel, 9).unwrap().ephemeral;
    assert_eq!((&whispers[0].to, whispers[0].text.as_str()), (&ana, "Done"));
    bridge.assert_legal();
}

#[tokio::test]
async fn what_was_said_stands_in_the_form_already() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    suggests(&ears, &[]);
    for (typed, said) in [
        ("room rename Market", "room rename Market Summer"),
        ("private", "private off"),
        ("confirm", "confirm 7K3Q"),
    ] {
        let modal = form(&bridge, (&channel, &ana), typed).await;
        let values = [
            ("room", "Market"),
            ("to", "Summer"),
            ("switch", "off"),
            ("code", "7k3q"),
        ];
        let values: Vec<_> = values.into_iter().filter(|it| has(&modal, it.0)).collect();
        bridge.stand_in.submit(&modal.id, &ana, &values).unwrap();
        assert_eq!(commanded(&mut ears).await.0, said);
        until(|| bridge.stand_in.view().modals.is_empty()).await;
    }
    let modal = form(&bridge, (&channel, &ana), "private").await;
    bridge.stand_in.close_modal(&modal.id).unwrap();
    assert!(ears.has_heard_nothing());
    bridge.assert_legal();
}

fn has(modal: &ModalView, block: &str) -> bool {
    let mut blocks = modal.blocks.as_array().unwrap().iter();
    blocks.any(|it| it["block_id"] == block)
}

/// What was typed is answered then, as where nothing is missing.
#[tokio::test]
async fn where_no_form_opens_the_command_is_heard_as_it_was_typed() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let it = &bridge.stand_in;
    // Nobody says that Ana may give it.
    it.slash(&channel, &ana, "/causeway", "room link").unwrap();
    assert_eq!(commanded(&mut ears).await.0, "room link");
    *ears.memory.suggested.lock().unwrap() = Some(Vec::new());
    let error = |error: &str| Faults {
        error: Some(ErrorAnswer {
            error: error.to_owned(),
            ..ErrorAnswer::default()
        }),
        ..Faults::default()
    };
    let hangs = Faults {
        never_answer: Some(Broken::default()),
        ..Faults::default()
    };
    let limited = Faults {
        rate_limit_s: Some(30.0),
        ..Faults::default()
    };
    for fault in [
        error("expired_trigger_id"),
        error("exchanged_trigger_id"),
        error("internal_error"),
        hangs,
        limited,
    ] {
        it.set_faults(
            None,
            Faults {
                methods: vec!["views.open".to_owned()],
                ..fault
            },
        );
        it.slash(&channel, &ana, "/causeway", "private").unwrap();
        assert_eq!(commanded(&mut ears).await.0, "private");
    }
    assert!(it.view().modals.is_empty());
    let failed = it.view_channel(&channel, 9).unwrap().ephemeral;
    assert!(failed.is_empty(), "Slack was told in time: {failed:?}");
}
