//! Socket Mode: acknowledgements, refreshes, silence.

use std::time::Duration;

use conversation::SendError;
use insta::assert_snapshot;
use sandbox::slack::{Disconnect, SocketFaults, Waits};
use tokio::net::TcpListener;

use crate::bridge::{Bridge, channel_ref, now};
use crate::intake::{Ears, sockets, until};

#[tokio::test]
async fn nothing_is_acknowledged_before_it_is_on_disk() {
    let bridge = Bridge::open().await;
    bridge.stand_in.set_waits(Waits {
        ping: Waits::default().ping,
        ..Waits::scaled(0.05)
    });
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    let (channel, ana) = bridge.channel_with("Ana");
    assert_snapshot!(ears.next().await, @r#"Causeway (Ourselves) "opened""#);
    until(|| bridge.stand_in.undelivered() == 0).await;
    ears.memory.refuse(true);
    bridge.stand_in.say(&channel, &ana, "keep this").unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(bridge.stand_in.undelivered(), 1);
    assert!(ears.has_heard_nothing());
    ears.memory.refuse(false);
    // Slack brings it again.
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #1: "keep this""#);
    until(|| bridge.stand_in.undelivered() == 0).await;
}

#[tokio::test]
async fn another_socket_is_open_before_the_warned_one_ends() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    bridge.stand_in.set_waits(Waits {
        warning: Duration::from_secs(2),
        ..Waits::default()
    });
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    bridge.stand_in.disconnect_sockets(Disconnect::Warning);
    sockets(&bridge, 2).await;
    bridge.stand_in.say(&channel, &ana, "still there?").unwrap();
    ears.next().await;
    sockets(&bridge, 1).await;
    bridge.stand_in.say(&channel, &ana, "and now?").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #2: "and now?""#);
}

#[tokio::test]
async fn a_refresh_is_followed() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    for round in 0..3 {
        let opened = || bridge.stand_in.counters().sockets_opened;
        let before = opened();
        bridge
            .stand_in
            .disconnect_sockets(Disconnect::RefreshRequested);
        until(|| opened() > before && bridge.stand_in.sockets() == 1).await;
        bridge
            .stand_in
            .say(&channel, &ana, format!("round {round}"))
            .unwrap();
        assert!(ears.next().await.ends_with(&format!("\"round {round}\"")));
    }
}

/// R11.
#[tokio::test]
async fn a_silent_socket_is_noticed_and_replaced() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let mut ears = Ears::new();
    ears.memory.link(channel_ref(&channel), now());
    let _receiving = ears.start(&bridge);
    sockets(&bridge, 1).await;
    let silent = SocketFaults {
        silent: true,
        ..SocketFaults::default()
    };
    bridge.stand_in.set_socket_faults(silent);
    // Before a socket falls silent it may finish a sentence.
    tokio::time::sleep(Duration::from_millis(50)).await;
    bridge
        .stand_in
        .say(&channel, &ana, "can you hear me?")
        .unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(ears.has_heard_nothing());
    bridge.stand_in.set_socket_faults(SocketFaults::default());
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #1: "can you hear me?""#);
}

#[tokio::test]
async fn sockets_that_are_refused_for_a_while_are_asked_for_again() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let refuse = SocketFaults {
        refuse: true,
        ..SocketFaults::default()
    };
    bridge.stand_in.set_socket_faults(refuse);
    let mut ears = Ears::new();
    let _receiving = ears.start(&bridge);
    until(|| {
        bridge
            .stand_in
            .counters()
            .by_method
            .contains_key("apps.connections.open")
    })
    .await;
    bridge.stand_in.set_socket_faults(SocketFaults::default());
    sockets(&bridge, 1).await;
    bridge.stand_in.say(&channel, &ana, "at last").unwrap();
    assert_snapshot!(ears.next().await, @r#"Ana (Person) posted #1: "at last""#);
}

#[tokio::test]
async fn socket_mode_that_is_turned_off_is_told_with_its_cure() {
    let bridge = Bridge::open().await;
    let (_ears, receiving) = Ears::listen(&bridge).await;
    bridge.stand_in.disconnect_sockets(Disconnect::LinkDisabled);
    let end = tokio::time::timeout(Duration::from_secs(20), receiving)
        .await
        .unwrap()
        .unwrap();
    assert!(matches!(end, SendError::Unauthorised(_)), "{end:?}");
    assert!(end.to_string().contains("turn Socket Mode on"), "{end}");
}

/// Says that the sockets are somewhere else.
async fn misleading_server(address: String) -> String {
    let answer = move |path: axum::extract::Path<String>| async move {
        let url = match path.as_str() {
            "apps.connections.open" => address,
            _ => String::new(),
        };
        axum::Json(serde_json::json!({"ok": true, "url": url, "user_id": "U1", "bot_id": "B1"}))
    };
    let router = axum::Router::new().route("/api/{method}", axum::routing::post(answer));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/api", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    url
}

#[tokio::test]
async fn nobody_is_followed_to_another_host() {
    let elsewhere = TcpListener::bind("127.0.0.2:0").await.unwrap();
    let address = format!("ws://{}/link/?ticket=1", elsewhere.local_addr().unwrap());
    let url = misleading_server(address).await;
    let bridge = Bridge::open_with(|it| it.api_url = url).await;
    let _receiving = Ears::new().start(&bridge);
    let called = tokio::time::timeout(Duration::from_secs(2), elsewhere.accept()).await;
    assert!(called.is_err(), "another host was called");
}

#[tokio::test]
async fn who_stops_listening_leaves_no_socket_behind() {
    let bridge = Bridge::open().await;
    let (_ears, receiving) = Ears::listen(&bridge).await;
    receiving.abort();
    sockets(&bridge, 0).await;
}
