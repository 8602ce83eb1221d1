//! The gateway on its bad days, each of which a test can order.

use sandbox::discord::GatewayFaults;
use serde_json::{Value, json};

use crate::socket::{EVERYTHING, Socket};
use crate::stage::{Stage, TOKEN};

async fn closed_after(stage: &Stage, said: Value) -> Option<u16> {
    let mut socket = stage.connect().await;
    socket.say(said).await;
    socket.end().await
}

fn identify(change: impl FnOnce(&mut Value)) -> Value {
    let mut body = json!({ "token": TOKEN, "intents": 513, "properties": {} });
    change(&mut body);
    json!({ "op": 2, "d": body })
}

#[tokio::test]
async fn what_a_client_says_wrong_closes_with_its_code() {
    let stage = Stage::open().await;
    let cases = [
        (json!({ "op": 99 }), 4001),
        (json!("what?"), 4001),
        (json!({ "op": 3, "d": {} }), 4003),
        (identify(|it| it["token"] = "wrong".into()), 4004),
        (identify(|it| it["intents"] = (1_u64 << 40).into()), 4013),
        (identify(|it| it["shard"] = json!([1, 2])), 4010),
        (
            json!({ "op": 6, "d": { "token": TOKEN, "session_id": "x" } }),
            4007,
        ),
    ];
    for (said, code) in cases {
        assert_eq!(
            closed_after(&stage, said.clone()).await,
            Some(code),
            "{said}"
        );
    }
    let mut socket = stage.identified(EVERYTHING).await;
    socket.identify(EVERYTHING).await;
    assert_eq!(socket.end().await, Some(4005));
    let mut ahead = stage.connect().await;
    (ahead.seen, ahead.session) = (99, socket.session);
    ahead.resume().await;
    assert_eq!(ahead.end().await, Some(4007));
    stage.discord.set_may_read_content(false);
    let mut socket = stage.connect().await;
    socket.identify(EVERYTHING).await;
    assert_eq!(socket.end().await, Some(4014));
}

#[tokio::test]
async fn op_7_asks_for_a_resume_and_op_9_for_a_new_session() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let mut socket = stage.identified(EVERYTHING).await;
    stage.discord.gateway_reconnect();
    assert_eq!(socket.next().await["op"], 7);
    let mut socket = stage.resumed(&socket).await;
    socket.event("RESUMED").await;
    stage.discord.gateway_invalidate(true);
    let said = socket.next().await;
    assert_eq!((&said["op"], &said["d"]), (&json!(9), &json!(true)));
    let mut socket = stage.resumed(&socket).await;
    socket.event("RESUMED").await;
    stage.discord.gateway_invalidate(false);
    assert_eq!(socket.next().await["d"], false);
    let mut refused = stage.resumed(&socket).await;
    assert_eq!(refused.next().await["op"], 9);
    // The same socket may begin anew.
    refused.seen = 0;
    refused.identify(EVERYTHING).await;
    refused.event("READY").await;
    refused.event("GUILD_CREATE").await;
    stage.discord.say(channel, ana, "hello").unwrap();
    refused.event("MESSAGE_CREATE").await;
    assert_eq!(stage.discord.counters().refused_resumes, 1);
}

#[tokio::test]
async fn a_resume_can_be_refused_for_ever_or_because_too_much_was_missed() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let socket = stage.identified(EVERYTHING).await;
    let faults = GatewayFaults {
        refuse_resume: true,
        ..GatewayFaults::default()
    };
    stage.discord.set_gateway_faults(faults);
    assert_eq!(stage.resumed(&socket).await.next().await["op"], 9);
    stage.discord.set_gateway_faults(GatewayFaults::default());
    stage.discord.gateway_drop();
    stage.discord.keep_for_resume(2);
    let mut socket = socket;
    assert_eq!(socket.end().await, None);
    while stage.discord.gateway_connections() > 1 {
        tokio::task::yield_now().await;
    }
    for _ in 0..70 {
        stage.discord.say(channel, ana, "missed").unwrap();
    }
    assert_eq!(stage.resumed(&socket).await.next().await["op"], 9);
}

