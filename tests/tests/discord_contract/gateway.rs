//! The gateway's own troubles: nothing is lost by them, and nothing is heard twice.

use std::time::{Duration, Instant};

use conversation::SendError;
use insta::assert_snapshot;
use sandbox::discord::GatewayFaults;

use crate::bridge::{Bridge, now, reference};
use crate::intake::{Ears, until};

#[tokio::test]
async fn after_a_cut_connection_the_session_is_resumed() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    it.say(channel, ana, "one").unwrap();
    ears.next().await;
    for number in 0..3 {
        match number {
            0 => it.gateway_drop(),
            1 => it.gateway_reconnect(),
            _ => it.gateway_close(4000),
        }
        it.say(channel, ana, "meanwhile").unwrap();
        until("another connection", || it.counters().resumes > number).await;
        assert!(
            ears.next_lines(1).await.ends_with("\"meanwhile\""),
            "{number}"
        );
    }
    let counters = it.counters();
    assert_eq!((counters.identifies, counters.resumes), (1, 3));
    assert!(ears.has_heard_nothing());
}

#[tokio::test]
async fn what_the_intake_refuses_comes_again_in_order() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    ears.memory.refuse(true);
    for number in 0..5 {
        it.say(channel, ana, number.to_string().as_str()).unwrap();
    }
    it.gateway_drop();
    until("a second connection", || it.counters().resumes > 0).await;
    assert!(ears.has_heard_nothing());
    ears.memory.refuse(false);
    assert_snapshot!(ears.next_lines(5).await, @r#"
    Ana posted 1: "0"
    Ana posted 2: "1"
    Ana posted 3: "2"
    Ana posted 4: "3"
    Ana posted 5: "4"
    "#);
    assert!(ears.has_heard_nothing());
}

#[tokio::test]
async fn a_lost_session_is_made_good_from_the_history() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let start = now();
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    ears.memory.link(reference(channel), start);
    it.say(channel, ana, "one").unwrap();
    ears.next().await;
    it.set_gateway_faults(GatewayFaults {
        refuse_resume: true,
        ..GatewayFaults::default()
    });
    it.gateway_invalidate(false);
    it.say(channel, ana, "meanwhile").unwrap();
    assert_snapshot!(ears.next_lines(1).await, @r#"Ana posted 1: "meanwhile""#);
    it.say(channel, ana, "three").unwrap();
    assert_snapshot!(ears.next_lines(1).await, @r#"Ana posted 2: "three""#);
    let counters = it.counters();
    assert_eq!((counters.identifies, counters.hasty_identifies), (2, 0));
    assert!(ears.has_heard_nothing());
}

#[tokio::test]
async fn a_gateway_that_acknowledges_heartbeats_and_says_nothing_else_is_given_up() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    it.set_heartbeat_ms(100);
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    it.set_gateway_faults(GatewayFaults {
        mute: true,
        ..GatewayFaults::default()
    });
    let beats = it.counters().heartbeats;
    it.gateway_drop();
    it.say(channel, ana, "meanwhile").unwrap();
    until("heartbeats on the mute socket", || {
        it.counters().heartbeats > beats + 2
    })
    .await;
    it.set_gateway_faults(GatewayFaults::default());
    assert!(ears.next_lines(1).await.ends_with("\"meanwhile\""));
    assert_eq!(it.counters().identifies, 1);
}

#[tokio::test]
async fn a_silent_socket_is_given_up_within_one_and_a_half_heartbeats() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    it.set_heartbeat_ms(2000);
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    it.say(channel, ana, "one").unwrap();
    ears.next().await;
    let before = it.counters().connections;
    it.set_gateway_faults(GatewayFaults {
        silent: true,
        ..GatewayFaults::default()
    });
    it.set_gateway_faults(GatewayFaults::default());
    let silent = Instant::now();
    it.say(channel, ana, "meanwhile").unwrap();
    until("a new connection", || it.counters().connections > before).await;
    // Half a second more, at most, for the new connection and the chance in its wait.
    assert!(
        silent.elapsed() < Duration::from_millis(3000 + 1700),
        "{:?}",
        silent.elapsed()
    );
    assert!(ears.next_lines(1).await.ends_with("\"meanwhile\""));
}

#[tokio::test]
async fn what_nobody_can_cure_by_calling_again_ends_with_its_cure() {
    let bridge = Bridge::open().await;
    bridge.stand_in.set_may_read_content(false);
    let ears = Ears::new();
    let (adapter, memory) = (bridge.adapter.clone(), ears.memory.clone());
    let error = conversation::Adapter::receive(&*adapter, &*memory)
        .await
        .unwrap_err();
    assert_snapshot!(error, @r#"the account cannot be used: the bot may not read messages: switch on "Message Content Intent" at https://discord.com/developers/applications, page "Bot""#);
    bridge.stand_in.set_may_read_content(true);
    bridge.stand_in.revoke_token();
    let error = conversation::Adapter::receive(&*adapter, &*memory)
        .await
        .unwrap_err();
    assert!(matches!(error, SendError::Unauthorised(_)), "{error:?}");
}

#[tokio::test]
async fn a_thousand_words_through_many_troubles_come_once_and_in_order() {
    let bridge = Bridge::open().await;
    let (channel, ana) = bridge.channel_with("Ana");
    let it = &bridge.stand_in;
    let (mut ears, _receiving) = Ears::listen(&bridge).await;
    for number in 0..1000 {
        it.say(channel, ana, number.to_string().as_str()).unwrap();
        match number % 250 {
            60 | 150 => {
                let before = it.counters().resumes;
                it.gateway_drop();
                until("another connection", || it.counters().resumes > before).await;
            }
            120 => ears.memory.refuse(true),
            180 => ears.memory.refuse(false),
            _ => {}
        }
    }
    for number in 0..1000 {
        let line = ears.next_lines(1).await;
        assert!(line.ends_with(&format!("\"{number}\"")), "{number}: {line}");
    }
    assert!(ears.has_heard_nothing());
}
