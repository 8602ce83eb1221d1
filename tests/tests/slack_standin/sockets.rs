//! Socket Mode: greeting, acknowledgement, repetition, and all the ways in which a connection ends.

use std::time::Duration;

use futures::SinkExt;
use sandbox::slack::{Disconnect, SocketFaults, Waits};
use serde_json::Value;
use tokio_tungstenite::tungstenite::Message;

use super::stage::{Socket, Stage};

#[tokio::test]
async fn an_envelope_that_is_acknowledged_never_comes_again() {
    let stage = Stage::open().await;
    let place = stage.place();
    let mut socket = stage.connect().await;
    stage.slack.say(&place.channel, &place.ana, "one").unwrap();
    socket.event_of("message").await;
    stage.settle().await;
    let counters = stage.slack.counters();
    assert_eq!(counters.acks, 1);
    assert_eq!((counters.redeliveries, counters.lost_events), (0, 0));
    assert_eq!(counters.sockets_opened, 1);
}

#[tokio::test]
async fn what_is_not_acknowledged_comes_again_and_again_then_is_lost() {
    let stage = Stage::open().await;
    stage.slack.set_waits(Waits::scaled(0.01));
    let place = stage.place();
    let mut socket = stage.connect().await;
    stage.settle().await;
    let lost_before = stage.slack.counters().lost_events;
    stage.slack.say(&place.channel, &place.ana, "one").unwrap();
    let mut ids = Vec::new();
    for attempt in 0..4 {
        let envelope = loop {
            let envelope = socket.next().await;
            if envelope["payload"]["event"]["text"] == "one" {
                break envelope;
            }
        };
        assert_eq!(envelope["retry_attempt"], attempt);
        let reason = if attempt == 0 { "" } else { "timeout" };
        assert_eq!(envelope["retry_reason"], reason);
        ids.push(envelope["payload"]["event_id"].clone());
    }
    assert!(ids.iter().all(|it| *it == ids[0]));
    stage.settle().await;
    assert_eq!(stage.slack.counters().lost_events, lost_before + 1);
}

#[tokio::test]
async fn what_a_broken_socket_had_comes_over_another() {
    let stage = Stage::open().await;
    let place = stage.place();
    let mut one = stage.connect().await;
    let mut two = stage.connect().await;
    for text in ["a", "b", "c", "d"] {
        stage.slack.say(&place.channel, &place.ana, text).unwrap();
    }
    let text = |it: &Value| it["payload"]["event"]["text"].as_str().unwrap().to_owned();
    let mut seen = vec![text(&one.next().await), text(&one.next().await)];
    drop(one);
    let mut by_two = Vec::new();
    for _ in 0..4 {
        let envelope = two.next().await;
        two.ack(&envelope, None).await;
        by_two.push(text(&envelope));
    }
    stage.settle().await;
    assert!(seen.iter().all(|it| by_two.contains(it)));
    seen.extend(by_two);
    seen.sort();
    seen.dedup();
    assert_eq!(seen, ["a", "b", "c", "d"]);
    assert_eq!(stage.slack.counters().redeliveries, 2);
    assert_eq!(stage.slack.counters().lost_events, 0);
}

#[tokio::test]
async fn what_was_said_while_nobody_listened_comes_by_the_second_try() {
    let stage = Stage::open().await;
    let place = stage.place();
    stage
        .slack
        .say(&place.channel, &place.ana, "early")
        .unwrap();
    stage.until(|it| it.counters().redeliveries > 0).await;
    let mut socket = stage.connect().await;
    assert_eq!(socket.event_of("message").await["text"], "early");
}

#[tokio::test]
async fn a_socket_is_told_why_it_ends() {
    let stage = Stage::open().await;
    let mut socket = stage.connect().await;
    stage.slack.disconnect_sockets(Disconnect::Warning);
    assert_eq!(socket.next().await["reason"], "warning");
    assert!(socket.try_next().await.is_none());
    let mut socket = stage.connect().await;
    stage.slack.disconnect_sockets(Disconnect::RefreshRequested);
    assert_eq!(socket.next().await["reason"], "refresh_requested");
    assert!(socket.try_next().await.is_none());
    let mut socket = stage.connect().await;
    stage.slack.disconnect_sockets(Disconnect::LinkDisabled);
    assert_eq!(socket.next().await["reason"], "link_disabled");
    assert!(socket.try_next().await.is_none());
    assert_eq!(stage.socket_url().await["ok"], false);
    stage.slack.enable_socket_mode();
    stage.connect().await;
}

#[tokio::test]
async fn sockets_break_fall_silent_and_are_refused() {
    let stage = Stage::open().await;
    let mut socket = stage.connect().await;
    stage.slack.drop_sockets();
    assert!(socket.try_next().await.is_none());
    let silent = SocketFaults {
        silent: true,
        ..SocketFaults::default()
    };
    let mut socket = stage.connect().await;
    stage.slack.set_socket_faults(silent);
    let place = stage.place();
    socket
        .stream
        .send(Message::Ping("are you there?".into()))
        .await
        .unwrap();
    let nothing = tokio::time::timeout(Duration::from_millis(300), socket.next()).await;
    assert!(nothing.is_err());
    stage.slack.set_socket_faults(SocketFaults::default());
    stage.slack.say(&place.channel, &place.ana, "back").unwrap();
    socket.event_of("message").await;
    let refuse = SocketFaults {
        refuse: true,
        ..SocketFaults::default()
    };
    stage.slack.set_socket_faults(refuse);
    assert_eq!(stage.socket_url().await["error"], "internal_error");
    let dropping = SocketFaults {
        drop_every_ms: Some(50),
        ..SocketFaults::default()
    };
    stage.slack.set_socket_faults(dropping);
    while socket.try_next().await.is_some() {}
    let mut socket = stage.connect().await;
    while socket.try_next().await.is_some() {}
}

#[tokio::test]
async fn ten_sockets_are_enough() {
    let stage = Stage::open().await;
    let mut sockets = Vec::new();
    for _ in 0..10 {
        sockets.push(stage.connect().await);
    }
    stage.until(|it| it.sockets() == 10).await;
    let url = stage.socket_url().await["url"].as_str().unwrap().to_owned();
    let mut socket = Socket::open(&url).await.unwrap();
    assert_eq!(socket.next().await["reason"], "too_many_websockets");
    assert!(socket.try_next().await.is_none());
    assert!(Socket::open(&url).await.is_none());
}

#[tokio::test]
async fn what_is_no_acknowledgement_is_written_down() {
    let stage = Stage::open().await;
    let mut socket = stage.connect().await;
    socket.stream.send(Message::text("hello?")).await.unwrap();
    socket.stream.send(Message::text("{}")).await.unwrap();
    stage.until(|it| it.violations().len() == 2).await;
}