#[tokio::test]
async fn a_silent_socket_says_nothing_ever_again() {
    let stage = Stage::open().await;
    let (channel, ana) = stage.channel_with("Ana");
    let mut silent = stage.identified(EVERYTHING).await;
    let on = GatewayFaults {
        silent: true,
        ..GatewayFaults::default()
    };
    stage.discord.set_gateway_faults(on);
    stage.discord.set_gateway_faults(GatewayFaults::default());
    stage.discord.say(channel, ana, "hello?").unwrap();
    silent.say(json!({ "op": 1, "d": null })).await;
    assert!(silent.is_quiet().await);
    let mut socket = stage.resumed(&silent).await;
    assert_eq!(socket.event("MESSAGE_CREATE").await["content"], "hello?");
    socket.event("RESUMED").await;
}

#[tokio::test]
async fn a_session_speaks_through_its_newest_socket() {
    let stage = Stage::open().await;
    let mut old = stage.identified(EVERYTHING).await;
    let mut new = stage.resumed(&old).await;
    new.event("RESUMED").await;
    stage.discord.gateway_event("PING", json!({}));
    new.event("PING").await;
    assert_eq!(old.end().await, None);
}

#[tokio::test]
async fn a_client_without_heartbeats_is_closed() {
    let stage = Stage::open().await;
    stage.discord.set_heartbeat_ms(50);
    let mut socket = stage.identified(EVERYTHING).await;
    assert_eq!(socket.end().await, Some(4009));
}

#[tokio::test]
async fn sockets_can_be_closed_with_any_code_or_refused() {
    let stage = Stage::open().await;
    let mut socket = stage.identified(EVERYTHING).await;
    stage.discord.gateway_close(4000);
    assert_eq!(socket.end().await, Some(4000));
    let mut socket = stage.resumed(&socket).await;
    socket.event("RESUMED").await;
    stage.discord.revoke_token();
    assert_eq!(socket.end().await, Some(4004));
    assert_eq!(closed_after(&stage, identify(|_| ())).await, Some(4004));
    stage.discord.restore_token();
    let refuse = GatewayFaults {
        refuse_connections: true,
        ..GatewayFaults::default()
    };
    stage.discord.set_gateway_faults(refuse);
    let request = stage.http.get(&stage.base);
    let request = request
        .header("connection", "upgrade")
        .header("upgrade", "websocket");
    assert_eq!(request.send().await.unwrap().status(), 503);
}

#[tokio::test]
async fn the_identifies_of_a_day_can_run_out() {
    let stage = Stage::open().await;
    let one_left = GatewayFaults {
        identifies_left: Some(1),
        ..GatewayFaults::default()
    };
    stage.discord.set_gateway_faults(one_left);
    let limit = stage.get("/gateway/bot").await["session_start_limit"]["remaining"].clone();
    assert_eq!(limit, 1);
    stage.identified(EVERYTHING).await;
    assert_eq!(closed_after(&stage, identify(|_| ())).await, Some(4004));
    assert_eq!(stage.discord.counters().hasty_identifies, 1);
}

async fn hello(stage: &Stage, faults: GatewayFaults) -> (Socket, Value) {
    let (channel, ana) = stage.channel_with("Ana");
    let mut socket = stage.identified(EVERYTHING).await;
    stage.discord.set_gateway_faults(faults);
    stage.discord.say(channel, ana, "hello").unwrap();
    let event = socket.next().await;
    (socket, event)
}

#[tokio::test]
async fn events_come_twice() {
    let stage = Stage::open().await;
    let twice = GatewayFaults {
        duplicate: true,
        ..GatewayFaults::default()
    };
    let (mut socket, first) = hello(&stage, twice).await;
    let second = socket.next().await;
    assert_eq!(first["d"], second["d"]);
    assert_ne!(first["s"], second["s"]);
}

#[tokio::test]
async fn events_come_with_fields_missing_or_new_and_of_unknown_kinds() {
    let stage = Stage::open().await;
    let strange = GatewayFaults {
        without: vec!["member.joined_at".into(), "timestamp".into()],
        unknown_fields: true,
        ..GatewayFaults::default()
    };
    let (mut socket, event) = hello(&stage, strange).await;
    assert!(event["d"]["member"].get("joined_at").is_none());
    assert!(event["d"].get("timestamp").is_none());
    assert!(event["d"]["member"].get("roles").is_some());
    assert!(event["d"]["a_field_of_tomorrow"].is_object());
    stage.discord.gateway_event("SOMETHING_NEW", json!([1]));
    assert_eq!(socket.event("SOMETHING_NEW").await, json!([1]));
}
